import { approvalNeeded, type ApprovalNeed } from '../../src/domain/purchase-order/approval';
import type { Fact } from '../../src/domain/case/decision';
import type { OrderPlan } from '../../src/domain/purchase-order/order-plan';
import { isBlankName } from '../../src/domain/case/person-names';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { GIVE_UP, givenUp } from '../case/leaving';
import { KEEP } from './choices';
import type { Fulfilment } from './fulfilment';
import * as claritum from '../vendors/claritum';
import * as planning from '../vendors/planning';
import { approval, unplaceableAmendment, unplaceableOrder } from '../../src/domain/purchase-order/questions';

/** Stores the specification and the attachments, and resolves what the other systems call everything in the order. */
export async function prepare(fulfilment: Fulfilment): Promise<void> {
  const { orderRef, attachments } = fulfilment.state.order;
  fulfilment.state.documents = await claritum.storeDocuments(fulfilment, { orderRef, attachments });
  fulfilment.note(`stored ${fulfilment.state.documents.length} documents`);
  const now = new Date().toISOString();
  const plan = await resolvePlan(fulfilment, fulfilment.state.order, now);
  if (plan === KEEP) throw new TypeError('an order that is not amended cannot be kept as it was');
  fulfilment.state.plan = plan;
  fulfilment.state.plannedAt = now;
}

/** The order as it is wanted now: with the amendment that waits for its turn. */
export const latest = ({ state: { amendment, order } }: Fulfilment): PurchaseOrder => amendment?.order ?? order;

/**
 * Maps an order onto the other systems and holds it against what each of them can take; what is missing or does not fit is
 * put to a person until it is put right. Before there is a plan, the order is taken as it then stands: what was amended
 * meanwhile counts from the next try on.
 *
 * @param now ISO instant from which days are counted.
 * @returns {@link KEEP} only for an amendment.
 */
export async function resolvePlan(
  fulfilment: Fulfilment,
  purchaseOrder: PurchaseOrder,
  now: string,
): Promise<OrderPlan | typeof KEEP> {
  const isAmendment = fulfilment.state.plan !== null;
  for (let fresh = false; ; fresh = true) {
    const asItStands = isAmendment ? purchaseOrder : latest(fulfilment);
    const result = await planning.resolveOrder(fulfilment, { order: asItStands, now, fresh });
    if (result.kind === 'planned') return result.plan;
    // The order was amended during the look-up. A question would be about its old content.
    if (!isAmendment && latest(fulfilment) !== asItStands) continue;
    const out = fulfilment.mayGiveUp ? [GIVE_UP] : [];
    const asked = { values: {}, facts: faultsOf(result.missing) };
    const { choice, by } = isAmendment
      ? await fulfilment.desk.ask({ of: unplaceableAmendment, choices: [TRY_AGAIN, KEEP, ...out], ...asked })
      : await fulfilment.desk.ask({ of: unplaceableOrder, choices: [TRY_AGAIN, ...out], ...asked });
    if (choice === GIVE_UP) throw givenUp('map the order', by);
    if (choice === KEEP) return KEEP;
  }
}

const TRY_AGAIN = 'try again' as const;
const MOST_FAULTS = 20;

/** An order of a thousand deliveries may have a thousand faults of one kind: the first ones say which. */
function faultsOf(missing: readonly string[]): readonly Fact[] {
  const facts = missing.slice(0, MOST_FAULTS).map((value, index) => ({ label: `to put right ${index + 1}`, value }));
  const more = missing.length - facts.length;
  return more === 0 ? facts : [...facts, { label: 'and', value: `${more} more of them` }];
}

/** Asks for approval where policy says so; false where it was rejected. */
export function isApproved(fulfilment: Fulfilment): Promise<boolean> {
  const need = approvalNeeded(fulfilment.state.order, fulfilment.plan, fulfilment.policy.approval);
  if (need === undefined) return Promise.resolve(true);
  fulfilment.state.stage = 'approval';
  return askForApproval(fulfilment, need, 'Approve this order?', fulfilment.state.amenders);
}

/** Nobody approves what is their own: not the buyer, nor whom the policy names for this customer, nor who amended it. */
export async function askForApproval(
  fulfilment: Fulfilment,
  need: ApprovalNeed,
  question: string,
  amenders: readonly string[] = [],
): Promise<boolean> {
  const { escalation, deadline, atDeadline } = fulfilment.policy.approval;
  const { order: present, amendment } = fulfilment.state;
  // An amendment may name another buyer than the order did: neither approves it.
  const buyers = [present.buyer, amendment?.order.buyer].flatMap((buyer) => [buyer?.name ?? '', buyer?.email ?? '']);
  const excluded = [
    ...fulfilment.plan.excludedApprovers,
    ...new Set(buyers.filter((name) => !isBlankName(name))),
    ...amenders,
  ];
  fulfilment.waiting('approval');
  const { choice, by, reason } = await fulfilment.desk.ask({
    of: approval,
    values: { what: question, reasons: need.reasons.join('; ') },
    facts: need.facts,
    approvers: need.approvers,
    excluded,
    needsName: excluded.length > 0,
    escalation,
    deadline,
    ...(atDeadline === 'reject' ? { atDeadline } : {}),
  });
  fulfilment.waiting(null);
  fulfilment.note(`${choice === 'approve' ? 'approved' : 'rejected'} by ${by}${reason === null ? '' : `: ${reason}`}`);
  if (choice === 'reject') fulfilment.state.endedBecause = `rejected by ${by}`;
  return choice === 'approve';
}
