import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallLedger } from '../../src/sandbox/calls';
import { Journal, JournalDamaged, readJournal } from '../../src/sandbox/journal';
import { Memory } from '../../src/sandbox/memory';
import { startSandbox } from '../../src/sandbox/server';
import type { Sandbox } from '../../src/sandbox/server';
import { readSandboxLedger } from './ask-sandbox';
import { paths, request as centra } from './centra-calls';
import { envelope as claritum } from './claritum-caller';
import { call, control, eventually } from './http-caller';
import * as isync from './isync-caller';
import { allocation, inbound, list, login, request as northscope, soOrder } from './northscope-calls';

let directory: string;
let path: string;
const running: Sandbox[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waybill-memory-'));
  path = join(directory, 'sandbox.state');
});
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
});

const lost = (error: unknown): never => {
  throw new Error('cannot be kept', { cause: error });
};

async function start(file = path, more: { orders?: number; people?: boolean; peopleDelayMs?: number } = {}) {
  const memory = { path: file, lost };
  const sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true, memory, ...more });
  running.push(sandbox);
  return sandbox;
}

let copies = 0;
/** What a restart finds where the sandbox is killed this very moment. */
async function afterKill(): Promise<Sandbox> {
  copies += 1;
  const copy = join(directory, `copy-${copies}`);
  copyFileSync(path, copy);
  return start(copy);
}

const manex = ({ origin }: Sandbox, operation: string, body: object) =>
  call(`${origin}/api/SO/${operation}/1234567890`, { body: JSON.stringify(body) });
const warehouse = ({ origin }: Sandbox, token: string, body: string) =>
  call(`${origin}/services/ActionCommand.svc/APIExecute`, {
    headers: { NSLogin: login, NSAPISession: token },
    body,
  });
const shop = ({ origin }: Sandbox, method: string, body: string) =>
  call(`${origin}${isync.path}`, { headers: { 'content-type': 'text/xml', soapaction: isync.actionOf(method) }, body });
const buyer = ({ origin }: Sandbox, operation: string, inner: string) =>
  call(`${origin}/system/ws/1.3/soap.php`, { body: claritum(operation, inner) });

async function tokenOf(sandbox: Sandbox): Promise<string> {
  const credentials = `<LoginEmail>${login}</LoginEmail><Password>StrongPassword</Password>`;
  const { body = '' } = await warehouse(sandbox, '', northscope('GenerateSessionToken', credentials));
  return /<SessionToken>([^<]+)/.exec(body)?.[1] ?? '';
}

const ledger = ({ origin }: Sandbox) => readSandboxLedger(origin);

/** One call or act after another, through every vendor; each answer is awaited. */
async function* trade(sandbox: Sandbox): AsyncGenerator<string> {
  const act = async (body: object) => expect((await control(sandbox.origin, 'world', body)).status).toBe(200);
  yield 'nothing yet';
  const token = await tokenOf(sandbox);
  await warehouse(sandbox, token, inbound('10233-1', 'SO Order', soOrder('10233-1')));
  await act({ tick: {} });
  const { body: orders = '' } = await warehouse(sandbox, token, northscope('ListSalesOrders', list()));
  const item = /<OrderItemSK>([^<]+)/.exec(orders)?.[1] ?? '';
  await warehouse(sandbox, token, allocation({ item, units: '30' }));
  await act({ despatch: { order: '10233-1' } });
  yield 'goods that have left their lot';
  await manex(sandbox, 'Add', { SoNo: '88', custNo: '0000000008' });
  await manex(sandbox, 'ItemADD', {
    ...{ SoNo: '88', part_num: 'BRO-A4-16', uOfMeas: 'EACH' },
    ...{ soDet_Desc: 'Brochure', ord_qty: '20' },
  });
  yield 'a sales order';
  await act({ deliver: { orderRef: 'CL-10231', quantity: 1 } });
  await act({ invoice: { kind: 'purchase', orderRef: 'CL-10231', number: 'A-1', quantity: 1, net: '0.85' } });
  await act({ amend: { orderRef: 'CL-10232', set: { quantity: 8 } } });
  await buyer(sandbox, 'markExported', '<uids><item>none</item></uids>');
  yield 'what the buyer said';
  await act({ webOrder: { currency: 'SEK', paid: true, lines: [{ sku: 'TEE100BLK-S', quantity: 2 }] } });
  await call(`${sandbox.origin}${paths.current}`, { body: centra('events_DoneRequest', '<event>115</event>') });
  yield 'a web order';
  const { body: session = '' } = await shop(sandbox, 'Login', isync.loginBody());
  const key = isync.resultOf(session, 'Login') as unknown as string;
  await shop(sandbox, 'Execute', isync.executeBody(key, 'PersistWebSalesOrder', isync.orderXml()));
  await act({ ship: { webOrder: '30', tracking: 'T-1' } });
  yield 'a shipped web order';
  await control(sandbox.origin, 'faults', { vendor: 'manex', operation: 'SO/Get', fault: '503', times: 2, after: 1 });
  await manex(sandbox, 'Get', { SoNo: '88' });
  await manex(sandbox, 'Get', { SoNo: '88' });
  yield 'a fault that has fallen once';
}

