import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { System } from '../../src/cli/doctor/finding';
import type { Policy } from '../../src/domain/policy';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { serve } from '../vendors/served';
import { examined, faults, sandboxEnvironment } from './examined';
import { loadPolicy } from '../../src/policy/load';

const example = loadPolicy(resolve(__dirname, '../../waybill.policy.example.json'));

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-doctor-names-'));
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const [alpine, borealis] = example.customers;
const [brochure, label] = example.products;
if (alpine === undefined || borealis === undefined || brochure === undefined || label === undefined) {
  throw new Error('the example policy has other entries');
}

/** What is told of the names of a policy, as `state check: what; fix`, its file called `policy.json`. */
async function told(system: System, own: Partial<Policy>, environment: Readonly<Record<string, string>> = {}) {
  const path = join(folder, 'policy.json');
  writeFileSync(path, JSON.stringify({ ...example, ...own }));
  const findings = await examined([system], {
    ...sandboxEnvironment(sandbox.origin),
    WAYBILL_POLICY: path,
    ...environment,
  });
  const named = findings.filter(({ check }) => check.startsWith('policy: '));
  return {
    bad: faults(named.filter(({ state }) => state === 'bad')).map((line) => line.replaceAll(path, 'policy.json')),
    notices: faults(named.filter(({ state }) => state === 'notice')).map((line) =>
      line.replaceAll(path, 'policy.json'),
    ),
    unchecked: named.filter(({ state }) => state === 'unchecked').map(({ check, says }) => `${check}: ${says}`),
  };
}

/** The sandbox, with something in its answers exchanged. */
async function altered(from: RegExp, to: string) {
  return serve(async ({ method, path, query, headers, body }) => {
    const url = `${sandbox.origin}${path}${query === '' ? '' : `?${query}`}`;
    const own = Object.entries(headers).filter(([name]) => !/^(host|connection|content-length)$/.test(name));
    const sent = Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
    const answer = await fetch(url, method === 'GET' ? {} : { method, headers: sent, body });
    const type = { 'content-type': answer.headers.get('content-type') ?? '' };
    return { status: answer.status, headers: type, body: (await answer.text()).replaceAll(from, to) };
  });
}

async function calls(operation: string): Promise<number> {
  const ledger = (await (await fetch(`${sandbox.origin}/_sandbox/ledger`)).json()) as {
    calls: { operation: string }[];
  };
  return ledger.calls.filter((call) => call.operation === operation).length;
}

describe('the names of a policy that is right', () => {
  it.each<System>(['configuration', 'claritum', 'manex', 'northscope'])('are found so at %s', async (system) => {
    const { bad, notices } = await told(system, {});
    expect([...bad, ...notices]).toEqual([]);
  });
});

