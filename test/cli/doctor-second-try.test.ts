import type { System } from '../../src/cli/doctor/finding';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { serve } from '../vendors/served';
import { examined, faults, sandboxEnvironment } from './examined';
import { askSandbox } from '../sandbox/ask-sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
});
afterAll(() => sandbox.close());

/** What is told of a system while faults fall on its calls. */
async function told(system: System, ...set: readonly object[]): Promise<string[]> {
  await askSandbox(sandbox.origin, 'POST', 'faults', set);
  const findings = await examined([system], sandboxEnvironment(sandbox.origin));
  await askSandbox(sandbox.origin, 'DELETE', 'faults');
  return faults(findings);
}

const reads = [
  ['claritum', 'getPurchaseOrders', 'getPurchaseOrders'],
  ['claritum', 'getSalesInvoices', 'msp role'],
  ['manex', 'SO/Get', 'SO/Get'],
  ['northscope', 'GenerateSessionToken', 'GenerateSessionToken'],
  ['northscope', 'ListCompanies', 'ListCompanies'],
  ['northscope', 'ListItems', 'ListItems'],
  ['centra', 'events_Get', 'events'],
  ['isync', 'Login', 'Login'],
] as const;

describe('a read whose answer is lost', () => {
  it.each(reads)('once: %s %s is well, and that it was lost is told', async (vendor, operation, check) => {
    const lines = await told(vendor, { vendor, operation, fault: 'drop' });
    expect(lines.filter((line) => !line.startsWith('notice login'))).toEqual([
      expect.stringMatching(new RegExp(`^notice ${check}: answered only at the second try; the first time: .*reset`)),
    ]);
  });

  it.each(reads)('twice: %s %s must be fixed, and both times are told', async (vendor, operation, check) => {
    const lines = await told(vendor, { vendor, operation, fault: 'drop' }, { vendor, operation, fault: '503' });
    const [bad, ...others] = lines.filter((line) => line.startsWith('bad'));
    expect(bad).toMatch(new RegExp(`^bad ${check}: .*503.* \\(tried twice; the first time: .*reset.*\\); `));
    expect(others).toEqual([]);
  });
});

it('what is refused, or asks to wait, is asked once only', async () => {
  const asked: string[] = [];
  const busy = await serve(({ method }) => {
    asked.push(method);
    return { status: method === 'GET' ? 429 : 500, headers: { 'retry-after': '90' }, body: '' };
  });
  const findings = await examined(['manex'], { ...sandboxEnvironment(sandbox.origin), MANEX_ENDPOINT: busy.origin });
  await busy.close();
  expect(faults(findings).at(-1)).toMatch(/^bad SO\/Get: .*; try again in 90 s$/);
  // One to see whether somebody is there, and the call itself.
  expect(asked).toEqual(['GET', 'GET']);
});

describe('a system that does not come to its end', () => {
  it('is left when its time is over, and the others are told as ever', async () => {
    const silent = await serve(({ path }) =>
      path.startsWith('/api/SO') ? 'silence' : { status: 404, headers: {}, body: '' },
    );
    const own = { ...sandboxEnvironment(sandbox.origin), MANEX_ENDPOINT: silent.origin };
    const findings = await examined(['manex', 'northscope'], own, true, 2);
    await silent.close();
    const bad = findings.filter(({ state }) => state === 'bad');
    expect(bad.map(({ system, check, says }) => `${system} ${check}: ${says}`)).toContain(
      'manex time: timed out after 2 s; the checks not listed above were not made',
    );
    expect(new Set(bad.map(({ system }) => system))).toEqual(new Set(['manex']));
    expect(findings.at(-1)).toMatchObject({ system: 'northscope', check: 'policy: addresses', state: 'good' });
  });

  it('keeps no other waiting: all are asked before one of them answers', async () => {
    const arrived = new Set<string>();
    let release = (): void => undefined;
    const all = new Promise<void>((resolve) => (release = resolve));
    const gate = await serve(async ({ path }) => {
      arrived.add(path.split('/')[1] ?? '');
      if (arrived.size === 4) release();
      await all;
      return { status: 404, headers: {}, body: '' };
    });
    const own = Object.fromEntries(
      Object.entries(sandboxEnvironment(sandbox.origin)).map(([name, value]) => [
        name,
        name === 'MANEX_ENDPOINT' ? `${gate.origin}/manex` : value?.replace(sandbox.origin, gate.origin),
      ]),
    );
    const findings = await examined(['claritum', 'manex', 'northscope', 'centra'], own);
    await gate.close();
    expect([...arrived].toSorted()).toEqual(['ams', 'manex', 'services', 'system']);
    // As they are always told, whoever answered first.
    const order = [...new Set(findings.map(({ system }) => system))];
    expect(order).toEqual(['claritum', 'manex', 'northscope', 'centra']);
  });
});
