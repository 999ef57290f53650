import { condition } from '@temporalio/workflow';
import type { Acknowledged, ListedKind } from '../../activities/acknowledge';
import { milliseconds } from '../../src/domain/values/duration';
import { carryOut, endedUnknown } from '../case/carry-out';
import type { Caller } from '../case/write';
import * as claritum from './claritum';
import { isAway } from '../../src/domain/feed/absence';
import { unreadableRecord } from '../../src/domain/feed/questions';

/** What is marked: one record, in the version that was taken in. */
export interface Mark<K extends ListedKind> {
  readonly kind: K;
  readonly uid: string;
  readonly orderRef: string;
  readonly digest: string;
  /** As an operator says it: `purchase order CL-10231`. */
  readonly what: string;
  /** It may have been marked before, in an earlier history. */
  readonly mayBeMarked?: boolean;
  /** Whether other content has been taken in meanwhile: then it is not tried again. */
  isOvertaken?(): boolean;
  /** Called before each attempt and after it: whether a mark may be under way, or may have been made. */
  sending?(mayBeMarked: boolean): void;
}

/** As {@link Acknowledged}; `gone` where it is not listed after a mark whose outcome nobody knew: that mark it was. */
export type Marked<K extends ListedKind> = Acknowledged<K> | { readonly kind: 'gone' } | { readonly kind: 'by hand' };

/**
 * The one rule for acknowledging: only the version that was taken in is marked, and Claritum is looked at before each
 * attempt. A mark cannot be taken back, so it comes after everything that depends on it.
 */
export async function mark<K extends ListedKind>(caller: Caller, wanted: Mark<K>): Promise<Marked<K>> {
  const { kind, uid, orderRef, digest, what } = wanted;
  // A local activity may run twice unseen. For a delivery that is harmless: booked and no longer listed, it is finished,
  // whoever marked it. Of the other kinds the history must show each attempt.
  let isLocal = kind === 'delivery';
  let wasUnknown = wanted.mayBeMarked === true;
  const once = (): Promise<Marked<K>> =>
    carryOut<Marked<K>>(caller, {
      call: claritum.markExported,
      what: `mark ${what} exported in Claritum`,
      facts: [{ label: 'uid', value: uid }],
      about: uid,
      isOvertaken: () => wanted.isOvertaken?.() === true,
      send: async () => {
        wanted.sending?.(true);
        const send = isLocal ? sendLocally : claritum.markExported;
        isLocal = false;
        try {
          // The answer is about the kind that was asked; a proxy of activities has no type parameters to say so.
          const ended = (await send(caller, { kind, uid, orderRef, digest })) as Acknowledged<K>;
          if (ended.kind !== 'marked') wanted.sending?.(wasUnknown);
          return ended;
        } catch (error) {
          wasUnknown ||= endedUnknown(error);
          wanted.sending?.(wasUnknown);
          throw error;
        }
      },
      otherwise: 'send again',
      wayOut: 'done by hand',
      assumed: async () => ({ kind: 'by hand' }),
    });
  for (;;) {
    const ended = await once();
    if (ended.kind === 'unreadable') {
      if ((await askAboutUnreadable(caller, wanted, ended.reason)) === 'by hand') return { kind: 'by hand' };
    } else if (isAway(ended, uid) && wasUnknown) {
      // One absence proves nothing: seen twice, it was the mark.
      await condition(() => caller.interruption !== null, milliseconds(caller.policy.fulfilment.settle));
      const again = await once();
      return isAway(again, uid) ? { kind: 'gone' } : again;
    } else return ended;
  }
}

/** What is certain not to have come to pass has more time at once; what nobody knows settles first. */
async function sendLocally(...wanted: Parameters<typeof claritum.markExported>): Promise<Acknowledged> {
  try {
    return await claritum.markExported.local(...wanted);
  } catch (error) {
    if (endedUnknown(error)) throw error;
    return claritum.markExported(...wanted);
  }
}

async function askAboutUnreadable(
  caller: Caller,
  { what, uid }: Pick<Mark<ListedKind>, 'what' | 'uid'>,
  reason: string,
): Promise<'look again' | 'by hand'> {
  const { choice, by } = await caller.desk.ask({
    of: unreadableRecord,
    about: uid,
    values: { what },
    facts: [{ label: 'what cannot be read', value: reason }],
  });
  if (choice === 'look again') return 'look again';
  caller.note(`marked by hand, says ${by}: ${what}`);
  return 'by hand';
}
