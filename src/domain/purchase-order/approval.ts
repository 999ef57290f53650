import { asQuantity, compare, divideExactly, isDecimal, multiply } from '../values/decimal';
import type { Fact } from '../case/decision';
import { asMoney, asUnitPrice, grossDifference, netDifference, orderAmount } from './order-amounts';
import { lateDeliveries, type OrderPlan, type PlannedDelivery } from './order-plan';
import type { ApprovalPolicy } from '../case/policy';
import type { PurchaseOrder } from './purchase-order';

/** Why an order must wait for a person, and who may approve it. */
export interface ApprovalNeed {
  readonly reasons: readonly string[];
  readonly facts: readonly Fact[];
  readonly approvers: readonly string[];
}

/**
 * Whether a person must approve the order before anything is placed: its amount is over a limit, its net amount is not
 * quantity × price, its price differs from the agreed one, or a date cannot be met. An amount in a currency without any
 * limit needs one too: a limit that does not apply is not a permission.
 */
export function approvalNeeded(
  order: PurchaseOrder,
  plan: OrderPlan,
  policy: ApprovalPolicy,
): ApprovalNeed | undefined {
  return needed(order, plan, policy, overLimit(order, policy), [
    ...figures(order),
    ...(policy.onPriceDifference ? priceDifference(order, plan) : []),
    ...(policy.onLateDate ? lateDates(plan) : []),
  ]);
}

/**
 * As {@link approvalNeeded}, for what an amendment adds: an amount that rises, figures that change and do not fit each
 * other, a price that changes, a date or quantity of a delivery that changes. What was approved, or needed no approval,
 * is not asked about again. Small steps are no way round a limit: it is the whole order that is over it.
 */
export function amendmentApprovalNeeded(
  before: { readonly order: PurchaseOrder; readonly plan: OrderPlan },
  after: { readonly order: PurchaseOrder; readonly plan: OrderPlan },
  policy: ApprovalPolicy,
): ApprovalNeed | undefined {
  const rises = compare(orderAmount(after.order), orderAmount(before.order)) > 0;
  const isRepriced = compare(after.order.unitPrice, before.order.unitPrice) !== 0;
  const changed = after.plan.deliveries.filter(
    (delivery) => !before.plan.deliveries.some((old) => isSameDelivery(old, delivery)),
  );
  return needed(after.order, after.plan, policy, rises ? overLimit(after.order, policy) : undefined, [
    ...(hasFiguresOf(before.order, after.order) ? [] : figures(after.order)),
    ...(policy.onPriceDifference && isRepriced ? priceDifference(after.order, after.plan) : []),
    ...(policy.onLateDate ? lateDates({ ...after.plan, deliveries: changed }) : []),
  ]);
}

const hasFiguresOf = (left: PurchaseOrder, right: PurchaseOrder): boolean =>
  (['quantity', 'unitPrice', 'net'] as const).every((field) => isSameFigure(left[field], right[field]));

/** An unreadable figure is equal to itself only. */
const isSameFigure = (left: string, right: string): boolean =>
  [left, right].every(isDecimal) ? compare(left, right) === 0 : left === right;

/** What is wrong with the figures of an order in themselves. */
function figures(order: PurchaseOrder): string[] {
  const { unitPrice, currency } = order;
  const difference = netDifference(order);
  return [
    ...(difference === undefined ? [] : [difference]),
    ...(compare(unitPrice, '0') < 0
      ? [`the price of ${asMoney(unitPrice, currency)} ${currency} is below nothing`]
      : []),
  ];
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
  const { currency } = order;
  const wrongGross = grossDifference(order);
  return {
    reasons,
    facts: [
      { label: 'net', value: `${asMoney(order.net, currency)} ${currency}` },
      ...(wrongGross === undefined ? [] : [{ label: 'gross', value: wrongGross }]),
      { label: 'quantity', value: `${asQuantity(order.quantity)} ${order.unitOfMeasure}` },
      { label: 'unit price', value: `${asMoney(order.unitPrice, currency)} ${currency}` },
      { label: 'agreed price', value: agreedPrice(plan) },
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

function overLimit(order: PurchaseOrder, { limits, approvers }: ApprovalPolicy): OverLimit | undefined {
  const { net, currency } = order;
  const bands = limits.filter((limit) => limit.currency === currency);
  if (bands.length === 0) return { reason: `no approval limit is set for ${currency}`, approvers };
  const amount = orderAmount(order);
  const exceeded = bands.filter(({ above }) => compare(amount, above) > 0).sort((a, b) => compare(b.above, a.above));
  const [highest] = exceeded;
  if (highest === undefined) return undefined;
  const what = isSameFigure(net, amount) ? 'net' : 'quantity × price of';
  return {
    reason: `${what} ${asMoney(amount, currency)} ${currency} is over the limit of ${asMoney(highest.above, currency)}`,
    approvers: highest.approvers,
  };
}

const agreedPrice = ({ agreed }: OrderPlan): string => {
  if (agreed === null) return 'none';
  const { price, currency, unit, isNamed } = agreed;
  const taken = isNamed ? '' : ' (the policy names no agreedUnit: the largest is taken)';
  return `${asUnitPrice(price, currency, unit)}${taken}`;
};

/**
 * A price belongs to a unit. The two are compared per stock unit, crosswise, so that nothing is rounded: the agreed 42.50
 * a box of 15 is no price for a single unit, nor is its fifteenth, which does not come out even.
 */
function priceDifference(
  { unitPrice, currency, unitOfMeasure }: PurchaseOrder,
  { agreed, unitFactor }: OrderPlan,
): string[] {
  if (agreed === null) return ['no price is agreed for this product'];
  const { price, unit, factor } = agreed;
  if (currency !== agreed.currency) return [`ordered in ${currency}, agreed in ${agreed.currency}`];
  const ordered = asUnitPrice(unitPrice, currency, unitOfMeasure);
  const wanted = asUnitPrice(price, currency, unit);
  if (factor === null)
    return [`ordered at ${ordered}, but agreed at ${wanted}, and nothing says how the two units compare`];
  if (compare(multiply(unitPrice, factor), multiply(price, unitFactor)) === 0) return [];
  const converted = unit === unitOfMeasure ? undefined : divideExactly(multiply(unitPrice, factor), unitFactor);
  const inUnit = converted === undefined ? '' : `, which is ${asUnitPrice(converted, currency, unit)},`;
  return [`the price of ${ordered}${inUnit} differs from the agreed ${wanted}`];
}

const lateDates = (plan: OrderPlan): string[] =>
  lateDeliveries(plan).map(
    ({ deliveryRef, dueDate, shipDate }) =>
      `delivery ${deliveryRef}, due ${dueDate}, must ship by ${shipDate}, before the earliest date ${plan.earliestShipDate}`,
  );
