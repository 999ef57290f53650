import { inspect } from 'node:util';
import { northScopeRequests } from '../../../src/vendors/northscope/request-names';
import type { NorthScopeClient } from '../../../src/vendors/northscope/client';
import { equals } from '../../../src/vendors/northscope/where-clause';
import { errorOf, one, order, queued, startNorthScope, type NorthScopeAtWork } from './at-work';

let atWork: NorthScopeAtWork;
let northscope: NorthScopeClient;

beforeEach(async () => {
  atWork = await startNorthScope();
  northscope = atWork.clientOf();
});
afterEach(() => atWork.close());

const enterOrder = (): Promise<void> => atWork.enter(northscope);

describe('the way to NorthScope', () => {
  it('logs in once for any number of concurrent calls', async () => {
    await Promise.all(Array.from({ length: 8 }, () => northscope.listSites({})));
    expect(atWork.requestNames().filter((name) => name === 'GenerateSessionToken')).toHaveLength(1);
    await northscope.generateSessionToken();
    expect(atWork.requestNames().filter((name) => name === 'GenerateSessionToken')).toHaveLength(2);
  });

  it('renews a lost session once and sends the refused request again, with one effect', async () => {
    await enterOrder();
    const [entered] = await northscope.listSalesOrders({ where: equals('OrderID', order.orderId) });
    atWork.sandbox.reset({ seed: 1, orders: 0 });
    await enterOrder();
    const orderItemSk = entered?.lines[0]?.orderItemSk ?? '';
    await northscope.allocateSalesOrders({
      allocations: [{ orderItemSk, lotSk: '503', units: '5', unitsUom: 'Each' }],
    });
    const [allocated] = await northscope.listSalesOrders({ where: equals('OrderID', order.orderId) });
    expect(allocated?.lines[0]?.allocatedUnits).toBe('5.00000');
    expect(atWork.sandbox.ledger()['inbound']).toHaveLength(1);
    expect(atWork.requestNames().filter((name) => name === 'GenerateSessionToken')).toHaveLength(2);
  });

  it('uses a static token without logging in, and never renews one that is refused', async () => {
    const withToken = atWork.clientOf({ staticToken: '00000000-0000-0000-0000-000000000000' });
    expect(await withToken.listSites({})).toHaveLength(2);
    const login = await errorOf(withToken.generateSessionToken());
    expect(login).toMatchObject({ type: 'VendorRejected', code: 'STATIC_TOKEN' });
    const stranger = atWork.clientOf({ staticToken: '11111111-canary-0000-0000-000000000000' });
    const error = await errorOf(stranger.allocateSalesOrders({ allocations: [one] }));
    expect(error).toMatchObject({ type: 'VendorUnauthorized', code: 'INVALID_TOKEN' });
    expect(error.message).toMatch(/refused the static token, which is never renewed/);
    expect(inspect([error, stranger], { depth: 10, showHidden: true })).not.toContain('canary');
    expect(atWork.requestNames()).toEqual(['ListSites', 'AllocateSalesOrders']);
  });

  it('sends nothing for a password that XML cannot carry, and does not show it', async () => {
    const mistyped = atWork.clientOf({ password: 'canary\u0001' });
    const error = await errorOf(mistyped.listSites({}));
    expect(error).toMatchObject({ type: 'VendorRejected', operation: 'ListSites', code: 'INVALID_INPUT' });
    expect(error.message).toMatch(/Password holds characters that XML does not allow/);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('canary');
    expect(atWork.requestNames()).toEqual([]);
  });

  it('calls every request by its configured name', async () => {
    const heard: string[] = [];
    const prepare = atWork.sandbox.prepare.bind(atWork.sandbox);
    atWork.sandbox.prepare = (request) => {
      heard.push(...(/(?<=<RequestName>)\w+/.exec(request.body) ?? []));
      return prepare({ ...request, body: request.body.replace('<RequestName>Our', '<RequestName>') });
    };
    const aliases = Object.fromEntries(northScopeRequests.map((name) => [name, `Our${name}`]));
    const renamed = atWork.clientOf({ aliases });
    await renamed.generateSessionToken();
    await renamed.insertInboundIntegration({ ...queued, transactionType: 'SOOrder', data: order });
    atWork.sandbox.tick();
    const [entered] = await renamed.listSalesOrders({});
    const orderItemSk = entered?.lines[0]?.orderItemSk ?? '';
    await renamed.allocateSalesOrders({ allocations: [{ ...one, orderItemSk }] });
    await renamed.listUomSchedules({});
    await renamed.listSites({});
    await renamed.listItems({});
    await renamed.listCustomerAddresses({});
    await renamed.listCompanies();
    await renamed.listInventoryLots({});
    expect(new Set(heard)).toEqual(new Set(Object.values(aliases)));
    expect(heard).toHaveLength(10);
  });

  it('tries the names of the samples in turn, and refuses as the heading was refused where none is known', async () => {
    const prepare = atWork.sandbox.prepare.bind(atWork.sandbox);
    const unheard = (...names: string[]) => {
      atWork.sandbox.prepare = (request) =>
        prepare({ ...request, body: request.body.replace(new RegExp(`>(${names.join('|')})<`), '>Unheard<') });
    };
    unheard('ListItems', 'NorthPacificItemMaster');
    expect(await northscope.listItems({})).toHaveLength(2);
    expect(atWork.requestNames().slice(1)).toEqual(['ListItems', 'NorthPacificItemMaster', 'NorthPacificItem']);
    unheard('ListUOMSchedules', 'NorthPacificUOMScheduleMaster');
    const error = await errorOf(northscope.listUomSchedules({}));
    expect(error).toMatchObject({ type: 'VendorRejected', operation: 'ListUOMSchedules', code: 'UNKNOWN_REQUEST' });
  });

  it('is unauthorised with a wrong password, and sends nothing but the login', async () => {
    const call = atWork.clientOf({ password: 'wrong' }).allocateSalesOrders({
      allocations: [{ orderItemSk: '1', lotSk: '1', units: '1', unitsUom: 'Each' }],
    });
    expect(await errorOf(call)).toMatchObject({
      type: 'VendorUnauthorized',
      operation: 'AllocateSalesOrders',
      code: 'INVALID_LOGIN',
    });
    expect(atWork.requestNames()).toEqual(['GenerateSessionToken']);
  });

  it('calls a list by its configured alias, or learns the name of the samples where the heading is refused', async () => {
    await atWork.clientOf({ aliases: { ListSalesOrders: 'NorthPacificSalesOrder' } }).listSalesOrders({});
    expect(atWork.requestNames().at(-1)).toBe('NorthPacificSalesOrder');
    const prepare = atWork.sandbox.prepare.bind(atWork.sandbox);
    atWork.sandbox.prepare = (request) =>
      prepare({ ...request, body: request.body.replace('>ListSalesOrders<', '>Unheard<') });
    const before = atWork.served.requests.length;
    await northscope.listSalesOrders({});
    await northscope.listSalesOrders({});
    expect(atWork.requestNames().slice(before)).toEqual([
      'GenerateSessionToken',
      'ListSalesOrders',
      'NorthPacificSalesOrder',
      'NorthPacificSalesOrder',
    ]);
    const configured = atWork.clientOf({ aliases: { ListSites: 'ListPlaces' } }).listSites({});
    expect(await errorOf(configured)).toMatchObject({ type: 'VendorRejected', code: 'UNKNOWN_REQUEST' });
  });
});
