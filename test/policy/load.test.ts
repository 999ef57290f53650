import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicy, PolicyError } from '../../src/policy/load';
import { customers, itemSchedule, products, sites, uomSchedules } from '../../src/sandbox/seed';

const examplePath = join(__dirname, '../../waybill.policy.example.json');
const example = loadPolicy(examplePath);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waybill-policy-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function faultsOf(content: unknown): readonly string[] {
  const path = join(directory, 'policy.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  try {
    loadPolicy(path);
  } catch (error) {
    if (error instanceof PolicyError) return error.faults;
    throw error;
  }
  throw new Error('the policy was accepted');
}

describe('the example policy', () => {
  it('maps every customer of the sandbox', () => {
    for (const { name, custNo, customerId, addressIds } of customers) {
      const mapping = example.customers.find((customer) => customer.name === name);
      expect(mapping).toMatchObject({ custNo, customerId });
      for (const addressId of Object.values(mapping?.addresses ?? {})) expect(addressIds).toContain(addressId);
    }
  });

  it('maps every product of the sandbox, at the agreed price, from a site that exists', () => {
    for (const { productCode, partNumber, revision, itemId, agreedPrice, currency } of products) {
      const mapping = example.products.find((product) => product.productCode === productCode);
      expect(mapping).toMatchObject({ partNumber, revision, itemId, agreedPrice, currency });
      expect(sites.map(({ siteId }) => siteId)).toContain(mapping?.siteId);
    }
  });

  it('maps every unit the sandbox orders in to a unit of the item’s schedule', () => {
    for (const { itemId, boxQuantity } of products) {
      const claritum = boxQuantity === 1 ? 'single units' : `boxes of ${boxQuantity}`;
      const mapping = example.units.find((unit) => unit.claritum === claritum);
      const schedule = uomSchedules.filter(({ scheduleSk }) => scheduleSk === itemSchedule[itemId]);
      expect(schedule.map(({ from }) => from)).toContain(mapping?.northscope);
    }
  });
});

