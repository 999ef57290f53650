import { amendLedger, changesOf, cutToDespatched, judgeAmendment } from '../../src/domain/purchase-order/amendment';
import { amendmentApprovalNeeded } from '../../src/domain/purchase-order/approval';
import { cutPlan, type OrderPlan } from '../../src/domain/purchase-order/order-plan';
import { asQuantity } from '../../src/domain/values/decimal';
import { asMoney } from '../../src/domain/purchase-order/order-amounts';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { openLedger } from '../../src/domain/purchase-order/quantity';
import { givenUp, isWithdrawn } from '../case/leaving';
import { BUYER } from './change';
import { acknowledgeOrder, isStillListed } from './export';
import { isReleased } from './hold';
import type { Order } from './order';
import type { PendingAmendment } from './state';
import { askForApproval, resolvePlan } from './preparation';
import { KEEP, TAKE_OLDER } from './choices';
import { amendSalesOrder, retitle } from './sales-order-changes';
import { amendWarehouseOrders } from './warehouse-changes';

/** Before anything is placed, an amendment simply replaces the order. */
export async function replaceIfAmended(order: Order): Promise<void> {
  const { state } = order;
  const { amendment, order: before } = state;
  if (amendment === null) return;
  if (!(await isWantedIfOlder(order, amendment))) return settle(order, amendment);
  takeOn(order, amendment, amendment.order);
  settle(order, amendment);
  state.plan = null;
  state.ledger = openLedger(state.order.deliveries);
  const changes = changesOf(before, state.order);
  order.note(['amended before anything was placed', ...changes].join('; '));
  const amenders = [...new Set([...(state.amenders ?? []), ...(amendment.amenders ?? [])])];
  if (amenders.length > 0) state.amenders = amenders;
  tellTheBuyer(order, amendment, changes);
}

/** Carries out what was changed, and acknowledges what was taken in, until Claritum lists nothing else of it. */
export async function settleChanges(order: Order): Promise<void> {
  const { state } = order;
  while (state.amendment !== null || state.isToBeMarked) {
    await unlessOvertaken(order, state.amendment, amending(order));
    if (state.amendment === null && state.isToBeMarked) await acknowledgeOrder(order);
  }
}

/** A question that a newer version of the order took back ends nothing: that version's turn comes. */
async function unlessOvertaken(order: Order, amendment: PendingAmendment | null, applying: Promise<void>) {
  try {
    await applying;
  } catch (error) {
    if (!isWithdrawn(error) || order.interruption !== null || order.state.amendment === amendment) throw error;
    order.note(error.message);
  }
}

/** What of an amendment stands already is known in one history only. */
async function amending(order: Order): Promise<void> {
  order.isAmending = true;
  try {
    await applyAmendment(order);
  } finally {
    order.isAmending = false;
  }
}

/** Carries a waiting amendment into ManEx and NorthScope. */
async function applyAmendment(order: Order): Promise<void> {
  const { amendment } = order.state;
  if (amendment === null) return;
  if (!(await isReleased(order, amendment.order))) return;
  if (!(await isWantedIfOlder(order, amendment))) return settle(order, amendment);
  const { by, isCut } = amendment;
  const amended = isCut ? cutAsOfNow(order, amendment) : amendment.order;
  const judged = judgeAmendment(order.state.order, amended, order.state.ledger);
  if (judged.kind === 'impossible') await keepAsItWas(order, amendment, judged.because);
  else if (judged.kind === 'none') {
    await retitle(order, amended);
    takeOn(order, amendment, amended);
  } else {
    const plan = isCut ? cutPlan(order.plan, amended) : await approvedPlan(order, amendment, judged.changes);
    // What is placed for it cannot be taken back: the buyer must still want it.
    const isBuyers = amendment.version !== undefined && !isCut;
    if (plan !== undefined && isBuyers && !(await isStillListed(order, amendment))) return;
    if (plan !== undefined) await carryIn(order, amendment, amended, plan);
    if (plan !== undefined) order.note(`amended by ${by}: ${judged.changes.join('; ')}`);
    if (plan !== undefined) tellTheBuyer(order, amendment, judged.changes);
  }
  settle(order, amendment);
}

/** The buyer's record is taken in, whatever came of it: now it may be acknowledged. */
function settle({ state }: Order, amendment: PendingAmendment): void {
  if (amendment.version !== undefined) {
    state.version = amendment.version;
    state.isToBeMarked = true;
  }
  if (state.amendment === amendment) state.amendment = null;
}

/** A record of an earlier time than the one before: a clock was wrong, or a backup restored. Nobody can know which counts. */
async function isWantedIfOlder(order: Order, amendment: PendingAmendment): Promise<boolean> {
  if (amendment.isOlder !== true) return true;
  const { state } = order;
  const changes = changesOf(state.order, amendment.order).join('; ');
  const { choice } = await order.desk.ask({
    kind: 'mismatch',
    question: `Claritum lists purchase order ${state.order.orderRef} as it was at an earlier time than the version that was taken in${changes === '' ? '' : ` (${changes})`}. A wrong clock, or a restored backup? Take the older version in, or keep the order as it was?`,
    facts: [
      { label: 'last changed, as taken in', value: state.version.modifiedAt ?? 'unknown' },
      { label: 'last changed, as listed now', value: amendment.version?.modifiedAt ?? 'unknown' },
    ],
    choices: [TAKE_OLDER, KEEP],
  });
  if (choice === TAKE_OLDER) return true;
  order.task(
    `tell the buyer that Claritum lists an older version of purchase order ${state.order.poNumber}, and that the newer one is fulfilled`,
  );
  return false;
}

