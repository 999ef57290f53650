import type { CustomerMapping, Policy, ProductMapping, UnitMapping } from '../case/policy';
import type { CustomerAddress, Item, Site, UomConversion } from '../stock/inventory';
import type { PurchaseOrder } from './purchase-order';
import {
  addDays,
  calendarDate,
  isCalendarDay,
  isEarlier,
  workingDayOnOrBefore,
  workingDaysBefore,
} from '../values/calendar';
import { asQuantity, compare } from '../values/decimal';
import { stockFactor } from './unit-factor';
import { quantityFaults } from './order-figures';
import { orderLimitFaults, planLimitFaults } from './order-limits';
import { customerOf, productOf, shipTo, unitOf, withoutEntry } from './policy-entries';

/** Everything the five systems call by other names, resolved once for one order. */
export interface OrderPlan {
  readonly custNo: string;
  readonly customerId: string;
  readonly excludedApprovers: readonly string[];
  readonly partNumber: string;
  readonly revision: string | null;
  readonly saleTypeId: string;
  /** ManEx uOfMeas of the order's unit. */
  readonly unitOfMeasure: string;
  readonly itemId: string;
  readonly siteId: string;
  readonly companyId: string;
  readonly sourceSystem: string;
  /** NorthScope's unit the item is kept in. */
  readonly stockUnit: string;
  /** Stock units in one order unit. */
  readonly unitFactor: string;
  readonly agreed: AgreedPrice | null;
  /** Calendar dates. */
  readonly orderDate: string;
  readonly earliestShipDate: string;
  readonly deliveries: readonly PlannedDelivery[];
}

/** The agreed price of the product, and the unit it is for. */
export interface AgreedPrice {
  readonly price: string;
  readonly currency: string;
  /** Claritum's unit of measure. */
  readonly unit: string;
  /** Whether the policy says so; else it is the largest unit the item is kept or ordered in. */
  readonly isNamed: boolean;
  /** Stock units in one such unit; null where nothing says how many. */
  readonly factor: string | null;
}

export interface PlannedDelivery {
  readonly deliveryRef: string;
  readonly sequence: string;
  readonly quantity: string;
  readonly addressId: string;
  /** Working day. */
  readonly dueDate: string;
  /** Before the due date. */
  readonly shipDate: string;
}

export type PlanResult =
  | { readonly kind: 'planned'; readonly plan: OrderPlan }
  | { readonly kind: 'unmapped'; readonly missing: readonly string[] };

/** What NorthScope says, read beforehand. */
export interface ReferenceData {
  readonly sites: readonly Site[];
  readonly items: readonly Item[];
  readonly uomConversions: readonly UomConversion[];
  readonly addresses: readonly CustomerAddress[];
}

/**
 * Resolves one order against the policy, NorthScope's master data and what each system can hold. What is missing or does
 * not fit is listed whole, in sentences an operator can act on; nothing is defaulted silently.
 *
 * @param now ISO instant.
 */
export function planOrder(order: PurchaseOrder, policy: Policy, reference: ReferenceData, now: string): PlanResult {
  const customer = customerOf(policy, order);
  const product = productOf(policy, order);
  const unit = unitOf(policy, order);
  const missing = [...quantityFaults(order), ...orderLimitFaults(order), ...withoutEntry(policy, order)];
  if (customer === undefined || product === undefined || unit === undefined) return { kind: 'unmapped', missing };
  return resolved(order, policy, reference, { customer, product, unit, missing, now });
}

interface Resolving {
  readonly customer: CustomerMapping;
  readonly product: ProductMapping;
  readonly unit: UnitMapping;
  readonly missing: readonly string[];
  readonly now: string;
}

