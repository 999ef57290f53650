import { checkTexts } from './checks';
import * as contracts from './contracts';
import { createCreditNote } from './credit-notes';
import type { DataContract } from './data-contract';
import type { ISyncOptions } from './options';
import { persistOrder } from './orders';
import { Refused } from './refused';
import type { Document } from './serialise';
import type { ISyncState } from './state';
import type { StockQuery } from './stock';
import { textOf } from '../values';
import type { Values } from '../values';

/** What a carried-out operation returns: an inner document or nil; how many records it created or changed. */
export interface OperationResult {
  readonly document: Document | null;
  readonly effects: number;
}

/** One operation behind Execute. */
export interface Operation {
  /** Its MessageType, and its name on docs/vendors/isync.md. */
  readonly name: string;
  /** What MessageXml must hold. */
  readonly criteria: DataContract;
  readonly isList: boolean;
  /** The business keys of the records it is about; none for whole lists. */
  keys(given: Values): readonly string[];
  /** @throws Refused for the vendor's own no; nothing has changed then */
  run(state: ISyncState, given: Values, options: ISyncOptions): OperationResult;
}

const poNumber = (given: Values): readonly string[] => [textOf(given, 'PONumber')].filter((key) => key !== '');

const barcodes = (given: Values): readonly string[] =>
  textOf(given, 'ThirdPartyBarcode')
    .split('|')
    .map((barcode) => barcode.trim())
    .filter((barcode) => barcode !== '');

function stockQuery(given: Values, { availableUnits }: ISyncOptions): StockQuery {
  checkTexts(given, ['AddedDate']);
  return {
    changedAfter: textOf(given, 'AddedDate'),
    isToSellOnly: availableUnits === 'filters' && given['AvailableUnits'] === true,
    barcodes: barcodes(given),
  };
}

const catalogue: Operation = {
  name: 'GetProductStockCatalogue',
  criteria: contracts.catalogueQuery,
  isList: true,
  keys: () => [],
  run: ({ stock }, given, options) => {
    const entries = stock.catalogueRows(stockQuery(given, options));
    return { document: { item: contracts.productStockCatalogue, entries }, effects: 0 };
  },
};

const units: Operation = {
  name: 'GetProductStockUnits',
  criteria: contracts.unitsQuery,
  isList: true,
  keys: barcodes,
  run: ({ stock }, given, options) => {
    const entries = stock.unitRows(stockQuery(given, options));
    return { document: { item: contracts.productStockUnits, entries }, effects: 0 };
  },
};

const persist: Operation = {
  name: 'PersistWebSalesOrder',
  criteria: contracts.webSalesOrder,
  isList: false,
  keys: poNumber,
  run: (state, given, options) => {
    const values = persistOrder(state, given, options);
    return { document: { contract: contracts.webSalesOrder, values }, effects: 1 };
  },
};

const getOrder: Operation = {
  name: 'GetWebSalesOrder',
  criteria: contracts.webSalesOrderQuery,
  isList: false,
  keys: poNumber,
  run: (state, given, { orderNotFound }) => {
    checkTexts(given, ['PONumber']);
    const [values] = state.ordersOf(textOf(given, 'PONumber'));
    if (values !== undefined) return { document: { contract: contracts.webSalesOrder, values }, effects: 0 };
    if (orderNotFound === 'empty') return { document: null, effects: 0 };
    throw new Refused(`Sales order with the PO Number '${textOf(given, 'PONumber')}' was not found.`);
  },
};

const createNote: Operation = {
  name: 'CreateWebCreditNote',
  criteria: contracts.webCreditNote,
  isList: false,
  keys: poNumber,
  run: (state, given) => {
    const values = createCreditNote(state, given);
    return { document: { contract: contracts.webCreditNote, values }, effects: 1 };
  },
};

/** The operations by MessageType, which is case-sensitive. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [catalogue, units, persist, getOrder, createNote].map((operation) => [operation.name, operation]),
);

/**
 * What GetAvailableOperations tells. Two places are known of a live system: 15 PersistWebSalesOrder, 16
 * GetWebSalesOrder (docs/vendors/isync.md#getavailableoperations); the names of what is not simulated are made up.
 */
export const availableOperations: readonly string[] = [
  ...['GetBrands', 'GetColours', 'GetSizes', 'GetSeasons', 'GetStyles', 'GetWarehouses', 'GetSuppliers'],
  ...['GetCustomers', 'GetPriceLists', 'GetDeliveryMethods', 'GetPaymentMethods', 'GetProductImages'],
  ...['GetProductStockCatalogue', 'GetProductStockUnits', 'PersistWebCustomer'],
  ...['PersistWebSalesOrder', 'GetWebSalesOrder', 'CreateWebCreditNote'],
];
