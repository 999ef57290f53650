import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { CentraClient } from '../../src/vendors/centra/client';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { ISyncClient } from '../../src/vendors/isync/client';
import { ManExClient } from '../../src/vendors/manex/client';
import { NorthScopeClient } from '../../src/vendors/northscope/client';
import { line, order as shopOrder } from './centra/calls';
import { sampleCreditNote, sampleOrder } from './isync/orders';
import { one, order, queued } from './northscope/at-work';
import { serve, type Served } from './served';
import { controlOf } from './sandbox-control';

let served: Served;
beforeAll(async () => {
  served = await serve(() => ({ status: 404, headers: { 'content-type': 'text/plain' }, body: 'whatever' }));
});
afterAll(() => served.close());

const receipt = {
  orderRef: 'CL-1',
  receiptRef: 'WB-1',
  receivedDate: '2026-01-05T09:00:00Z',
  quantity: '1',
  deliveryNoteNumber: null,
};
const dueDate = { dueDate: '2026-01-12', shipDate: '2026-01-10', quantity: '4' };
const price = { price: '0.85', saleTypeId: 'OTHER', taxable: true };
const soLine = {
  soNo: '1',
  lineNo: '1',
  partNumber: 'LBL',
  revision: null,
  quantity: '4',
  unitOfMeasure: 'EACH',
  description: 'label',
  note: 'n',
};

type Call = () => Promise<unknown>;

/** Every call whose connection matters, against whoever listens at `origin`. */
function callsTo(origin: string) {
  const supplier = { apiUid: 'SUP-1001', password: 'supplier-secret', role: 'supplier' } as const;
  const claritum = new ClaritumClient({ endpoint: `${origin}/system/ws/1.3/soap.php`, ...supplier });
  const manex = new ManExClient({ endpoint: origin, apiKey: '1234567890' });
  const northscope = new NorthScopeClient({
    endpoint: `${origin}/services/ActionCommand.svc/APIExecute`,
    login: 'a@b.example',
    staticToken: 'token',
    companySk: '1',
  });
  const centra = new CentraClient({
    endpoint: `${origin}/ams/system/service/module/soap/api`,
    username: 'centra',
    password: 'centra-secret',
  });
  const adjustment = { ...queued, transactionType: 'SOOrder', data: order } as const;
  const own: [string, Call][] = [
    ['setGoodsReceipts', () => claritum.setGoodsReceipts({ receipts: [receipt] })],
    ['SO/DueDateAdd', () => manex.dueDateAdd({ soNo: '1', uniqueLn: '_1', ...dueDate })],
    ['InsertInboundIntegration', () => northscope.insertInboundIntegration(adjustment)],
    ['a cancellation by orders_Update', () => centra.ordersCancel({ order: { ...shopOrder, cancelled: [line] } })],
  ];
  const shared: [string, Call][] = [
    ['getPurchaseOrders', () => claritum.getPurchaseOrders()],
    ['markExported', () => claritum.markExported({ uids: ['PO-1'] })],
    ['SO/Get', () => manex.soGet({ soNo: '1' })],
    ['SO/Add', () => manex.soAdd({ soNo: '1', custNo: '1', poNo: 'PO', note: 'n' })],
    ['SO/ItemADD', () => manex.itemAdd(soLine)],
    ['SO/PriceAdd', () => manex.priceAdd({ soNo: '1', uniqueLn: '_1', ...price })],
    ['SO/DueDateEdit', () => manex.dueDateEdit({ soNo: '1', uniqueLn: '_1', dueDtUniq: '_2', ...dueDate })],
    ['ListSites', () => northscope.listSites({})],
    ['AllocateSalesOrders', () => northscope.allocateSalesOrders({ allocations: [one] })],
    ['events_Done', () => centra.eventsDone({ ids: ['1'] })],
    ['orders_Update', () => centra.ordersUpdate({ orders: [{ ...shopOrder, locked: 'yes' }] })],
  ];
  return { own, shared, claritum, manex };
}

/** What each of a call's requests said of its connection. */
async function connectionsOf(call: Call): Promise<unknown[]> {
  const before = served.requests.length;
  await call().catch(() => undefined);
  return served.requests.slice(before).map(({ headers }) => headers['connection']);
}

const tableOf = (kind: 'own' | 'shared'): [string][] => callsTo('http://127.0.0.1')[kind].map(([name]) => [name]);
const callOf = (kind: 'own' | 'shared', name: string): Call => {
  const [, call] = callsTo(served.origin)[kind].find(([known]) => known === name) ?? [];
  if (call === undefined) throw new Error(`no call ${name}`);
  return call;
};

it.each(tableOf('own'))('%s, which nobody can look up, goes out on its own connection', async (name) => {
  expect(await connectionsOf(callOf('own', name))).toEqual(['close']);
});

it.each(tableOf('shared'))('%s goes out on a connection that is kept', async (name) => {
  const seen = await connectionsOf(callOf('shared', name));
  expect(new Set(seen)).toEqual(new Set(['keep-alive']));
});

describe('where the vendor closes each connection unannounced', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, orders: 1, seed: 1, people: false, control: true });
  });
  afterAll(() => sandbox.close());

  const control = controlOf(() => sandbox.origin);

  type Records = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  const ledgerOf = async (vendor: string): Promise<Records> =>
    (await control<Record<string, Records>>('GET', 'ledger'))[vendor] ?? {};

  it('a credit note for iSync is known to be made, each of twenty times', async () => {
    const isync = new ISyncClient({
      endpoint: `${sandbox.origin}/SyncAPI/MessageService.svc`,
      username: 'webstore',
      password: 'A05E63A',
    });
    const { poNumber, trackNo } = sampleOrder;
    const thirdPartyBarcode = String((await ledgerOf('isync'))['stock']?.[0]?.['ThirdPartyBarcode']);
    const lines = sampleOrder.lines.slice(0, 1).map((each) => ({ ...each, thirdPartyBarcode }));
    await isync.persistWebSalesOrder({ ...sampleOrder, lines });
    const bought = await isync.getWebSalesOrder({ poNumber });
    const credited = sampleCreditNote.lines.slice(0, 1).map((each) => ({ ...each, thirdPartyBarcode }));
    const salesOrderId = bought?.salesOrderId ?? '';
    await control('POST', 'faults', { vendor: 'isync', operation: '*', fault: 'hang-up', ms: 60_000, times: -1 });
    for (let i = 0; i < 20; i += 1) {
      // A read in between leaves a connection that ends with the next request on it.
      await isync.getWebSalesOrder({ poNumber }).catch(() => undefined);
      await isync.createWebCreditNote({ ...sampleCreditNote, poNumber, trackNo, salesOrderId, lines: credited });
    }
    expect((await ledgerOf('isync'))['creditNotes']).toHaveLength(20);
  });

  it('a receipt for Claritum is known to be booked, and a mark of it is not', async () => {
    const { claritum } = callsTo(sandbox.origin);
    const [found] = (await claritum.getPurchaseOrders()).records;
    await control('POST', 'faults', { vendor: 'claritum', operation: '*', fault: 'hang-up', ms: 60_000, times: -1 });
    await claritum.getPurchaseOrders();
    await claritum.setGoodsReceipts({ receipts: [{ ...receipt, orderRef: found?.orderRef ?? '' }] });
    await expect(claritum.markExported({ uids: [found?.uid ?? ''] })).rejects.toMatchObject({ code: 'RESET_REUSED' });
  });
});
