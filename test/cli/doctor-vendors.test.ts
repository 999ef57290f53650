import type { Environment } from '../../src/config';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import type { System } from '../../src/cli/doctor/finding';
import { startInstallation } from '../vendors/claritum/installation';
import { envelope, qualified } from '../vendors/centra/answering';
import { serve } from '../vendors/served';
import { examined, faults, sandboxEnvironment } from './examined';
import { askSandbox, readSandboxLedger } from '../sandbox/ask-sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
});
afterAll(() => sandbox.close());

type Variables = Readonly<Record<string, string>>;
const environment = (own: Variables = {}): Environment => ({ ...sandboxEnvironment(sandbox.origin), ...own });
const found = async (system: System, own: Variables): Promise<string[]> =>
  faults(await examined([system], environment(own)));
const vendors = ['claritum', 'manex', 'northscope', 'centra', 'isync'] as const;
/** Counts change with what we use. */
const ALL = /\b(\d+) of \1\b/g;
const login =
  'notice login: logging in now: this ends the session in use, and a running worker logs in again by itself';
const opened = 'and ask the vendor whether this user may use the API';

describe('vendors as they should be', () => {
  it('are found well, and nothing is changed at any of them', async () => {
    const before = await readSandboxLedger(sandbox.origin);
    const findings = await examined(vendors, environment());
    expect(faults(findings)).toEqual([login]);
    const said = findings.map(({ system, check, says }) => `${system} ${check}: ${says.replaceAll(ALL, 'all')}`);
    expect(said).toEqual(
      expect.arrayContaining([
        'claritum WSDL: all operations and all fields match',
        'claritum credentials: the supplier’s are accepted',
        'claritum getPurchaseOrders: lists 3, all readable',
        'claritum getPurchaseInvoices: lists nothing now',
        'claritum msp role: its credentials are accepted',
        'manex credentials: the key is accepted: SO/Get answers',
        'northscope credentials: are accepted',
        'northscope company: 1 is WAYBILL',
        'northscope ListInventoryLots: answers',
        'centra WSDL: all operations and all fields match',
        'centra events: the oldest 3 waiting are readable',
        'isync WSDL: all operations and all fields match',
        'isync credentials: are accepted',
      ]),
    );
    const after = await readSandboxLedger(sandbox.origin);
    const { calls: _, ...left } = after;
    const { calls: __, ...right } = before;
    expect(left).toEqual(right);
  });

  it.each(['navision/api', 'navision/soap'])('are so at Centra’s older endpoint %s too', async (path) => {
    const own = { CENTRA_ENDPOINT: `${sandbox.origin}/ams/system/service/module/${path}`, CENTRA_MARKETS: '1' };
    expect(await found('centra', own)).toEqual([]);
  });

  it('say that iSync was not logged in to where that is not wanted', async () => {
    const calls = async (): Promise<number> =>
      (await readSandboxLedger(sandbox.origin)).calls.filter(({ operation }) => operation === 'Login').length;
    const before = await calls();
    expect(faults(await examined(['isync'], environment(), false))).toEqual([
      'notice credentials: not tried: --no-login',
    ]);
    expect(await calls()).toBe(before);
  });
});

