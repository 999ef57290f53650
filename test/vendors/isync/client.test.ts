import { inspect } from 'node:util';
import type { CreditNote } from '../../../src/domain/credit-note/credit-note';
import { FailureType } from '../../../src/domain/case/failure-types';
import type { WebSalesOrderRequest } from '../../../src/domain/web-order/web-sales-order';
import { readSandboxLedger, type WholeLedger } from '../../sandbox/ask-sandbox';
import { controlOf } from '../sandbox-control';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { ISyncClient, type ISyncConfig } from '../../../src/vendors/isync/client';
import { sampleCreditNote, sampleOrder } from './orders';

const addedDate = '2000-01-01T00:00:00';
const limits = { deadlineMs: 1_800, idleMs: 1_200 };

let sandbox: Sandbox;
let barcodes: string[];
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 0, seed: 1, people: false, control: true });
});
beforeEach(async () => {
  await control('POST', 'reset', { orders: 0, seed: 1 });
  barcodes = (await ledger()).isync.stock.map((entry) => String(entry['ThirdPartyBarcode']));
});
afterAll(async () => sandbox.close());

const control = controlOf(() => sandbox.origin);

const ledger = (): Promise<WholeLedger> => readSandboxLedger(sandbox.origin);
const clientWith = (change: Partial<ISyncConfig> = {}): ISyncClient =>
  new ISyncClient({
    endpoint: `${sandbox.origin}/SyncAPI/MessageService.svc`,
    username: 'webstore',
    password: 'A05E63A',
    limits,
    ...change,
  });

async function errorOf(call: Promise<unknown>): Promise<VendorError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof VendorError)) throw error;
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/A05E63A|SyncAPI|127\.0\.0\.1/);
  return error;
}

const orderOf = (poNumber: string): WebSalesOrderRequest => ({
  ...sampleOrder,
  poNumber,
  lines: sampleOrder.lines.map((line) => ({ ...line, thirdPartyBarcode: barcodes[0] ?? '' })),
});

describe('reading from iSync', () => {
  it('logs in, and lists what there is to call', async () => {
    const isync = clientWith();
    await isync.login();
    expect(await isync.getAvailableOperations()).toEqual(
      expect.arrayContaining([
        'GetProductStockCatalogue',
        'GetProductStockUnits',
        'PersistWebSalesOrder',
        'GetWebSalesOrder',
        'CreateWebCreditNote',
      ]),
    );
  });

  it('brings units and catalogue as the vendor holds them', async () => {
    const isync = clientWith();
    const held = (await ledger()).isync.stock;
    const units = await isync.getProductStockUnits({ addedDate });
    expect(units.unreadable).toEqual([]);
    expect(units.records.map(({ sku, units: left }) => [sku, Number(left)])).toEqual(
      held.map((entry) => [entry['SKU'], Number(entry['Units'])]),
    );
    const catalogue = await isync.getProductStockCatalogue({ addedDate, availableUnits: true });
    expect(catalogue.unreadable).toEqual([]);
    expect(catalogue.records.map(({ sku }) => sku)).toEqual(held.map((entry) => entry['SKU']));
    const some = await isync.getProductStockUnits({ addedDate, thirdPartyBarcodes: barcodes.slice(0, 2) });
    expect(some.records.map(({ sku }) => sku)).toEqual(held.slice(0, 2).map((entry) => entry['SKU']));
    expect((await isync.getProductStockUnits({ addedDate: '2099-01-01' })).records).toEqual([]);
  });

  it('finds no order where there is none', async () => {
    expect(await clientWith().getWebSalesOrder({ poNumber: '0' })).toBeNull();
  });
});

