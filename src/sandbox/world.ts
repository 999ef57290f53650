import { eventAction, webOrderAction, webOrderLinesAction } from './centra-actions';
import type { CentraWorld } from './centra-actions';
import {
  addAction,
  amendAction,
  cancelAction,
  deliverAction,
  invoiceAction,
  orderAction,
  reopenAction,
  statusAction,
} from './claritum-actions';
import type { ClaritumWorld } from './claritum-actions';
import { performDespatch } from './despatch-action';
import type { Warehouses } from './despatch-action';
import { isFields } from './fields';
import type { Fields } from './fields';
import { decimal, given, text, WorldRefused } from './world-fields';

/**
 * What the people of the vendors can do (docs/sandbox.md#world). Each vendor offers the part that happens
 * in its system: it returns the ids of what was created or changed, or undefined for an unknown record.
 */
export type NorthScopeWorld = Warehouses['northscope'] & {
  setStock(action: StockAction): readonly string[] | undefined;
  /** By OrderID, or by PONumber. */
  voidOrder(order: string): readonly string[] | undefined;
  /** Works off the inbound queue at once. */
  tick(): readonly string[];
};

export interface ISyncWorld {
  ship(action: ShipAction): readonly string[] | undefined;
  setUnits(sku: string, units: string): readonly string[] | undefined;
}

export interface World extends Warehouses {
  readonly claritum: ClaritumWorld;
  readonly centra: CentraWorld;
  readonly northscope: NorthScopeWorld;
  readonly isync: ISyncWorld;
}

interface StockAction {
  readonly lot: string;
  readonly item: string;
  readonly site: string;
  /** Each. */
  readonly onHand: string;
}

export interface ShipAction {
  /** PONumber of the web order. */
  readonly webOrder: string;
  readonly tracking: string;
  /** Empty: made up. */
  readonly invoiceNumber: string;
}

type Perform = (world: World, fields: Fields) => readonly string[] | undefined;

const actions: Readonly<Record<string, Perform>> = {
  despatch: performDespatch,
  deliver: ({ claritum }, fields) => claritum.deliver(deliverAction(fields)),
  reopen: ({ claritum }, fields) => claritum.reopen(reopenAction(fields)),
  invoice: ({ claritum }, fields) => claritum.invoice(invoiceAction(fields)),
  amend: ({ claritum }, fields) => claritum.amend(amendAction(fields)),
  cancel: ({ claritum, centra }, fields) =>
    'webOrder' in fields ? centra.cancelWebOrder(webOrderLinesAction(fields)) : claritum.cancel(cancelAction(fields)),
  status: ({ claritum }, fields) => claritum.setStatus(statusAction(fields)),
  add: ({ claritum }, fields) => claritum.add(addAction(fields)),
  remove: ({ claritum }, fields) => claritum.remove(orderAction(fields)),
  restore: ({ claritum }, fields) => claritum.restore(orderAction(fields)),
  stock: ({ northscope, isync }, fields) => {
    const vendor = given(fields, 'vendor');
    if (vendor === 'isync') return isync.setUnits(given(fields, 'sku'), decimal(fields, 'units'));
    if (vendor !== 'northscope') throw new WorldRefused(400, 'vendor must be northscope or isync');
    const { lot, item, site } = { lot: text(fields, 'lot'), item: text(fields, 'item'), site: text(fields, 'site') };
    return northscope.setStock({ lot, item, site, onHand: decimal(fields, 'onHand') });
  },
  void: ({ northscope }, fields) => northscope.voidOrder(given(fields, 'order')),
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
