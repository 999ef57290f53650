import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../../src/config';
import { examine } from '../../src/cli/doctor/doctor';
import { systems, type Finding, type System } from '../../src/cli/doctor/finding';
import { lookedAt } from '../../src/cli/doctor/surroundings';
import { examineTemporal } from '../../src/cli/doctor/temporal';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { examined, faults, sandboxEnvironment } from './examined';
import { startWaybill, waybill } from './run-waybill';
import { serve } from '../vendors/served';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(90_000);

const EXAMPLE = resolve(__dirname, '../../waybill.policy.example.json');
let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-doctor-'));
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** As a process gets it: only what is set. */
const variables = (own: Environment = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...sandboxEnvironment(sandbox.origin), ...own }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
const found = async (wanted: readonly System[], environment: Environment): Promise<string[]> =>
  faults(await examined(wanted, environment));

describe('what belongs to no vendor', () => {
  const documents = (): string => join(folder, 'documents');

  it('is well with a policy and a directory', async () => {
    mkdirSync(documents(), { recursive: true });
    const findings = await examined(['configuration'], { WAYBILL_POLICY: EXAMPLE, WAYBILL_DOCUMENTS: documents() });
    expect(findings.map(({ state, says }) => `${state}: ${says}`)).toEqual([
      `good: ${EXAMPLE} can be used`,
      'good: the one name is known',
      `good: are kept in ${documents()}`,
    ]);
  });

  it('is told every fault of a policy, one line each', async () => {
    const path = join(folder, 'wrong.json');
    writeFileSync(path, '{"company": {}}');
    const told = await found(['configuration'], { WAYBILL_POLICY: path });
    expect(told.length).toBeGreaterThan(5);
    expect(told).toContain(
      `bad policy: company.companyId: is missing (string); fix ${path}; waybill.policy.schema.json helps an editor`,
    );
  });

  it('is told a policy that is not there, and how to begin one', async () => {
    const path = join(folder, 'none.json');
    expect(await found(['configuration'], { WAYBILL_POLICY: path })).toEqual([
      `bad policy: ${path} not found; copy waybill.policy.example.json, or set WAYBILL_POLICY to its path`,
    ]);
  });

  it.each([
    ['not there', () => join(folder, 'not/mounted'), /cannot be used \(ENOENT\); create it, or mount its volume$/],
    ['a file', () => EXAMPLE, /is not a directory; create it, or mount its volume$/],
  ])('is told documents that are %s', async (_, path, message) => {
    const told = await found(['configuration'], { WAYBILL_POLICY: EXAMPLE, WAYBILL_DOCUMENTS: path() });
    expect(told).toEqual([expect.stringMatching(message)]);
  });

  it('is told a variable that is wrong', async () => {
    expect(await found(['configuration'], { WAYBILL_POLICY: EXAMPLE, WAYBILL_ALLOW_HTTP: 'yes' })).toEqual([
      'bad variables: WAYBILL_ALLOW_HTTP is neither true nor false; fix .env or the environment',
    ]);
  });
});

