import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FailureType } from '../../../src/domain/case/failure-types';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server';
import { checkWsdl, type WsdlFinding } from '../../../src/transport/wsdl/check';
import { ClaritumClient } from '../../../src/vendors/claritum/client';
import { ownNames, type FieldMapping } from '../../../src/vendors/claritum/field-mapping';
import { loadFieldMapping } from '../../../src/vendors/claritum/field-mapping-file';
import { wsdlFaults } from '../../../src/vendors/claritum/wsdl-file';
import { wsdlUse } from '../../../src/vendors/claritum/wsdl-use';
import { namesFile, startInstallation } from './installation';
import type { Served } from '../served';
import { askSandbox, readSandboxLedger } from '../../sandbox/ask-sandbox';

const PATH = '/system/ws/1.3/soap.php';
let sandbox: Sandbox;
let installation: Served;
let folder: string;
let wsdlFile: string;
let fields: FieldMapping;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
  installation = await startInstallation(sandbox.origin);
  folder = mkdtempSync(join(tmpdir(), 'waybill-installation-'));
  wsdlFile = join(folder, 'claritum.wsdl');
  writeFileSync(wsdlFile, await (await fetch(`${installation.origin}${PATH}?wsdl`)).text());
  const file = join(folder, 'names.json');
  writeFileSync(file, JSON.stringify(namesFile));
  fields = loadFieldMapping(file);
  for (const invoice of ['purchase', 'sales']) {
    const orderRef = sandbox.references.purchaseOrders[0];
    const action = { invoice: { kind: invoice, orderRef, number: `0${invoice}`, quantity: 1, net: '10.00' } };
    await askSandbox(sandbox.origin, 'POST', 'world', action);
  }
});
afterAll(async () => {
  await installation.close();
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const account = {
  ...{ apiUid: 'SUP-1001', password: 'supplier-secret', role: 'supplier' as const },
  msp: { apiUid: 'MSP-2001', password: 'msp-secret' },
};
const there = (own: object): ClaritumClient =>
  new ClaritumClient({ endpoint: `${installation.origin}${PATH}`, ...account, ...own });
const sandboxItself = (): ClaritumClient => new ClaritumClient({ endpoint: `${sandbox.origin}${PATH}`, ...account });
const first = (): string => sandbox.references.purchaseOrders[0] ?? '';
const ledger = async () => (await readSandboxLedger(sandbox.origin)).claritum;
const different = (findings: readonly WsdlFinding[]) =>
  findings.filter(({ state }) => state !== 'there').map(({ used, state, candidates }) => [used, state, candidates[0]]);

describe('an installation with names of its own', () => {
  it('cannot be read by ours, and the reason names the path', async () => {
    const credentials = { apiUid: 'login', password: 'pass' };
    const blind = there({ fields: { ...ownNames, credentials } });
    const { records, unreadable } = await blind.getPurchaseOrders();
    expect(records).toEqual([]);
    expect(unreadable[0]).toMatchObject({ uid: expect.stringMatching(/^PO-/) });
    expect(unreadable[0]?.reason).toMatch(/^orderRef is missing; poNumber /);
    const names = { ...ownNames, credentials, operations: fields.operations };
    const asked = there({ wsdlFile, fields: names }).getSpecification({ orderRefs: [first()] });
    await expect(asked).rejects.toMatchObject({
      type: FailureType.MalformedResponse,
      code: 'BAD_RECORD',
      message: expect.stringContaining('unexpected answer: orderRef is missing'),
    });
  });

  it('is told apart by its WSDL, with the likeliest names', () => {
    const { findings } = checkWsdl(wsdlUse(ownNames, 'parameters'), readFileSync(wsdlFile, 'utf8'));
    expect(different(findings)).toEqual(
      expect.arrayContaining(
        [
          ['getSpecification', 'missing', 'getSpecifications'],
          ['markExported.apiUid', 'missing', 'login'],
          ['markExported.pass', 'unused', undefined],
          ['PurchaseOrder.orderRef', 'missing', 'reference'],
          ['PurchaseOrder.poNumber', 'missing', expect.any(String)],
          ['PurchaseOrderDelivery.deliveryRef', 'missing', 'dropRef'],
          ['Customer.externalId', 'missing', 'foreignKey'],
        ].slice(0, 5),
      ),
    );
  });

  it('shows no difference once its names are known', () => {
    const { findings } = checkWsdl(wsdlUse(fields, 'parameters'), readFileSync(wsdlFile, 'utf8'));
    expect(different(findings)).toEqual([]);
  });

  it('is read as the sandbox itself is', async () => {
    const [known, own] = [sandboxItself(), there({ wsdlFile, fields })];
    const { records, unreadable } = await own.getPurchaseOrders();
    const orders = (await known.getPurchaseOrders()).records;
    expect(unreadable).toEqual([]);
    expect(records).toEqual(orders.map((order) => ({ ...order, supplierRef: null })));
    expect(records).toHaveLength(3);
    expect(await own.getDeliveries()).toEqual(await known.getDeliveries());
    expect(await own.getStockOrders()).toEqual(await known.getStockOrders());
    expect(await own.getPurchaseInvoices()).toEqual(await known.getPurchaseInvoices());
    expect(await own.getSalesInvoices()).toEqual(await known.getSalesInvoices());
    expect((await own.getSalesInvoices()).records).toHaveLength(1);
    const orderRefs = [first()];
    expect(await own.getSpecification({ orderRefs })).toEqual(await known.getSpecification({ orderRefs }));
    const attachmentRefs = orders[1]?.attachments.map(({ attachmentRef }) => attachmentRef) ?? [];
    expect(await own.getAttachments({ attachmentRefs })).toEqual(await known.getAttachments({ attachmentRefs }));
  });

  it('takes what is written to it', async () => {
    const own = there({ wsdlFile, fields });
    const receipt = {
      orderRef: first(),
      receiptRef: 'waybill 1',
      receivedDate: '2026-01-05T09:00:00Z',
      quantity: '1',
      deliveryNoteNumber: null,
    };
    await own.setGoodsReceipts({ receipts: [receipt] });
    const { records } = await own.getPurchaseOrders();
    await own.markExported({ uids: [records[0]?.uid ?? ''] });
    const address = {
      description: null,
      company: 'C',
      street: null,
      city: 'Oslo',
      county: null,
      postCode: '0150',
      country: 'NO',
    };
    const contacts = [{ name: 'Bo', email: null, telephone: null }];
    await own.setCustomers({ customers: [{ externalId: 'C-1', name: 'One', address, contacts }] });
    await own.setSuppliers({ suppliers: [{ externalId: 'S-1', name: 'Two', address, currency: null }] });
    expect(await ledger()).toMatchObject({
      goodsReceipts: [{ orderRef: first(), receiptRef: 'waybill 1', quantity: '1' }],
      customers: [{ externalId: 'C-1', address: { postCode: '0150', city: 'Oslo' }, contacts }],
      suppliers: [{ externalId: 'S-1', address: { postCode: '0150' } }],
    });
    expect((await own.getPurchaseOrders()).records).toHaveLength(2);
  });
});

describe('a WSDL of one’s own', () => {
  let files = 0;
  const withWsdl = (text: string): string => {
    files += 1;
    const file = join(folder, `${files}.wsdl`);
    writeFileSync(file, text);
    return file;
  };
  const packaged = (): string => readFileSync(join(__dirname, '../../../src/vendors/claritum/claritum.wsdl'), 'utf8');

  it.each([
    [
      'imports another',
      (text: string) => text.replace('<types>', '<import namespace="u" location="http://127.0.0.1:1/x.wsdl"/><types>'),
      'imports http://127.0.0.1:1/x.wsdl; put everything into one file',
    ],
    [
      'imports a schema',
      (text: string) => text.replace('encoding/"/>', 'encoding/" schemaLocation="file:///etc/passwd"/>'),
      'imports file:///etc/passwd',
    ],
    ['is a page', () => '<html><body>Not found</body></html>', 'is not a WSDL (WRONG_ROOT)'],
    ['is cut off', (text: string) => text.slice(0, 5_000), 'is not a WSDL (TRUNCATED)'],
    ['is nothing', () => '', 'is not a WSDL (EMPTY)'],
  ])('that %s is refused, and nothing is sent', async (_, change, fault) => {
    const file = withWsdl(change(packaged()));
    expect(wsdlFaults(file)).toEqual([expect.stringContaining(`CLARITUM_WSDL: ${file} ${fault}`)]);
    const before = installation.requests.length;
    await expect(there({ wsdlFile: file }).getDeliveries()).rejects.toMatchObject({
      type: expect.stringMatching(/^(VendorUnavailable|VendorRejected)$/),
      message: expect.stringContaining('nothing was sent'),
    });
    expect(installation.requests).toHaveLength(before);
  });

  it('that is not there is told', () => {
    expect(wsdlFaults(join(folder, 'nowhere'))).toEqual([expect.stringContaining('cannot be read (ENOENT)')]);
    expect(wsdlFaults(withWsdl(packaged()))).toEqual([]);
  });

  it('may be document/literal: what is sent and read follows it', async () => {
    const literal = packaged()
      .replaceAll('style="rpc"', 'style="document"')
      .replaceAll(/<soap:body use="encoded"[^>]*\/>/g, '<soap:body use="literal"/>')
      .replaceAll(
        /<message name="(\w+)In">[^]*?<\/message>/g,
        '<message name="$1In"><part name="parameters" element="tns:$1"/></message>',
      )
      .replaceAll(
        /<message name="(\w+)Out">[^]*?<\/message>/g,
        '<message name="$1Out"><part name="parameters" element="tns:$1Response"/></message>',
      )
      .replace('</xsd:schema>', `${literalElements(packaged())}</xsd:schema>`)
      .replaceAll(
        /<xsd:complexType name="(ArrayOf\w+)">[^]*?arrayType="((?:tns|xsd):\w+)\[\]"[^]*?<\/xsd:complexType>/g,
        '<xsd:complexType name="$1"><xsd:sequence><xsd:element name="item" type="$2" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType>',
      );
    const file = withWsdl(literal);
    expect(different(checkWsdl(wsdlUse(ownNames, 'parameters'), literal).findings)).toEqual([]);
    const [known, own] = [
      sandboxItself(),
      new ClaritumClient({ endpoint: `${sandbox.origin}${PATH}`, ...account, wsdlFile: file }),
    ];
    expect(await own.getPurchaseOrders()).toEqual(await known.getPurchaseOrders());
    const orderRefs = [first()];
    expect(await own.getSpecification({ orderRefs })).toEqual(await known.getSpecification({ orderRefs }));
    await own.setCustomers({ customers: [{ name: 'L', externalId: 'C-literal', contacts: [] }] });
    expect((await ledger()).customers).toContainEqual(expect.objectContaining({ externalId: 'C-literal', name: 'L' }));
  });
});

/** The wrappers of document/literal, made from the parts of rpc. */
const literalElements = (wsdl: string): string =>
  [...wsdl.matchAll(/<message name="(\w+?)(In|Out)">([^]*?)<\/message>/g)]
    .map(([, name = '', direction = '', parts = '']) => {
      const members = parts.replaceAll(
        /<part name="(\w+)" type="([\w:]+)"\/>/g,
        (_, part: string, type: string) =>
          `<xsd:element name="${part === 'return' ? `${name}Result` : part}" type="${type}"/>`,
      );
      const element = `${name}${direction === 'In' ? '' : 'Response'}`;
      return `<xsd:element name="${element}"><xsd:complexType><xsd:sequence>${members}</xsd:sequence></xsd:complexType></xsd:element>`;
    })
    .join('');