/** More may have left between the request and its turn: what has left by now is kept. */
function cutAsOfNow({ state }: Order, { order }: PendingAmendment): PurchaseOrder {
  const { quantity, deliveries, net, tax, gross } = cutToDespatched(state.order, state.ledger);
  return { ...order, quantity, deliveries, net, tax, gross };
}

/** The order becomes what it was amended to; the buyer's own record is kept only where it differs. */
function takeOn({ state }: Order, { buyersOrder }: PendingAmendment, amended: PurchaseOrder): void {
  const isBuyers = buyersOrder === undefined || changesOf(buyersOrder, amended).length === 0;
  state.order = amended;
  state.buyersOrder = isBuyers ? undefined : buyersOrder;
}

/** Claritum's record is the buyer's: what was changed here does not show in it. */
function tellTheBuyer(order: Order, { by, isCut, amenders }: PendingAmendment, changes: readonly string[]): void {
  if (amenders === undefined || changes.length === 0) return;
  if (isCut) order.state.cutBy = by;
  const what = isCut ? 'is cut to what has left' : 'is amended';
  order.task(
    `tell the buyer that purchase order ${order.state.order.poNumber} ${what}, by ${amenders.join(' and ')}: ${changes.join('; ')}; Claritum keeps what was ordered there`,
  );
}

/** The plan of the amended order, mapped and approved; undefined where the order stays as it was. */
async function approvedPlan(
  order: Order,
  amendment: PendingAmendment,
  changes: readonly string[],
): Promise<OrderPlan | undefined> {
  const { order: amended, amenders } = amendment;
  const now = new Date().toISOString();
  // Dates that were counted from the day of the order stay; only what can still ship is a question of today.
  const then = await resolvePlan(order, amended, order.state.plannedAt ?? now);
  const today = then === KEEP ? KEEP : await resolvePlan(order, amended, now);
  if (then === KEEP || today === KEEP) {
    leaveAsItWas(order, amendment, 'it cannot be mapped');
    return undefined;
  }
  const plan = { ...then, earliestShipDate: today.earliestShipDate };
  const before = { order: order.state.order, plan: order.plan };
  const need = amendmentApprovalNeeded(before, { order: amended, plan }, order.policy.approval);
  const question = `Approve the amendment (${changes.join('; ')})?`;
  if (need === undefined || (await askForApproval(order, need, question, amenders))) return plan;
  leaveAsItWas(order, amendment, 'it was not approved');
  return undefined;
}

async function carryIn(
  order: Order,
  amendment: PendingAmendment,
  amended: PurchaseOrder,
  plan: OrderPlan,
): Promise<void> {
  await amendSalesOrder(order, amended, plan);
  // Before the first NorthScope order there is nothing to add to: the orders are placed as amended.
  if (order.state.warehouseOrders.length > 0) await amendWarehouseOrders(order, amended, plan);
  order.state.ledger = amendLedger(order.state.ledger, amended);
  takeOn(order, amendment, amended);
  order.state.plan = plan;
}

async function keepAsItWas(order: Order, amendment: PendingAmendment, because: string): Promise<void> {
  const { order: amended } = amendment;
  const { mayGiveUp } = order;
  const waysOut = mayGiveUp
    ? 'Keep the order as it was, or give it up?'
    : 'It stays as it was: tell the buyer, and say so.';
  const { choice, by } = await order.desk.ask({
    kind: 'mismatch',
    question: `The amendment of ${amended.poNumber} cannot be carried out: ${because}. ${waysOut}`,
    facts: [
      { label: 'asked for', value: quantityAtPrice(amended) },
      { label: 'as it is', value: quantityAtPrice(order.state.order) },
    ],
    choices: [KEEP, ...(mayGiveUp ? ['give up'] : [])],
  });
  if (choice === 'give up') throw givenUp('carry the amendment out', by);
  leaveAsItWas(order, amendment, because);
}

const quantityAtPrice = ({ quantity, unitPrice, currency }: PurchaseOrder): string =>
  `${asQuantity(quantity)} at ${asMoney(unitPrice, currency)} ${currency}`;

/** Whoever asked for it is told: the buyer knows nothing of what an operator asked for. */
function leaveAsItWas(order: Order, { order: amended, by, amenders }: PendingAmendment, because: string): void {
  const asked = [...(by === BUYER ? ['the buyer'] : []), ...(amenders ?? [])].join(' and ');
  order.task(`tell ${asked} that the amendment of ${amended.poNumber} is not carried out: ${because}`);
}