describe('where nothing is set up yet', () => {
  it('nothing is missing, and the next step is told', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'waybill-doctor-empty-'));
    const { code, stdout } = await waybill(['doctor', ...systems.filter((system) => system !== 'temporal')], {
      ...{ cwd: empty, env: { HOME: empty } },
    });
    rmSync(empty, { recursive: true });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe(
      'notice\tconfiguration\tpolicy\twaybill.policy.json not found yet: `npm start` uses the example, `npm run worker` needs one\t' +
        'copy waybill.policy.example.json, or set WAYBILL_POLICY to its path',
    );
    expect(lines.filter((line) => line.includes('is not configured'))).toHaveLength(5);
  });

  it('Temporal is only not running yet; with anything set up it must be there', async () => {
    const before = { ...process.env };
    process.env = { ...before, TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const told = async (at: { isSetUp: boolean; temporalOfUp: string | undefined }): Promise<string[]> => {
      const findings: Finding[] = [];
      for await (const finding of examineTemporal(at)) findings.push(finding);
      return faults(findings);
    };
    expect(await told({ isSetUp: false, temporalOfUp: undefined })).toEqual([
      'notice reachable: Temporal does not run here now; `npm start` starts it, with the sandbox and the worker; then run doctor again',
    ]);
    expect(await told({ isSetUp: true, temporalOfUp: undefined })).toEqual([
      expect.stringMatching(/^bad reachable: Temporal cannot be reached at 127\.0\.0\.1:1\. /),
    ]);
    expect(await told({ isSetUp: false, temporalOfUp: '127.0.0.1:7300' })).toEqual([
      expect.stringMatching(
        /; the Temporal of the `npm start` that runs here is at 127\.0\.0\.1:7300: set TEMPORAL_ADDRESS=127\.0\.0\.1:7300$/,
      ),
    ]);
    process.env = before;
  });

  it.each<[string, Environment]>([
    ['a vendor', { MANEX_API_KEY: 'k' }],
    ['a policy', { WAYBILL_POLICY: EXAMPLE }],
    ['a Temporal', { TEMPORAL_ADDRESS: 'temporal.example:7233' }],
  ])('something is with %s', (_, environment) => {
    expect(lookedAt(environment, {}).isSetUp).toBe(true);
    expect(lookedAt({}, {}).isSetUp).toBe(false);
  });

  it('the sandbox of a running `npm start` stands for what is not named, and its policy is looked up', async () => {
    const running = { address: '127.0.0.1:1', policy: EXAMPLE, sandbox: sandbox.origin };
    const at = lookedAt({ ISYNC_ENDPOINT: 'https://isync.example/' }, running);
    expect(at.simulated).toEqual(['claritum', 'manex', 'northscope', 'centra']);
    const findings: Finding[] = [];
    const examination = {
      wanted: ['manex', 'northscope'],
      mayLogIn: false,
      seconds: 60,
      ended: () => undefined,
    } as const;
    for await (const finding of examine(examination, at)) findings.push(finding);
    expect(faults(findings)).toEqual([]);
    expect(findings[0]).toMatchObject({ system: 'manex', check: 'configuration', state: 'good' });
    expect(findings.at(-1)).toMatchObject({ check: 'policy: addresses', state: 'good' });
  });
});

describe('a vendor', () => {
  it('that is not configured stops nothing, and says who can do without it', async () => {
    const needed = 'the worker needs it to start; `npm start` uses the sandbox instead';
    expect(await found(['claritum', 'manex', 'northscope', 'centra', 'isync'], {})).toEqual([
      `notice configuration: is not configured: ${needed}; set CLARITUM_… as in .env.example`,
      `notice configuration: is not configured: ${needed}; set MANEX_… as in .env.example`,
      `notice configuration: is not configured: ${needed}; set NORTHSCOPE_… as in .env.example`,
      'notice configuration: is not configured: optional; set CENTRA_… as in .env.example',
      'notice configuration: is not configured: optional; set ISYNC_… as in .env.example',
    ]);
  });

  it('that is half configured is told what is missing, and is not called', async () => {
    const server = await serve(() => ({ status: 200, headers: {}, body: '' }));
    const told = await found(['claritum', 'isync'], {
      CLARITUM_ENDPOINT: `${server.origin}/soap.php`,
      CLARITUM_MSP_API_UID: 'MSP',
      ISYNC_ENDPOINT: server.origin,
    });
    await server.close();
    expect(told).toEqual([
      'bad configuration: CLARITUM_API_UID is not set; give it the API UID of the supplier; fix .env or the environment',
      'bad configuration: CLARITUM_PASSWORD is not set; give it the API password of the supplier; fix .env or the environment',
      'bad configuration: CLARITUM_MSP_PASSWORD is not set, but CLARITUM_MSP_API_UID is; set both or neither; fix .env or the environment',
      'bad configuration: ISYNC_USERNAME is not set, but ISYNC_ENDPOINT is; set all of them or none; fix .env or the environment',
      'bad configuration: ISYNC_PASSWORD is not set, but ISYNC_ENDPOINT is; set all of them or none; fix .env or the environment',
    ]);
    expect(server.requests).toEqual([]);
  });

  it('whose endpoint holds a secret is told so without it', async () => {
    const told = await found(['manex'], { MANEX_ENDPOINT: 'https://me:SECRET@manex.example', MANEX_API_KEY: 'KEY' });
    expect(told.join('\n')).toMatch(/MANEX_ENDPOINT holds credentials/);
    expect(told.join('\n')).not.toMatch(/SECRET|KEY;|KEY$/);
  });

  it('is looked at alone where it alone is named', async () => {
    const findings = await examined(['manex'], variables());
    expect(new Set(findings.map(({ system }) => system))).toEqual(new Set(['manex']));
  });
});

