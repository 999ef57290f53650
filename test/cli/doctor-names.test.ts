import type { System } from '../../src/cli/doctor/finding';
import { alpine, borealis, brochure, entry, example, label, NamesDesk } from './names-desk';
import { askSandbox } from '../sandbox/ask-sandbox';

let desk: NamesDesk;
beforeAll(async () => {
  desk = await NamesDesk.open();
});
afterAll(() => desk.close());

describe('the names of a policy that is right', () => {
  it.each<System>(['configuration', 'claritum', 'manex', 'northscope'])('are found so at %s', async (system) => {
    const { bad, notices } = await desk.told(system, {});
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
    expect((await desk.told('northscope', { customers })).bad).toEqual([
      "bad policy: customers: customers[0].customerId: 'ALPIN' is not a customer with a ship-to address in NorthScope; did you mean 'ALPINE'?; " +
        'fix customers[0].customerId in policy.json, or add an address in NorthScope',
      "bad policy: customers: customers[2].customerId: 'XQ-77' is not a customer with a ship-to address in NorthScope; there are 'ALPINE', 'BOREALIS'; " +
        'fix customers[2].customerId in policy.json, or add an address in NorthScope',
      "bad policy: addresses: customers[1].addresses.*: 'MIAN' is not a ship-to address of BOREALIS in NorthScope; did you mean 'MAIN'?; " +
        'fix customers[1].addresses.* in policy.json, or create it in NorthScope',
    ]);
  });

  it('is told by its place, for an item and for a site; a name in several places once', async () => {
    const products = [
      { ...brochure, itemId: 'bro-a4-16', siteId: 'SEATLE' },
      { ...label, siteId: 'SEATLE' },
    ];
    expect((await desk.told('northscope', { products })).bad).toEqual([
      "bad policy: sites: products[0].siteId and 1 more: 'SEATLE' is not a site of NorthScope; did you mean 'SEATTLE'?; fix products[0].siteId in policy.json",
      "bad policy: items: products[0].itemId: 'bro-a4-16' is not an item of NorthScope; did you mean 'BRO-A4-16'?; fix products[0].itemId in policy.json, or create it in NorthScope",
    ]);
  });

  it('is told for an item that is there and inactive', async () => {
    const there = await desk.altered(/<InactiveFlag>false/g, '<InactiveFlag>true');
    const { bad } = await desk.told(
      'northscope',
      {},
      { NORTHSCOPE_ENDPOINT: `${there.origin}/services/ActionCommand.svc/APIExecute` },
    );
    await there.close();
    expect(bad).toEqual([
      "bad policy: items: products[0].itemId: 'BRO-A4-16' is inactive in NorthScope; activate it in NorthScope, or fix products[0].itemId in policy.json",
      "bad policy: items: products[1].itemId: '0071' is inactive in NorthScope; activate it in NorthScope, or fix products[1].itemId in policy.json",
    ]);
  });

  it('is told for a unit, by what an order would be counted with', async () => {
    const [single, box] = [entry(example.units, 0), entry(example.units, 1)];
    const units = [
      { ...single, northscope: 'Eech' },
      box,
      { claritum: 'boxes of 20', manex: 'BOX', northscope: 'Box' },
    ];
    expect((await desk.told('northscope', { units })).bad).toEqual([
      "bad policy: units: units[0].northscope: 'Eech' is not a NorthScope unit of any item of the policy; did you mean 'Each'?; " +
        'fix units[0].northscope in policy.json, or the schedule of the items in NorthScope',
      "bad policy: units: units[2].northscope: no NorthScope schedule of an item of the policy says that 'Box' is 'boxes of 20'; " +
        'fix units[2].northscope in policy.json, or the schedule of the items in NorthScope',
      "bad policy: units: products[0].itemId: none of the policy’s units counts 'BRO-A4-16', which NorthScope keeps in Each; " +
        'fix units in policy.json, or schedule 1 in NorthScope',
    ]);
  });

  it('is told for the company', async () => {
    expect((await desk.told('northscope', { company: { ...example.company, companyId: 'WAYBIL' } })).bad).toEqual([
      "bad policy: company: company.companyId: 'WAYBIL' is not the company of NORTHSCOPE_COMPANY_SK, which NorthScope calls 'WAYBILL'; " +
        'fix company.companyId in policy.json, or NORTHSCOPE_COMPANY_SK',
    ]);
  });

  it('is told where it differs in what cannot be seen only', async () => {
    const customers = [{ ...alpine, customerId: 'AL\u200bPINE' }, borealis];
    const [line] = (await desk.told('northscope', { customers })).bad;
    expect(line).toContain("; 'ALPINE' looks the same, but differs in invisible characters: type it again; ");
  });

  it('is told although what may have been meant cannot be listed', async () => {
    const set = { vendor: 'northscope', operation: 'ListItems', fault: 'refused-by-vendor', after: 2, times: -1 };
    await askSandbox(desk.sandbox.origin, 'POST', 'faults', set);
    const products = [{ ...brochure, itemId: 'BRO-A4-61' }, label];
    const { bad } = await desk.told('northscope', { products });
    await askSandbox(desk.sandbox.origin, 'DELETE', 'faults');
    expect(bad).toEqual([
      expect.stringMatching(/^bad policy: items: products\[0\]\.itemId: 'BRO-A4-61' is not an item of NorthScope; /),
    ]);
  });

  it('that is known, and another customer’s, is told as worth knowing', async () => {
    const customers = [
      { ...alpine, customerId: borealis.customerId },
      { ...borealis, customerId: alpine.customerId },
    ];
    const { bad, notices } = await desk.told('northscope', { customers });
    expect(bad).toEqual([]);
    expect(notices).toEqual([
      "notice policy: customers: customers[0].customerId: 'BOREALIS', given for 'Alpine Retail Group', is called 'Borealis Foods' there, as customers[1] is; " +
        'check in policy.json whether the two are swapped',
      expect.stringMatching(
        /^notice policy: customers: customers\[1\]\.customerId: 'ALPINE', given for 'Borealis Foods', /,
      ),
    ]);
  });

  it('is told for the first ten of many, and asked for in few calls', async () => {
    const before = await desk.calls('ListCustomerAddresses');
    const more = Array.from({ length: 120 }, (_, index) => ({
      ...alpine,
      name: `Customer ${index}`,
      customerId: `MADE-UP-${index}`,
    }));
    const { bad } = await desk.told('northscope', { customers: [...example.customers, ...more] });
    expect(bad).toHaveLength(11);
    expect(bad.at(-1)).toBe('bad policy: customers: and 110 more like these; fix these first, then run it again');
    // The request as such, three portions, and everything once for what may have been meant.
    expect((await desk.calls('ListCustomerAddresses')) - before).toBe(5);
  });

  it('is asked about at once where the policy has very many', async () => {
    const before = await desk.calls('ListItems');
    const more = Array.from({ length: 500 }, (_, index) => ({
      ...brochure,
      productCode: `P-${index}`,
      itemId: `I-${index}`,
    }));
    expect((await desk.told('northscope', { products: [...example.products, ...more] })).bad).toHaveLength(11);
    expect((await desk.calls('ListItems')) - before).toBe(2);
  });
});