describe('a name that NorthScope does not know', () => {
  it('is told by its place, for a customer and for an address', async () => {
    const customers = [
      { ...alpine, customerId: 'ALPIN' },
      { ...borealis, addresses: { '*': 'MIAN', '98109': 'MAIN' } },
      { ...borealis, name: 'Nobody Ltd', customerId: 'XQ-77' },
    ];
    expect((await told('northscope', { customers })).bad).toEqual([
      "bad policy: customers: customers[0].customerId: 'ALPIN' is no customer with a ship-to address at NorthScope; did you mean 'ALPINE'?; " +
        'mend customers[0].customerId in policy.json, or give it one there',
      "bad policy: customers: customers[2].customerId: 'XQ-77' is no customer with a ship-to address at NorthScope; there are ALPINE, BOREALIS; " +
        'mend customers[2].customerId in policy.json, or give it one there',
      "bad policy: addresses: customers[1].addresses.*: 'MIAN' is no ship-to address of BOREALIS at NorthScope; did you mean 'MAIN'?; " +
        'mend customers[1].addresses.* in policy.json, or create it there',
    ]);
  });

  it('is told by its place, for an item and for a site; a name in several places once', async () => {
    const products = [
      { ...brochure, itemId: 'bro-a4-16', siteId: 'SEATLE' },
      { ...label, siteId: 'SEATLE' },
    ];
    expect((await told('northscope', { products })).bad).toEqual([
      "bad policy: sites: products[0].siteId and 1 more: 'SEATLE' is no site of NorthScope; did you mean 'SEATTLE'?; mend products[0].siteId in policy.json",
      "bad policy: items: products[0].itemId: 'bro-a4-16' is no item of NorthScope; did you mean 'BRO-A4-16'?; mend products[0].itemId in policy.json, or create it there",
    ]);
  });

  it('is told for an item that is there and inactive', async () => {
    const there = await altered(/<InactiveFlag>false/g, '<InactiveFlag>true');
    const { bad } = await told(
      'northscope',
      {},
      { NORTHSCOPE_ENDPOINT: `${there.origin}/services/ActionCommand.svc/APIExecute` },
    );
    await there.close();
    expect(bad).toEqual([
      "bad policy: items: products[0].itemId: 'BRO-A4-16' is inactive at NorthScope; activate it there, or mend products[0].itemId in policy.json",
      "bad policy: items: products[1].itemId: '0071' is inactive at NorthScope; activate it there, or mend products[1].itemId in policy.json",
    ]);
  });

  it('is told for a unit, by what an order would be counted with', async () => {
    const [single, box] = example.units;
    if (single === undefined || box === undefined) throw new Error('the example policy has other units');
    const units = [
      { ...single, northscope: 'Eech' },
      box,
      { claritum: 'boxes of 20', manex: 'BOX', northscope: 'Box' },
    ];
    expect((await told('northscope', { units })).bad).toEqual([
      "bad policy: units: units[0].northscope: 'Eech' is no unit of NorthScope’s for any item of the policy; did you mean 'Each'?; " +
        'mend units[0].northscope in policy.json, or the schedule of the items there',
      "bad policy: units: units[2].northscope: by NorthScope’s schedules, 'Box' is 'boxes of 20' for no item of the policy; " +
        'mend units[2].northscope in policy.json, or the schedule of the items there',
      "bad policy: units: products[0].itemId: none of the policy’s units counts 'BRO-A4-16', which NorthScope keeps in Each; " +
        'mend units in policy.json, or its schedule 1 there',
    ]);
  });

  it('is told for the company', async () => {
    expect((await told('northscope', { company: { ...example.company, companyId: 'WAYBIL' } })).bad).toEqual([
      "bad policy: company: company.companyId: 'WAYBIL' is not the company of NORTHSCOPE_COMPANY_SK, which NorthScope calls 'WAYBILL'; " +
        'mend company.companyId in policy.json, or NORTHSCOPE_COMPANY_SK',
    ]);
  });

  it('is told for the first ten of many, and asked for in few calls', async () => {
    const before = await calls('ListCustomerAddresses');
    const more = Array.from({ length: 120 }, (_, index) => ({
      ...alpine,
      name: `Customer ${index}`,
      customerId: `MADE-UP-${index}`,
    }));
    const { bad } = await told('northscope', { customers: [...example.customers, ...more] });
    expect(bad).toHaveLength(11);
    expect(bad.at(-1)).toBe('bad policy: customers: and 110 more like these; mend these first, and look again');
    // The request as such, three portions, and everything once for what may have been meant.
    expect((await calls('ListCustomerAddresses')) - before).toBe(5);
  });

  it('is asked about at once where the policy has very many', async () => {
    const before = await calls('ListItems');
    const more = Array.from({ length: 500 }, (_, index) => ({
      ...brochure,
      productCode: `P-${index}`,
      itemId: `I-${index}`,
    }));
    expect((await told('northscope', { products: [...example.products, ...more] })).bad).toHaveLength(11);
    expect((await calls('ListItems')) - before).toBe(2);
  });
});

