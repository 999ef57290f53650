import { serve, type Served } from '../served';

/** What this installation calls otherwise than the sandbox, elements and WSDL declarations alike. */
const renamed: Readonly<Record<string, string>> = {
  orderRef: 'reference',
  deliveryRef: 'dropRef',
  deliveries: 'drops',
  postCode: 'zip',
  externalId: 'foreignKey',
  contacts: 'people',
  getSpecification: 'getSpecifications',
  orderRefs: 'references',
  apiUid: 'login',
  password: 'pass',
};
const NAMESPACE = 'https://yourserver.claritum.com/system/ws/1.3/soap.php';
const OWN_NAMESPACE = 'urn:print-works:claritum';

/** The file that closes the difference: what a user would write after reading the report of the check. */
export const namesFile = {
  credentials: { apiUid: 'login', password: 'pass' },
  operations: { getSpecification: { name: 'getSpecifications', part: 'references' } },
  records: {
    PurchaseOrder: {
      orderRef: 'reference',
      poNumber: 'header.number',
      deliveries: 'drops',
      supplierRef: null,
      currency: { constant: 'GBP' },
    },
    PurchaseOrderDelivery: { deliveryRef: 'dropRef' },
    Delivery: { orderRef: 'reference', deliveryRef: 'dropRef' },
    PurchaseInvoice: { orderRef: 'reference', poNumber: 'header.number', currency: { constant: 'GBP' } },
    SalesInvoice: { currency: { constant: 'GBP' } },
    Specification: { orderRef: 'reference' },
    Address: { postCode: 'zip' },
    GoodsReceipt: { orderRef: 'reference', receiptRef: 'note.text' },
    Customer: { externalId: 'foreignKey', contacts: 'people' },
    Supplier: { externalId: 'foreignKey' },
  },
};

const tag = (name: string): RegExp => new RegExp(`(</?(?:[\\w-]+:)?)${name}(?=[\\s>/]|Response)`, 'g');
const retagged = (xml: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((text, [from, to]) => text.replaceAll(tag(from), `$1${to}`), xml);
const forth = Object.entries(renamed);
const back = forth.map(([ours, theirs]) => [theirs, ours] as const);

const asTheirs = (xml: string): string =>
  retagged(xml, forth)
    .replaceAll(/<poNumber([^>]*)>([^<]*)<\/poNumber>/g, '<header><number$1>$2</number></header>')
    .replaceAll(/<(?:supplierRef|currency)[^>]*>[^<]*<\/(?:supplierRef|currency)>/g, '')
    .replaceAll(NAMESPACE, OWN_NAMESPACE);
const asOurs = (xml: string): string =>
  retagged(xml, back)
    .replaceAll(/<note><text>([^<]*)<\/text><\/note>/g, '<receiptRef>$1</receiptRef>')
    .replaceAll(OWN_NAMESPACE, NAMESPACE);

/** The sandbox's WSDL in this installation's words. */
const described = (wsdl: string): string =>
  forth
    .reduce(
      (text, [ours, theirs]) => text.replaceAll(new RegExp(`([">#:])${ours}(?=["<]|In"|Out")`, 'g'), `$1${theirs}`),
      wsdl,
    )
    .replaceAll('<xsd:element name="poNumber" type="xsd:string"/>', '<xsd:element name="header" type="tns:Header"/>')
    .replace(
      '<xsd:element name="receiptRef" type="xsd:string" nillable="true"/>',
      '<xsd:element name="note" type="tns:Note"/>',
    )
    .replaceAll(/<xsd:element name="(?:supplierRef|currency)" type="xsd:string"\/>/g, '')
    .replace(
      '<xsd:complexType name="Address">',
      '<xsd:complexType name="Header"><xsd:all><xsd:element name="number" type="xsd:string"/></xsd:all></xsd:complexType>' +
        '<xsd:complexType name="Note"><xsd:all><xsd:element name="text" type="xsd:string"/></xsd:all></xsd:complexType>' +
        '<xsd:complexType name="Address">',
    )
    .replaceAll(NAMESPACE, OWN_NAMESPACE);

/** A Claritum with field names of its own: a server that translates for the sandbox, word by word. */
export async function startInstallation(sandboxOrigin: string): Promise<Served> {
  return serve(async ({ method, path, query, headers, body }) => {
    const url = `${sandboxOrigin}${path}${query === '' ? '' : `?${query}`}`;
    if (method === 'GET') {
      const wsdl = await (await fetch(url)).text();
      return { status: 200, headers: { 'content-type': 'text/xml' }, body: described(wsdl) };
    }
    const action = String(headers['soapaction']).replace('getSpecifications', 'getSpecification');
    const sent = { 'content-type': 'text/xml; charset=utf-8', soapaction: action };
    const answer = await fetch(url, { method, headers: sent, body: asOurs(body) });
    const type = answer.headers.get('content-type') ?? '';
    return { status: answer.status, headers: { 'content-type': type }, body: asTheirs(await answer.text()) };
  });
}
