/** One member of a record of Claritum's, as far as we use it. */
export interface Field {
  /** The record it holds; text where absent. */
  readonly record?: RecordName;
  readonly isList?: true;
  /** Reading: a record without it is unreadable. Writing: we always send it. */
  readonly isRequired?: true;
  /** It says which record it is, or how much: no constant can stand for it. */
  readonly isKey?: true;
}

export type RecordName =
  | 'Address'
  | 'Contact'
  | 'PurchaseOrder'
  | 'PurchaseOrderDelivery'
  | 'AttachmentReference'
  | 'Delivery'
  | 'Specification'
  | 'SpecificationSection'
  | 'SpecificationProperty'
  | 'Attachment'
  | 'PurchaseInvoice'
  | 'SalesInvoice'
  | 'InvoiceLine'
  | 'StockOrder'
  | 'StockOrderLine'
  | 'GoodsReceipt'
  | 'StockOrderStatus'
  | 'Customer'
  | 'Supplier';

const key: Field = { isRequired: true, isKey: true };
const needed: Field = { isRequired: true };
const optional: Field = {};
const oneOf = (record: RecordName): Field => ({ record });
const neededOneOf = (record: RecordName): Field => ({ record, isRequired: true });
const listOf = (record: RecordName): Field => ({ record, isList: true });
const neededListOf = (record: RecordName): Field => ({ record, isList: true, isRequired: true });

const invoice = { uid: key, invoiceNumber: key } as const;
const amounts = { currency: needed, net: key, tax: needed, gross: key, lines: listOf('InvoiceLine') } as const;

/**
 * Every record and member that we read or write (docs/vendors/claritum.md#records), by our names: what schema.ts reads
 * and requests.ts writes. Only these can be mapped, and only these are looked for in a WSDL.
 */
export const records: Readonly<Record<RecordName, Readonly<Record<string, Field>>>> = {
  Address: {
    description: optional,
    company: optional,
    street: optional,
    city: optional,
    county: optional,
    postCode: optional,
    country: optional,
  },
  Contact: { name: optional, email: optional, telephone: optional },
  PurchaseOrder: {
    uid: key,
    orderRef: key,
    poNumber: key,
    projectTitle: optional,
    customerName: needed,
    supplierRef: optional,
    status: optional,
    authorisedDate: optional,
    deliveryDate: optional,
    productCode: key,
    quantity: key,
    unitPrice: key,
    unitOfMeasure: needed,
    currency: needed,
    net: key,
    tax: needed,
    gross: key,
    buyer: oneOf('Contact'),
    deliveries: neededListOf('PurchaseOrderDelivery'),
    attachments: listOf('AttachmentReference'),
    lastModified: needed,
  },
  PurchaseOrderDelivery: {
    deliveryRef: key,
    sequence: key,
    address: neededOneOf('Address'),
    quantity: key,
    requiredDate: optional,
    instructions: optional,
  },
  AttachmentReference: { attachmentRef: key, fileName: needed, mimeType: needed },
  Delivery: {
    uid: key,
    orderRef: key,
    deliveryRef: key,
    quantity: key,
    deliveryDate: optional,
    despatchedDate: optional,
    carrier: optional,
    consignmentNumber: optional,
    status: key,
  },
  Specification: {
    orderRef: key,
    productType: optional,
    title: optional,
    quantity: optional,
    sections: listOf('SpecificationSection'),
  },
  SpecificationSection: { name: optional, properties: listOf('SpecificationProperty') },
  SpecificationProperty: { name: optional, value: optional },
  Attachment: { attachmentRef: key, fileName: needed, mimeType: needed, size: optional, content: key },
  PurchaseInvoice: { ...invoice, invoiceDate: optional, orderRef: optional, poNumber: optional, ...amounts },
  SalesInvoice: { ...invoice, issueDate: optional, customerPo: optional, ...amounts },
  InvoiceLine: { description: optional, quantity: key, net: key, tax: optional },
  StockOrder: {
    uid: key,
    stockOrderRef: key,
    orderedDate: optional,
    customerName: needed,
    contact: oneOf('Contact'),
    customerPo: optional,
    deliveryAddress: neededOneOf('Address'),
    requiredDate: optional,
    carrier: optional,
    costCentre: optional,
    instructions: optional,
    status: needed,
    lines: neededListOf('StockOrderLine'),
  },
  StockOrderLine: {
    lineRef: key,
    productCode: key,
    productName: optional,
    quantity: key,
    unitOfMeasure: needed,
    boxQuantity: needed,
  },
  GoodsReceipt: {
    orderRef: key,
    receiptRef: optional,
    receivedDate: needed,
    quantity: key,
    deliveryNoteNumber: optional,
  },
  StockOrderStatus: {
    stockOrderRef: key,
    status: needed,
    despatchedDate: needed,
    carrier: optional,
    consignmentNumber: optional,
  },
  Customer: {
    externalId: key,
    claritumId: optional,
    name: key,
    tagName: optional,
    companyRegistrationNumber: optional,
    telephone: optional,
    currency: optional,
    accountManager: optional,
    businessUnit: optional,
    invoiceEmail: optional,
    salesRepCode: optional,
    accountsRef: optional,
    nominalLedgerCode: optional,
    taxNumber: optional,
    exemptionNumber: optional,
    creditStop: optional,
    address: oneOf('Address'),
    contacts: listOf('Contact'),
  },
  Supplier: {
    externalId: key,
    claritumId: optional,
    name: key,
    currency: optional,
    companyRegistrationNumber: optional,
    telephone: optional,
    fax: optional,
    notes: optional,
    nominalLedgerCode: optional,
    accountingRef: optional,
    activities: { isList: true },
    customers: optional,
    address: neededOneOf('Address'),
    users: listOf('Contact'),
  },
};

/** Records that we write, Address and Contact in them included: a name of theirs can be given once only. */
export const writtenRecords: ReadonlySet<RecordName> = new Set([
  'Address',
  'Contact',
  'GoodsReceipt',
  'StockOrderStatus',
  'Customer',
  'Supplier',
]);
