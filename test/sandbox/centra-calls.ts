import { XMLParser } from 'fast-xml-parser';
import { CentraSandbox } from '../../src/sandbox/centra/sandbox';
import type { CentraOptions } from '../../src/sandbox/centra/options';
import type { PreparedCall, VendorAnswer, VendorRequest } from '../../src/sandbox/vendor';

const base = '/ams/system/service/module';
export const paths = {
  current: `${base}/soap/api`,
  navisionApi: `${base}/navision/api`,
  navisionSoap: `${base}/navision/soap`,
} as const;
export const namespaces = {
  current: 'http://www.centra.com/webservices/',
  old: 'http://www.silkvms.com/webservices/',
} as const;

export const login = (password = 'centra-secret') =>
  `<login><username>centra</username><password>${password}</password></login>`;

export const envelope = (body: string, header = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">` +
  `${header === '' ? '' : `<s:Header>${header}</s:Header>`}<s:Body>${body}</s:Body></s:Envelope>`;

/** A request as the public examples write it: the namespace as the default one, the login first. */
export const request = (operation: string, inner: string, namespace: string = namespaces.current) =>
  envelope(`<${operation} xmlns="${namespace}">${login()}${inner}</${operation}>`);

const wrappers = new Set(['events', 'errors', 'notices', 'products', 'cancelled', 'shipments', 'sizes', 'refunds']);
const repeated = new Set(['event', 'message', 'product', 'shipment', 'size', 'refund', 'payment', 'warehouse']);
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  isArray: (name) => repeated.has(name),
});

export type Fields = Readonly<Record<string, unknown>>;
export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
export const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : []);

/** The one body element of an answer, list wrappers taken off. */
export function bodyOf(text: string): Fields {
  const unwrapped = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(unwrapped);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([name, value]): [string, unknown] => {
        if (!wrappers.has(name)) return [name, unwrapped(value)];
        return [name, value === '' ? [] : unwrapped(Object.values(fields(value))[0])];
      }),
    );
  };
  return fields(unwrapped(fields(fields(fields(parser.parse(text, true))['Envelope'])['Body'])));
}

export interface Result {
  readonly success: string;
  readonly errors: readonly string[];
  readonly notices: readonly string[];
}

/** Centra, called as the front calls it: prepare, then commit. */
export class CentraCaller {
  readonly sandbox: CentraSandbox;

  constructor(options: Partial<CentraOptions> = {}, orders = 3, seed = 1) {
    this.sandbox = new CentraSandbox({ now: () => new Date('2026-01-05T09:00:00Z'), ...options });
    this.sandbox.reset({ orders, seed });
  }

  prepare(body: string, given: Partial<VendorRequest> = {}): PreparedCall | { readonly answer: VendorAnswer } {
    const plain = { method: 'POST', path: paths.current, query: '', headers: {}, origin: 'http://localhost:7400' };
    return this.sandbox.prepare({ ...plain, body, ...given });
  }

  call(body: string, given: Partial<VendorRequest> = {}): PreparedCall {
    const prepared = this.prepare(body, given);
    if ('answer' in prepared) throw new Error(`no call: ${prepared.answer.body}`);
    return prepared;
  }

  answer(body: string, given: Partial<VendorRequest> = {}): VendorAnswer {
    const prepared = this.prepare(body, given);
    return 'answer' in prepared ? prepared.answer : prepared.commit().answer;
  }

  /** An update and what it says; `<x_Update>` with `inner` in it. */
  update(operation: string, inner: string): Result & { readonly effects: number } {
    const { answer, effects } = this.call(request(operation, inner)).commit();
    return { ...(bodyOf(answer.body)['result'] as Result), effects };
  }

  /** Retail order `id` with only what changes. */
  order(id: string, inner: string): Result & { readonly effects: number } {
    const order = `<order><id>${id}</id><type>retail</type><store>1</store>${inner}</order>`;
    return this.update('orders_Update', `<orders>${order}</orders>`);
  }

  events(type = 'all', inner = '', operation = 'events_GetRequest'): readonly Fields[] {
    const { body } = this.answer(request(operation, `<type>${type}</type>${inner}`));
    return list(fields(bodyOf(body)['events_Get'])['events']);
  }

  done(...ids: readonly unknown[]): Result & { readonly effects: number } {
    return this.update('events_Done', ids.map((id) => `<event>${String(id)}</event>`).join(''));
  }

  records(part: 'events' | 'orders' | 'products' | 'customers'): readonly Fields[] {
    return list(this.sandbox.ledger()[part]);
  }

  other(name: string): readonly Fields[] {
    return list(fields(this.sandbox.ledger()['other'])[name]);
  }

  record(part: 'orders' | 'products' | 'customers', id: string): Fields {
    return this.records(part).find((record) => record['id'] === id) ?? {};
  }

  /** Rows of an order by their number: units under `products` (or `cancelled`). */
  rows(id: string, member: 'products' | 'cancelled' = 'products'): Fields {
    const sizes = list(this.record('orders', id)[member]).flatMap((product) => list(product['sizes']));
    return Object.fromEntries(sizes.map((size) => [fields(size['orderitem'])['id'], size['qty']]));
  }

  /** Units free to allocate of one size of a product. */
  free(product: string, size: string): unknown {
    const sizes = list(this.record('products', product)['variations']).flatMap((variation) => list(variation['sizes']));
    return list(sizes.find((entry) => entry['id'] === size)?.['warehouseitems'])[0]?.['qty'];
  }
}

/** Rows as an update of an order names them. */
export const rowsXml = (rows: Readonly<Record<string, string | number>>) =>
  Object.entries(rows)
    .map(
      ([orderItem, quantity]) =>
        `<product><sizes><size><qty>${quantity}</qty><orderitem><id>${orderItem}</id></orderitem></size></sizes></product>`,
    )
    .join('');

export const shipment = (id: string, rows: Readonly<Record<string, string | number>>, inner = '') =>
  `<shipments><shipment><id>${id}</id>${inner}<products>${rowsXml(rows)}</products></shipment></shipments>`;

export const cancelled = (rows: Readonly<Record<string, string | number>>) => `<cancelled>${rowsXml(rows)}</cancelled>`;
