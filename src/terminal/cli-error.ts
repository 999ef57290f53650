import type { Printable } from './output';

/** What a shell sees: done, refused or failed, wrong use. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2 } as const;

/** One clear sentence for the user, without a stack trace. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: Printable,
    readonly exitCode: 1 | 2 = exitCodes.failed,
  ) {
    super(message.toString());
  }
}
