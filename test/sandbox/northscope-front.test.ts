import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { inbound, list, login, request, soOrder } from './northscope-calls';

let sandbox: Sandbox;
let token = '';

const control = (path: string, body: unknown): Promise<Response> =>
  fetch(`${sandbox.origin}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });

async function send(body: string): Promise<string> {
  const response = await fetch(`${sandbox.origin}/services/ActionCommand.svc/APIExecute`, {
    method: 'POST',
    headers: token === '' ? {} : { NSLogin: login, NSAPISession: token },
    body,
  });
  return response.text();
}

async function logIn(): Promise<void> {
  const content = `<LoginEmail>${login}</LoginEmail><Password>StrongPassword</Password>`;
  token = /<SessionToken>(.*)<\/SessionToken>/.exec(await send(request('GenerateSessionToken', content)))?.[1] ?? '';
}

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, orders: 1, seed: 1, people: false, control: true });
  token = '';
  await logIn();
});

afterEach(() => sandbox.close());

test('over HTTP: a lost session has no effect, and a new one carries on', async () => {
  await control('faults', {
    vendor: 'northscope',
    operation: 'InsertInboundIntegration',
    fault: 'session-lost',
    times: 1,
  });
  const order = inbound('A', 'SO Order', soOrder('A'));
  expect(await send(order)).toContain('The login information that was provided was invalid.');
  await logIn();
  expect(await send(order)).toContain('<Success>true</Success>');
  const ledger: unknown = await (await fetch(`${sandbox.origin}/_sandbox/ledger`)).json();
  expect(ledger).toMatchObject({ northscope: { inbound: [{ SourceTransID: 'A', TransactionType: 'SO Order' }] } });
});

test('over HTTP: queue, allocation and despatch by the control API', async () => {
  await send(inbound('A', 'SO Order', soOrder('A')));
  expect((await control('world', { tick: {} })).status).toBe(200);
  const orders = await send(request('ListSalesOrders', list("OrderID = 'A'")));
  const item = /<OrderItemSK>(\d+)</.exec(orders)?.[1];
  const members = `<OrderItemSK>${item}</OrderItemSK><LotSK>503</LotSK><AllocateUnits>150</AllocateUnits>`;
  expect(await send(request('AllocateSalesOrders', `<Allocation>${members}</Allocation>`))).toContain('>true<');
  const despatch = { order: 'PO-1', units: '150', date: '2026-01-05', carrier: 'UPS', tracking: '1Z' };
  expect(await (await control('world', { despatch })).json()).toEqual({ ok: true, ids: ['A'] });
  expect((await control('world', { despatch: { ...despatch, order: 'other' } })).status).toBe(404);
  expect(await send(request('ListSalesOrders', list()))).toMatch(/<StatusName>Shipped<.*<ShippedUnits>150\.00000</);
});
