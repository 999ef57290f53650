import { isDeepStrictEqual } from 'node:util';
import type { Merger } from './merge';
import type { CentraOptions } from './options';
import { updatedOrder } from './orders';
import { updatedProduct, warehousesOf } from './products';
import { CentraRefused } from './refused';
import type { CentraState } from './state';
import { offsetTime } from './stockholm';
import { idOf, recordOf, recordsOf, textOf } from './values';
import type { Values } from './values';

/** How an update ended: what the caller is told, and how many records it created or changed. */
export interface UpdateResult {
  readonly errors: readonly string[];
  readonly notices: readonly string[];
  readonly effects: number;
}

/** One call's work on one list, in the making: nothing of it shows before it is stored. */
interface Draft {
  readonly state: CentraState;
  readonly merger: Merger;
  readonly options: CentraOptions;
  /** As this call leaves them, by key. */
  readonly changed: Map<string, Values>;
  readonly notices: string[];
}

/** One of the fourteen updates: which records it is about, and what raises events of which type. */
interface UpdateKind {
  readonly list: string;
  /** Absent where no event type exists (docs/vendors/centra.md#events_get). */
  readonly eventType?: string;
  key(given: Values): string;
  /** @throws CentraRefused for what cannot be */
  apply(before: Values | undefined, given: Values, draft: Draft): Values;
}

const idKey = (given: Values): string => textOf(given, 'id');

/** The updates that do nothing but store what they are sent. */
const plain = (list: string, type: string, eventType?: string): UpdateKind => ({
  list,
  ...(eventType === undefined ? {} : { eventType }),
  key: idKey,
  apply: (before, given, { merger }) => merger.merged(type, before ?? {}, given),
});

const orders: UpdateKind = {
  list: 'orders',
  eventType: 'order',
  key: idKey,
  apply: (before, given, { state, merger, options, changed, notices }) => {
    const inThisCall = (id: string) =>
      [...changed].find(([, order]) =>
        recordsOf(order, 'shipments').some((shipment) =>
          recordsOf(shipment, 'refunds').some((refund) => textOf(refund, 'id') === id),
        ),
      )?.[0];
    const context = {
      ...{ merger, options, now: offsetTime(options.now()) },
      nextOrderItem: () => state.nextOrderItem(),
      refundOwner: (id: string) => inThisCall(id) ?? state.refundOwner(id),
      notice: (text: string) => void notices.push(text),
    };
    return updatedOrder(before, given, context, () => state.nextOrderNumber());
  },
};

const products: UpdateKind = {
  list: 'products',
  key: idKey,
  apply: (before, given, { state, merger, changed }) => {
    const inThisCall = (id: string) =>
      [...changed].find(([, product]) =>
        recordsOf(product, 'variations').some((variation) => textOf(variation, 'id') === id),
      )?.[0];
    const variationOwner = (id: string) => inThisCall(id) ?? state.variationOwner(id);
    return updatedProduct(before, given, { merger, variationOwner });
  },
};

/** A size is one of its sizetable; sizetables cannot be changed (docs/vendors/centra.md#sizes_update). */
const sizes: UpdateKind = {
  list: 'sizes',
  eventType: 'size',
  key: (given) => `${idOf(given, 'sizetable')}/${textOf(given, 'id')}`,
  apply: (before, given, { merger, notices }) => {
    const table = recordOf(given, 'sizetable');
    if (textOf(table, 'id') === '') throw new CentraRefused(`Size ${textOf(given, 'id')}: sizetable needs an id`);
    const known = before === undefined ? undefined : recordOf(before, 'sizetable');
    const after = merger.merged('TableSize', before ?? {}, given);
    if (known !== undefined && !isDeepStrictEqual(known, after['sizetable'])) {
      throw new CentraRefused(`Sizetable ${textOf(table, 'id')} cannot be changed`);
    }
    if (known === undefined) {
      const description = textOf(table, 'description');
      notices.push(`Added new size: ${textOf(given, 'id')}: ${textOf(given, 'description')} to: ${description}!`);
    }
    return after;
  },
};

const kinds: readonly UpdateKind[] = [
  orders,
  products,
  plain('customers', 'Customer', 'customer'),
  plain('accounts', 'Account', 'account'),
  plain('deliverywindows', 'DeliveryWindow'),
  plain('invoices', 'Invoice', 'invoice'),
  plain('markets', 'Market', 'market'),
  plain('paymentterms', 'Terms', 'paymentterm'),
  plain('pricealterationdates', 'PriceAlterationDate'),
  plain('pricelists', 'Pricelist', 'pricelist'),
  plain('salesreps', 'Salesrep', 'salesrep'),
  plain('shippingterms', 'Terms', 'shippingterm'),
  sizes,
  plain('warehouses', 'Ref', 'warehouse'),
];

/** By operation. */
export const updates: ReadonlyMap<string, UpdateKind> = new Map(kinds.map((kind) => [`${kind.list}_Update`, kind]));

/** The list an event type's records are kept in. */
export const listOfEventType: ReadonlyMap<string, string> = new Map(
  kinds.flatMap(({ eventType, list }): [string, string][] => (eventType === undefined ? [] : [[eventType, list]])),
);

/** The ids of the records sent. */
export const keysOf = (kind: UpdateKind, given: Values): readonly string[] => recordsOf(given, kind.list).map(idKey);

/** Stores a record and raises its event, unless that is as it was. @returns records created or changed */
function store(state: CentraState, kind: UpdateKind, key: string, after: Values, options: CentraOptions): number {
  if (isDeepStrictEqual(state.records(kind.list).get(key), after)) return 0;
  state.put(kind.list, key, after);
  if (kind.eventType !== undefined && options.echo) {
    const entry = textOf(after, 'id');
    state.events.raise({ type: kind.eventType, entry, key, mission: 'update', at: options.now(), data: after });
  }
  return 1;
}

/** A warehouse somebody sends stock for exists from then on (docs/vendors/centra.md#products_update). */
function createWarehouses(state: CentraState, product: Values, options: CentraOptions): number {
  const warehouses = updates.get('warehouses_Update');
  const unknown = warehousesOf(product).filter((id) => !state.hasWarehouse(id));
  return warehouses === undefined
    ? 0
    : unknown.reduce((sum, id) => sum + store(state, warehouses, id, { id, description: id }, options), 0);
}

function attempt(kind: UpdateKind, given: Values, draft: Draft): string | undefined {
  try {
    if (textOf(given, 'id') === '') throw new CentraRefused(`<id> missing in ${kind.list}`);
    const key = kind.key(given);
    const before = draft.changed.get(key) ?? draft.state.records(kind.list).get(key);
    draft.changed.set(key, kind.apply(before, given, draft));
    return undefined;
  } catch (error) {
    if (!(error instanceof CentraRefused)) throw error;
    return error.message;
  }
}

/** Carries an update out, all its records or none, or all that can be (`batch`). */
export function runUpdate(
  kind: UpdateKind,
  given: Values,
  state: CentraState,
  merger: Merger,
  options: CentraOptions,
): UpdateResult {
  const draft: Draft = { state, merger, options, changed: new Map(), notices: [] };
  const errors = recordsOf(given, kind.list).flatMap((record) => attempt(kind, record, draft) ?? []);
  if (errors.length > 0 && options.batch === 'all-or-nothing') return { errors, notices: [], effects: 0 };
  let effects = 0;
  for (const [key, after] of draft.changed) {
    effects += store(state, kind, key, after, options);
    if (kind.list === 'products') effects += createWarehouses(state, after, options);
  }
  return { errors, notices: draft.notices, effects };
}