function resolved(order: PurchaseOrder, policy: Policy, reference: ReferenceData, given: Resolving): PlanResult {
  const { customer, product, unit, now } = given;
  const missing = [...given.missing];
  const site = reference.sites.find(({ siteId }) => siteId === product.siteId);
  if (site === undefined) missing.push(`NorthScope has no site '${product.siteId}'`);
  const item = reference.items.find(({ itemId }) => itemId === product.itemId);
  if (item === undefined || item.isInactive) missing.push(`NorthScope has no active item '${product.itemId}'`);
  const factor = item && stockFactor(item, unit, reference);
  if (item !== undefined && factor === undefined) {
    missing.push(
      `NorthScope's schedule ${item.uomScheduleSk} does not say how many ${item.unitsUom} make one ${unit.northscope}`,
    );
  }
  const { timeZone, companyId, sourceSystem } = policy.company;
  const { fulfilment } = policy;
  const orderDate = calendarDate(now, timeZone);
  const deliveries = order.deliveries.map((delivery) => {
    const addressId = shipTo(customer, delivery.address.postCode ?? '');
    const known = reference.addresses.some(
      (address) => address.customerId === customer.customerId && address.addressId === addressId,
    );
    if (addressId === undefined || !known) {
      missing.push(
        `NorthScope has no ship-to address '${addressId ?? '?'}' for ${customer.customerId} (delivery ${delivery.deliveryRef})`,
      );
    }
    const required = delivery.requiredDate ?? order.deliveryDate;
    const day = required === null ? addDays(orderDate, fulfilment.defaultDueDays) : dayOf(required, timeZone);
    if (day === undefined)
      missing.push(`delivery ${delivery.deliveryRef} is wanted by '${required}', which is no date`);
    const wanted = day ?? orderDate;
    const dueDate = workingDayOnOrBefore(wanted);
    return {
      deliveryRef: delivery.deliveryRef,
      sequence: delivery.sequence,
      quantity: asQuantity(delivery.quantity),
      addressId: addressId ?? '',
      dueDate,
      shipDate: workingDaysBefore(dueDate, Math.max(1, fulfilment.transitDays)),
    };
  });
  if (missing.length > 0 || item === undefined || factor === undefined) return { kind: 'unmapped', missing };
  return fitting(order, {
    custNo: customer.custNo,
    customerId: customer.customerId,
    excludedApprovers: customer.excludedApprovers,
    partNumber: product.partNumber,
    revision: product.revision,
    saleTypeId: product.saleTypeId,
    unitOfMeasure: unit.manex,
    itemId: item.itemId,
    siteId: product.siteId,
    companyId,
    sourceSystem,
    stockUnit: item.unitsUom,
    unitFactor: factor,
    agreed: agreedPrice(product, { unit, factor }, policy.units, (other) => stockFactor(item, other, reference)),
    orderDate,
    earliestShipDate: workingDaysBefore(orderDate, -fulfilment.leadDays),
    deliveries,
  });
}

/** The plan, unless one of the systems that it will be written to could not take it. */
function fitting(order: PurchaseOrder, plan: OrderPlan): PlanResult {
  const missing = planLimitFaults(plan, order);
  return missing.length > 0 ? { kind: 'unmapped', missing } : { kind: 'planned', plan };
}

/** The calendar day of a day or an instant; undefined where it is neither, or lies beyond the calendar's four-digit years. */
function dayOf(date: string, timeZone: string): string | undefined {
  try {
    const day = calendarDate(date, timeZone);
    return isCalendarDay(day) && !isEarlier(day, EARLIEST) ? day : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first year that a date of the databases behind ManEx and NorthScope can be in. */
const EARLIEST = '1753-02-01';

/**
 * Where the policy names no unit for the price, it is taken as that of the largest unit the item can be ordered in, so that
 * the price of a box is never paid for a single one.
 */
function agreedPrice(
  { agreedPrice: price, agreedUnit, currency }: ProductMapping,
  ordered: { readonly unit: UnitMapping; readonly factor: string },
  units: readonly UnitMapping[],
  factorOf: (unit: UnitMapping) => string | undefined,
): AgreedPrice | null {
  if (price === null) return null;
  const named = agreedUnit === undefined ? undefined : units.find(({ claritum }) => claritum === agreedUnit);
  if (agreedUnit !== undefined) {
    const factor = named === undefined ? null : (factorOf(named) ?? null);
    return { price, currency, unit: agreedUnit, isNamed: true, factor };
  }
  const largest = units.reduce((largestYet, unit) => {
    const factor = factorOf(unit);
    return factor !== undefined && compare(factor, largestYet.factor) > 0 ? { unit, factor } : largestYet;
  }, ordered);
  return { price, currency, unit: largest.unit.claritum, isNamed: false, factor: largest.factor };
}

/** The deliveries whose goods cannot leave in time. */
export const lateDeliveries = ({ deliveries, earliestShipDate }: OrderPlan): readonly PlannedDelivery[] =>
  deliveries.filter(({ shipDate }) => isEarlier(shipDate, earliestShipDate));

/** The plan of an order that is only made smaller: dates and names stay as they were. */
export const cutPlan = (plan: OrderPlan, { deliveries }: PurchaseOrder): OrderPlan => ({
  ...plan,
  deliveries: plan.deliveries.flatMap((planned) => {
    const left = deliveries.find(({ deliveryRef }) => deliveryRef === planned.deliveryRef);
    return left === undefined ? [] : [{ ...planned, quantity: left.quantity }];
  }),
});
