import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { faultNames } from '../../src/sandbox/fault-settings';
import { FaultTable } from '../../src/sandbox/faults';
import { startCounter } from './counter-sandbox';
import type { CounterSandbox } from './counter-sandbox';
import type { CallEnd } from './http-caller';

let sandbox: CounterSandbox;
beforeEach(async () => {
  sandbox = await startCounter();
});
afterEach(() => sandbox.close());

interface Row {
  readonly fault: string;
  readonly settings?: object;
  readonly patienceMs?: number;
  readonly caller: (end: CallEnd) => unknown;
  readonly sees: unknown;
  readonly outcome: string;
  readonly effects: number;
}

const howItEnded = (end: CallEnd) => end.error ?? end.status;
const answered = (end: CallEnd) => [end.status, end.body];
const page = (end: CallEnd) => [end.status, end.headers?.['content-type'], (end.body?.length ?? 0) >= 400 * 1024];
const html = 'text/html; charset=utf-8';

const rows: readonly Row[] = [
  { fault: 'refuse', caller: howItEnded, sees: 'ECONNRESET', outcome: 'none', effects: 0 },
  { fault: 'drop', caller: howItEnded, sees: 'ECONNRESET', outcome: 'none', effects: 1 },
  { fault: 'timeout', patienceMs: 60, caller: howItEnded, sees: 'ABORT_ERR', outcome: 'none', effects: 1 },
  { fault: 'timeout-before', patienceMs: 60, caller: howItEnded, sees: 'ABORT_ERR', outcome: 'none', effects: 0 },
  { fault: '500', caller: page, sees: [500, html, true], outcome: 'none', effects: 1 },
  { fault: '502', caller: page, sees: [502, html, true], outcome: 'none', effects: 1 },
  { fault: '503', caller: page, sees: [503, html, true], outcome: 'none', effects: 1 },
  { fault: '503', settings: { phase: 'before' }, caller: page, sees: [503, html, true], outcome: 'none', effects: 0 },
  {
    fault: '429',
    settings: { retryAfter: '7' },
    caller: (end) => [end.status, end.headers?.['retry-after']],
    sees: [429, '7'],
    outcome: 'refused',
    effects: 0,
  },
  { fault: 'soap-fault', caller: answered, sees: [200, '{"says":"no"}'], outcome: 'refused', effects: 0 },
  { fault: 'refused-by-vendor', caller: answered, sees: [200, '{"says":"no"}'], outcome: 'refused', effects: 0 },
  {
    fault: 'quote-secrets',
    caller: answered,
    sees: [200, '{"says":"no (Me@x, s e)"}'],
    outcome: 'refused',
    effects: 0,
  },
  ...(
    [
      ['upper', 'ME@X, S E'],
      ['lower', 'me@x, s e'],
      ['url', 'Me%40x, s%20e'],
      ['form', 'me%40x, s+e'],
      ['url-twice', 'Me%2540x, s%2520e'],
      ['xml', 'Me&#x40;x, s&#x20;e'],
      ['base64', 'TWVAeA==, cyBl, TWVAeDpzIGU='],
      ['base64url', 'TWVAeA, cyBl, TWVAeDpzIGU'],
      ['hex', '4d654078, 732065'],
    ] as const
  ).map(([form, quoted]) => ({
    ...{ fault: 'quote-secrets', settings: { form }, caller: answered, outcome: 'refused', effects: 0 },
    sees: [200, `{"says":"no (${quoted})"}`],
  })),
  {
    fault: 'hang-up',
    caller: (end) => [end.status, end.body, end.headers?.['connection']],
    sees: [200, '{"says":"noted A"}', 'close'],
    outcome: 'ok',
    effects: 1,
  },
  { fault: 'malformed', caller: answered, sees: [200, '{"says":"'], outcome: 'none', effects: 1 },
  {
    fault: 'malformed',
    settings: { phase: 'before' },
    caller: answered,
    sees: [200, '{"says'],
    outcome: 'none',
    effects: 0,
  },
  { fault: 'empty', caller: answered, sees: [200, ''], outcome: 'none', effects: 1 },
  { fault: 'empty', settings: { phase: 'before' }, caller: answered, sees: [200, ''], outcome: 'none', effects: 0 },
  { fault: 'wrong-answer', caller: answered, sees: [200, '{"says":"something else"}'], outcome: 'none', effects: 1 },
  { fault: 'session-lost', caller: answered, sees: [200, '{"says":"no session"}'], outcome: 'refused', effects: 0 },
  {
    fault: 'slow',
    settings: { ms: 30 },
    caller: answered,
    sees: [200, '{"says":"noted A"}'],
    outcome: 'ok',
    effects: 1,
  },
];

