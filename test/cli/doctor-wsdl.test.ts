import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { namesFile, startInstallation } from '../vendors/claritum/installation';
import { serve, type Served } from '../vendors/served';
import { examined, faults, sandboxEnvironment } from './examined';

const source = (path: string): string => readFileSync(join(__dirname, '../../src/vendors', path), 'utf8');
const claritum = source('claritum/claritum.wsdl');
const isync = source('isync/isync.wsdl');

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-doctor-'));
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: false });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** The sandbox, but for what it answers to GET: documents by path and query; 404 for the others. */
async function serving(documents: Readonly<Record<string, string>>): Promise<Served> {
  return serve(async ({ method, path, query, headers, body }) => {
    const type = { 'content-type': 'text/xml; charset=utf-8' };
    if (method === 'GET') {
      const document = documents[`${path}?${query}`] ?? documents[`?${query}`];
      return document === undefined
        ? { status: 404, headers: type, body: '' }
        : { status: 200, headers: type, body: document };
    }
    const sent = { 'content-type': String(headers['content-type']), soapaction: String(headers['soapaction']) };
    const answer = await fetch(`${sandbox.origin}${path}`, { method, headers: sent, body });
    return { status: answer.status, headers: type, body: await answer.text() };
  });
}

const ENDPOINTS = { claritum: 'CLARITUM_ENDPOINT', centra: 'CENTRA_ENDPOINT', isync: 'ISYNC_ENDPOINT' } as const;

async function told(
  system: keyof typeof ENDPOINTS,
  documents: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const served = await serving(documents);
  const sandboxes = sandboxEnvironment(sandbox.origin);
  const endpoint = (sandboxes[ENDPOINTS[system]] ?? '').replace(sandbox.origin, served.origin);
  const findings = await examined([system], { ...sandboxes, [ENDPOINTS[system]]: endpoint, ...own }, false);
  await served.close();
  return findings
    .filter(({ check }) => /^WSDL/.test(check))
    .map(({ state, check, says, fix }) => `${state} ${check}: ${says}${fix === null ? '' : `; ${fix}`}`);
}

