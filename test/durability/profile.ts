import { resolve } from 'node:path';
import type { Policy } from '../../src/domain/case/policy';
import { loadPolicy } from '../../src/policy/load';

/** startToClose of a writing call; its client gives up after a third of it. */
export const WRITE_MS = 3_000;
/** When a client gives up on a writing call. */
export const CALL_MS = WRITE_MS / 3;
/** How long an unknown outcome settles. */
export const SETTLE_MS = 1_000;
/** How long after its caller gave up a late effect comes: inside the settle time, with room for a busy machine. */
export const LATE_MS = 250;
/** Later than the settle time and the look-up after it. */
export const LATER_THAN_SETTLED_MS = 2_500;

/** How long an order must be missed before it counts as withdrawn. */
export const ABSENT_MS = 8_000;
/** How long an answer is on its way where something happens meanwhile: shorter than its caller waits. */
export const ON_THE_WAY_MS = 2_000;
/** startToClose of a writing call where answers may take so long. */
export const PATIENT_WRITE_MS = 15_000;

const EXAMPLE = resolve(__dirname, '../../waybill.policy.example.json');

/** The example policy with limits so short that a cell takes seconds; who decides and what maps to what stay. */
export function shortPolicy(): Policy {
  const policy = loadPolicy(EXAMPLE);
  return {
    ...policy,
    // Of the warehouse an order hears by the feed alone: by itself it looks once an hour, as in the example.
    polling: { claritum: '1 second', northscope: '1 second' },
    fulfilment: {
      ...policy.fulfilment,
      settle: `${SETTLE_MS} milliseconds`,
      inboundWithin: '5 seconds',
      longestPause: '2 seconds',
      askAfter: '5 seconds',
      calls: { write: `${WRITE_MS} milliseconds`, read: '1 second' },
    },
  };
}

/**
 * The same for changes of mind: an order is missed in seconds, and nobody is asked about what is still under way.
 *
 * @param write startToClose of a writing call, in milliseconds
 */
export function changingPolicy(write: number): Policy {
  const policy = shortPolicy();
  return {
    ...policy,
    fulfilment: {
      ...policy.fulfilment,
      aheadWithin: '1 minute',
      // A killed worker takes longer to be noticed than a call is tried elsewhere before anybody is asked.
      askAfter: '10 minutes',
      deliveryWithin: '30 seconds',
      calls: { write: `${write} milliseconds`, read: '1 second' },
    },
    // Many cells withdraw their orders at the same time; that this is one question is tried elsewhere.
    claritum: { ...policy.claritum, absentFor: `${ABSENT_MS} milliseconds`, manyAbsent: { atLeast: 1_000, oneIn: 1 } },
  };
}
