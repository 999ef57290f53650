import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { VendorRequest } from '../../src/sandbox/vendor';

/**
 * The document kept as `test/fixtures/<vendor>/<name>`: `expect(text).toBe(golden('centra', 'events-get.http', text))`.
 * With WAYBILL_RECORD=1 `text` is kept first: read the difference before it is committed, for it is what the vendor
 * will be sent.
 *
 * @param name with its extension; a slash makes a folder
 */
export function golden(vendor: string, name: string, text: string): string {
  const file = join(__dirname, '../fixtures', vendor, name);
  if (process.env['WAYBILL_RECORD'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (!existsSync(file)) throw new Error(`test/fixtures/${vendor}/${name} is not there; WAYBILL_RECORD=1 writes it`);
  return readFileSync(file, 'utf8');
}

/** `getStockOrders` → `get-stock-orders`, `SO/ItemAdd` → `so-item-add`, `orders_Update` → `orders-update`. */
export const goldenName = (operation: string): string =>
  operation
    .replaceAll(/[_/]/g, '-')
    .replaceAll(/(?<=[a-z])[A-Z]/g, '-$&')
    .toLowerCase();

const MEANT_FOR_THE_VENDOR = ['authorization', 'content-type', 'soapaction', 'accept', 'accept-encoding'];

/** A request as the documents keep it: method and path, the headers that mean something to the vendor, the body. */
export function writtenRequest({ method, path, query, headers, body }: VendorRequest): string {
  const shown = MEANT_FOR_THE_VENDOR.flatMap((name) =>
    headers[name] === undefined ? [] : [`${name}: ${String(headers[name])}`],
  );
  return [`${method} ${path}${query === '' ? '' : `?${query}`}`, ...shown, '', body, ''].join('\n');
}
