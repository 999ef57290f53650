import { CommanderError } from 'commander';
import { CliError, exitCodes } from '../terminal/cli-error';
import { errno } from '../terminal/errno';
import { block, note, say, type Printable } from '../terminal/output';
import { createProgram } from './program';

/** By name: importing the classes would load zod before `--help`. */
const UNUSABLE: ReadonlySet<string> = new Set(['ConfigError', 'PolicyError']);

/** Runs one command line. @returns the exit code. */
async function run(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(argv);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
    note(messageOf(error));
    if (error instanceof CliError) return error.exitCode;
    return isUnusable(error) ? exitCodes.wrongUse : exitCodes.failed;
  }
}

/** Whether it says that the configuration cannot be used. */
const isUnusable = (error: unknown): error is Error => error instanceof Error && UNUSABLE.has(error.name);

/** What a user can do something about is one sentence; anything else is a fault of ours, told with its stack. */
function messageOf(error: unknown): Printable {
  if (error instanceof CliError || isUnusable(error)) return say`waybill: ${block(error.message)}`;
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return say`waybill: unexpected: ${block(told)}`;
}

/** Runs one command line and ends the process with its exit code. */
export function main(argv: readonly string[]): void {
  // Node ends quietly when nothing is left to wait for; a command that did not finish is a failure all the same.
  const unfinished = (): void => {
    note(say`waybill: unexpected: the command ended before it was done.`);
    process.exitCode = exitCodes.failed;
  };
  process.once('exit', unfinished);
  // `waybill list | head` closes the pipe early; that is no failure.
  process.stdout.on('error', (error) => {
    if (errno(error) !== 'EPIPE') throw error;
    process.off('exit', unfinished);
    process.exit(exitCodes.done);
  });
  void run(argv).then((code) => {
    process.off('exit', unfinished);
    // What a library left open (a gRPC channel, the native core) must not keep a finished command waiting.
    process.stdout.write('', () => process.exit(code));
  });
}