describe('writing to iSync', () => {
  it('creates an order that reads back member by member', async () => {
    const isync = clientWith();
    const order = orderOf('0010000124');
    await isync.persistWebSalesOrder(order);
    const held = await isync.getWebSalesOrder({ poNumber: order.poNumber });
    expect(held).toMatchObject({
      poNumber: '0010000124',
      trackNo: order.trackNo,
      statusId: '3',
      requiredDate: order.requiredDate,
      comments: order.comments,
    });
    const asNumbers = (lines: readonly { readonly [K in 'units' | 'sellingPrice']: string }[]): unknown =>
      lines.map(({ units, sellingPrice }) => [Number(units), Number(sellingPrice)]);
    expect(asNumbers(held?.lines ?? [])).toEqual(asNumbers(order.lines));
    expect(held?.lines.map(({ thirdPartyBarcode }) => thirdPartyBarcode)).toEqual([barcodes[0], barcodes[0]]);
    expect(held?.lines[1]).toMatchObject({ cnTypeId: '4', dueDate: '2014-04-10T00:00:00', invoiceNumber: null });
  });

  it('shows what was invoiced', async () => {
    const isync = clientWith();
    await isync.persistWebSalesOrder(orderOf('30'));
    await control('POST', 'world', { ship: { webOrder: '30', tracking: '', invoiceNumber: 'INV-007' } });
    const order = await isync.getWebSalesOrder({ poNumber: '30' });
    expect(order?.lines.map(({ invoiceNumber, invoiceUnits }) => [invoiceNumber, Number(invoiceUnits)])).toEqual([
      ['INV-007', 1],
      ['INV-007', 2],
    ]);
  });

  it('creates a credit note for an order by its number', async () => {
    const isync = clientWith();
    await isync.persistWebSalesOrder(orderOf('31'));
    const order = await isync.getWebSalesOrder({ poNumber: '31' });
    await isync.createWebCreditNote(creditOf('31', order?.salesOrderId ?? ''));
    expect((await ledger()).isync.creditNotes).toEqual([
      expect.objectContaining({ PONumber: '31', Reference: 'ST002087231-7899' }),
    ]);
  });

  const creditOf = (poNumber: string, salesOrderId: string): CreditNote => ({
    ...sampleCreditNote,
    poNumber,
    salesOrderId,
    trackNo: sampleOrder.trackNo,
    lines: sampleCreditNote.lines.slice(0, 1).map((line) => ({ ...line, thirdPartyBarcode: barcodes[0] ?? '' })),
  });

  it('is refused by the wrong password, which no error shows', async () => {
    const isync = clientWith({ password: 'A05E63A-not' });
    const error = await errorOf(isync.persistWebSalesOrder(orderOf('32')));
    expect([error.type, error.operation]).toEqual([FailureType.VendorUnauthorized, 'PersistWebSalesOrder']);
    expect((await ledger()).isync.salesOrders).toEqual([]);
  });

  it('logs in again where the key was voided, and writes once', async () => {
    const isync = clientWith();
    await isync.login();
    await clientWith().login();
    await isync.persistWebSalesOrder(orderOf('33'));
    expect((await ledger()).isync.salesOrders).toHaveLength(1);
  });

  it('writes every order once where two processes void each other’s keys all the time', async () => {
    const persist = async (isync: ISyncClient, poNumber: string): Promise<void> => {
      for (;;) {
        const end: unknown = await isync.persistWebSalesOrder(orderOf(poNumber)).catch((error: unknown) => error);
        if (end === undefined) return;
        if (!(end instanceof VendorError) || end.type !== FailureType.VendorUnavailable) throw end;
      }
    };
    const numbers = (name: string): string[] => Array.from({ length: 8 }, (_, index) => `${name}${index}`);
    const [a, b] = [clientWith(), clientWith()];
    const lines = [a, b].flatMap((isync, which) =>
      [0, 1].map(async (line) => {
        for (const poNumber of numbers(`${which}-${line}-`)) await persist(isync, poNumber);
      }),
    );
    await Promise.all(lines);
    const { isync, calls } = await ledger();
    const held = (isync['salesOrders'] ?? []).map((order) => String(order['PONumber']));
    expect([held.length, new Set(held).size]).toEqual([32, 32]);
    expect(calls.filter(({ operation }) => operation === 'Login').length).toBeGreaterThan(2);
  });
});

describe('each fault of the wire', () => {
  const { OutcomeUnknown, MalformedResponse, VendorThrottled, VendorRejected, VendorUnavailable } = FailureType;

  it.each<[object, FailureType | 'none', FailureType | 'none', number]>([
    [{ fault: 'refuse' }, OutcomeUnknown, OutcomeUnknown, 0],
    [{ fault: 'drop' }, OutcomeUnknown, OutcomeUnknown, 1],
    [{ fault: 'timeout' }, OutcomeUnknown, OutcomeUnknown, 1],
    [{ fault: 'timeout-before' }, OutcomeUnknown, OutcomeUnknown, 0],
    [{ fault: '500', phase: 'before' }, OutcomeUnknown, OutcomeUnknown, 0],
    [{ fault: '503', phase: 'after' }, OutcomeUnknown, OutcomeUnknown, 1],
    [{ fault: '429', retryAfter: '2' }, VendorThrottled, VendorThrottled, 0],
    // WCF's own fault: something broke, before or after the effect.
    [{ fault: 'soap-fault' }, OutcomeUnknown, OutcomeUnknown, 0],
    [{ fault: 'refused-by-vendor' }, VendorRejected, VendorRejected, 0],
    [{ fault: 'malformed', phase: 'after' }, OutcomeUnknown, MalformedResponse, 1],
    [{ fault: 'empty', phase: 'after' }, OutcomeUnknown, MalformedResponse, 1],
    [{ fault: 'wrong-answer' }, OutcomeUnknown, MalformedResponse, 1],
    [{ fault: 'session-lost' }, 'none', 'none', 1],
    [{ fault: 'session-lost', times: 2 }, VendorUnavailable, VendorUnavailable, 0],
  ])('%j ends as what it is, whatever took effect', async (fault, asWrite, asRead, effects) => {
    const isync = clientWith();
    await isync.login();
    const common = { vendor: 'isync', key: '', times: 1, after: 0, ...fault };
    await control('POST', 'faults', { ...common, operation: 'PersistWebSalesOrder' });
    expect(await typeOf(isync.persistWebSalesOrder(orderOf('40')))).toBe(asWrite);
    expect((await ledger()).isync.salesOrders).toHaveLength(effects);
    await control('POST', 'faults', { ...common, operation: 'GetProductStockUnits' });
    expect(await typeOf(isync.getProductStockUnits({ addedDate }))).toBe(asRead);
    expect((await isync.getProductStockUnits({ addedDate })).records).not.toEqual([]);
  });

  it.each(['drop', 'timeout', 'malformed', '503'])('%s of a login is no lost write', async (fault) => {
    const isync = clientWith();
    await control('POST', 'faults', { vendor: 'isync', operation: 'Login', key: '', times: 1, fault, phase: 'after' });
    expect(await typeOf(isync.persistWebSalesOrder(orderOf('41')))).toBe(VendorUnavailable);
    await isync.persistWebSalesOrder(orderOf('41'));
    expect((await ledger()).isync.salesOrders).toHaveLength(1);
  });

  const typeOf = async (call: Promise<unknown>): Promise<string> => {
    const end: unknown = await call.then(
      () => 'none',
      (error: unknown) => error,
    );
    return end === 'none' ? 'none' : (await errorOf(Promise.reject(end))).type;
  };
});
