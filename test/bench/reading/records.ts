/** One record of each list, in the form in which the vendor writes it; the index makes each different. */
import { envelope, qualified } from '../../vendors/centra/answering';
import { ENVELOPE_HEAD, ENVELOPE_TAIL } from '../../transport/reading/large';

type Fields = Readonly<Record<string, string>>;

const elements = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
/** Typed as PHP does it. */
const typed = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name} xsi:type="xsd:string">${value}</${name}>`)
    .join('');
const typedList = (name: string, ...items: readonly string[]): string =>
  `<${name} xsi:type="SOAP-ENC:Array">${items.map(typedItem).join('')}</${name}>`;
const typedItem = (content: string): string => `<item xsi:type="ns1:Record">${content}</item>`;

export const account = { apiUid: 'u', password: 'p', role: 'supplier', msp: { apiUid: 'm', password: 'p' } } as const;

export const claritumList = (operation: string): readonly [string, string] => [
  `${ENVELOPE_HEAD}<ns1:${operation}Response xmlns:ns1="u"><return>`,
  `</return></ns1:${operation}Response>${ENVELOPE_TAIL}`,
];

const place = { company: 'M&amp;C', street: 'High Street 1', city: 'Leeds', postCode: 'LS1 1AA', country: 'GB' };
const money = { currency: 'GBP', net: '110.00', tax: '22.00', gross: '132.00' };

export const purchaseOrder = (index: number): string => {
  const drop = (sequence: string): string =>
    typed({ deliveryRef: `D-${index}-${sequence}`, sequence, quantity: '25', instructions: 'Ring twice' }) +
    `<address>${typed(place)}</address>`;
  return typedItem(
    typed({ uid: `uid-${index}`, orderRef: `OR-${index}`, poNumber: `PO-${index}`, customerName: 'Acme' }) +
      typed({
        status: 'authorised',
        productCode: 'P-1',
        unitOfMeasure: 'each',
        quantity: '100.00',
        unitPrice: '1.10',
      }) +
      typed({ ...money, lastModified: '2026-11-20T12:00:00Z' }) +
      typedList('deliveries', ...['1', '2', '3', '4'].map(drop)) +
      typedList('attachments', typed({ attachmentRef: `A-${index}`, fileName: 'a.pdf', mimeType: 'application/pdf' })),
  );
};
export const delivery = (index: number): string =>
  typedItem(
    typed({ uid: `uid-${index}`, orderRef: `OR-${index}`, deliveryRef: `D-${index}`, quantity: '25', carrier: 'DPD' }) +
      typed({ despatchedDate: '2026-11-20T12:00:00Z', consignmentNumber: `C${index}`, status: 'delivered' }),
  );
const invoiceLine = typed({ description: 'Brochures', quantity: '10', net: '110.00', tax: '22.00' });
export const invoice = (index: number): string =>
  typedItem(
    typed({ uid: `uid-${index}`, invoiceNumber: `I-${index}`, invoiceDate: '2026-11-20', orderRef: `OR-${index}` }) +
      typed(money) +
      typedList('lines', invoiceLine, invoiceLine),
  );
export const salesInvoice = (index: number): string =>
  typedItem(
    typed({ uid: `uid-${index}`, invoiceNumber: `I-${index}`, issueDate: '2026-11-20', customerPo: `PO-${index}` }) +
      typed(money) +
      typedList('lines', invoiceLine, invoiceLine),
  );
export const stockOrder = (index: number): string => {
  const line = typed({ lineRef: '1', productCode: 'P-1', quantity: '3', unitOfMeasure: 'each', boxQuantity: '50' });
  return typedItem(
    typed({ uid: `uid-${index}`, stockOrderRef: `SO-${index}`, customerName: 'Acme', status: 'pending' }) +
      `<deliveryAddress>${typed(place)}</deliveryAddress>${typedList('lines', line, line)}`,
  );
};
/** So many fill 64 MiB nearly. */
export const ATTACHMENTS = 4;
const file = Buffer.alloc(11 << 20, 'a file of an order, ').toString('base64');
export const attachment = (index: number): string =>
  index >= ATTACHMENTS
    ? ' '.repeat(64 << 20)
    : typedItem(
        typed({ attachmentRef: `A-${index}`, fileName: 'a.pdf', mimeType: 'application/pdf', size: String(11 << 20) }) +
          typed({ content: file.replaceAll(/.{76}/g, '$&\n') }),
      );
const property = typed({ name: 'Paper', value: '170 gsm silk' });
export const specification = (index: number): string =>
  typedItem(
    typed({ orderRef: `OR-${index}`, productType: 'Brochure', title: 'Spring', quantity: '100' }) +
      typedList('sections', typed({ name: 'Cover' }) + typedList('properties', property, property, property)),
  );

export const centraProduct = (event: number, line: number): string =>
  `<product><id>P${line}</id><tax>25.000</tax><sku>S${line}</sku><origprice>10.00</origprice><price>10.00</price>` +
  `<description>Sweater</description><variation><id>V</id><description>Red</description></variation>` +
  `<sizes><size><id>S</id><qty>1</qty><preorder>no</preorder><orderitem><id>${event}-${line}</id></orderitem></size></sizes></product>`;
/** @param orderOf the vendor's sample, to which products are added */
export const centraPage = (products: readonly string[], orderOf: (change: { more: string }) => string): string => {
  const events = products.map(
    (more, index) =>
      `<event><id>${index}</id><type>order</type><entry>${index}</entry><mission>update</mission>` +
      `<date>2026-11-20T12:00:00+01:00</date><data>${orderOf({ more: '' }).replace(/<products>/, `<products>${more}`)}</data></event>`,
  );
  return envelope(qualified(`<events_Get><events>${events.join('')}</events></events_Get>`));
};

export const stockUnits = (index: number): string =>
  `<ProductStock>${elements({ ProductStockID: `${index}`, SKU: `SKU-${index}`, Units: '12.00' })}</ProductStock>`;
export const catalogueProduct = (index: number): string =>
  `<Product>${elements({ SKU: `SKU-${index}`, JobProductID: `${index}`, Style: 'Crew', AvailableUnits: '12', Colour: 'Red' })}` +
  `<Sizes><string>S</string><string>M</string></Sizes>${elements({ Description: 'A crew neck sweater', Season: 'AW26' })}</Product>`;
const orderDetail = (index: number): string =>
  `<WebSalesOrderDetail>${elements({ SODetailID: `${index}`, CNTypeID: '1', ThirdPartyBarcode: `B${index}`, Units: '3' })}` +
  `${elements({ SellingPrice: '9.50', ExRate: '1', Discount: '0', StatusID: '2', InvoiceUnits: '0' })}</WebSalesOrderDetail>`;
export const webSalesOrder =
  (inner: (root: string, recordOf: (index: number) => string) => (bytes: number) => string) =>
  (bytes: number): string => {
    const head = `&lt;WebSalesOrder&gt;${elements({ PONumber: 'PO-1', SalesOrderID: '7', StatusID: '1' }).replaceAll('<', '&lt;')}`;
    return `${head}${inner('LineItems', orderDetail)(bytes - 500)}&lt;/WebSalesOrder&gt;`;
  };

export const warehouseOrder = (index: number): string => {
  const detail = (line: number): string =>
    `<SalesOrderDetail>${elements({ OrderItemSK: `${index}${line}`, ItemID: 'BRO-A4', UnitsUOM: 'Each', OrderUnits: '18.00000' })}` +
    `${elements({ AllocatedUnits: '4.00000', ShippedUnits: '0.00000', SiteID: 'SEATTLE' })}</SalesOrderDetail>`;
  return (
    `<SalesOrder>${elements({ OrderID: `WB-${index}`, PONumber: `PO-${index}`, StatusName: 'New', SiteID: 'SEATTLE' })}` +
    elements({ CustomerID: 'ALPINE', ShipToAddressID: 'MAIN', OrderDate: '2026-01-05T00:00:00.000' }) +
    elements({ ShipByDate: '2026-01-09T00:00:00.000' }) +
    `<SalesOrderDetailList>${detail(1)}${detail(2)}</SalesOrderDetailList></SalesOrder>`
  );
};
export const lot = (index: number): string =>
  `<Lot>${elements({ LotSK: `${index}`, Lot: `L${index}`, ItemID: 'BRO-A4', SiteID: 'SEATTLE', AvailableUnits: '4.00', UnitsUOM: 'Case' })}</Lot>`;
export const item = (index: number): string =>
  `<Item>${elements({ ItemSK: `${index}`, ItemID: `I-${index}`, ItemDescription: 'A brochure', UOMScheduleSK: '2', UnitsUOM: 'Each', InactiveFlag: 'false' })}</Item>`;
export const shipTo = (index: number): string =>
  `<CustomerShipTo>${elements({ CustomerSK: `${index}`, CustomerID: `C-${index}`, CustomerName: 'Alpine', AddressID: 'MAIN', AddressName: 'Main' })}` +
  `${elements({ AddressLine1: '1 High Street', City: 'Leeds', State: 'WA', Zip: '01234', Country: 'US', AddressTypeEN: '1' })}</CustomerShipTo>`;
export const schedule = (index: number): string =>
  `<Schedule>${elements({ ScheduleSK: `${index}`, FromUOMID: 'Bag', ToUOMID: 'kg', ConversionValue: '18.14369' })}</Schedule>`;
export const site = (index: number): string =>
  `<Site>${elements({ SiteSK: `${index}`, SiteID: `S-${index}`, SiteName: 'Dock', City: 'Seattle', Zip: '01234', Country: 'US' })}</Site>`;
export const company = (index: number): string =>
  `<Company>${elements({ DataEntityCompanySK: `${index}`, CompanyID: `C-${index}` })}</Company>`;

export const manexOrder: readonly [string, string] = [
  '{"$id":"a","Code":200,"Message":"Sales Order details:","IsValidUser":true,"ResponseObject":{"$id":"b","SONO":"0000000789",' +
    '"CUSTNO":"0000000008","PONO":"PO-007","SONOTE":"","IS_CLOSED":false,"SODETAILList":[',
  '{"$id":"z","UNIQUELN":"LAST","ORD_QTY":1}]}}',
];
export const manexLine = (index: number): string =>
  `{"$id":"${index}","UNIQUELN":"L${index}","LINE_NO":"${index}","PART_NUM":"BRO-A4-16 ","REVISION":"A  ","Sodet_Desc":"Brochure",` +
  `"ORD_QTY":25.00,"UOFMEAS":"each","STATUS":"STANDARD  ","NOTE":"","SOPRICESList":[{"$id":"p${index}","PLPRICELNK":"P${index}",` +
  `"UNIQUELN":"L${index}","PRICE":1.10000,"QUANTITY":25,"SALETYPEID":"S   "}],"DueDateList":[{"$id":"d${index}","DUEDT_UNIQ":"D${index}",` +
  `"UNIQUELN":"L${index}","DUE_DTS1":"2026-11-28T00:00:00","SHIP_DTS":"2026-11-25T00:00:00","QTY":25}]},`;