describe('a name that Claritum’s orders carry', () => {
  it('and the policy has not is told with the entries that may be meant, once for all orders', async () => {
    const customers = [{ ...alpine, name: 'Alpine Retail Grp' }, borealis];
    const { bad, unchecked } = await told('claritum', { customers });
    expect(bad).toEqual([
      "bad policy: orders: CL-10231 and 1 more: its customer 'Alpine Retail Group' has no entry under customers in the policy; is it 'Alpine Retail Grp' there?; " +
        'mend the entry it should have, or add one, under customers in policy.json',
    ]);
    expect(unchecked).toEqual([
      "policy: names: customers[0].name 'Alpine Retail Grp' cannot be checked: Claritum lists no names, and no readable order of its list now carries it",
    ]);
  });

  it('is told for products, units, post codes and statuses', async () => {
    const products = [{ ...brochure, productCode: 'BRO-A4-61' }, label];
    const units = example.units.map((unit) => ({ ...unit, claritum: unit.claritum.replace('single', 'singel') }));
    const agreed = products.map((product) => ({ ...product, agreedUnit: undefined }));
    const customers = [{ ...alpine, addresses: { NOWHERE: 'MAIN' } }, borealis];
    const there = await altered(/>authorised</g, '>approved<');
    const orderStatuses = { go: ['aproved'], wait: [] };
    const { bad } = await told(
      'claritum',
      { products: agreed, units, customers, claritum: { ...example.claritum, orderStatuses } },
      { CLARITUM_ENDPOINT: `${there.origin}/system/ws/1.3/soap.php` },
    );
    await there.close();
    expect(bad).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /: its product 'BRO-A4-16' has no entry under products in the policy; is it 'BRO-A4-61' there\?; /,
        ),
        expect.stringMatching(
          /: its unit 'single units' has no entry under units in the policy; is it 'singel units' there\?; /,
        ),
        expect.stringMatching(/: its post code '[^']+' has no entry under customers\[0\]\.addresses in the policy; /),
        expect.stringMatching(
          /: its status 'approved' has no entry under claritum\.orderStatuses in the policy; is it 'aproved' there\?; /,
        ),
      ]),
    );
  });

  it('is told for the status of a delivery, and for the currency of a price', async () => {
    const there = await altered(/(<status[^>]*>)(pending|scheduled|in progress)</g, '$1on the lorry<');
    const products = example.products.map((product) => ({ ...product, currency: 'USD' }));
    const { bad, notices } = await told(
      'claritum',
      { products },
      { CLARITUM_ENDPOINT: `${there.origin}/system/ws/1.3/soap.php` },
    );
    await there.close();
    expect(bad).toEqual([
      expect.stringMatching(
        /^bad policy: deliveries: 10231-1 and 3 more: what its status 'on the lorry' means stands nowhere in claritum\.deliveryStatuses; say it /,
      ),
    ]);
    expect(notices).toEqual([
      expect.stringMatching(
        /^notice policy: currencies: CL-10231: its currency is GBP, and that of the agreed price \(products\[0\]\.currency\) USD; /,
      ),
      expect.stringMatching(/^notice policy: currencies: CL-10233: .*products\[1\]\.currency/),
    ]);
  });
});

describe('what no vendor can tell', () => {
  it('is said so: neither good nor bad, with how a person can look', async () => {
    expect((await told('manex', {})).unchecked).toEqual([
      'policy: names: customers (0000000008, 0000000009), parts (BRO-A4-16 revision A, LBL-0071 revision B) and units (EACH, BOX) ' +
        'cannot be checked: the API lists none of them',
    ]);
    expect((await told('northscope', {})).unchecked).toEqual([
      "policy: source: company.sourceSystem: whether NorthScope knows 'Waybill' cannot be checked: no request lists them",
    ]);
    const approval = { ...example.approval, approvers: ['anna', 'bo'] };
    expect((await told('configuration', { approval })).unchecked).toEqual([
      'policy: approvers: the 2 names of who may and may not answer cannot be checked: Temporal asks nobody who they are',
    ]);
  });

  it('is compared with what the documents print, where they print something', async () => {
    const products = [{ ...brochure, saleTypeId: 'OTHR' }, label];
    expect((await told('manex', { products })).notices).toEqual([
      "notice policy: sale types: products[0].saleTypeId: 'OTHR' is none of those a fresh ManEx has; did you mean 'OTHER'?; " +
        'look in ManEx whether it is set up there, or mend products[0].saleTypeId in policy.json',
    ]);
  });

  it('is told for a currency that there is none', async () => {
    const products = [{ ...brochure, currency: 'GBX' }, label];
    expect((await told('configuration', { products })).bad).toEqual([
      "bad policy: currencies: products[0].currency: 'GBX' is no currency of ISO 4217; mend products[0].currency in policy.json",
    ]);
  });

  it('and all the rest is not looked up without a policy', async () => {
    const { unchecked } = await told('northscope', {}, { WAYBILL_POLICY: join(folder, 'none.json') });
    expect(unchecked).toEqual([]);
    const findings = await examined(['manex'], {
      ...sandboxEnvironment(sandbox.origin),
      WAYBILL_POLICY: join(folder, 'none.json'),
    });
    expect(findings.at(-1)).toMatchObject({ check: 'policy', state: 'unchecked' });
  });
});
