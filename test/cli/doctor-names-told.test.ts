import { join } from 'node:path';
import { examined, sandboxEnvironment } from './examined';
import { alpine, borealis, brochure, example, label, NamesDesk } from './names-desk';

let desk: NamesDesk;
beforeAll(async () => {
  desk = await NamesDesk.open();
});
afterAll(() => desk.close());

describe('a name that Claritum’s orders carry', () => {
  it('and the policy has not is told with the entries that may be meant, once for all orders', async () => {
    const customers = [{ ...alpine, name: 'Alpine Retail Grp' }, borealis];
    const { bad, unchecked } = await desk.told('claritum', { customers });
    expect(bad).toEqual([
      "bad policy: orders: CL-10231 and 1 more: its customer 'Alpine Retail Group' has no entry under customers in the policy; did you mean 'Alpine Retail Grp'?; " +
        'fix or add its entry under customers in policy.json',
    ]);
    expect(unchecked).toEqual([
      "policy: names: customers[0].name 'Alpine Retail Grp' cannot be checked: Claritum has no lists of names, and no readable order listed now has it",
    ]);
  });

  it('is told for products, units, post codes and statuses', async () => {
    const products = [{ ...brochure, productCode: 'BRO-A4-61' }, label];
    const units = example.units.map((unit) => ({ ...unit, claritum: unit.claritum.replace('single', 'singel') }));
    const agreed = products.map((product) => ({ ...product, agreedUnit: undefined }));
    const customers = [{ ...alpine, addresses: { NOWHERE: 'MAIN' } }, borealis];
    const there = await desk.altered(/>authorised</g, '>approved<');
    const orderStatuses = { go: ['aproved'], wait: [] };
    const { bad, notices } = await desk.told(
      'claritum',
      { products: agreed, units, customers, claritum: { ...example.claritum, orderStatuses } },
      { CLARITUM_ENDPOINT: `${there.origin}/system/ws/1.3/soap.php` },
    );
    await there.close();
    expect(bad).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /: its product 'BRO-A4-16' has no entry under products in the policy; did you mean 'BRO-A4-61'\?; /,
        ),
        expect.stringMatching(
          /: its unit 'single units' has no entry under units in the policy; did you mean 'singel units'\?; /,
        ),
        expect.stringMatching(/: its post code '[^']+' has no entry under customers\[0\]\.addresses in the policy; /),
      ]),
    );
    // A person is asked about such an order: the installation is as it should be.
    expect(notices).toContainEqual(
      expect.stringMatching(
        /: its status 'approved' has no entry under claritum\.orderStatuses in the policy; did you mean 'aproved'\?; add it to claritum\.orderStatuses in policy\.json for future orders; this order waits for an answer: npx waybill inbox$/,
      ),
    );
    expect(bad.filter((line) => line.includes('status'))).toEqual([]);
  });

  it('is told for the status of a delivery, and for the currency of a price', async () => {
    const there = await desk.altered(/(<status[^>]*>)(pending|scheduled|in progress)</g, '$1on the lorry<');
    const products = example.products.map((product) => ({ ...product, currency: 'USD' }));
    const { bad, notices } = await desk.told(
      'claritum',
      { products },
      { CLARITUM_ENDPOINT: `${there.origin}/system/ws/1.3/soap.php` },
    );
    await there.close();
    expect(bad).toEqual([]);
    expect(notices).toEqual([
      expect.stringMatching(
        /^notice policy: currencies: CL-10231: its currency is GBP, but that of the agreed price \(products\[0\]\.currency\) is USD; /,
      ),
      expect.stringMatching(/^notice policy: currencies: CL-10233: .*products\[1\]\.currency/),
      expect.stringMatching(
        /^notice policy: deliveries: 10231-1 and 3 more: its status 'on the lorry' is not in claritum\.deliveryStatuses; add it /,
      ),
    ]);
  });

  it('of an order that is cancelled needs no entry', async () => {
    const there = await desk.altered(/>authorised</g, '>cancelled<');
    const customers = [{ ...alpine, name: 'Somebody else' }];
    const { bad } = await desk.told(
      'claritum',
      { customers },
      { CLARITUM_ENDPOINT: `${there.origin}/system/ws/1.3/soap.php` },
    );
    await there.close();
    expect(bad).toEqual([]);
  });
});

describe('what no vendor can tell', () => {
  it('is said so: neither good nor bad, with how a person can look', async () => {
    expect((await desk.told('manex', {})).unchecked).toEqual([
      'policy: names: customers (0000000008, 0000000009), parts (BRO-A4-16 revision A, LBL-0071 revision B) and units (EACH, BOX) ' +
        'cannot be checked: the API has no lists of them',
    ]);
    expect((await desk.told('northscope', {})).unchecked).toEqual([
      "policy: source: company.sourceSystem: 'Waybill' cannot be checked: NorthScope has no list of source systems",
    ]);
    const approval = { ...example.approval, approvers: ['anna', 'bo'] };
    expect((await desk.told('configuration', { approval })).unchecked).toEqual([
      'policy: approvers: the 2 names of approvers cannot be checked: Temporal does not know who answers',
    ]);
  });

  it('is compared with what the documents print, where they print something', async () => {
    const products = [{ ...brochure, saleTypeId: 'OTHR' }, label];
    expect((await desk.told('manex', { products })).notices).toEqual([
      "notice policy: sale types: products[0].saleTypeId: 'OTHR' is not one of the sale types of a new ManEx; did you mean 'OTHER'?; " +
        'check whether ManEx has it, or fix products[0].saleTypeId in policy.json',
    ]);
  });

  it('is told for a currency that there is none', async () => {
    const products = [{ ...brochure, currency: 'GBX' }, label];
    expect((await desk.told('configuration', { products })).bad).toEqual([
      "bad policy: currencies: products[0].currency: 'GBX' is not a currency of ISO 4217; fix products[0].currency in policy.json",
    ]);
  });

  it('and all the rest is not looked up without a policy', async () => {
    const { unchecked } = await desk.told('northscope', {}, { WAYBILL_POLICY: join(desk.folder, 'none.json') });
    expect(unchecked).toEqual([]);
    const findings = await examined(['manex'], {
      ...sandboxEnvironment(desk.sandbox.origin),
      WAYBILL_POLICY: join(desk.folder, 'none.json'),
    });
    expect(findings.at(-1)).toMatchObject({ check: 'policy', state: 'unchecked' });
  });
});