describe('waybill doctor', () => {
  it('prints a line with tabs for each check, and exits 0 where nothing must be fixed', async () => {
    const words = ['doctor', 'configuration', 'claritum', 'manex', 'northscope', 'centra', 'isync'];
    const { code, stdout, stderr } = await waybill(words, { cwd: folder, env: variables() });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => !/^(good|notice|unchecked)\t\w+\t[^\t]+\t[^\t]+(\t[^\t]+)?$/.test(line))).toEqual([]);
    expect(lines).toContain('good\tmanex\tcredentials\tthe key is accepted: SO/Get answers');
    const secrets = ['supplier-secret', 'msp-secret', '1234567890', 'StrongPassword', 'centra-secret', 'A05E63A'];
    expect(secrets.filter((secret) => stdout.includes(secret))).toEqual([]);
  });

  it('prints JSON for scripts, and exits 1 where something must be fixed', async () => {
    const env = variables({ MANEX_API_KEY: 'not-this-one', TEMPORAL_ADDRESS: '127.0.0.1:1' });
    const { code, stdout, stderr } = await waybill(['doctor', '--json', '--no-login'], { cwd: folder, env });
    const findings = JSON.parse(stdout) as Finding[];
    const bad = findings.filter(({ state }) => state === 'bad');
    expect(bad).toEqual([
      {
        ...{ system: 'temporal', check: 'reachable', state: 'bad' },
        says: expect.stringContaining('Temporal cannot be reached at 127.0.0.1:1'),
        fix: expect.stringContaining('TEMPORAL_ADDRESS'),
      },
      {
        ...{ system: 'manex', check: 'credentials', state: 'bad' },
        says: 'SO/Get: the API key was refused',
        fix: 'check MANEX_API_KEY, and ask the vendor whether this user may use the API',
      },
    ]);
    expect(stderr).toBe(`waybill: 2 of ${findings.length} checks failed.\n`);
    expect(code).toBe(1);
    expect(stdout).not.toContain('not-this-one');
  });

  it('says the same as JSON and as text', async () => {
    const env = variables({ NORTHSCOPE_COMPANY_SK: '77', CLARITUM_MSP_API_UID: '', CLARITUM_MSP_PASSWORD: '' });
    const words = ['doctor', 'claritum', 'manex', 'northscope'];
    const [text, json] = [
      await waybill(words, { cwd: folder, env }),
      await waybill([...words, '--json'], { cwd: folder, env }),
    ];
    const lines = (JSON.parse(json.stdout) as Finding[]).map(({ state, system, check, says, fix }) =>
      [state, system, check, says, ...(fix === null ? [] : [fix])].join('\t'),
    );
    expect(text.stdout.trimEnd().split('\n')).toEqual(lines);
    expect(new Set(lines.map((line) => line.split('\t')[0]))).toEqual(new Set(['good', 'notice', 'unchecked', 'bad']));
    expect([json.code, json.stderr]).toEqual([text.code, text.stderr]);
  });

  it('reads .env, and ends at once on Ctrl-C', async () => {
    let arrive = (): void => undefined;
    const asked = new Promise<void>((settle) => (arrive = settle));
    const silent = await serve(() => {
      arrive();
      return 'silence';
    });
    const home = mkdtempSync(join(tmpdir(), 'waybill-doctor-env-'));
    writeFileSync(join(home, '.env'), `MANEX_ENDPOINT=${silent.origin}\nMANEX_API_KEY=key\n`);
    const running = startWaybill(['doctor', 'manex'], { cwd: home });
    await asked;
    running.child.kill('SIGINT');
    const { code, stdout } = await running.ended;
    await silent.close();
    rmSync(home, { recursive: true });
    expect([code, stdout]).toEqual([null, '']);
    expect(running.child.signalCode).toBe('SIGINT');
  });
});
