/** bench/program: what the commands bench and soak have in common. */
import { availableParallelism } from 'node:os';

/** What the figures were taken on. */
export const machine = `${availableParallelism()} cores, Node ${process.version}`;

/** Today, as it stands beside the figures. */
export const today = () => new Date().toISOString().slice(0, 10);

/** What the command was asked for; ends the process with the usage and code 2 when that is not understood. */
export function readProgram({ readCommandLine, usage }) {
  try {
    if (process.platform !== 'linux') throw new Error('this is not Linux');
    return readCommandLine(process.argv.slice(2));
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}
