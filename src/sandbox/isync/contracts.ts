import { arrayOf, dataContract, listOf } from './data-contract';
import type { DataContract } from './data-contract';

const addressDetail = dataContract(
  'AddressDetail',
  {
    AddressDetailID: 'int?',
    AddressLine1: 'string',
    AddressLine2: 'string',
    AltNumber: 'string',
    City: 'string',
    Company: 'string',
    Country: 'string',
    Email: 'string',
    FullName: 'string',
    Mobile: 'string',
    Phone: 'string',
    PostCode: 'string',
    Province: 'string',
    WarehouseID: 'int?',
  },
  ['AddressLine1'],
);

const webSalesOrderDetail = dataContract(
  'WebSalesOrderDetail',
  {
    CNTypeID: 'int',
    Comment: 'string',
    Commission: 'decimal?',
    Discount: 'decimal?',
    DueDate: 'dateTime?',
    ExRate: 'decimal',
    InvoiceDate: 'dateTime?',
    InvoiceNumber: 'string',
    InvoiceReference: 'string',
    InvoiceSubCustomer: 'boolean?',
    InvoiceUnits: 'decimal?',
    ProductStockID: 'int?',
    Reference: 'string',
    SODetailID: 'int?',
    SalesOrderID: 'int?',
    SellingPrice: 'decimal',
    StatusID: 'int',
    ThirdPartyBarcode: 'string',
    Units: 'int',
  },
  ['CNTypeID', 'ExRate', 'SellingPrice', 'StatusID', 'ThirdPartyBarcode', 'Units'],
);

/**
 * One class for what is sent and what comes back (docs/vendors/isync.md#getwebsalesorder): so an order that was read
 * can be sent, and what only the server fills in is taken and passed over. `Units` is an int in, and a decimal out.
 */
export const webSalesOrder = dataContract(
  'WebSalesOrder',
  {
    Comments: 'string',
    DeliveryDetail: addressDetail,
    DeliveryMethodID: 'int?',
    EntitlementID: 'int?',
    IsGift: 'boolean?',
    IsXStock: 'boolean?',
    LineItems: listOf(webSalesOrderDetail),
    PONumber: 'string',
    PaymentMethodID: 'int?',
    PrintInvoice: 'boolean?',
    RequiredDate: 'dateTime',
    SalesOrderID: 'int?',
    SpecialInstructions: 'string',
    StatusID: 'int',
    TrackNo: 'string',
    WebCustomerName: 'string',
    WebSale: 'boolean?',
  },
  ['DeliveryDetail', 'LineItems', 'PONumber', 'RequiredDate', 'StatusID', 'TrackNo'],
);

/**
 * `Rate` is required by the table and in no sample, so its absence passes (docs/vendors/isync.md#createwebcreditnote).
 */
const webCreditNoteDetail = dataContract(
  'WebCreditNoteDetail',
  {
    CNTypeID: 'int',
    Comment: 'string',
    Discount: 'decimal?',
    ExRate: 'decimal',
    Rate: 'decimal?',
    Reference: 'string',
    SellingPrice: 'decimal',
    ThirdPartyBarcode: 'string',
    Units: 'decimal',
  },
  ['CNTypeID', 'ExRate', 'SellingPrice', 'ThirdPartyBarcode', 'Units'],
);

export const webCreditNote = dataContract(
  'WebCreditNote',
  {
    Comments: 'string',
    LineItems: listOf(webCreditNoteDetail),
    PONumber: 'string',
    Reference: 'string',
    SalesOrderNumber: 'string',
    TrackNo: 'string',
  },
  ['Comments', 'LineItems', 'PONumber', 'SalesOrderNumber', 'TrackNo'],
);

export const webSalesOrderQuery = dataContract('WebSalesOrderQueryCriteria', { PONumber: 'string' }, ['PONumber']);

export const catalogueQuery = dataContract(
  'ProductStockCatalogueQueryCriteria',
  { AddedDate: 'dateTime', AvailableUnits: 'boolean?' },
  ['AddedDate'],
);

export const unitsQuery = dataContract(
  'ProductStockUnitsQueryCriteria',
  { AddedDate: 'dateTime', AvailableUnits: 'boolean?', ThirdPartyBarcode: 'string' },
  ['AddedDate'],
);

export const productStockUnits = dataContract('ProductStockUnits', {
  ProductStockID: 'int',
  SKU: 'string',
  Units: 'decimal',
});

/**
 * Undocumented: what a real client reads (docs/vendors/isync.md#getproductstockcatalogue), and what a shop needs
 * besides.
 */
export const productStockCatalogue = dataContract('ProductStockCatalogue', {
  AvailableUnits: 'decimal',
  CustomFields: arrayOf('string'),
  Description: 'string',
  JobProductID: 'int',
  Prices: arrayOf('decimal'),
  ProductStockID: 'int',
  ProductUDs: arrayOf('string'),
  RetailPrices: arrayOf('decimal'),
  SKU: 'string',
  Style: 'string',
  ThirdPartyBarcode: 'string',
});

const EAI = 'http://schemas.datacontract.org/2004/07/iSync.EAI';

/** The message around every operation, by the names that real clients have (docs/vendors/isync.md#execute). */
export const request: DataContract = dataContract(
  'Request',
  {
    Action: 'string',
    Identifier: 'string',
    Instance: 'string',
    MessageType: 'string',
    MessageXml: 'string',
    PublishDate: 'dateTime',
    SessionKey: 'string',
    Source: 'string',
  },
  [],
  EAI,
);

export const response: DataContract = dataContract(
  'Response',
  {
    Action: 'string',
    Identifier: 'string',
    Instance: 'string',
    MessageType: 'string',
    PublishDate: 'dateTime',
    ResponseText: 'string',
    ResultXml: 'string',
    Source: 'string',
    Successflag: 'boolean',
  },
  [],
  EAI,
);
