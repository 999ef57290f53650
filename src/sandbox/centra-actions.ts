import { isFields } from './fields';
import type { Fields } from './fields';
import { count, decimal, flag, given, optional, positive, text, WorldRefused } from './world-fields';

/** What people do in the web shop (docs/sandbox.md#world); undefined for an unknown record. */
export interface CentraWorld {
  placeWebOrder(action: WebOrderAction): readonly string[] | undefined;
  cancelWebOrder(action: WebOrderLinesAction): readonly string[] | undefined;
  refundWebOrder(action: WebOrderLinesAction): readonly string[] | undefined;
  raiseEvent(action: EventAction): readonly string[];
}

export interface WebOrderAction {
  /** ISO code. @default SEK */
  readonly currency: string;
  /** Whether the customer's money is reserved. */
  readonly paid: boolean;
  /** What the carriage costs; empty: nothing. */
  readonly shipping: string;
  readonly lines: readonly {
    /** Full SKU: product, variation and size SKU one after the other. */
    readonly sku: string;
    /** Units. */
    readonly quantity: string;
    /** Of one unit, before the discount; empty: what the shop asks. */
    readonly price: string;
    /** Per cent. */
    readonly discount: string;
  }[];
}

export interface WebOrderLinesAction {
  /** Centra's id of the order. */
  readonly webOrder: string;
  /** None: all there is. */
  readonly lines: readonly { readonly orderitem: string; readonly quantity: string }[];
}

export interface EventAction {
  readonly type: string;
  /** @default update */
  readonly mission: string;
  /** The record the event carries, as JSON; its `id` is the event's entry. */
  readonly data: Fields;
}

function linesOf(fields: Fields): readonly Fields[] {
  const { lines = [] } = fields;
  if (!Array.isArray(lines) || !lines.every(isFields)) throw new WorldRefused(400, 'lines must be a list of objects');
  return lines;
}

/** Reads `{"webOrder":{…}}`. @throws WorldRefused 400 naming what is wrong */
export function webOrderAction(fields: Fields): WebOrderAction {
  const lines = linesOf(fields).map((line) => {
    const discount = optional(line, 'discount', decimal) || '0';
    if (!/^(\d{1,2}(\.\d+)?|100(\.0+)?)$/.test(discount))
      throw new WorldRefused(400, 'discount must be 0 to 100 per cent');
    const price = optional(line, 'price', decimal);
    if (price.startsWith('-')) throw new WorldRefused(400, 'price must not be below zero');
    return { sku: given(line, 'sku'), quantity: count(line, 'quantity'), price, discount };
  });
  if (lines.length === 0) throw new WorldRefused(400, 'lines must name at least one article');
  const currency = text(fields, 'currency') || 'SEK';
  return { currency, paid: flag(fields, 'paid', true), shipping: optional(fields, 'shipping', positive), lines };
}

/** Reads `{"cancel":{"webOrder":…}}` and `{"refund":{…}}`. @throws WorldRefused 400 naming what is wrong */
export const webOrderLinesAction = (fields: Fields): WebOrderLinesAction => ({
  webOrder: given(fields, 'webOrder'),
  lines: linesOf(fields).map((line) => ({ orderitem: given(line, 'orderitem'), quantity: count(line, 'quantity') })),
});

/** Reads `{"event":{…}}`. @throws WorldRefused 400 naming what is wrong */
export function eventAction(fields: Fields): EventAction {
  const type = given(fields, 'type');
  if (!/^[A-Za-z_][\w.-]*$/.test(type)) throw new WorldRefused(400, `${JSON.stringify(type)} is no event type`);
  const { data = {} } = fields;
  if (!isFields(data)) throw new WorldRefused(400, 'data must be an object');
  return { type, mission: text(fields, 'mission') || 'update', data };
}
