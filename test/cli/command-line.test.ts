import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waybill } from './run-waybill';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(90_000);

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'waybill-cli-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** A port on which nothing listens. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('help', () => {
  it.each([
    [['--help']],
    [['start', 'purchase-order', '--help']],
    [['list', '--help']],
    [['doctor', '--help']],
    [['approve', '--help']],
    [['amend', '--help']],
  ])('%j has examples and exits 0', async (args) => {
    const { code, stdout } = await waybill(args, { cwd });
    expect(stdout).toMatch(/Examples:\n {2}\$ npx waybill /);
    expect(code).toBe(0);
  });
});

describe('wrong use exits 2 and says what is wrong', () => {
  it.each([
    [[], /Usage: waybill/],
    [['lits'], /unknown command 'lits'/],
    [['show'], /missing required argument 'order'/],
    [['list', '--limit', 'many'], /whole number from 1 to 10000/],
    [['list', '--stage', 'lost'], /Allowed choices are received,/],
    [
      ['list', '--waiting', 'approval'],
      /Allowed choices are decision, stock, warehouse, delivery, invoice, order, buyer, claritum, manex, northscope\./,
    ],
    [['doctor', 'sage'], /Allowed choices are configuration, temporal, claritum, /],
    [['start', 'purchase-order'], /required option '--file <path>' not specified/],
    [['sandbox', '--port', '70000'], /whole number from 1 to 65535/],
    [['approve', 'CL-1', '--force'], /unknown option '--force'/],
    [['approve', 'CL-1', '--by', ' '], /It must be a name/],
    [['inbox', '--older-than', '2 years'], /a length of time like 90min, 2h or 3d/],
    [['decide', 'CL-1', 'approval-1'], /missing required argument 'choice'/],
    [['decide', 'CL-1', 'approval-1', 'approve', '--yes'], /--yes needs --all/],
    [['decide', '--all', '--choice', 'approve'], /--all needs --kind/],
    [['decide', 'CL-1', '--all', '--kind', 'approval', '--choice', 'approve'], /--all takes no single decision/],
    [['decide', '--all', '--kind', 'approval', '--choice', 'approve'], /No terminal to confirm on/],
    [['amend', 'CL-1'], /Say what to change/],
    [['amend', 'CL-1', '--file', 'po.json', '--price', '2'], /--file holds the whole order/],
    [['amend', 'CL-1', '--price', '2', '--delivery', '1'], /--delivery needs --quantity or --date/],
    [['amend', 'CL-1', '--date', '2026-02-30'], /a date like 2026-03-31/],
    [['amend', 'CL-1', '--quantity', '1e3'], /a decimal like 150 or 12\.5/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await waybill(args, { cwd });
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('without Temporal', () => {
  it.each([
    [['list']],
    [['show', 'CL-1']],
    [['inbox']],
    [['approve', 'CL-1']],
    [['poll']],
    [['list', '--json']],
    [['cancel', 'CL-1']],
  ])('%j fails at once with one sentence', async (args) => {
    const port = await deadPort();
    const { code, stdout, stderr } = await waybill(args, { cwd, env: { TEMPORAL_ADDRESS: `127.0.0.1:${port}` } });
    expect(stderr).toBe(
      `waybill: Temporal cannot be reached at 127.0.0.1:${port}. Start it with \`npm start\`, or set TEMPORAL_ADDRESS.\n`,
    );
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it('says what is wrong with the Temporal configuration file', async () => {
    writeFileSync(join(cwd, 'temporal.toml'), '[profile');
    const { code, stderr } = await waybill(['list'], {
      cwd,
      env: { TEMPORAL_CONFIG_FILE: join(cwd, 'temporal.toml') },
    });
    expect(stderr).toMatch(/^waybill: The Temporal configuration .* cannot be read: /);
    expect(code).toBe(2);
  });
});

describe('a purchase order that cannot be started', () => {
  it.each([
    ['no file', undefined, /^waybill: .*po\.json cannot be read \(file not found\); nothing was started\.\n$/],
    ['no JSON', '{"uid": ', /^waybill: .*po\.json cannot be used; nothing was started: it is not JSON: [^\n]*\.\n$/],
    ['another record', '{"uid":"x"}', /is not a purchase order; nothing was started:\n {2}orderRef: is missing\n/],
  ])('%s', async (_, content, message) => {
    const file = join(cwd, 'po.json');
    if (content !== undefined) writeFileSync(file, content);
    const { code, stdout, stderr } = await waybill(['start', 'purchase-order', '--file', file], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it('says of an amendment that nothing was amended', async () => {
    const { code, stderr } = await waybill(['amend', 'CL-1', '--file', join(cwd, 'none.json')], { cwd });
    expect(stderr).toMatch(/none\.json cannot be read \(file not found\); nothing was amended\.\n$/);
    expect(code).toBe(1);
  });

  it('reads standard input for -', async () => {
    const { code, stderr } = await waybill(['start', 'purchase-order', '--file', '-'], { cwd, input: '[]' });
    expect(stderr).toMatch(/^waybill: Standard input is not a purchase order; nothing was started:\n/);
    expect(code).toBe(1);
  });
});

describe('a busy port', () => {
  const server = createServer();
  let port: number;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
  });

  it('is one sentence of the sandbox', async () => {
    const { code, stderr } = await waybill(['sandbox', '--port', String(port)], { cwd });
    expect(stderr).toBe(`waybill: Port ${port} is in use. Choose another with --port.\n`);
    expect(code).toBe(1);
  });

  it.each(['--port', '--ui-port', '--sandbox-port'])(
    'is one sentence of up (%s), which starts nothing',
    async (option) => {
      const others = ['--port', '--ui-port', '--sandbox-port'].filter((name) => name !== option);
      const free = await Promise.all(others.map(async (name) => [name, String(await deadPort())]));
      const { code, stderr } = await waybill(['up', option, String(port), ...free.flat()], { cwd });
      expect(stderr).toBe(`waybill: Port ${port} is in use. Choose another with ${option}. Nothing was started.\n`);
      expect(code).toBe(1);
      expect(existsSync(join(cwd, '.waybill/up.lock'))).toBe(false);
    },
  );
});

describe('a policy that cannot be used', () => {
  it('keeps up from starting, with every fault', async () => {
    writeFileSync(join(cwd, 'waybill.policy.json'), '{"company": {}}');
    const { code, stderr } = await waybill(['up'], { cwd });
    expect(stderr).toMatch(/^waybill: the policy .*waybill\.policy\.json is wrong:\n/);
    expect(stderr).toContain('  company.companyId: is missing (string)\n');
    expect(stderr).toContain('  approval: is missing (object)\n');
    expect(stderr).toContain('  fulfilment: is missing (object)\n');
    expect(code).toBe(2);
    expect(existsSync(join(cwd, '.waybill'))).toBe(false);
  });
});

describe('variables that cannot be used', () => {
  it.each(['up', 'list', 'doctor'])('are wrong use of %s', async (command) => {
    writeFileSync(join(cwd, '.env'), 'MANEX_API_KEY=a\nMANEX_API_KEY=b\n');
    const { code, stderr } = await waybill([command], { cwd });
    expect(stderr).toBe(
      'waybill: the configuration is wrong:\n  MANEX_API_KEY is set twice in .env, in lines 1 and 2; remove one of them\n',
    );
    expect(code).toBe(2);
  });
});

describe('the worker', () => {
  it('lists everything that is missing in its configuration, and does not start: that is wrong use', async () => {
    const { code, stderr } = await waybill(['worker'], { cwd });
    expect(stderr).toContain('CLARITUM_ENDPOINT is not set; give it the URL of the Claritum web service');
    expect(stderr).toContain('NORTHSCOPE_COMPANY_SK is not set');
    expect(stderr).toContain('waybill.policy.json is wrong:');
    expect(code).toBe(2);
  });
});
