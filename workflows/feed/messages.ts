import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { AuditEntry, Decision } from '../../src/domain/case/decision';

/** Orders that Claritum lists no longer, too many at once to be believed. */
export const ordersVanishedSignal =
  defineSignal<[{ readonly orderRefs: readonly string[]; readonly listed: number }]>('ordersVanished');
/** Orders that were asked about and are listed again, or have ended. */
export const ordersExplainedSignal = defineSignal<[{ readonly orderRefs: readonly string[] }]>('ordersExplained');

/** What the question about vanished orders answers to `progress`. */
export interface WithdrawalsProgress {
  readonly decisions: readonly Decision[];
  readonly audit: readonly AuditEntry[];
  readonly orderRef: null;
  /** References of the orders it is about. */
  readonly absent: readonly string[];
  /** References of the orders that were withdrawn, says a person; each has looked for itself. */
  readonly withdrawn: readonly string[];
}
export const withdrawalsProgressQuery = defineQuery<WithdrawalsProgress>('progress');