describe('credentials that are refused', () => {
  it.each<[System, string, Variables, string[]]>([
    [
      'claritum',
      'the supplier’s password',
      { CLARITUM_PASSWORD: 'not-this-one' },
      [`bad credentials: ?; check CLARITUM_API_UID, CLARITUM_PASSWORD and CLARITUM_AUTHENTICATION, ${opened}`],
    ],
    [
      'claritum',
      'the msp’s password',
      { CLARITUM_MSP_PASSWORD: 'not-this-one' },
      [`bad msp role: ?; check CLARITUM_MSP_API_UID, CLARITUM_MSP_PASSWORD and CLARITUM_AUTHENTICATION, ${opened}`],
    ],
    ['manex', 'the key', { MANEX_API_KEY: 'not-this-one' }, [`bad credentials: ?; check MANEX_API_KEY, ${opened}`]],
    [
      'northscope',
      'the password',
      { NORTHSCOPE_PASSWORD: 'not-this-one' },
      [`bad credentials: ?; check NORTHSCOPE_LOGIN and NORTHSCOPE_PASSWORD, ${opened}`],
    ],
    [
      'northscope',
      'the static token',
      { NORTHSCOPE_PASSWORD: '', NORTHSCOPE_TOKEN: 'not-this-one' },
      [`bad credentials: ?; check NORTHSCOPE_TOKEN and NORTHSCOPE_LOGIN, ${opened}`],
    ],
    [
      'centra',
      'the password',
      { CENTRA_PASSWORD: 'not-this-one' },
      [`bad credentials: ?; check CENTRA_USERNAME and CENTRA_PASSWORD, ${opened}`],
    ],
    [
      'isync',
      'the password',
      { ISYNC_PASSWORD: 'not-this-one' },
      [login, `bad credentials: ?; check ISYNC_USERNAME and ISYNC_PASSWORD, ${opened}`],
    ],
  ])('%s: %s', async (system, _, own, expected) => {
    const told = await found(system, own);
    expect(told.map((line) => line.replace(/^(bad [\w ]+: ).*(; check )/, '$1?$2'))).toEqual(expected);
    expect(told.join('\n')).not.toContain('not-this-one');
  });

  it('are accepted as a static token that is right', async () => {
    const own = { NORTHSCOPE_PASSWORD: '', NORTHSCOPE_TOKEN: '00000000-0000-0000-0000-000000000000' };
    expect(await found('northscope', own)).toEqual([]);
  });
});

