import {
  amendLedger,
  changesOf,
  cutToDespatched,
  judgeAmendment,
  newsIn,
} from '../../src/domain/purchase-order/amendment';
import { amendmentApprovalNeeded } from '../../src/domain/purchase-order/approval';
import { cutPlan, type OrderPlan } from '../../src/domain/purchase-order/order-plan';
import type { Fact } from '../../src/domain/case/decision';
import { versionOf } from '../../src/domain/case/news';
import { asQuantity } from '../../src/domain/values/decimal';
import { asMoney } from '../../src/domain/purchase-order/order-amounts';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { openLedger } from '../../src/domain/purchase-order/quantity';
import { GIVE_UP, givenUp, isWithdrawn } from '../case/leaving';
import { BUYER } from './change';
import { acknowledgeOrder, isStillListed } from './export';
import { awaitRelease } from './hold';
import type { Fulfilment } from './fulfilment';
import type { PendingAmendment } from './state';
import { askForApproval, resolvePlan } from './preparation';
import { KEEP, TAKE_OLDER } from './choices';
import { amendSalesOrder, retitle } from './sales-order-changes';
import { listWarehouseChanges } from './warehouse-changes';
import { isMissing, placeMissing } from './warehouse-orders';
import { impossibleAmendment, olderVersion } from '../../src/domain/purchase-order/questions';

/** Before anything is placed, an amendment simply replaces the order. */
export async function replaceIfAmended(fulfilment: Fulfilment): Promise<void> {
  const { state } = fulfilment;
  const { amendment, order: before } = state;
  if (amendment === null) return;
  if (!(await confirmOlder(fulfilment, amendment))) return settle(fulfilment, amendment);
  takeOn(fulfilment, amendment, amendment.order);
  settle(fulfilment, amendment);
  state.plan = null;
  state.ledger = openLedger(state.order.deliveries);
  const news = newsIn(before, state.order);
  fulfilment.note(['amended before anything was placed', ...news].join('; '));
  const amenders = [...new Set([...(state.amenders ?? []), ...(amendment.amenders ?? [])])];
  if (amenders.length > 0) state.amenders = amenders;
  tellTheBuyer(fulfilment, amendment, changesOf(before, state.order));
}

/** Carries out what was changed, and acknowledges what was taken in, until Claritum lists nothing else of it. */
export async function settleChanges(fulfilment: Fulfilment): Promise<void> {
  const { state } = fulfilment;
  while (state.amendment !== null || isMissing(fulfilment) || state.isToBeMarked) {
    await unlessOvertaken(fulfilment, state.amendment, amending(fulfilment));
    if (state.amendment === null && isMissing(fulfilment)) await placeMissing(fulfilment);
    if (state.amendment === null && state.isToBeMarked) await acknowledgeOrder(fulfilment);
  }
}

/** A question that a newer version of the order took back ends nothing: that version's turn comes. */
async function unlessOvertaken(fulfilment: Fulfilment, amendment: PendingAmendment | null, applying: Promise<void>) {
  try {
    await applying;
  } catch (error) {
    if (!isWithdrawn(error) || fulfilment.interruption !== null || fulfilment.state.amendment === amendment)
      throw error;
    fulfilment.note(error.message);
  }
}

/** What of an amendment stands already is known in one history only. */
async function amending(fulfilment: Fulfilment): Promise<void> {
  fulfilment.isAmending = true;
  try {
    await applyAmendment(fulfilment);
  } finally {
    fulfilment.isAmending = false;
  }
}

