import { instantOf } from '../../domain/values/calendar';
import { isPositive } from '../../domain/values/decimal';
import { readInstant } from '../../domain/values/instant';
import type { GoodsReceipt } from '../../domain/purchase-order/goods-receipt';
import { limits, textFault, wholeNumber } from '../../domain/purchase-order/limits';
import type { Address, Contact } from '../../domain/purchase-order/purchase-order';
import type { StockOrderDespatch } from '../../domain/stock-order/stock-order';
import type { SoapInput } from '../../transport/formats/soap-value';

/**
 * `2026-01-05T09:00:00Z`, the form without a fraction, a calendar day as its noon; what is no instant
 * goes as it is, for Claritum to refuse.
 */
const toInstant = (text: string): string => {
  const instant = instantOf(text);
  return (readInstant(instant) ?? instant).replace(/\.\d+Z$/, 'Z');
};

/**
 * Members in the order of the WSDL.
 *
 * @throws RangeError for a quantity that is no positive whole number, and a reference that is too long.
 */
export function toGoodsReceiptRequest(receipt: GoodsReceipt): SoapInput {
  const quantity = wholeNumber(receipt.quantity);
  if (quantity === undefined || !isPositive(quantity)) throw new RangeError('quantity is not a positive whole number');
  const fault = textFault(limits.claritum.receiptRef, receipt.receiptRef);
  if (fault !== undefined) throw new RangeError(`receiptRef ${fault}`);
  return {
    orderRef: receipt.orderRef,
    receiptRef: receipt.receiptRef,
    receivedDate: toInstant(receipt.receivedDate),
    quantity,
    deliveryNoteNumber: receipt.deliveryNoteNumber,
  };
}

/** Members in the order of the WSDL. */
export const toStockOrderStatusRequest = (despatch: StockOrderDespatch): SoapInput => ({
  stockOrderRef: despatch.stockOrderRef,
  status: 'despatched',
  despatchedDate: toInstant(despatch.despatchedDate),
  carrier: despatch.carrier,
  consignmentNumber: despatch.consignmentNumber,
});

/**
 * Customers and suppliers as `setCustomers` and `setSuppliers` take them (docs/vendors/claritum.md#setcustomers). A
 * member that is left out keeps the value Claritum has, null empties it.
 */
interface BusinessPartner {
  /** The caller's own key: what is known by it is updated, what is not is created. */
  readonly externalId: string;
  /** Claritum's own number, where it is known. */
  readonly claritumId?: string | null;
  readonly name: string;
  readonly companyRegistrationNumber?: string | null;
  readonly telephone?: string | null;
  /** ISO 4217. */
  readonly currency?: string | null;
  readonly nominalLedgerCode?: string | null;
}

export interface Customer extends BusinessPartner {
  readonly tagName?: string | null;
  readonly accountManager?: string | null;
  readonly businessUnit?: string | null;
  readonly invoiceEmail?: string | null;
  readonly salesRepCode?: string | null;
  /** The customer's number in the finance package. */
  readonly accountsRef?: string | null;
  readonly taxNumber?: string | null;
  readonly exemptionNumber?: string | null;
  readonly creditStop?: boolean;
  readonly address?: Address | null;
  readonly contacts?: readonly Contact[];
}

export interface Supplier extends BusinessPartner {
  readonly fax?: string | null;
  /** For the company's own eyes. */
  readonly notes?: string | null;
  /** The supplier's number in the finance package. */
  readonly accountingRef?: string | null;
  readonly activities?: readonly string[];
  /** Names of the customers it works for, or all of them. Claritum ignores a name it does not know, without a word. */
  readonly customers?: 'all' | readonly string[];
  readonly address: Address;
  readonly users?: readonly Contact[];
}

type Members = Readonly<Record<string, SoapInput | undefined>>;

const given = (members: Members): SoapInput =>
  Object.fromEntries(Object.entries(members).filter((entry): entry is [string, SoapInput] => entry[1] !== undefined));

/** Members in the order of the WSDL. */
export const toCustomerRequest = (customer: Customer): SoapInput =>
  given({
    externalId: customer.externalId,
    claritumId: customer.claritumId,
    name: customer.name,
    tagName: customer.tagName,
    companyRegistrationNumber: customer.companyRegistrationNumber,
    telephone: customer.telephone,
    currency: customer.currency,
    accountManager: customer.accountManager,
    businessUnit: customer.businessUnit,
    invoiceEmail: customer.invoiceEmail,
    salesRepCode: customer.salesRepCode,
    accountsRef: customer.accountsRef,
    nominalLedgerCode: customer.nominalLedgerCode,
    taxNumber: customer.taxNumber,
    exemptionNumber: customer.exemptionNumber,
    creditStop: customer.creditStop === undefined ? undefined : String(customer.creditStop),
    address: customer.address && addressRequest(customer.address),
    contacts: customer.contacts?.map(contactRequest),
  });

/**
 * Members in the order of the WSDL.
 *
 * @throws RangeError for a customer's name that Claritum would read as two, or as everybody's
 */
export const toSupplierRequest = (supplier: Supplier): SoapInput =>
  given({
    externalId: supplier.externalId,
    claritumId: supplier.claritumId,
    name: supplier.name,
    currency: supplier.currency,
    companyRegistrationNumber: supplier.companyRegistrationNumber,
    telephone: supplier.telephone,
    fax: supplier.fax,
    notes: supplier.notes,
    nominalLedgerCode: supplier.nominalLedgerCode,
    accountingRef: supplier.accountingRef,
    activities: supplier.activities,
    customers: supplier.customers && customerList(supplier.customers),
    address: addressRequest(supplier.address),
    users: supplier.users?.map(contactRequest),
  });

function customerList(customers: 'all' | readonly string[]): string {
  if (customers === 'all') return 'All';
  const ambiguous = customers.some((name) => name.includes(',') || name.trim().toLowerCase() === 'all');
  if (ambiguous) throw new RangeError("a customer name is 'All' or contains a comma");
  return customers.join(',');
}

const addressRequest = (address: Address): SoapInput => ({
  description: address.description,
  company: address.company,
  street: address.street,
  city: address.city,
  county: address.county,
  postCode: address.postCode,
  country: address.country,
});

const contactRequest = (contact: Contact): SoapInput => ({
  name: contact.name,
  email: contact.email,
  telephone: contact.telephone,
});
