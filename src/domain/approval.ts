import { compare } from './decimal';
import type { Fact } from './decision';
import { lateDeliveries, type OrderPlan, type PlannedDelivery } from './order-plan';
import type { ApprovalPolicy } from './policy';
import type { PurchaseOrder } from './purchase-order';

/** Why an order must wait for a human, and who may approve it. */
export interface ApprovalNeed {
  readonly reasons: readonly string[];
  readonly facts: readonly Fact[];
  readonly approvers: readonly string[];
}

/**
 * Whether a human must approve the order before anything is placed: its net amount is over a limit, its price differs
 * from the agreed one, or a date cannot be met. An amount in a currency without any limit needs one too: a limit that
 * does not apply is not a permission.
 */
export function approvalNeeded(
  order: PurchaseOrder,
  plan: OrderPlan,
  policy: ApprovalPolicy,
): ApprovalNeed | undefined {
  return needed(order, plan, policy, overLimit(order, policy), [
    ...(policy.onPriceDifference ? priceDifference(order, plan) : []),
    ...(policy.onLateDate ? lateDates(plan) : []),
  ]);
}

/**
 * As {@link approvalNeeded}, for what an amendment adds: a net amount that rises, a price that changes, a date or quantity
 * of a delivery that changes. What was approved, or needed no approval, is not asked about again.
 */
export function amendmentApprovalNeeded(
  before: { readonly order: PurchaseOrder; readonly plan: OrderPlan },
  after: { readonly order: PurchaseOrder; readonly plan: OrderPlan },
  policy: ApprovalPolicy,
): ApprovalNeed | undefined {
  const rises = compare(after.order.net, before.order.net) > 0;
  const isRepriced = compare(after.order.unitPrice, before.order.unitPrice) !== 0;
  const changed = after.plan.deliveries.filter(
    (delivery) => !before.plan.deliveries.some((old) => isSameDelivery(old, delivery)),
  );
  return needed(after.order, after.plan, policy, rises ? overLimit(after.order, policy) : undefined, [
    ...(policy.onPriceDifference && isRepriced ? priceDifference(after.order, after.plan) : []),
    ...(policy.onLateDate ? lateDates({ ...after.plan, deliveries: changed }) : []),
  ]);
}

const isSameDelivery = (left: PlannedDelivery, right: PlannedDelivery): boolean =>
  left.deliveryRef === right.deliveryRef &&
  left.dueDate === right.dueDate &&
  compare(left.quantity, right.quantity) === 0;

function needed(
  order: PurchaseOrder,
  plan: OrderPlan,
  policy: ApprovalPolicy,
  amount: OverLimit | undefined,
  terms: readonly string[],
): ApprovalNeed | undefined {
  const reasons = [...(amount === undefined ? [] : [amount.reason]), ...terms];
  if (reasons.length === 0) return undefined;
  return {
    reasons,
    facts: [
      { label: 'net', value: `${order.net} ${order.currency}` },
      { label: 'quantity', value: `${order.quantity} ${order.unitOfMeasure}` },
      { label: 'unit price', value: `${order.unitPrice} ${order.currency}` },
      {
        label: 'agreed price',
        value: plan.agreedPrice === null ? 'none' : `${plan.agreedPrice} ${plan.agreedCurrency}`,
      },
      { label: 'ship dates', value: plan.deliveries.map(({ shipDate }) => shipDate).join(', ') },
      { label: 'earliest ship date', value: plan.earliestShipDate },
    ],
    approvers: approversOf(amount?.approvers, terms, policy),
  };
}

/** The amount's band decides, except where anyone may approve the amount: prices and dates keep their own approvers. */
function approversOf(
  band: readonly string[] | undefined,
  terms: readonly string[],
  { approvers }: ApprovalPolicy,
): readonly string[] {
  if (band === undefined || (band.length === 0 && terms.length > 0)) return approvers;
  return band;
}

interface OverLimit {
  readonly reason: string;
  readonly approvers: readonly string[];
}

function overLimit({ net, currency }: PurchaseOrder, { limits, approvers }: ApprovalPolicy): OverLimit | undefined {
  const bands = limits.filter((limit) => limit.currency === currency);
  if (bands.length === 0) return { reason: `no approval limit is set for ${currency}`, approvers };
  const exceeded = bands.filter(({ above }) => compare(net, above) > 0).sort((a, b) => compare(b.above, a.above));
  const [highest] = exceeded;
  if (highest === undefined) return undefined;
  return { reason: `net ${net} ${currency} is over the limit of ${highest.above}`, approvers: highest.approvers };
}

function priceDifference({ unitPrice, currency, unitOfMeasure }: PurchaseOrder, plan: OrderPlan): string[] {
  if (plan.agreedPrice === null) return ['no price is agreed for this product'];
  if (currency !== plan.agreedCurrency) return [`ordered in ${currency}, agreed in ${plan.agreedCurrency}`];
  if (compare(unitPrice, plan.agreedPrice) === 0) return [];
  return [`the price of ${unitPrice} differs from the agreed ${plan.agreedPrice} (per ${unitOfMeasure})`];
}

const lateDates = (plan: OrderPlan): string[] =>
  lateDeliveries(plan).map(
    ({ deliveryRef, dueDate, shipDate }) =>
      `delivery ${deliveryRef}, due ${dueDate}, must ship by ${shipDate}, before the earliest date ${plan.earliestShipDate}`,
  );