describe('what else a vendor says', () => {
  it('names the companies there are', async () => {
    expect(await found('northscope', { NORTHSCOPE_COMPANY_SK: '77' })).toEqual([
      'bad company: company 77 not found; NorthScope has 1 (WAYBILL); set NORTHSCOPE_COMPANY_SK to one of them',
    ]);
  });

  it('tells a request that goes by another name', async () => {
    expect(await found('northscope', { NORTHSCOPE_REQUEST_NAMES: 'ListSites=TheirSites' })).toEqual([
      "bad ListSites: refused: RequestName 'TheirSites' is not valid.; ask the vendor what ListSites is called here, " +
        'and set NORTHSCOPE_REQUEST_NAMES=ListSites=<its name>',
    ]);
  });

  it('repeats a refusal in the vendor’s words', async () => {
    await askSandbox(sandbox.origin, 'POST', 'faults', {
      vendor: 'northscope',
      operation: 'ListItems',
      fault: 'refused-by-vendor',
    });
    const told = await found('northscope', {});
    await askSandbox(sandbox.origin, 'DELETE', 'faults');
    expect(told).toEqual([
      expect.stringMatching(/^bad ListItems: refused: .*; ask the vendor what this answer means$/),
    ]);
  });

  it('names an event that cannot be read, which stops nothing', async () => {
    const event = '<event><id>7</id><type>order</type><data/></event>';
    const odd = await serve(({ method }) => ({
      ...{ status: method === 'GET' ? 404 : 200, headers: { 'content-type': 'text/xml' } },
      body: envelope(qualified(`<events_Get><events>${event}</events></events_Get>`)),
    }));
    const told = await found('centra', { CENTRA_ENDPOINT: `${odd.origin}/ams/system/service/module/soap/api` });
    await odd.close();
    expect(told.slice(1)).toEqual([
      expect.stringMatching(
        /^notice events: 1 of 1 cannot be read; 7: .*; Waybill will set them aside; check them in Centra$/,
      ),
    ]);
  });

  it('names the operations that iSync does not offer to this user', async () => {
    const less = await serve(async ({ method, path, query, headers, body }) => {
      const url = `${sandbox.origin}${path}${query === '' ? '' : `?${query}`}`;
      const sent = { 'content-type': String(headers['content-type']), soapaction: String(headers['soapaction']) };
      const answer = await fetch(url, method === 'GET' ? {} : { method, headers: sent, body });
      const type = { 'content-type': answer.headers.get('content-type') ?? '' };
      return { status: answer.status, headers: type, body: (await answer.text()).replaceAll('GetWebSalesOrder<', '<') };
    });
    const told = await found('isync', { ISYNC_ENDPOINT: `${less.origin}/SyncAPI/MessageService.svc` });
    await less.close();
    expect(told).toEqual([
      'notice operations: not available: GetWebSalesOrder; ask the vendor to give this user access',
      login,
    ]);
  });

  it('tells that the msp role is missing, and stops nothing', async () => {
    expect(await found('claritum', { CLARITUM_MSP_API_UID: '', CLARITUM_MSP_PASSWORD: '' })).toEqual([
      'notice msp role: is not configured: Waybill cannot read or write customers, suppliers and sales invoices',
    ]);
  });

  it.each<[System, string, string]>([
    ['claritum', 'CLARITUM_ENDPOINT', 'getPurchaseOrders'],
    ['manex', 'MANEX_ENDPOINT', 'SO/Get'],
    ['northscope', 'NORTHSCOPE_ENDPOINT', 'GenerateSessionToken'],
    ['centra', 'CENTRA_ENDPOINT', 'events'],
    ['isync', 'ISYNC_ENDPOINT', 'operations'],
  ])('%s at a wrong path is told once, by its variable', async (system, variable, check) => {
    const bad = (await found(system, { [variable]: `${sandbox.origin}/api/SO` })).filter((line) => /^bad/.test(line));
    expect(bad).toEqual([
      expect.stringMatching(new RegExp(`^bad ${check}: .*; not found at that path: check ${variable}$`)),
    ]);
  });

  it('ends with the first call that is not answered', async () => {
    const outage = await serve(({ method }) =>
      method === 'GET'
        ? { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' }
        : 'cut',
    );
    const own = Object.fromEntries(
      Object.entries(environment()).map(([name, value]) => [name, value?.replace(sandbox.origin, outage.origin)]),
    );
    const findings = await examined(['claritum', 'northscope', 'centra', 'isync'], own);
    await outage.close();
    const bad = findings.filter(({ state }) => state === 'bad');
    expect(bad.map(({ system, check, fix }) => [system, check, fix])).toEqual([
      ['claritum', 'getPurchaseOrders', 'try again; if it fails again, ask the vendor'],
      ['northscope', 'GenerateSessionToken', 'try again; if it fails again, ask the vendor'],
      ['centra', 'events', 'try again; if it fails again, ask the vendor'],
      ['isync', 'operations', 'try again; if it fails again, ask the vendor'],
    ]);
  });

  it('tells what to wait for where the vendor asks to wait', async () => {
    const busy = await serve(() => ({ status: 429, headers: { 'retry-after': '90' }, body: '' }));
    const told = await found('manex', { MANEX_ENDPOINT: busy.origin });
    await busy.close();
    expect(told.at(-1)).toMatch(/^bad SO\/Get: .*; try again in 90 s$/);
  });

  it('names a record that cannot be read, and why', async () => {
    const installation = await startInstallation(sandbox.origin);
    const own = { CLARITUM_ENDPOINT: `${installation.origin}/system/ws/1.3/soap.php`, CLARITUM_FIELDS: '' };
    const told = await found('claritum', own);
    await installation.close();
    expect(told.filter((line) => /^bad get/.test(line))).toEqual([
      expect.stringMatching(
        /^bad getPurchaseOrders: 3 of 3 cannot be read; PO-\S+: orderRef is missing; .*; if a field has another name, add it to the file of CLARITUM_FIELDS; /,
      ),
      expect.stringMatching(/^bad getDeliveries: 4 of 4 cannot be read; DL-10231-1: orderRef is missing; /),
    ]);
  });
});
