import { createClientAsync } from 'soap';
import { startSandbox } from '../../src/sandbox/server';
import type { Sandbox } from '../../src/sandbox/server';
import { readSandboxLedger } from './ask-sandbox';
import { call, control, eventually } from './http-caller';
import { account, actionOf, byPoNumber, executeBody, loginBody, orderXml, path, resultOf, since } from './isync-caller';

type Item = Readonly<Record<string, unknown>>;
let sandbox: Sandbox;
let key: string;
afterEach(() => sandbox.close());

const post = (method: string, body: string) =>
  call(`${sandbox.origin}${path}`, {
    body,
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: actionOf(method) },
  });
const login = async () => resultOf((await post('Login', loginBody())).body ?? '', 'Login') as unknown as string;
const execute = (type: string, xml: string) => post('Execute', executeBody(key, type, xml));
const result = async (type: string, xml: string) => resultOf((await execute(type, xml)).body ?? '');
const ledger = () => readSandboxLedger(sandbox.origin);
const calls = async () =>
  (await ledger()).calls.map(({ operation, key: of, outcome, effects, fault }) => [
    operation,
    of,
    outcome,
    effects,
    fault,
  ]);
const world = (action: unknown) => control(sandbox.origin, 'world', action);
const fall = (operation: string, fault: string) =>
  control(sandbox.origin, 'faults', { vendor: 'isync', operation, fault });
const start = async (people = false) => {
  sandbox = await startSandbox({ port: 0, orders: 1, seed: 1, people, control: true, peopleDelayMs: 10 });
  key = await login();
};

