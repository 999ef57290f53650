import { isCalendarDay, isEarlier } from '../values/calendar';
import { asQuantity, isDecimal } from '../values/decimal';
import { asMoney } from './order-amounts';
import { filterFault, fittingFigure, limits, textFault, wholeNumber, type FigureLimit, type TextLimit } from './limits';
import type { OrderPlan } from './order-plan';
import type { PurchaseOrder } from './purchase-order';
import { toStockUnits } from './quantity';
import { WITHDRAWN_NOTE } from './sales-order';
import { lineMarker, warehouseOrderId } from './sales-order-number';

/** What stands behind a number of an order that NorthScope got more of: `.2`, `.3` … */
const FURTHER_ORDERS = '.99';
const ANY_SALES_ORDER = '0'.repeat(10);
const LONGEST_SEQUENCE =
  limits.northscope.sourceTransactionId.longest - `${warehouseOrderId(ANY_SALES_ORDER, '')}${FURTHER_ORDERS}`.length;

const BY_BUYER = 'the buyer must correct it in Claritum, or amend it here with him';

/**
 * What of the order itself one of the systems could not take, in sentences that say whose rule it is and what to do; asked
 * before anything is placed. Figures that cannot be read are named elsewhere.
 */
export function orderLimitFaults(order: PurchaseOrder): readonly string[] {
  const { orderRef, poNumber, unitPrice, currency, deliveries } = order;
  return [
    ...[limits.northscope.poNumber, limits.manex.poNumber]
      .flatMap((limit) => named('PO number', poNumber, limit))
      .slice(0, 1)
      .map((fault) => `${fault}: a number cannot be cut, so ${BY_BUYER}`),
    ...named('note with the order reference', `${WITHDRAWN_NOTE} ${lineMarker(orderRef)}`, limits.manex.note),
    ...figured(`the unit price ${asMoney(unitPrice, currency)}`, unitPrice, limits.manex.price),
    ...deliveries.flatMap(({ deliveryRef, sequence, quantity }) => [
      ...counted(`the quantity ${asQuantity(quantity)} of delivery ${quoted(deliveryRef)}`, quantity),
      ...placed(deliveryRef, sequence),
    ]),
  ];
}

/** What of the plan, names of the policy and of NorthScope among it, one of the systems could not take. */
export function planLimitFaults(plan: OrderPlan, { quantity }: PurchaseOrder): readonly string[] {
  const { manex, northscope } = limits;
  const names: readonly (readonly [string, string | null, TextLimit])[] = [
    ['part number', plan.partNumber, manex.partNumber],
    ['revision', plan.revision, manex.revision],
    ['sale type', plan.saleTypeId, manex.saleTypeId],
    ['unit', plan.unitOfMeasure, manex.unitOfMeasure],
    ['company', plan.companyId, northscope.companyId],
    ['source system', plan.sourceSystem, northscope.sourceSystem],
    ['customer', plan.customerId, northscope.customerId],
    ['site', plan.siteId, northscope.siteId],
    ['item', plan.itemId, northscope.itemId],
    ['stock unit', plan.stockUnit, northscope.unitsUom],
  ];
  return [
    ...names.flatMap(([name, value, limit]) => (value === null ? [] : named(name, value, limit))),
    ...asked('site', plan.siteId),
    ...asked('item', plan.itemId),
    ...figured(`the quantity ${asQuantity(quantity)}`, quantity, manex.quantity),
    ...plan.deliveries.flatMap(({ deliveryRef, quantity: share, addressId, dueDate, shipDate }) => {
      const units = toStockUnits(share, plan.unitFactor);
      return [
        ...named('ship-to address', addressId, northscope.addressId),
        ...figured(`${units} ${plan.stockUnit} of delivery ${quoted(deliveryRef)}`, units, northscope.units),
        ...([dueDate, shipDate].every(isCalendarDay) && isEarlier(shipDate, dueDate)
          ? []
          : [`delivery ${quoted(deliveryRef)} would ship on ${shipDate} for ${dueDate}, which ManEx cannot keep`]),
      ];
    }),
  ];
}

function named(name: string, value: string, limit: TextLimit): string[] {
  const fault = textFault(limit, value);
  return fault === undefined ? [] : [`the ${name} ${quoted(value)} ${fault}`];
}

/** What lots and orders are looked for by. */
function asked(name: string, value: string): string[] {
  const fault = filterFault(value);
  return fault === undefined ? [] : [`the ${name} ${quoted(value)} ${fault}, and NorthScope cannot be asked for it`];
}

const figured = (what: string, value: string, limit: FigureLimit): string[] =>
  !isDecimal(value) || fittingFigure(limit, value) !== undefined ? [] : [`${what} ${roomOf(limit)}`];

const roomOf = ({ system, member, digits, decimals }: FigureLimit): string =>
  `has too many digits: ${system} takes at most ${digits}, and ${decimals} decimals, as its ${member}`;

/** Receipts are booked in Claritum in the order's own unit. */
const counted = (what: string, value: string): string[] =>
  !isDecimal(value) || wholeNumber(value) !== undefined
    ? []
    : [`${what} cannot be received: Claritum books receipts in whole numbers, at most 2147483647; ${BY_BUYER}`];

/** NorthScope's OrderID is the sales order's number and the delivery's place, which Claritum counts from 1. */
const placed = (deliveryRef: string, sequence: string): string[] =>
  /^\d+$/.test(sequence) && sequence.length <= LONGEST_SEQUENCE
    ? []
    : [
        `delivery ${quoted(deliveryRef)} has the place ${quoted(sequence)}: NorthScope's OrderID is made of it, which takes a number of at most ${LONGEST_SEQUENCE} digits; ${BY_BUYER}`,
      ];

const MOST_QUOTED = 60;

/** Long values are cut: the whole stands in Claritum, or in the policy. */
const quoted = (value: string): string => `'${value.length > MOST_QUOTED ? `${value.slice(0, MOST_QUOTED)}…` : value}'`;
