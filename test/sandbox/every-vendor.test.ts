import { startSandbox } from '../../src/sandbox/server';
import type { Sandbox } from '../../src/sandbox/server';
import { paths, request as centra } from './centra-calls';
import { envelope as claritum } from './claritum-caller';
import { call, control } from './http-caller';
import * as isync from './isync-caller';
import { list, login, request as northscope } from './northscope-calls';

let sandbox: Sandbox;
let token: string;
let key: string;

interface Sent {
  readonly path: string;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

const claritumCall = (operation: string): Sent => ({
  path: '/system/ws/1.3/soap.php',
  body: claritum(operation, ''),
});
const centraCall = (operation: string, inner: string): Sent => ({
  path: paths.current,
  body: centra(operation, inner),
});
const isyncCall = (method: string, body: string): Sent => ({
  path: isync.path,
  body,
  headers: { 'content-type': 'text/xml', soapaction: isync.actionOf(method) },
});
const northscopeCall = (name: string, content: string): Sent => ({
  path: '/services/ActionCommand.svc/APIExecute',
  body: northscope(name, content),
  headers: { NSLogin: login, NSAPISession: token },
});
const manexCall = (operation: string, body: object): Sent => ({
  path: `/api/SO/${operation}/1234567890`,
  body: JSON.stringify(body),
});
const send = async ({ path, body, headers = {} }: Sent) => {
  const end = await call(`${sandbox.origin}${path}`, { body, headers });
  return { status: end.status, body: end.body ?? '' };
};
const credentials = `<LoginEmail>${login}</LoginEmail><Password>StrongPassword</Password>`;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
  const session = await send({ ...northscopeCall('GenerateSessionToken', credentials), headers: {} });
  token = /<SessionToken>([^<]+)/.exec(session.body)?.[1] ?? '';
  await send(manexCall('Add', { SoNo: '88', custNo: '0000000008' }));
  const item = { SoNo: '88', part_num: 'BRO-A4-16', uOfMeas: 'EACH', soDet_Desc: 'Brochure', ord_qty: '20' };
  await send(manexCall('ItemADD', item));
  const price = { SoNo: '88', price: '0.85', uniqueLn: '' };
  const line = await send(manexCall('Get', { SoNo: '88' }));
  const uniqueLn = /"UNIQUELN":"([^"]+)"/.exec(line.body)?.[1] ?? '';
  await send(manexCall('PriceAdd', { ...price, uniqueLn }));
});
/** Every login voids the keys before it. */
beforeEach(async () => {
  const answer = await send(isyncCall('Login', isync.loginBody()));
  key = isync.resultOf(answer.body, 'Login') as unknown as string;
});
afterAll(() => sandbox.close());

const stock = () => isyncCall('Execute', isync.executeBody(key, 'GetProductStockUnits', isync.since('Units')));
const allEvents = () => centraCall('events_GetRequest', '<type>all</type>');

describe('an empty list, in the words of each vendor', () => {
  it.each<readonly [vendor: string, sent: () => Sent, full: string, empty: string]>([
    ['claritum', () => claritumCall('getPurchaseOrders'), 'PurchaseOrder[3]', 'PurchaseOrder[0]'],
    ['claritum', () => claritumCall('getDeliveries'), 'Delivery[4]', 'Delivery[0]'],
    ['centra', allEvents, '<ns1:events><ns1:event>', '<ns1:events/>'],
    ['isync', stock, '&lt;SKU', '&lt;ArrayOfProductStockUnits'],
    ['northscope', () => northscopeCall('ListSites', list()), '<SiteList><Site>', '<SiteList />'],
    ['manex', () => manexCall('Get', { SoNo: '88' }), '"SODETAILList":[{', '"SODETAILList":[]'],
  ])('%s', async (vendor, sent, full, empty) => {
    await control(sandbox.origin, 'faults', { vendor, fault: 'empty-list' });
    const answer = await send(sent());
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(empty);
    expect(answer.body).not.toContain(full);
    expect((await send(sent())).body).toContain(full);
  });

  it('manex can have its lines, and nothing in them', async () => {
    await control(sandbox.origin, 'faults', { vendor: 'manex', fault: 'empty-sublists' });
    const get = () => send(manexCall('Get', { SoNo: '88' }));
    expect((await get()).body).toMatch(/"SODETAILList":\[\{[^[]*"DueDateList":\[\],"SOPRICESList":\[\]/);
    expect((await get()).body).toMatch(/"SOPRICESList":\[\{/);
  });

  it('falls on lists only', async () => {
    await control(sandbox.origin, 'faults', { vendor: 'claritum', fault: 'empty-list' });
    expect((await send(claritumCall('markExported'))).body).toContain('>true<');
    expect((await send(claritumCall('getPurchaseOrders'))).body).toContain('PurchaseOrder[0]');
  });
});

describe('a refusal that quotes the credentials of the call', () => {
  const orders = '<orders><order><id>30</id><type>retail</type><store>1</store></order></orders>';

  it.each<readonly [vendor: string, sent: () => Sent, status: number, text: () => string]>([
    ['claritum', () => claritumCall('getPurchaseOrders'), 500, () => 'was refused (SUP-1001, supplier-secret)'],
    ['centra', allEvents, 500, () => 'was refused (centra, centra-secret)'],
    ['centra', () => centraCall('orders_Update', orders), 200, () => 'was refused (centra, centra-secret)'],
    ['isync', () => isyncCall('Login', isync.loginBody()), 500, () => 'password. (webstore, A05E63A)'],
    ['isync', stock, 200, () => `processed. (${key})`],
    ['northscope', () => northscopeCall('ListSites', list()), 200, () => `processed. (${login}, ${token})`],
    ['manex', () => manexCall('Edit', { SoNo: '88' }), 200, () => 'object. (1234567890)'],
  ])('%s', async (vendor, sent, status, text) => {
    await control(sandbox.origin, 'faults', { vendor, fault: 'quote-secrets' });
    const answer = await send(sent());
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(text());
    expect((await send(sent())).body).not.toContain(text());
  });

  it('is none where nobody is asked who it is', async () => {
    await control(sandbox.origin, 'faults', { vendor: 'isync', fault: 'quote-secrets' });
    const names = await send(
      isyncCall('GetAvailableOperations', isync.envelope('<GetAvailableOperations xmlns="http://tempuri.org/"/>')),
    );
    expect(names.body).toContain('PersistWebSalesOrder');
    expect((await send(stock())).body).toContain(key);
  });
});