describe('over HTTP', () => {
  beforeEach(() => start());

  it('an order whose answer is lost stands, can be looked up, and would be doubled', async () => {
    await fall('PersistWebSalesOrder', 'drop');
    expect((await execute('PersistWebSalesOrder', orderXml())).error).toBe('ECONNRESET');
    expect((await result('GetWebSalesOrder', byPoNumber('30'))).ResponseText).toBe('OK');
    expect((await result('PersistWebSalesOrder', orderXml())).ResponseText).toBe('OK');
    expect((await ledger()).isync.salesOrders).toHaveLength(2);
    expect(await calls()).toEqual([
      ['Login', '', 'ok', 0, null],
      ['PersistWebSalesOrder', '30', 'none', 1, 'drop'],
      ['GetWebSalesOrder', '30', 'ok', 0, null],
      ['PersistWebSalesOrder', '30', 'ok', 1, null],
    ]);
  });

  it('what is refused for its members is a call, what is no call leaves no line', async () => {
    await result('PersistWebSalesOrder', '<a/>');
    await result('PersistWebSalesOrder', orderXml(['<Units>2<', '<Units>0<']));
    await result('GetProductStockUnits', since('Units', undefined, '<ThirdPartyBarcode>9|10</ThirdPartyBarcode>'));
    await result('GetBrands', '');
    await post('Login', loginBody({ ...account, password: 'x' }));
    await post('Logout', loginBody());
    expect((await calls()).slice(1)).toEqual([
      ['PersistWebSalesOrder', '', 'refused', 0, null],
      ['PersistWebSalesOrder', '30', 'refused', 0, null],
      ['GetProductStockUnits', '10,9', 'ok', 0, null],
    ]);
  });

  it('a lost session is refused without effect, and a new login puts it right', async () => {
    await fall('PersistWebSalesOrder', 'session-lost');
    const lost = await result('PersistWebSalesOrder', orderXml());
    expect(lost).toMatchObject({ Successflag: 'false', ResponseText: 'Invalid session key', Identifier: '41' });
    expect((await result('PersistWebSalesOrder', orderXml())).ResponseText).toBe('Invalid session key');
    key = await login();
    expect((await result('PersistWebSalesOrder', orderXml())).ResponseText).toBe('OK');
    expect((await ledger()).isync.salesOrders).toHaveLength(1);
    expect((await calls())[1]).toEqual(['PersistWebSalesOrder', '30', 'refused', 0, 'session-lost']);
  });

  it('a login whose answer is lost has voided the key all the same', async () => {
    await fall('Login', 'drop');
    expect((await post('Login', loginBody())).error).toBe('ECONNRESET');
    expect((await result('GetProductStockUnits', since('Units'))).ResponseText).toBe('Invalid session key');
  });

  it('refuses in its own way: Successflag false, or a fault where a fault is wanted', async () => {
    await fall('*', 'refused-by-vendor');
    const refused = await execute('PersistWebSalesOrder', orderXml());
    expect([refused.status, resultOf(refused.body ?? '')]).toEqual([
      200,
      expect.objectContaining({ Successflag: 'false', ResponseText: 'The request could not be processed.' }),
    ]);
    await fall('*', 'soap-fault');
    const fault = await execute('PersistWebSalesOrder', orderXml());
    expect([fault.status, fault.body]).toEqual([500, expect.stringContaining('a:InternalServiceFault')]);
    expect((await ledger()).isync.salesOrders).toEqual([]);
  });

  it.each([
    ['PersistWebSalesOrder', orderXml(), 'GetProductStockUnits', /^<ArrayOfProductStockUnits /],
    ['GetProductStockUnits', since('Units'), 'GetWebSalesOrder', /^<WebSalesOrder /],
  ])('gives the wrong answer to %s', async (type, xml, otherType, otherXml) => {
    await fall(type, 'wrong-answer');
    expect(await result(type, xml)).toMatchObject({
      ...{ MessageType: otherType, Identifier: '41', Successflag: 'true', ResponseText: 'OK' },
      ResultXml: expect.stringMatching(otherXml) as unknown,
    });
    expect((await ledger()).isync.salesOrders).toHaveLength(type === 'PersistWebSalesOrder' ? 1 : 0);
  });

  it('repeats and turns round its lists, and has no list to distort where it has one order', async () => {
    const skus = async (type: 'Units' | 'Catalogue') =>
      [...(await result(`GetProductStock${type}`, since(type))).ResultXml.matchAll(/<SKU>(.*?)</g)].map(
        ([, sku]) => sku,
      );
    const plain = await skus('Units');
    await fall('*', 'duplicate-delivery');
    expect(await skus('Units')).toEqual([...plain, ...plain]);
    await fall('*', 'reorder');
    expect(await skus('Catalogue')).toEqual(plain.toReversed());
    await fall('*', 'reorder');
    await result('PersistWebSalesOrder', orderXml());
    expect((await calls()).at(-1)).toEqual(['PersistWebSalesOrder', '30', 'ok', 1, null]);
  });

  it('lets people ship and count, and knows what they cannot', async () => {
    await result('PersistWebSalesOrder', orderXml());
    const shipped = await world({ ship: { webOrder: '30', tracking: 'PNL-1', invoiceNumber: 'F-1' } });
    const { isync } = await ledger();
    expect(shipped).toEqual({ status: 200, value: { ok: true, ids: [isync.salesOrders[0]?.['SalesOrderID']] } });
    expect(isync.salesOrders).toMatchObject([
      { LineItems: [{ InvoiceNumber: 'F-1', InvoiceReference: 'PNL-1', InvoiceUnits: '2.00' }] },
    ]);
    expect(await world({ stock: { vendor: 'isync', sku: '0071', units: 7 } })).toMatchObject({ status: 200 });
    expect((await ledger()).isync.stock).toMatchObject([{}, {}, {}, { SKU: '0071', Units: '7' }, {}]);
    expect((await world({ ship: { webOrder: '31' } })).status).toBe(404);
    expect((await world({ ship: { tracking: '' } })).status).toBe(400);
    expect((await world({ stock: { vendor: 'isync', sku: '71', units: '7' } })).status).toBe(404);
    expect((await world({ stock: { vendor: 'isync', sku: '0071', units: 'many' } })).status).toBe(400);
  });

  it('starts afresh: orders, stock, sessions', async () => {
    const first = (await ledger()).isync;
    await result('PersistWebSalesOrder', orderXml());
    await control(sandbox.origin, 'reset', { orders: 1, seed: 1 });
    expect((await ledger()).isync).toEqual(first);
    expect((await result('GetProductStockUnits', since('Units'))).ResponseText).toBe('Invalid session key');
  });

  it('a foreign client works unchanged: node-soap loads the served WSDL and calls everything', async () => {
    const client = await createClientAsync(`${sandbox.origin}${path}?wsdl`);
    const invoke = async (method: string, given: object): Promise<Record<string, unknown>> => {
      const bound = client[`${method}Async`] as (given: object) => Promise<[Record<string, unknown>]>;
      return (await bound(given))[0];
    };
    const { LoginResult: fresh } = await invoke('Login', account);
    const { ExecuteResult: answer } = await invoke('Execute', {
      request: {
        ...{ Source: 'shop', SessionKey: fresh, PublishDate: '2026-01-05T09:00:00Z', MessageXml: orderXml() },
        ...{ MessageType: 'PersistWebSalesOrder', Instance: '1', Identifier: '1', Action: 'INSERT' },
      },
    });
    expect(answer).toMatchObject({ Successflag: true, ResponseText: 'OK', Action: 'INSERT' });
    const { GetAvailableOperationsResult: names } = await invoke('GetAvailableOperations', {});
    expect((names as { string: readonly string[] }).string[15]).toBe('PersistWebSalesOrder');
    expect((await ledger()).isync.salesOrders).toMatchObject([{ PONumber: '30' }]);
  });
});

it('the people of a running sandbox ship what is approved', async () => {
  await start(true);
  await result('PersistWebSalesOrder', orderXml());
  const shipped = await eventually(async () =>
    (await ledger()).isync.salesOrders.find(
      ({ LineItems }) => (LineItems as readonly Item[])[0]?.['InvoiceUnits'] === '2.00',
    ),
  );
  expect(shipped).toMatchObject({ PONumber: '30', StatusID: '11', LineItems: [{ InvoiceReference: 'NW-30' }] });
  expect((await control(sandbox.origin, 'health', undefined, 'GET')).value).toEqual({ ok: true, defects: [] });
});