describe('each fault', () => {
  it.each(rows)('$fault $settings: the caller sees its end, the ledger the truth', async (row) => {
    await sandbox.fault({ vendor: 'counter', operation: 'note', fault: row.fault, ...row.settings });
    const patience = row.patienceMs === undefined ? {} : { patienceMs: row.patienceMs };
    expect(row.caller(await sandbox.call('note/A', patience))).toEqual(row.sees);
    const { outcome, effects, fault } = await sandbox.line();
    expect({ outcome, effects, fault }).toEqual({ outcome: row.outcome, effects: row.effects, fault: row.fault });
    expect(sandbox.counter.noted).toHaveLength(row.effects);
  });

  it('late takes effect only after the caller gave up, and its line is raised then', async () => {
    await sandbox.fault({ fault: 'late', ms: 80 });
    const seenByVendor: number[] = [];
    const end = await sandbox.call('note/A', { patienceMs: 600 });
    seenByVendor.push(sandbox.counter.noted.length);
    const first = await sandbox.line();
    expect([end.error, seenByVendor, first.effects, first.fault]).toEqual(['ABORT_ERR', [0], 0, 'late']);
    const raised = await sandbox.line(({ effects }) => effects === 1);
    expect([raised.n, raised.outcome, sandbox.counter.noted]).toEqual([1, 'none', ['A']]);
  });

  it('a late effect of the world before a reset never falls into the new one', async () => {
    await sandbox.fault({ fault: 'late', ms: 1 });
    const ended = sandbox.call('note/old', { patienceMs: 600 });
    await sandbox.line(({ fault }) => fault === 'late');
    await sandbox.control('reset', {});
    expect((await ended).error).toBe('ABORT_ERR');
    await sandbox.fault({ fault: 'late', ms: 20 });
    // Long enough for the call to have come in, also on a busy machine.
    await sandbox.call('note/new', { patienceMs: 600 });
    await sandbox.line(({ effects }) => effects === 1);
    expect(sandbox.counter.noted).toEqual(['new']);
  });

  it.each(['before', 'after'])('kill %s the effect ends the process it names and then answers', async (phase) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const exit = once(child, 'exit');
    await sandbox.fault({ fault: 'kill', pid: child.pid, phase });
    const end = await sandbox.call('note/A');
    expect(await exit).toEqual([null, 'SIGKILL']);
    expect([end.body, sandbox.counter.noted, (await sandbox.line()).fault]).toEqual([
      '{"says":"noted A"}',
      ['A'],
      'kill',
    ]);
  });

  it('a kill that hits nobody is not on the line, so that a run notices', async () => {
    const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await once(child, 'exit');
    await sandbox.fault({ fault: 'kill', pid: child.pid });
    await sandbox.call('note/A');
    expect((await sandbox.line()).fault).toBeNull();
  });

  it.each([
    ['duplicate-delivery', ['A', 'B', 'A', 'B']],
    ['reorder', ['B', 'A']],
    ['empty-list', []],
    ['empty-sublists', ['', '']],
  ])('%s falls on lists only', async (fault, list) => {
    await sandbox.fault({ fault, times: 1 });
    await sandbox.call('note/A');
    await sandbox.call('note/B');
    expect((await sandbox.call('list')).body).toBe(JSON.stringify({ list }));
    expect((await sandbox.calls()).map((line) => line.fault)).toEqual([null, null, fault]);
  });

  it('leaves no fault of docs/sandbox.md untested', () => {
    const lists = ['duplicate-delivery', 'reorder', 'empty-list', 'empty-sublists'];
    const tested = [...rows.map(({ fault }) => fault), 'late', 'kill', ...lists];
    expect(faultNames.filter((name) => !tested.includes(name))).toEqual([]);
  });
});