it('holds after a restart whatever anyone was told of, at every moment', async () => {
  const sandbox = await start();
  const seen: string[] = [];
  for await (const what of trade(sandbox)) {
    const again = await afterKill();
    expect(await ledger(again)).toEqual(await ledger(sandbox));
    expect(again.references.purchaseOrders).toEqual(['CL-10231', 'CL-10232', 'CL-10233']);
    seen.push(what);
  }
  expect(seen).toHaveLength(7);
});

it('goes on from there as if nothing had been: sessions, numbers, faults', async () => {
  const sandbox = await start();
  const token = await tokenOf(sandbox);
  const { body: session = '' } = await shop(sandbox, 'Login', isync.loginBody());
  const key = isync.resultOf(session, 'Login') as unknown as string;
  for await (const _ of trade(sandbox)) continue;
  const { body = '' } = await shop(sandbox, 'Login', isync.loginBody());
  const good = isync.resultOf(body, 'Login') as unknown as string;
  const again = await afterKill();
  const stock = (of: string) => isync.executeBody(of, 'GetProductStockUnits', isync.since('Units'));
  for (const each of [sandbox, again]) {
    expect((await warehouse(each, token, northscope('ListSites', list()))).body).toContain('<SiteID>SEATTLE');
    expect((await shop(each, 'Execute', stock(good))).body).toContain('SKU');
    expect((await shop(each, 'Execute', stock(key))).body).not.toContain('SKU');
    // The second of two, and then none.
    expect((await manex(each, 'Get', { SoNo: '88' })).status).toBe(503);
    expect((await manex(each, 'Get', { SoNo: '88' })).status).toBe(200);
    await control(each.origin, 'world', {
      webOrder: { currency: 'SEK', paid: true, lines: [{ sku: '0071', quantity: 1 }] },
    });
    await manex(each, 'ItemADD', {
      ...{ SoNo: '88', part_num: 'BRO-A4-16', uOfMeas: 'EACH' },
      ...{ soDet_Desc: 'Brochure', ord_qty: '20' },
    });
  }
  const [one, other] = [await ledger(sandbox), await ledger(again)];
  expect(other.manex).toEqual(one.manex);
  expect(other.calls.map(({ operation }) => operation)).toEqual(one.calls.map(({ operation }) => operation));
});

it('works off what was queued, and lets come late what was to come late', async () => {
  const sandbox = await start();
  const token = await tokenOf(sandbox);
  await control(sandbox.origin, 'faults', { vendor: 'manex', operation: 'SO/Add', fault: 'late', ms: 1 });
  const waits = call(`${sandbox.origin}/api/SO/Add/1234567890`, {
    body: JSON.stringify({ SoNo: '88', custNo: '0000000008' }),
    patienceMs: 60_000,
  });
  await eventually(async () => ((await ledger(sandbox)).calls.length === 2 ? true : undefined));
  await warehouse(sandbox, token, inbound('10233-1', 'SO Order', soOrder('10233-1')));
  const again = await afterKill();
  const end = await eventually(async () => {
    const now = await ledger(again);
    const isDone = now.northscope.inbound[0]?.['Status'] === 'Completed' && now.manex.salesOrders.length === 1;
    return isDone ? now : undefined;
  });
  expect(end.northscope.salesOrders).toHaveLength(1);
  expect(end.calls[1]).toMatchObject({ operation: 'SO/Add', outcome: 'none', effects: 1, fault: 'late' });
  // And what came late was kept in its turn.
  await again.close();
  const third = await start(join(directory, `copy-${copies}`));
  expect(await ledger(third)).toEqual(end);
  await sandbox.close();
  await waits;
});

