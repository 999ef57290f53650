import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { readSandboxLedger } from './ask-sandbox';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, orders: 1, seed: 1, people: false, control: true });
});

afterEach(() => sandbox.close());

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`${sandbox.origin}${path}`, { method: 'POST', body: JSON.stringify(body) });

const add = () => post('/api/SO/Add/1234567890', { SoNo: '42', custNo: '0000000008' });

const ledger = () => readSandboxLedger(sandbox.origin);

test('over HTTP: an order whose answer is lost stands all the same, and the second attempt is refused', async () => {
  await post('/_sandbox/faults', { vendor: 'manex', operation: 'SO/Add', key: '0000000042', fault: 'drop', times: 1 });
  await expect(add()).rejects.toThrow('fetch failed');
  expect(await (await add()).json()).toMatchObject({
    Code: 403,
    Message: 'Sales Order add failed.SoNo already exists.',
  });
  const { manex, calls } = await ledger();
  expect(manex.salesOrders).toMatchObject([{ SONO: '0000000042' }]);
  expect(calls).toMatchObject([
    { vendor: 'manex', operation: 'SO/Add', key: '0000000042', outcome: 'none', effects: 1, fault: 'drop' },
    { vendor: 'manex', operation: 'SO/Add', key: '0000000042', outcome: 'refused', effects: 0, fault: null },
  ]);
});

test('over HTTP: what the vendor answers before any call is none in the ledger', async () => {
  const wrongKey = await post('/api/SO/Add/000', {});
  expect(await wrongKey.json()).toMatchObject({ Message: 'Invalid API Key.', IsValidUser: false });
  expect((await fetch(`${sandbox.origin}/api/SOAdd/1234567890?SoNo=1`)).status).toBe(404);
  expect((await fetch(`${sandbox.origin}/api/SO/Add/1234567890`, { method: 'DELETE' })).status).toBe(405);
  expect((await ledger()).calls).toEqual([]);
});
