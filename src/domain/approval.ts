import { compare } from './decimal';
import type { Fact } from './decision';
import { lateDeliveries, type OrderPlan } from './order-plan';
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
  const amount = overLimit(order, policy);
  const terms = [
    ...(policy.onPriceDifference ? priceDifference(order, plan) : []),
    ...(policy.onLateDate ? lateDates(plan) : []),
  ];
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

function overLimit(
  { net, currency }: PurchaseOrder,
  { limits, approvers }: ApprovalPolicy,
): { reason: string; approvers: readonly string[] } | undefined {
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
