/** testing/request-url: the address a request asks for, whatever was written there. */

/** Reads a request's target; `//` and other texts that `new URL` refuses are paths of ours too. */
export function requestUrl(target = '/'): URL {
  // A proxy's form names the host as well: `GET http://discord.com/api`.
  if (!target.startsWith('/')) return new URL(URL.canParse(target) ? target : 'http://loopback/');
  return new URL(`http://loopback${target}`);
}
