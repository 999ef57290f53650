import { eventAction, webOrderAction, webOrderLinesAction } from './centra-actions';
import type { CentraWorld } from './centra-actions';
import { isFields } from './fields';
import type { Fields } from './fields';
import { count, decimal, given, isCalendarDate, optional, positive, text, WorldRefused } from './world-fields';

/**
 * What the people of the vendors can do (sandbox.md, `POST /_sandbox/world`). Each vendor offers the part that happens
 * in its system: it returns the ids of what was created or changed, or undefined for an unknown record.
 */
export interface ClaritumWorld {
  deliver(action: DeliverAction): readonly string[] | undefined;
  invoice(action: InvoiceAction): readonly string[] | undefined;
  amend(action: AmendAction): readonly string[] | undefined;
  cancel(action: { readonly orderRef: string }): readonly string[] | undefined;
}

export interface NorthScopeWorld {
  despatch(action: DespatchAction): readonly string[] | undefined;
  setStock(action: StockAction): readonly string[] | undefined;
  /** Works off the inbound queue at once. */
  tick(): readonly string[];
}

export interface ISyncWorld {
  ship(action: ShipAction): readonly string[] | undefined;
  setUnits(sku: string, units: string): readonly string[] | undefined;
}

export interface World {
  readonly claritum: ClaritumWorld;
  readonly centra: CentraWorld;
  readonly northscope: NorthScopeWorld;
  readonly isync: ISyncWorld;
}

interface DespatchAction {
  /** NorthScope's OrderID or PONumber. */
  readonly order: string;
  /** In the order line's unit; all that is allocated where it is not said. */
  readonly units?: string;
  /** Calendar date. @default today */
  readonly date?: string;
  readonly carrier?: string;
  readonly tracking?: string;
}

interface StockAction {
  readonly lot: string;
  readonly item: string;
  readonly site: string;
  /** Each. */
  readonly onHand: string;
}

export interface DeliverAction {
  readonly orderRef: string;
  /** Empty: the delivery addresses in their order. */
  readonly deliveryRef: string;
  /** In the order's unit of measure. */
  readonly quantity: string;
  readonly carrier: string;
  readonly consignmentNumber: string;
}

export interface InvoiceAction {
  readonly kind: 'purchase' | 'sales';
  readonly orderRef: string;
  /** Empty: made up. */
  readonly number: string;
  /** In the order's unit of measure; empty: all that was ordered. */
  readonly quantity: string;
  /** Empty: quantity × unit price. */
  readonly net: string;
}

export interface AmendAction {
  readonly orderRef: string;
  /** Members of the purchase order as it is to read from now on; numbers as text. */
  readonly set: Readonly<Record<string, unknown>>;
}

export interface ShipAction {
  /** PONumber of the web order. */
  readonly webOrder: string;
  readonly tracking: string;
  /** Empty: made up. */
  readonly invoiceNumber: string;
}

function invoiceKind(fields: Fields): 'purchase' | 'sales' {
  const kind = given(fields, 'kind');
  if (kind !== 'purchase' && kind !== 'sales') throw new WorldRefused(400, 'kind must be purchase or sales');
  return kind;
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

function amendment(fields: Fields): AmendAction {
  const { set } = fields;
  if (!isFields(set) || Object.keys(set).length === 0) throw new WorldRefused(400, 'set must name what changes');
  return { orderRef: given(fields, 'orderRef'), set };
}

type Perform = (world: World, fields: Fields) => readonly string[] | undefined;

const actions: Readonly<Record<string, Perform>> = {
  despatch: ({ northscope }, fields) => northscope.despatch(despatchAction(fields)),
  deliver: ({ claritum }, fields) =>
    claritum.deliver({
      orderRef: given(fields, 'orderRef'),
      deliveryRef: text(fields, 'deliveryRef'),
      quantity: count(fields, 'quantity'),
      carrier: text(fields, 'carrier'),
      consignmentNumber: text(fields, 'consignmentNumber'),
    }),
  invoice: ({ claritum }, fields) =>
    claritum.invoice({
      kind: invoiceKind(fields),
      orderRef: given(fields, 'orderRef'),
      number: text(fields, 'number'),
      quantity: optional(fields, 'quantity', count),
      net: optional(fields, 'net', decimal),
    }),
  amend: ({ claritum }, fields) => claritum.amend(amendment(fields)),
  cancel: ({ claritum, centra }, fields) =>
    'webOrder' in fields
      ? centra.cancelWebOrder(webOrderLinesAction(fields))
      : claritum.cancel({ orderRef: given(fields, 'orderRef') }),
  stock: ({ northscope, isync }, fields) => {
    const vendor = given(fields, 'vendor');
    if (vendor === 'isync') return isync.setUnits(given(fields, 'sku'), decimal(fields, 'units'));
    if (vendor !== 'northscope') throw new WorldRefused(400, 'vendor must be northscope or isync');
    const { lot, item, site } = { lot: text(fields, 'lot'), item: text(fields, 'item'), site: text(fields, 'site') };
    return northscope.setStock({ lot, item, site, onHand: decimal(fields, 'onHand') });
  },
  tick: ({ northscope }) => northscope.tick(),
  webOrder: ({ centra }, fields) => centra.placeWebOrder(webOrderAction(fields)),
  ship: ({ isync }, fields) =>
    isync.ship({
      webOrder: given(fields, 'webOrder'),
      tracking: text(fields, 'tracking'),
      invoiceNumber: text(fields, 'invoiceNumber'),
    }),
  refund: ({ centra }, fields) => centra.refundWebOrder(webOrderLinesAction(fields)),
  event: ({ centra }, fields) => centra.raiseEvent(eventAction(fields)),
};

/** The names of all actions. */
export const worldActions: readonly string[] = Object.keys(actions);

/**
 * Carries out one action, `{"<name>": {…}}`.
 * @returns the ids of what was created or changed
 * @throws WorldRefused 400 for what cannot be read, 404 for an unknown record; nothing has changed then
 */
export function performAction(world: World, body: unknown): readonly string[] {
  const names = isFields(body) ? Object.keys(body) : [];
  const [name] = names;
  const perform = name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined;
  const fields = isFields(body) && name !== undefined ? body[name] : undefined;
  if (names.length !== 1 || perform === undefined || !isFields(fields)) {
    throw new WorldRefused(400, `one action per call, an object: ${worldActions.join(' ')}`);
  }
  const ids = perform(world, fields);
  if (ids === undefined) throw new WorldRefused(404, `${name}: unknown record ${JSON.stringify(fields)}`);
  return ids;
}
