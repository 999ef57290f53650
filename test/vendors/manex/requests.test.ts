import type { VendorRequest } from '../../../src/sandbox/vendor';
import { ManExClient } from '../../../src/vendors/manex/client';
import { golden } from '../golden';
import { serve, type Served } from '../served';

let served: Served;
let manex: ManExClient;

beforeAll(async () => {
  served = await serve(() => 'cut');
  manex = new ManExClient({ endpoint: `${served.origin}/erp`, apiKey: 'k e/y?' });
});
afterAll(() => served.close());

/** As the fixtures write a request: its first line, the headers that count, the body byte by byte. */
function written({ method, path, query, headers, body }: VendorRequest): string {
  const type = headers['content-type'];
  const first = `${method} ${path}${query === '' ? '' : `?${query}`}`;
  return [first, ...(type === undefined ? [] : [`content-type: ${type}`]), '', body, ''].join('\n');
}

const key = { soNo: '10231', uniqueLn: 'A6WDVN62YM' };
const dates = { quantity: '12.50', dueDate: '2026-03-10', shipDate: '2026-03-06' };

describe('the request of each ManEx operation', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['so-add', () => manex.soAdd({ soNo: '10231', custNo: '8', poNo: 'PO-1042 "Ø"', note: 'waybill 10231\nrush' })],
    [
      'so-add-whole',
      () =>
        manex.soAdd({
          soNo: '10231',
          custNo: '8',
          billingLink: '_4560WJU2L',
          shippingLink: '_4560WL0MU',
          orderDate: '2026-01-05',
          poAck: true,
          poNo: '007',
          note: '',
          fob: 'ORIGIN-CUST P/U',
          shipVia: 'UPS-BLUE',
          shipCharge: 'NO CHARGE',
          footnote: 'thank you',
          deliveryTime: '15:30',
          buyer: 'Bo Ek',
          attention: 'Liv Dahl',
          discount: '2.5',
          isApproved: true,
          approverInitials: 'NA',
          acknowledgementDocument: 'ACK-1',
          terms: 'NET 30',
          billAccount: 'B-1',
        }),
    ],
    ['so-edit', () => manex.soEdit({ soNo: '10231', custNo: '0000000008', fob: 'ORIGIN-SHIP', isApproved: false })],
    ['so-get', () => manex.soGet({ soNo: '10231' })],
    [
      'item-add',
      () =>
        manex.itemAdd({
          soNo: '10231',
          lineNo: '0000001',
          partNumber: 'LBL-0071',
          revision: 'B',
          quantity: '4',
          unitOfMeasure: 'each',
          description: 'Label 70 x 100, roll',
          dueDate: '2026-03-10',
          note: 'waybill 10231',
        }),
    ],
    [
      'item-add-by-key',
      () =>
        manex.itemAdd({
          soNo: '10231',
          uniqKey: '_44Y0WP6H4',
          revision: null,
          quantity: '40',
          eachQuantity: '10',
          unitOfMeasure: 'each',
          description: 'Brochure',
          deliveryTime: '3:00',
          transferDays: '2',
          status: 'Priority-2',
          warehouseKey: '_4500WBEBA',
        }),
    ],
    ['item-edit', () => manex.itemEdit({ ...key, status: 'Closed', deliveryFrequency: 'WK' })],
    [
      'item-edit-by-line',
      () => manex.itemEdit({ soNo: '10231', lineNo: '0000001', partNumber: 'LBL-0071', revision: 'B', quantity: '8' }),
    ],
    ['item-get', () => manex.itemGet({ uniqueLn: '_47D0 &=?%' })],
    ['item-delete', () => manex.itemDelete(key)],
    [
      'price-add',
      () => manex.priceAdd({ ...key, price: '42.50', saleTypeId: 'CABLE/Harn', taxable: true, flat: false }),
    ],
    ['price-edit', () => manex.priceEdit({ ...key, plPriceLnk: 'GAWG8ODL6Q', price: '-1', extended: '4' })],
    ['price-get', () => manex.priceGet({ uniqueLn: 'A6WDVN62YM' })],
    ['price-delete', () => manex.priceDelete({ ...key, plPriceLnk: 'GAWG8ODL6Q' })],
    ['due-date-add', () => manex.dueDateAdd({ ...key, ...dates, commitDate: '2026-03-11' })],
    ['due-date-edit', () => manex.dueDateEdit({ ...key, ...dates, dueDtUniq: '_3X60YA22D' })],
    ['due-date-get', () => manex.dueDateGet({ dueDtUniq: '_3X60YA22D' })],
    ['due-date-delete', () => manex.dueDateDelete({ dueDtUniq: '_3X60YA22D' })],
  ])('%s is written as in its fixture', async (name, call) => {
    await expect(call()).rejects.toMatchObject({ code: expect.stringMatching(/^RESET/) as string });
    const request = served.requests.at(-1);
    const text = request === undefined ? '' : written(request);
    expect(text).toBe(golden('manex', `${name}.http`, text));
  });
});