/** Carries a waiting amendment into ManEx and NorthScope. */
async function applyAmendment(fulfilment: Fulfilment): Promise<void> {
  const { amendment } = fulfilment.state;
  if (amendment === null) return;
  if (!(await awaitRelease(fulfilment, amendment.order))) return;
  if (!(await confirmOlder(fulfilment, amendment))) return settle(fulfilment, amendment);
  const { by, isCut } = amendment;
  const amended = isCut ? cutAsOfNow(fulfilment, amendment) : amendment.order;
  const judged = judgeAmendment(fulfilment.state.order, amended, fulfilment.state.ledger);
  if (judged.kind === 'impossible') await keepAsItWas(fulfilment, amendment, judged.because);
  else if (judged.kind === 'none') {
    await retitle(fulfilment, amended);
    takeOn(fulfilment, amendment, amended);
  } else {
    const plan = isCut ? cutPlan(fulfilment.plan, amended) : await approvedPlan(fulfilment, amendment, judged.changes);
    // What is placed for it cannot be taken back: the buyer must still want it.
    const isBuyers = amendment.version !== undefined && !isCut;
    if (plan !== undefined && isBuyers && !(await isStillListed(fulfilment, amendment))) return;
    if (plan !== undefined) {
      const isWhole = await carryIn(fulfilment, amendment, amended, plan);
      const yet = isWhole ? '' : ', but for what it adds in NorthScope, because the order was changed again';
      fulfilment.note(`amended by ${by}${yet}: ${judged.changes.join('; ')}`);
      tellTheBuyer(fulfilment, amendment, judged.changes);
    }
  }
  settle(fulfilment, amendment);
}

/** The buyer's record is taken in, whatever came of it: now it may be acknowledged. */
function settle({ state }: Fulfilment, amendment: PendingAmendment): void {
  if (amendment.version !== undefined) {
    state.version = amendment.version;
    state.isToBeMarked = true;
  }
  if (state.amendment === amendment) state.amendment = null;
}

/** A record of an earlier time than the one before: a clock was wrong, or a backup restored. Nobody can know which counts. */
async function confirmOlder(fulfilment: Fulfilment, amendment: PendingAmendment): Promise<boolean> {
  if (amendment.isOlder !== true) return true;
  const { state } = fulfilment;
  const changes = newsIn(state.order, amendment.order).join('; ');
  const { choice } = await fulfilment.desk.ask({
    of: olderVersion,
    values: { orderRef: state.order.orderRef, changes: changes === '' ? '' : ` (${changes})` },
    facts: [
      { label: 'last changed, as taken in', value: state.version.modifiedAt ?? 'unknown' },
      { label: 'last changed, as listed now', value: amendment.version?.modifiedAt ?? 'unknown' },
    ],
  });
  if (choice === TAKE_OLDER) return true;
  fulfilment.task(
    `tell the buyer that Claritum lists an older version of purchase order ${state.order.poNumber}, and that the newer one is fulfilled`,
  );
  return false;
}

/** More may have left between the request and its turn: what has left by now is kept. */
function cutAsOfNow({ state }: Fulfilment, { order }: PendingAmendment): PurchaseOrder {
  const { quantity, deliveries, net, tax, gross } = cutToDespatched(state.order, state.ledger);
  return { ...order, quantity, deliveries, net, tax, gross };
}

/** The order becomes what it was amended to; the buyer's own record is kept only where it differs. */
function takeOn({ state }: Fulfilment, { buyersOrder }: PendingAmendment, amended: PurchaseOrder): void {
  const isBuyers = buyersOrder === undefined || changesOf(buyersOrder, amended).length === 0;
  state.order = amended;
  state.buyersOrder = isBuyers ? undefined : buyersOrder;
}

/** Claritum's record is the buyer's: what was changed here does not show in it. */
function tellTheBuyer(
  fulfilment: Fulfilment,
  { by, isCut, amenders }: PendingAmendment,
  changes: readonly string[],
): void {
  if (amenders === undefined || changes.length === 0) return;
  if (isCut) fulfilment.state.cutBy = by;
  const what = isCut ? 'is cut to what has left' : 'is amended';
  fulfilment.task(
    `tell the buyer that purchase order ${fulfilment.state.order.poNumber} ${what}, by ${amenders.join(' and ')}: ${changes.join('; ')}; Claritum keeps what was ordered there`,
  );
}

