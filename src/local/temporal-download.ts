/** The download of the Temporal CLI as a process: its arguments are the directory and the version. */
import { note, say } from '../terminal/output';
import { downloadTemporalCli } from './temporal-server';

const [directory = '.', version = 'default'] = process.argv.slice(2);

downloadTemporalCli(directory, version).then(
  () => process.exit(0),
  (error: unknown) => {
    // The SDK's message repeats the address at every step; the cause is what its last two say.
    const message = error instanceof Error ? error.message : String(error);
    note(say`temporal.download: ${message.split(': ').slice(-2).join(': ')}`);
    process.exit(1);
  },
);
