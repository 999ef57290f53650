import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournalDamaged, readJournal } from '../sandbox/journal';
import { waybill } from '../domain/values/command-line';
import { CliError } from '../terminal/cli-error';
import { say } from '../terminal/output';

/** What `waybill up` of one directory goes on from. */
export interface Trial {
  /** Temporal's database. */
  readonly database: string;
  /** What the sandbox holds. */
  readonly state: string;
  /** Whether there are orders of earlier runs. */
  readonly isKnown: boolean;
}

const ANEW = say`or start again without the orders of earlier runs: \`${waybill('up --fresh')}\`. Nothing was started`;

/**
 * Finds what earlier runs have left, or what a first one begins with. Temporal's orders and what the sandbox holds for them
 * belong together: one is never gone on with without the other, and both are forgotten together.
 *
 * @param isSimulated whether the sandbox stands for any vendor; where it stands for none, what it holds is nobody's
 * @throws CliError where one of the two is missing or damaged
 */
export function openTrial(
  directory: string,
  { fresh, isSimulated }: { readonly fresh: boolean; readonly isSimulated: boolean },
): Trial {
  const database = join(directory, 'temporal.db');
  const state = join(directory, 'sandbox.state');
  if (fresh) forget(database, state);
  const isKnown = existsSync(database);
  if (isSimulated && isKnown && !existsSync(state)) {
    throw new CliError(
      say`The sandbox data of earlier runs is missing (${state}), but their orders are here. Put the file back, ${ANEW}.`,
    );
  }
  const calls = callsIn(state);
  if (isSimulated && !isKnown && calls > 0) {
    throw new CliError(
      say`The orders of earlier runs are missing (${database}), but their sandbox data is here. Put the file back, ${ANEW}.`,
    );
  }
  // No call was made to it: an earlier start ended before Temporal was up.
  if (!isKnown && calls === 0) rmSync(state, { force: true });
  // There before the database is, so that a start that ends between the two leaves no database alone.
  if (!existsSync(state)) writeFileSync(state, '');
  return { database, state, isKnown };
}

/** The database goes first: what is left of the sandbox alone is seen at the next start. */
function forget(database: string, state: string): void {
  for (const ending of ['', '-shm', '-wal']) rmSync(database + ending, { force: true });
  for (const ending of ['', '.unfinished']) rmSync(state + ending, { force: true });
}

/** How many calls a sandbox has kept. */
function callsIn(state: string): number {
  if (!existsSync(state) || statSync(state).size === 0) return 0;
  try {
    return readJournal(state)?.calls.length ?? 0;
  } catch (error) {
    if (!(error instanceof JournalDamaged)) throw error;
    throw new CliError(
      say`The sandbox cannot go on from what it held: ${error.message}. Put a good copy there, ${ANEW}.`,
    );
  }
}