describe('a WSDL', () => {
  it('that describes what we use is well', async () => {
    expect(await told('claritum', { '?wsdl': claritum })).toEqual([
      expect.stringMatching(/^good WSDL: (\d+) of \1 operations and (\d+) of \2 fields match$/),
    ]);
  });

  it.each([
    ['is a page', { '?wsdl': '<html><body>Welcome</body></html>' }, '?wsdl does not answer with a WSDL (WRONG_ROOT)'],
    ['is cut off', { '?wsdl': claritum.slice(0, 4000) }, '?wsdl does not answer with a WSDL (TRUNCATED)'],
    ['is not there', {}, 'HTTP 404'],
  ])('that %s stops nothing', async (_, documents, says) => {
    expect(await told('claritum', documents)).toEqual([
      `notice WSDL: ${says}; nothing was compared; ask the vendor for the WSDL of this version`,
    ]);
  });

  it('that lacks an operation we need must be fixed', async () => {
    const without = claritum.replaceAll('"markExported"', '"setExported"');
    expect(await told('claritum', { '?wsdl': without })).toEqual([
      expect.stringMatching(/^bad WSDL: 11 of 12 operations and (\d+) of \1 fields match; see the lines below$/),
      "bad WSDL: markExported: 'markExported' not found; unknown to Waybill: 'setExported'; add its name to " +
        'the file of CLARITUM_FIELDS: "operations": {"markExported": {"name": "setExported"}}',
    ]);
  });

  it('that renames what many operations have is told once', async () => {
    const renamed = claritum.replaceAll('<part name="apiUid"', '<part name="login"');
    expect((await told('claritum', { '?wsdl': renamed })).slice(1)).toEqual([
      "bad WSDL: getPurchaseOrders.apiUid and in 11 more: 'apiUid' not found; unknown to Waybill: 'login'; add its name " +
        'to the file of CLARITUM_FIELDS: "credentials": {"apiUid": "login"}',
      'notice WSDL: getPurchaseOrders.login and in 11 more: the WSDL asks for it, but Waybill does not send it; ask the vendor ' +
        'whether it must be sent',
    ]);
  });

  it('that renames fields is told by the entries that close the difference', async () => {
    const renamed = claritum
      .replaceAll('name="orderRef"', 'name="order_ref"')
      .replaceAll('name="county"', 'name="region"')
      .replaceAll('<part name="orderRefs"', '<part name="references"');
    const lines = (await told('claritum', { '?wsdl': renamed })).slice(1);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^bad WSDL: PurchaseOrder\.orderRef: 'orderRef' not found; unknown to Waybill: 'order_ref'.*; add its name .*: "records": \{"PurchaseOrder": \{"orderRef": "order_ref"\}\}$/,
        ),
        expect.stringMatching(
          /^notice WSDL: Address\.county: 'county' not found; .*: "records": \{"Address": \{"county": "region"\}\} \(null if there is none\)$/,
        ),
        expect.stringMatching(
          /^bad WSDL: getSpecification\.orderRefs: .*: "operations": \{"getSpecification": \{"part": "references"\}\}$/,
        ),
      ]),
    );
  });

  it('that shows credentials as parts says so where they go another way', async () => {
    expect((await told('claritum', { '?wsdl': claritum }, { CLARITUM_AUTHENTICATION: 'basic' })).slice(1)).toEqual([
      'notice WSDL: getPurchaseOrders.apiUid and in 11 more: the WSDL asks for it, but Waybill does not send it; ask the vendor whether it must be sent',
      'notice WSDL: getPurchaseOrders.password and in 11 more: the WSDL asks for it, but Waybill does not send it; ask the vendor whether it must be sent',
    ]);
  });

  it('that lacks an update nobody needs stops nothing', async () => {
    const older = source('centra/centra.wsdl').replaceAll('"pricealterationdates_Update"', '"pricedates_Update"');
    const lines = await told('centra', { '?wsdl': older });
    expect(lines[0]).toMatch(/^good WSDL: 16 of 17 operations/);
    expect(lines[1]).toMatch(/^notice WSDL: pricealterationdates_Update: 'pricealterationdates_Update' not found/);
    const broken = source('centra/centra.wsdl').replaceAll('"orders_Update"', '"order_Update"');
    expect((await told('centra', { '?wsdl': broken })).filter((line) => /^bad/.test(line))).toHaveLength(2);
  });
});

