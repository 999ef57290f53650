import type { ApplicationFailure } from '@temporalio/workflow';
import type { VendorName } from '../../src/domain/case/names';
import {
  DONE_BY_HAND,
  FINISH_BY_HAND,
  finishedByHand,
  GIVE_UP,
  givenUp,
  GO_ON_WITHOUT,
  goneOnWithout,
} from './leaving';
import { Patience } from './patience';
import { callFacts, wayOutOf, type Caller, type Write } from './write';
import { refusedCall, refusedRead, unknownOutcome } from '../../src/domain/case/questions';

/**
 * Puts a refusal to a person.
 *
 * @throws ApplicationFailure `GivenUp`.
 */
export async function askAboutRefusal(
  caller: Caller,
  write: Pick<Write<unknown>, 'call' | 'what' | 'facts' | 'about' | 'wayOut'>,
  refusal: ApplicationFailure,
): Promise<'try again' | typeof DONE_BY_HAND> {
  const { what, about } = write;
  caller.waiting(`refused: ${what}`);
  const { choice, by } = await caller.desk.ask({
    of: refusedCall,
    ...(about === undefined ? {} : { about }),
    values: { what },
    facts: [...callFacts(write), { label: 'refusal', value: refusal.message }],
    choices: ['try again', wayOutOf(caller, write)],
  });
  caller.waiting(null);
  if (choice === GIVE_UP) throw givenUp(what, by);
  if (choice === DONE_BY_HAND) caller.note(`done by hand, says ${by}: ${what}`);
  return choice === DONE_BY_HAND ? DONE_BY_HAND : 'try again';
}

/** How the story, or a handler of it, is left where a read is not to be had. */
export type ReadWayOut = typeof GIVE_UP | typeof FINISH_BY_HAND | typeof GO_ON_WITHOUT;

/** A workflow that reads. */
export interface Reader extends Caller {
  /** Giving up while that is possible; then finishing by hand; null where the story is ending anyway. */
  readonly readWayOut: ReadWayOut | null;
}

const leaving: Record<ReadWayOut, (what: string, by: string) => ApplicationFailure> = {
  [GIVE_UP]: givenUp,
  [FINISH_BY_HAND]: finishedByHand,
  [GO_ON_WITHOUT]: goneOnWithout,
};

/**
 * Puts a refused read to a person; there is nothing to do by hand in its place. Resolves when it is worth trying again.
 *
 * @param wayOut what may be chosen besides; by default that of the workflow.
 * @throws ApplicationFailure `GivenUp`, `FinishedByHand` or `GoneOnWithout`.
 */
export async function askAboutRefusedRead(
  reader: Reader,
  what: string,
  refusal: ApplicationFailure,
  wayOut: ReadWayOut | null = reader.readWayOut,
): Promise<void> {
  reader.waiting(`refused: ${what}`);
  const { choice, by } = await reader.desk.ask({
    of: refusedRead,
    values: { what },
    facts: [{ label: 'refusal', value: refusal.message }],
    choices: ['try again', ...(wayOut === null ? [] : [wayOut])],
  });
  reader.waiting(null);
  if (choice === wayOut && wayOut !== null) throw leaving[wayOut](what, by);
}

/** A read that failed. */
interface FailingRead {
  readonly vendor: VendorName;
  readonly what: string;
  readonly because: string;
}

/**
 * Tries a read that failed for as long as it takes, and shows it meanwhile.
 *
 * @param way how it is tried
 * @param wayOut as for {@link askAboutRefusedRead}
 * @throws ApplicationFailure `GivenUp`, `FinishedByHand` or `GoneOnWithout` where a person does not wait for it any longer, or
 *   calls everything off meanwhile; what is read in order to call it off is waited for.
 */
export async function readPatiently<T>(
  reader: Reader,
  { vendor, what, because }: FailingRead,
  way: () => Promise<T>,
  wayOut: ReadWayOut | null = reader.readWayOut,
): Promise<T> {
  const patience = new Patience(reader, { vendor, what, waysOut: wayOut === null ? [] : [wayOut] });
  patience.failed(because, null);
  try {
    const ended = await patience.until(way, reader.interruption === null);
    if (ended !== undefined) return ended.value;
    throw leaving[wayOut ?? GIVE_UP](what, patience.wayOut?.by ?? reader.interruption ?? '');
  } finally {
    await patience.end();
  }
}

/** What is known of a call whose outcome is not. */
export interface Doubt {
  readonly because: string;
  /** ISO instant, or in words: when it was sent exactly, nobody knows. */
  readonly scheduledAt: string;
}

/** What is looked for before it is sent: in an earlier life of the case, if in any. */
export const BEFORE_THIS_RUN: Doubt = {
  because: 'nothing yet: it is looked for before it is sent, and the vendor does not show enough',
  scheduledAt: 'not by this workflow run',
};

/** Whether it happened, as a person says: the value where it did; undefined where it is to be sent again. */
export async function askAboutOutcome<T>(
  caller: Caller,
  write: Write<T>,
  { because, scheduledAt }: Doubt,
): Promise<{ value: T } | undefined> {
  caller.waiting(`outcome unknown, a human must look: ${write.what}`);
  const { choice, by } = await caller.desk.ask({
    of: unknownOutcome,
    values: { what: write.what },
    facts: [
      ...callFacts(write),
      { label: 'scheduled at', value: scheduledAt },
      { label: 'what came back', value: because },
    ],
    choices: ['it happened', 'send it again', ...(caller.mayGiveUp && write.wayOut !== DONE_BY_HAND ? [GIVE_UP] : [])],
  });
  if (choice === GIVE_UP) throw givenUp(write.what, by);
  caller.note(`${by} says '${choice}': ${write.what}`);
  caller.waiting(null);
  return choice === 'it happened' ? { value: await write.assumed() } : undefined;
}