describe('loadPolicy', () => {
  it('fills in what may be left out', () => {
    const path = join(directory, 'policy.json');
    const { onPriceDifference: _p, onLateDate: _l, approvers: _a, ...approval } = example.approval;
    writeFileSync(path, JSON.stringify({ ...example, approval }));
    expect(loadPolicy(path).approval).toMatchObject({ onPriceDifference: true, onLateDate: true, approvers: [] });
  });

  it('says what to do where there is no file', () => {
    expect(() => loadPolicy(join(directory, 'none.json'))).toThrow(
      /file not found; copy waybill\.policy\.example\.json/,
    );
  });

  it('tells a file that is no JSON', () => {
    expect(faultsOf('{"company": ')).toEqual([expect.stringMatching(/^it is not JSON/)]);
  });

  it('lists every fault at once, each with its path', () => {
    const faults = faultsOf({
      ...example,
      company: { ...example.company, timeZone: 'London' },
      approval: { ...example.approval, limits: [{ currency: 'gbp', above: 10_000 }], deadline: 'soon', aproved: true },
      customers: example.customers.map((customer) => ({ ...customer, custNo: '8' })),
      products: [{ ...example.products[0], agreedPrice: '-1' }],
      fulfilment: { ...example.fulfilment, settle: undefined, look: { longest: 'often' } },
      polling: {},
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'company.timeZone',
      'approval.limits[0].currency',
      'approval.limits[0].above',
      'approval.deadline',
      'approval.aproved',
      'customers[0].custNo',
      'customers[1].custNo',
      'products[0].agreedPrice',
      'fulfilment.look.longest',
      'fulfilment.settle',
      'polling.claritum',
    ]);
    expect(faults).toContain('approval.limits[0].above: must be a decimal in quotes, like "10000.00"');
    expect(faults).toContain('approval.aproved: unknown setting');
    expect(faults).toContain('fulfilment.settle: must be a duration in quotes, like "30 seconds"');
  });

  it.each([
    ['customers', 'customers[2].name'],
    ['products', 'products[2].productCode'],
    ['units', 'units[2].claritum'],
  ] as const)('refuses a key that stands twice in %s', (list, path) => {
    const faults = faultsOf({ ...example, [list]: [...example[list], example[list][0]] });
    expect(faults).toEqual([expect.stringMatching(/is already at \w+\[0\]$/)]);
    expect(faults[0]?.startsWith(`${path}: `)).toBe(true);
  });

  it('refuses two ways to write one post code that lead to different addresses', () => {
    const [customer, ...others] = example.customers;
    const by = (addresses: Readonly<Record<string, string>>) => ({
      ...example,
      customers: [{ ...customer, addresses }, ...others],
    });
    expect(faultsOf(by({ 'SW1A 1AA': 'MAIN', '*': 'MAIN', sw1a1aa: 'EAST' }))).toEqual([
      'customers[0].addresses.sw1a1aa: is the post code SW1A 1AA, which leads to MAIN, not EAST',
    ]);
    const path = join(directory, 'policy.json');
    writeFileSync(path, JSON.stringify(by({ 'SW1A 1AA': 'MAIN', 'SW1A\u00a01AA': 'MAIN' })));
    expect(loadPolicy(path).customers).toHaveLength(example.customers.length);
  });

  it('refuses the same limit written in two ways', () => {
    const limits = [
      { currency: 'GBP', above: '10000.00', approvers: [] },
      { currency: 'GBP', above: '10000', approvers: ['anna'] },
    ];
    expect(faultsOf({ ...example, approval: { ...example.approval, limits } })).toEqual([
      'approval.limits[1].above: GBP 10000 is already at approval.limits[0]',
    ]);
  });

  it('refuses an approval that nobody could give', () => {
    const faults = faultsOf({
      ...example,
      approval: { ...example.approval, limits: [{ currency: 'GBP', above: '1', approvers: ['anna'] }] },
      customers: example.customers.map((customer) => ({ ...customer, excludedApprovers: ['anna'] })),
    });
    expect(faults).toHaveLength(2);
    expect(faults[0]).toMatch(/^approval\.limits\[0\]\.approvers: none of these may approve/);
  });

  it('refuses the name that stands for nobody as an approver', () => {
    expect(faultsOf({ ...example, approval: { ...example.approval, approvers: ['web-ui'] } })).toEqual([
      expect.stringMatching(/^approval\.approvers\[0\]: must not be web-ui/),
    ]);
  });

  it.each(['web-ui', 'Web-UI', 'wеb-ui', 'web ui'])('refuses %j, however that is written', (name) => {
    expect(faultsOf({ ...example, approval: { ...example.approval, approvers: [name] } })[0]).toMatch(
      /^approval\.approvers\[0\]: must not be web-ui/,
    );
  });

  it.each([
    ['ann\u200ba', /has an invisible character \(U\+200B\)/],
    ['\u0430nna', /mixes Cyrillic and Latin letters/],
    ['\u2800', /must not be blank/],
  ])('refuses the approver %j, whom nobody could tell', (name, because) => {
    expect(faultsOf({ ...example, approval: { ...example.approval, approvers: [name] } })[0]).toMatch(because);
  });

  const people = (approvers: string[], band: string[], boss: string[], excluded: string[]) => ({
    ...example,
    approval: {
      ...example.approval,
      approvers,
      limits: [{ currency: 'GBP', above: '1', approvers: band }],
      escalation: { after: '1 day', approvers: boss },
    },
    customers: example.customers.map((customer, index) => ({
      ...customer,
      excludedApprovers: index === 0 ? excluded : [],
    })),
  });

  it.each([
    [
      ['anna', 'Anna'],
      ['ben'],
      ['boss'],
      [],
      /^approval\.approvers\[1\]: 'Anna' is the same name as 'anna' at approval\.approvers\[0\]/,
    ],
    [
      ['anna'],
      ['ben', 'an na'],
      ['boss'],
      [],
      /^approval\.limits\[0\]\.approvers\[1\]: 'an na' looks the same as 'anna'/,
    ],
    [
      ['anna'],
      ['ben'],
      ['bеn'.replace('е', 'é')],
      [],
      /^approval\.escalation\.approvers\[0\]: 'bén' looks the same as 'ben'/,
    ],
    [
      ['anna', 'carl'],
      ['ben'],
      ['boss'],
      ['CarI'],
      /^customers\[0\]\.excludedApprovers\[0\]: 'CarI' looks the same as 'carl'/,
    ],
  ])('refuses names that fall together: %j %j %j %j', (approvers, band, boss, excluded, fault) => {
    expect(faultsOf(people(approvers, band, boss, excluded))).toEqual([expect.stringMatching(fault)]);
  });

  it('takes one person in several lists, written in one way', () => {
    const path = join(directory, 'policy.json');
    writeFileSync(
      path,
      JSON.stringify(people(['anna', 'ben'], ['ben', 'carl'], ['anna'], ['ben', 'Mallory', 'mallory'])),
    );
    expect(loadPolicy(path).approval.approvers).toEqual(['anna', 'ben']);
  });

  it('takes products without the unit of their price, and refuses a unit that nothing is ordered in', () => {
    const path = join(directory, 'policy.json');
    const unnamed = example.products.map((product) => ({ ...product, agreedUnit: undefined }));
    writeFileSync(path, JSON.stringify({ ...example, products: unnamed }));
    expect(loadPolicy(path).products).toEqual(unnamed);
    const onPallets = example.products.map((product) => ({ ...product, agreedUnit: 'pallets' }));
    expect(faultsOf({ ...example, products: onPallets })[0]).toBe("products[0].agreedUnit: 'pallets' is not in units");
  });

  it('refuses one NorthScope item that would be two ManEx parts', () => {
    const [product] = example.products;
    const twoParts = [product, { ...product, productCode: 'OTHER', partNumber: 'OTHER' }];
    expect(faultsOf({ ...example, products: twoParts })).toEqual([
      expect.stringMatching(/^products\[1\]\.itemId: .* is part /),
    ]);
  });
});