describe('which call a fault falls on', () => {
  const fates = async (paths: readonly string[]): Promise<readonly (string | null)[]> => {
    for (const path of paths) await sandbox.call(path);
    return (await sandbox.calls()).map(({ fault }) => fault);
  };

  it('lets `after` matching calls through, then falls `times` times', async () => {
    await sandbox.fault({ vendor: 'counter', operation: 'note', fault: '429', after: 1, times: 2 });
    expect(await fates(['note/A', 'other/A', 'note/A', 'note/A', 'note/A'])).toEqual([null, null, '429', '429', null]);
  });

  it('falls for ever with times -1, until the faults are cleared', async () => {
    await sandbox.fault({ operation: '*', fault: '429', times: -1 });
    expect(await fates(['note/A', 'note/B'])).toEqual(['429', '429']);
    expect(await sandbox.control('faults', undefined, 'DELETE')).toEqual({ status: 200, value: { ok: true } });
    expect(await fates(['note/C'])).toEqual(['429', '429', null]);
  });

  it('meets a record by its own key, also among others', async () => {
    await sandbox.fault({ key: 'B', fault: '429', times: -1 });
    expect(await fates(['note/A', 'note/A,B', 'note/B', 'note/BB'])).toEqual([null, '429', '429', null]);
  });

  it('takes an array, the first match first', async () => {
    await sandbox.fault([{ fault: '429' }, { fault: '503' }]);
    expect(await fates(['note/A', 'note/A', 'note/A'])).toEqual(['429', '503', null]);
  });

  it('draws random faults by seed, operation, key and attempt, whatever the order of arrival', async () => {
    const faults = { rate: 0.5, seed: 7, faults: ['429', 'soap-fault'] };
    const run = async (paths: readonly string[]) => {
      await sandbox.control('reset', {});
      await sandbox.fault(faults);
      await fates(paths);
      return sandbox.calls();
    };
    const fatesOf = (lines: Awaited<ReturnType<typeof run>>, key: string) =>
      lines.filter((line) => line.key === key).map(({ fault }) => fault);
    const keys = ['A', 'B', 'C', 'D', 'E', 'F'];
    const paths = keys.flatMap((key) => [`note/${key}`, `note/${key}`]);
    const [first, again] = [await run(paths), await run(paths.toReversed())];
    for (const key of keys) expect(fatesOf(again, key)).toEqual(fatesOf(first, key));
    const all = keys.flatMap((key) => fatesOf(first, key));
    expect(all).toContain(null);
    expect(all).toContain('429');
    expect(all).toContain('soap-fault');
  });

  it('hits about as many as the rate says', () => {
    const table = new FaultTable(['counter']);
    table.add({ rate: 0.1, seed: 3, faults: ['drop'] });
    const hits = Array.from({ length: 5000 }, (_, key) =>
      table.choose('counter', { operation: 'note', key: `${key}` }),
    );
    const count = hits.filter((hit) => hit !== undefined).length;
    expect(count).toBeGreaterThan(400);
    expect(count).toBeLessThan(600);
  });
});

describe('a fault that cannot be set', () => {
  it.each([
    [{ fault: 'explode' }, /unknown fault "explode"/],
    [{ fault: 'drop', vendor: 'manx' }, /unknown vendor "manx"/],
    [{ fault: 'drop', times: 1.5 }, /times must be a whole number/],
    [{ fault: 'drop', phase: 'during' }, /phase must be/],
    [{ fault: 'slow', ms: 2 ** 31 }, /ms must be at most/],
    [{ fault: '429', retryAfter: 'a\r\nb' }, /retryAfter/],
    [{ fault: 'quote-secrets', form: 'rot13' }, /form must be one of plain upper lower url form/],
    [{ fault: 'kill' }, /kill needs the pid/],
    [{ fault: 'kill', pid: process.pid }, /kill needs the pid/],
    [{ fault: 'kill', pid: 4711, signal: 'SIGNOTHING' }, /unknown signal/],
    [{ rate: 2, faults: ['drop'] }, /rate must be/],
    [{ rate: 1, faults: [] }, /faults must name/],
    [[{ fault: 'drop' }, { fault: 'explode' }], /fault 2: unknown fault/],
    ['{', /not JSON/],
  ])('%j is refused, and nothing is set', async (body, reason) => {
    const { status, value } = await sandbox.fault(body);
    expect([status, (value as { error: string }).error]).toEqual([400, expect.stringMatching(reason)]);
    expect((await sandbox.control('faults', undefined, 'GET')).value).toEqual([]);
  });
});

it('aims by what the request contains, and takes back only what is aimed exactly so', async () => {
  await sandbox.fault([
    { vendor: 'counter', operation: 'list', contains: 'CL-7', fault: 'drop', times: -1 },
    { vendor: 'counter', operation: 'note', key: 'A', fault: 'drop', times: -1 },
  ]);
  const list = (body: string) => sandbox.call('list', { body });
  expect((await list('where CL-8')).status).toBe(200);
  expect((await list('where CL-7')).error).toBe('ECONNRESET');

  const { value } = await sandbox.control('faults', { contains: 'CL-7' }, 'DELETE');
  expect(value).toMatchObject({ ok: true, lifted: [{ operation: 'list', contains: 'CL-7', fired: 1 }] });
  expect((await list('where CL-7')).status).toBe(200);
  expect((await sandbox.call('note/A')).error).toBe('ECONNRESET');
  expect((await sandbox.control('faults', [], 'DELETE')).status).toBe(400);
  await sandbox.control('faults', undefined, 'DELETE');
  expect((await sandbox.call('note/A')).status).toBe(200);
});

it('sets what follows a fault when that has fallen, not before', async () => {
  await sandbox.fault({
    ...{ vendor: 'counter', operation: 'note', key: 'A', fault: 'drop' },
    then: [{ vendor: 'counter', operation: 'list', fault: 'drop', times: 2 }],
  });
  expect((await sandbox.call('list')).status).toBe(200);
  await sandbox.call('note/A');
  expect((await sandbox.call('list')).error).toBe('ECONNRESET');
  expect((await sandbox.call('list')).error).toBe('ECONNRESET');
  expect((await sandbox.call('list')).status).toBe(200);
  for (const then of ['drop', [{ fault: 'nonsense' }], [7]]) {
    expect((await sandbox.fault({ vendor: 'counter', operation: 'note', fault: 'drop', then })).status).toBe(400);
  }
});
