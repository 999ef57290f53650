import { inspect } from 'node:util';
import { ManExSandbox } from '../../../src/sandbox/manex/sandbox';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { ManExClient } from '../../../src/vendors/manex/client';
import { serveSandbox, type Served } from '../served';

const apiKey = '1234567890';
const order = { soNo: '10231', custNo: '0000000008', poNo: 'PO-1042', note: 'waybill 10231' };
const line = {
  soNo: '10231',
  lineNo: '0000001',
  partNumber: 'LBL-0071',
  revision: 'B',
  quantity: '4',
  unitOfMeasure: 'each',
  description: 'Label 70 x 100, roll',
  deliveryTime: '15:30',
  status: 'Standard',
  note: 'waybill 10231',
} as const;

let served: Served;
let manex: ManExClient;

async function started(sandbox = new ManExSandbox()): Promise<void> {
  served = await serveSandbox(sandbox);
  manex = new ManExClient({ endpoint: `${served.origin}/`, apiKey });
}

/** The key of the order's only line. */
async function lineKey(): Promise<string> {
  const found = await manex.soGet({ soNo: order.soNo });
  expect(found?.lines).toHaveLength(1);
  return found?.lines[0]?.uniqueLn ?? '';
}

async function placed(): Promise<string> {
  await manex.soAdd(order);
  await manex.itemAdd(line);
  return lineKey();
}

/** What the call throws; a call that succeeds is the test's failure. */
async function errorOf(call: Promise<unknown>): Promise<VendorError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof VendorError) return error;
    throw error;
  }
  throw new Error('expected the call to be refused');
}

afterEach(() => served.close());

