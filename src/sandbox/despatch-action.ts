import { isPositive, subtract } from '../domain/values/decimal';
import type { Fields } from './fields';
import { given, isCalendarDate, optional, positive, text, WorldRefused } from './world-fields';

export interface DespatchAction {
  /** NorthScope's OrderID or PONumber. */
  readonly order: string;
  /** In Each; all that is allocated where it is not said. */
  readonly units?: string;
  /** Calendar date. @default today */
  readonly date?: string;
  readonly carrier?: string;
  readonly tracking?: string;
}

/** What has left of one NorthScope order so far, in Each. */
interface Shipped {
  readonly orderId: string;
  readonly poNumber: string;
  readonly shipped: string;
}

export interface ManExDespatch {
  /** What the order may be known by; the first that names one counts. */
  readonly references: readonly string[];
  /** In the unit of its lines; all they still wait for where it is not said. */
  readonly units?: string | undefined;
}

/** The two systems that can be told that goods have left. */
export interface Warehouses {
  readonly northscope: {
    despatch(action: DespatchAction): readonly string[] | undefined;
    /** The order with this OrderID, or those with this PONumber. */
    shipped(order: string): readonly Shipped[];
  };
  readonly manex: {
    despatch(action: ManExDespatch): readonly string[] | undefined;
    knows(reference: string): boolean;
  };
}

function despatchAction(fields: Fields): DespatchAction {
  const units = optional(fields, 'units', positive);
  const date = text(fields, 'date');
  if (date !== '' && !isCalendarDate(date)) throw new WorldRefused(400, 'date must be a date, YYYY-MM-DD');
  const said = { units, date, carrier: text(fields, 'carrier'), tracking: text(fields, 'tracking') };
  return {
    order: given(fields, 'order'),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')),
  };
}

/** ManEx knows no OrderID of the warehouse's own making, but the customer's number that it has with it. */
function inManEx({ northscope, manex }: Warehouses, { order, units }: DespatchAction): readonly string[] | undefined {
  const references = [order, ...northscope.shipped(order).map(({ poNumber }) => poNumber)];
  return manex.despatch({ references, units });
}

/** As much leaves ManEx as left NorthScope, order by order; nothing where ManEx lacks one of them. */
function inBoth(warehouses: Warehouses, action: DespatchAction): readonly string[] | undefined {
  const { northscope, manex } = warehouses;
  const before = northscope.shipped(action.order);
  if (!before.every(({ orderId, poNumber }) => manex.knows(orderId) || manex.knows(poNumber))) return undefined;
  const orderIds = northscope.despatch(action);
  if (orderIds === undefined) return undefined;
  const soNos = northscope.shipped(action.order).flatMap(({ orderId, poNumber, shipped }) => {
    const units = subtract(shipped, before.find((order) => order.orderId === orderId)?.shipped ?? '0');
    return isPositive(units) ? (manex.despatch({ references: [orderId, poNumber], units }) ?? []) : [];
  });
  return [...new Set([...orderIds, ...soNos])];
}

/** Reads and carries out `{"despatch":{…}}`. @returns the orders that something left for; undefined for an unknown one */
export function performDespatch(warehouses: Warehouses, fields: Fields): readonly string[] | undefined {
  const action = despatchAction(fields);
  switch (text(fields, 'in')) {
    case '':
    case 'northscope':
      return warehouses.northscope.despatch(action);
    case 'manex':
      return inManEx(warehouses, action);
    case 'both':
      return inBoth(warehouses, action);
    default:
      throw new WorldRefused(400, 'in must be northscope, manex or both');
  }
}