/** The plan of the amended order, mapped and approved; undefined where the order stays as it was. */
async function approvedPlan(
  fulfilment: Fulfilment,
  amendment: PendingAmendment,
  changes: readonly string[],
): Promise<OrderPlan | undefined> {
  const { order: amended, amenders } = amendment;
  const now = new Date().toISOString();
  // Dates that were counted from the day of the order stay; only what can still ship is a question of today.
  const then = await resolvePlan(fulfilment, amended, fulfilment.state.plannedAt ?? now);
  const today = then === KEEP ? KEEP : await resolvePlan(fulfilment, amended, now);
  if (then === KEEP || today === KEEP) {
    leaveAsItWas(fulfilment, amendment, 'it cannot be mapped');
    return undefined;
  }
  const plan = { ...then, earliestShipDate: today.earliestShipDate };
  const before = { order: fulfilment.state.order, plan: fulfilment.plan };
  const need = amendmentApprovalNeeded(before, { order: amended, plan }, fulfilment.policy.approval);
  const question = `Approve the amendment (${changes.join('; ')})?`;
  if (need === undefined || (await askForApproval(fulfilment, need, question, amenders))) return plan;
  leaveAsItWas(fulfilment, amendment, 'it was not approved');
  return undefined;
}

/** False where the order was changed again before NorthScope was sent all that is added: that is ordered with the change. */
async function carryIn(
  fulfilment: Fulfilment,
  amendment: PendingAmendment,
  amended: PurchaseOrder,
  plan: OrderPlan,
): Promise<boolean> {
  const { state } = fulfilment;
  await amendSalesOrder(fulfilment, amended, plan);
  listWarehouseChanges(fulfilment, amended, plan);
  // What NorthScope has no order for yet is placed as amended.
  const isPlaced = (reference: string): boolean =>
    state.isPlaced === true || state.warehouseOrders.some(({ deliveryRef }) => deliveryRef === reference);
  state.ledger = amendLedger(state.ledger, amended, isPlaced);
  takeOn(fulfilment, amendment, amended);
  state.plan = plan;
  return placeMissing(fulfilment);
}

async function keepAsItWas(fulfilment: Fulfilment, amendment: PendingAmendment, because: string): Promise<void> {
  const { order: amended } = amendment;
  const { mayGiveUp } = fulfilment;
  const waysOut = mayGiveUp
    ? 'Keep the order as it was, or give it up?'
    : 'It stays as it was: tell the buyer, and say so.';
  const { choice, by } = await fulfilment.desk.ask({
    of: impossibleAmendment,
    values: { poNumber: amended.poNumber, because, waysOut },
    facts: [...figures('asked for', amended), ...figures('as it is', fulfilment.state.order)],
    choices: [KEEP, ...(mayGiveUp ? [GIVE_UP] : [])],
  });
  if (choice === GIVE_UP) throw givenUp('carry the amendment out', by);
  leaveAsItWas(fulfilment, amendment, because);
}

const figures = (which: string, { quantity, unitPrice, currency }: PurchaseOrder): readonly Fact[] => [
  { label: `quantity ${which}`, value: asQuantity(quantity) },
  { label: `price ${which}`, value: `${asMoney(unitPrice, currency)} ${currency}` },
];

/** Whoever asked for it is told: the buyer knows nothing of what an operator asked for. */
function leaveAsItWas(
  fulfilment: Fulfilment,
  { order: amended, by, amenders }: PendingAmendment,
  because: string,
): void {
  const asked = [...(by === BUYER ? ['the buyer'] : []), ...(amenders ?? [])].join(' and ');
  fulfilment.task(
    `tell ${asked} that the amendment of ${amended.poNumber} is not carried out: ${because}`,
    `not-carried-out:${versionOf(amended).digest}`,
  );
}
