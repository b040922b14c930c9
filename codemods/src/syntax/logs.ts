/** syntax/logs: calls that only tell somebody who reads a log. */

/** The text of what is called: `console.error`, `client.logger.warn`, `log`. */
export const logs = /(^|[.\s])(console|log|logger)(\.\w+)?$/i;