describe('the ManEx client against the sandbox', () => {
  beforeEach(() => started());

  it('places a header under our own number and reads it back', async () => {
    await manex.soAdd(order);
    expect(await manex.soGet({ soNo: '10231' })).toEqual({
      soNo: '0000010231',
      custNo: '0000000008',
      poNo: 'PO-1042',
      note: 'waybill 10231',
      isClosed: false,
      lines: [],
    });
  });

  it('edits a header', async () => {
    await manex.soAdd(order);
    await manex.soEdit({ soNo: '10231', custNo: '0000000008', note: 'changed', fob: 'ORIGIN-SHIP' });
    expect(await manex.soGet({ soNo: '10231' })).toMatchObject({ note: 'changed', poNo: 'PO-1042' });
  });

  it('adds, reads, edits and deletes a line', async () => {
    const uniqueLn = await placed();
    expect(await manex.itemGet({ uniqueLn })).toMatchObject({
      uniqueLn,
      lineNo: '0000001',
      quantity: '4',
      unitOfMeasure: 'each',
      description: 'Label 70 x 100, roll',
      status: 'STANDARD',
      note: 'waybill 10231',
    });
    await manex.itemEdit({ soNo: '10231', uniqueLn, quantity: '40', status: 'Priority-1' });
    expect(await manex.itemGet({ uniqueLn })).toMatchObject({ quantity: '40', status: 'PRIORITY-1' });
    await manex.itemDelete({ soNo: '10231', uniqueLn });
    expect(await manex.itemGet({ uniqueLn })).toBeUndefined();
    expect(await errorOf(manex.itemDelete({ soNo: '10231', uniqueLn }))).toMatchObject({
      type: 'VendorRejected',
      code: 'ITEM_NOT_FOUND',
    });
  });

  it('adds, reads, edits (successfully, with Code 403) and deletes a price', async () => {
    const uniqueLn = await placed();
    expect(await manex.priceGet({ uniqueLn })).toBeUndefined();
    await manex.priceAdd({ soNo: '10231', uniqueLn, price: '42.50', saleTypeId: 'OTHER', taxable: true });
    const price = await manex.priceGet({ uniqueLn });
    expect(price).toMatchObject({ uniqueLn, saleTypeId: 'OTHER' });
    expect(Number(price?.price)).toBe(42.5);
    const plPriceLnk = price?.plPriceLnk ?? '';
    await manex.priceEdit({ soNo: '10231', uniqueLn, plPriceLnk, price: '41.1' });
    expect(Number((await manex.priceGet({ uniqueLn }))?.price)).toBe(41.1);
    await manex.priceDelete({ soNo: '10231', uniqueLn, plPriceLnk });
    expect(await errorOf(manex.priceDelete({ soNo: '10231', uniqueLn, plPriceLnk }))).toMatchObject({
      type: 'VendorRejected',
      code: 'PRICE_NOT_FOUND',
    });
  });

  it('adds, reads, edits and deletes a due date', async () => {
    const uniqueLn = await placed();
    await manex.dueDateAdd({
      soNo: '10231',
      uniqueLn,
      quantity: '4',
      dueDate: '2026-03-10',
      shipDate: '2026-03-06',
    });
    const dueDtUniq = (await manex.itemGet({ uniqueLn }))?.dueDates[0]?.dueDtUniq ?? '';
    expect(await manex.dueDateGet({ dueDtUniq })).toEqual({
      dueDtUniq,
      uniqueLn,
      quantity: '4',
      dueDate: '2026-03-10',
      shipDate: '2026-03-06',
    });
    const edited = { quantity: '3', dueDate: '2026-03-11', shipDate: '2026-03-09' };
    await manex.dueDateEdit({ soNo: '10231', uniqueLn, dueDtUniq, ...edited });
    expect(await manex.dueDateGet({ dueDtUniq })).toMatchObject(edited);
    await manex.dueDateDelete({ dueDtUniq });
    expect(await manex.dueDateGet({ dueDtUniq })).toBeUndefined();
    expect((await errorOf(manex.dueDateDelete({ dueDtUniq }))).type).toBe('VendorRejected');
  });

  it('reads a line once that a distorted answer lists twice', async () => {
    await served.close();
    const sandbox = new ManExSandbox();
    const prepare = sandbox.prepare.bind(sandbox);
    sandbox.prepare = (request) => {
      const call = prepare(request);
      if ('answer' in call || call.distortList === undefined) return call;
      return { ...call, commit: () => call.distortList?.('duplicate-delivery') ?? call.commit() };
    };
    await started(sandbox);
    await placed();
    expect((await manex.soGet({ soNo: '10231' }))?.lines).toHaveLength(1);
  });

  it('finds no order, line, price or due date where there is none', async () => {
    expect(await manex.soGet({ soNo: '799' })).toBeUndefined();
    expect(await manex.itemGet({ uniqueLn: 'A6WDVN62YM' })).toBeUndefined();
    expect(await manex.priceGet({ uniqueLn: 'A6WDVN62YM' })).toBeUndefined();
    expect(await manex.dueDateGet({ dueDtUniq: '_3X60YA22D' })).toBeUndefined();
  });

  it.each([
    ['a number that is taken', 'DUPLICATE_SO', () => manex.soAdd(order)],
    ['an unknown customer', 'CUSTOMER_NOT_FOUND', () => manex.soAdd({ ...order, soNo: '7', custNo: '99' })],
    ['an edit of an unknown order', 'NULL_REFERENCE', () => manex.soEdit({ soNo: '7', custNo: '0000000008' })],
    ['a line for an unknown order', 'SO_NOT_FOUND', () => manex.itemAdd({ ...line, soNo: '7' })],
    [
      'a price for an unknown line',
      'ITEM_NOT_FOUND',
      () => manex.priceAdd({ soNo: '10231', uniqueLn: 'nowhere', price: '1', saleTypeId: 'OTHER' }),
    ],
  ])('names the refusal of %s %s', async (_what, code, call) => {
    await manex.soAdd(order);
    const before = served.requests.length;
    expect(await errorOf(call())).toMatchObject({ type: 'VendorRejected', code, vendor: 'manex' });
    expect(served.requests).toHaveLength(before + 1);
  });

  it('is unauthorised with another key', async () => {
    const stranger = new ManExClient({ endpoint: served.origin, apiKey: '0987654321' });
    expect(await errorOf(stranger.soAdd(order))).toMatchObject({ type: 'VendorUnauthorized', code: 'INVALID_API_KEY' });
  });

  it('calls a wrong endpoint a refusal: nothing took effect, and the configuration is at fault', async () => {
    const lost = new ManExClient({ endpoint: `${served.origin}/api/SOAdd`, apiKey });
    const error = await errorOf(lost.soAdd(order));
    expect(error).toMatchObject({ type: 'VendorRejected', code: 'ROUTE_NOT_FOUND' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(apiKey);
  });

  it.each([
    ['no number', { ...order, soNo: '' }],
    ['letters in a number', { ...order, soNo: 'SO-1' }],
    ['eleven digits', { ...order, soNo: '12345678901' }],
    ['a terminal sequence', { ...order, poNo: 'PO\u001b[31m' }],
    ['a date with the month first', { ...order, orderDate: '01-05-2026' }],
    ['an approval by nobody', { ...order, isApproved: true }],
    ['a field it does not know', { ...order, custno: '0000000008' }],
  ])('sends nothing for %s', async (_what, input) => {
    expect(await errorOf(manex.soAdd(input))).toMatchObject({ type: 'VendorRejected', code: 'INVALID_INPUT' });
    expect(served.requests).toHaveLength(0);
  });

  it('sends nothing for a quantity, a pair of keys or a ship date that ManEx would refuse', async () => {
    const uniqueLn = 'A6WDVN62YM';
    const dates = { soNo: '7', uniqueLn, quantity: '1', dueDate: '2026-03-10', shipDate: '2026-03-10' };
    const refused = [
      manex.itemAdd({ ...line, quantity: '1e3' }),
      manex.itemAdd({ ...line, quantity: '0' }),
      manex.itemAdd({ ...line, uniqKey: '_44Y0WP6H4' }),
      manex.itemEdit({ soNo: '7', status: 'Closed' }),
      manex.itemEdit({ soNo: '7', uniqueLn, lineNo: '1', status: 'Closed' }),
      manex.itemEdit({ soNo: '7', uniqueLn, partNumber: 'LBL-0071' }),
      manex.dueDateAdd(dates),
    ];
    for (const call of refused) expect((await errorOf(call)).code).toBe('INVALID_INPUT');
    expect(served.requests).toHaveLength(0);
  });
});