it('keeps what its people do', async () => {
  const sandbox = await start(path, { people: true, peopleDelayMs: 5 });
  const token = await tokenOf(sandbox);
  await warehouse(sandbox, token, inbound('10233-1', 'SO Order', soOrder('10233-1')));
  await control(sandbox.origin, 'world', { tick: {} });
  const { body: orders = '' } = await warehouse(sandbox, token, northscope('ListSalesOrders', list()));
  const item = /<OrderItemSK>([^<]+)/.exec(orders)?.[1] ?? '';
  await warehouse(sandbox, token, allocation({ item, units: '150' }));
  await eventually(async () => (JSON.stringify(await ledger(sandbox)).includes('NW-10233-1') ? true : undefined));
  expect(await ledger(await afterKill())).toEqual(await ledger(sandbox));
});

it('forgets by a reset, and takes back faults that signal a process', async () => {
  const sandbox = await start();
  await manex(sandbox, 'Add', { SoNo: '88', custNo: '0000000008' });
  await control(sandbox.origin, 'reset', { orders: 4, seed: 2 });
  const kill = { vendor: 'manex', fault: 'kill', pid: 999_999 };
  await control(sandbox.origin, 'faults', [kill, { vendor: 'manex', fault: '503', then: [kill] }, { fault: '429' }]);
  const again = await afterKill();
  expect(await ledger(again)).toEqual(await ledger(sandbox));
  expect((await ledger(again)).calls).toEqual([]);
  expect(again.references.purchaseOrders).toHaveLength(4);
  expect((await control(again.origin, 'faults', undefined, 'GET')).value).toMatchObject([{ fault: '429' }]);
});

describe('a file that is not as it was written', () => {
  it('goes without a last line that was being written', async () => {
    const sandbox = await start();
    await manex(sandbox, 'Add', { SoNo: '88', custNo: '0000000008' });
    const whole = await ledger(sandbox);
    await sandbox.close();
    const told = statSync(path).size;
    const again = await start();
    await manex(again, 'Add', { SoNo: '89', custNo: '0000000008' });
    await again.close();
    for (let cut = statSync(path).size - 1; cut > told; cut = Math.floor((cut + told) / 2)) truncateSync(path, cut);
    const third = await start();
    expect((await ledger(third)).manex).toEqual(whole.manex);
    // What follows does not stand behind the broken line.
    await manex(third, 'Add', { SoNo: '90', custNo: '0000000008' });
    expect(await ledger(await afterKill())).toEqual(await ledger(third));
  });

  it.each<readonly [what: string, spoil: (bytes: Buffer) => Buffer, says: RegExp]>([
    ['changed in the middle', (bytes) => bytes.fill('A', 200, 210), /is damaged \(line 2 is not what was written\)$/],
    ['another file', () => Buffer.from('SQLite format 3\0'), /is no state of a sandbox that this version/],
    [
      'of another version',
      (bytes) => Buffer.concat([Buffer.from('waybill-sandbox 0'), bytes.subarray(17)]),
      /is no state/,
    ],
  ])('is refused with one sentence: %s', async (_, spoil, says) => {
    await (await start()).close();
    writeFileSync(path, spoil(readFileSync(path)));
    await expect(start()).rejects.toThrow(JournalDamaged);
    await expect(start()).rejects.toThrow(says);
  });

  it('is refused where what was kept has other members', async () => {
    await (await start()).close();
    const { parts = new Map<string, Buffer>(), calls = [] } = readJournal(path) ?? {};
    const journal = new Journal(path);
    journal.rewrite({ parts: new Map([...parts, ['manex', parts.get('isync') ?? Buffer.alloc(0)]]), calls });
    journal.close();
    await expect(start()).rejects.toThrow('the state of the sandbox was written by another version of Waybill');
  });

  it('begins where there is an empty one', async () => {
    writeFileSync(path, '');
    expect((await start()).references.purchaseOrders).toHaveLength(3);
  });
});

it('answers nobody whose change cannot be kept', async () => {
  const sandbox = await start();
  rmSync(directory, { recursive: true });
  const { body } = await call(`${sandbox.origin}/_sandbox/reset`);
  expect(body).toBe('The sandbox itself failed; see /_sandbox/health.\n');
});

it('stays within a few times of what it holds, however often that changes', () => {
  const state = { numbers: '' };
  const calls = new CallLedger();
  class Holder {
    readonly state = state;
  }
  const memory = new Memory(new Journal(path), new Map([['a', () => ({ holder: new Holder() })]]), calls, lost);
  memory.begin();
  for (let change = 0; change < 120; change += 1) {
    state.numbers = String(change).repeat(50_000);
    memory.keep();
  }
  expect(statSync(path).size).toBeLessThan(6 * 1024 * 1024);
  memory.close();
  expect(readJournal(path)?.parts.size).toBe(1);
});