describe('a WSDL in pieces, as WCF serves it', () => {
  const [opening = ''] = /<wsdl:definitions [^>]*>/.exec(isync) ?? [];
  const prefixes = [...opening.matchAll(/xmlns:\w+="[^"]*"/g)].join(' ');
  /** Taken out of the document, a schema takes its prefixes along. */
  const schemas = [...isync.matchAll(/<xs:schema[^]*?<\/xs:schema>/g)].map(([text]) =>
    text.replace('<xs:schema', `<xs:schema ${prefixes}`),
  );
  const HEAD = '<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">';
  const inside = 'http://internal-name:8080/SyncAPI/MessageService.svc';
  const schema = (inner: string): string => `<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema">${inner}</x:schema>`;

  it('is put together, pieces of pieces too, each from where the first one was', async () => {
    const [first = '', ...others] = schemas;
    expect(others).toHaveLength(2);
    const all = others.map((_, index) => `<x:include schemaLocation="${inside}?xsd=xsd${index + 1}"/>`).join('');
    const pieces = {
      '?wsdl': `${HEAD}<wsdl:import namespace="u" location="${inside}?wsdl=wsdl0"/></wsdl:definitions>`,
      '?wsdl=wsdl0': isync.replace(
        /<xs:schema[^]*<\/xs:schema>/,
        schema(`<x:import namespace="a" schemaLocation="${inside}?xsd=xsd0"/>`),
      ),
      '?xsd=xsd0': first.replace('>', `>${all.replaceAll('x:', 'xs:')}`),
      ...Object.fromEntries(others.map((text, index) => [`?xsd=xsd${index + 1}`, text])),
    };
    expect(await told('isync', pieces)).toEqual([
      expect.stringMatching(/^good WSDL: (\d+) of \1 operations and (\d+) of \2 fields match$/),
    ]);
  });

  it('of which one is missing stops nothing', async () => {
    const pieces = {
      '?wsdl': `${HEAD}<wsdl:import namespace="u" location="${inside}?wsdl=wsdl0"/></wsdl:definitions>`,
    };
    expect(await told('isync', pieces)).toEqual([
      'notice WSDL: HTTP 404; nothing was compared; ask the vendor for the WSDL of this version',
    ]);
  });

  it('that goes on for ever is given up', async () => {
    let asked = 0;
    const endless = await serve(({ method }) => {
      if (method !== 'GET') return { status: 404, headers: {}, body: '' };
      asked += 1;
      const body = `${HEAD}<wsdl:import namespace="u" location="?wsdl=${asked}"/></wsdl:definitions>`;
      return { status: 200, headers: { 'content-type': 'text/xml' }, body };
    });
    const own = {
      ...sandboxEnvironment(sandbox.origin),
      ISYNC_ENDPOINT: `${endless.origin}/SyncAPI/MessageService.svc`,
    };
    const findings = await examined(['isync'], own, false);
    await endless.close();
    expect(faults(findings).find((line) => /^bad WSDL/.test(line))).toContain('0 of 3 operations');
    expect(asked).toBe(21);
  });
});

describe('the files of an installation', () => {
  it('close the difference that was found without them', async () => {
    const installation = await startInstallation(sandbox.origin);
    const endpoint = `${installation.origin}/system/ws/1.3/soap.php`;
    const its = file('its.wsdl', await (await fetch(`${endpoint}?wsdl`)).text());
    const names = file('names.json', JSON.stringify(namesFile));
    const own = { ...sandboxEnvironment(sandbox.origin), CLARITUM_ENDPOINT: endpoint };
    const without = await examined(['claritum'], own);
    const within = await examined(['claritum'], { ...own, CLARITUM_WSDL: its, CLARITUM_FIELDS: names });
    await installation.close();
    expect(without.filter(({ state }) => state === 'bad').length).toBeGreaterThan(10);
    expect(faults(within)).toEqual([]);
    expect(within.map(({ check, says }) => `${check}: ${says}`)).toEqual(
      expect.arrayContaining([
        `field names: ${names} can be used`,
        `WSDL file: calls use ${its}`,
        'getPurchaseOrders: lists 3, all readable',
      ]),
    );
  });

  it('are told every fault at once, and nothing is called with them', async () => {
    const served = await serving({ '?wsdl': claritum });
    const own = {
      ...sandboxEnvironment(sandbox.origin),
      CLARITUM_ENDPOINT: `${served.origin}/system/ws/1.3/soap.php`,
      CLARITUM_FIELDS: file('wrong.json', '{"records": {"PurchaseOrder": {"orderRef": null, "number": "n"}}}'),
      CLARITUM_WSDL: join(folder, 'nowhere.wsdl'),
    };
    const lines = faults(await examined(['claritum'], own));
    await served.close();
    expect(lines).toEqual([
      expect.stringMatching(/^bad field names: records\.PurchaseOrder\.orderRef: .*; fix .*wrong\.json$/),
      expect.stringMatching(/^bad field names: records\.PurchaseOrder\.number: .*; fix .*wrong\.json$/),
      `bad WSDL file: CLARITUM_WSDL: ${join(folder, 'nowhere.wsdl')} cannot be read (ENOENT); fix the file, or remove CLARITUM_WSDL`,
    ]);
    expect(served.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('are compared with what we use, whatever the server describes', async () => {
    const own = { CLARITUM_WSDL: file('old.wsdl', claritum.replaceAll('"getDeliveries"', '"getDrops"')) };
    expect(await told('claritum', { '?wsdl': claritum }, own)).toEqual([
      `good WSDL file: calls use ${own.CLARITUM_WSDL}`,
      expect.stringMatching(/^bad WSDL file: 11 of 12 operations/),
      expect.stringMatching(
        /^bad WSDL file: getDeliveries: 'getDeliveries' not found; unknown to Waybill: 'getDrops'; /,
      ),
      expect.stringMatching(/^good WSDL: 12 of 12 operations/),
    ]);
  });
});
