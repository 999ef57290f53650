/**
 * The request side, as Claritum holds it (docs/vendors/claritum.md#records). All values are text: quantities and money
 * decimal strings, instants ISO 8601 in UTC with `Z`, identifiers as they came. `null` is the vendor's nil.
 */
export interface Address {
  readonly description: string | null;
  readonly company: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly county: string | null;
  readonly postCode: string | null;
  /** ISO 3166 alpha-2. */
  readonly country: string | null;
}

export interface Contact {
  readonly name: string | null;
  readonly email: string | null;
  readonly telephone: string | null;
}

/** One delivery address of a purchase order; the order of the list is Claritum's allocation order for receipts. */
export interface PurchaseOrderDelivery {
  readonly deliveryRef: string;
  /** 1, 2, … as text. */
  readonly sequence: string;
  readonly address: Address;
  readonly quantity: string;
  /** UTC instant; null where the buyer set no date. */
  readonly requiredDate: string | null;
  readonly instructions: string | null;
}

export interface AttachmentReference {
  readonly attachmentRef: string;
  readonly fileName: string;
  readonly mimeType: string;
}

/** One authorised purchase order: one product, several deliveries (docs/vendors/claritum.md#getpurchaseorders). */
export interface PurchaseOrder {
  /** The key for `markExported`; unlike `orderRef` it joins nothing (docs/vendors/claritum.md#markexported). */
  readonly uid: string;
  /** Claritum's order reference: the join key for specifications, receipts, invoices, and our workflow id. */
  readonly orderRef: string;
  /** The number the buyer knows; ManEx keeps it as PONO, NorthScope as PONumber. */
  readonly poNumber: string;
  readonly projectTitle: string | null;
  readonly customerName: string;
  readonly supplierRef: string | null;
  readonly status: string;
  readonly authorisedDate: string | null;
  /** UTC instant; null is 'TBC'. */
  readonly deliveryDate: string | null;
  readonly productCode: string;
  /** In `unitOfMeasure`. */
  readonly quantity: string;
  readonly unitPrice: string;
  /** 'single units' or 'boxes of N'. */
  readonly unitOfMeasure: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly buyer: Contact | null;
  readonly deliveries: readonly PurchaseOrderDelivery[];
  readonly attachments: readonly AttachmentReference[];
  /** UTC instant of the last change; tells new content from old. */
  readonly lastModified: string;
}

/** A delivery in progress as `getDeliveries` reports it. Its uid is what `markExported` takes. */
export interface DeliveryReport {
  readonly uid: string;
  readonly orderRef: string;
  readonly deliveryRef: string;
  readonly quantity: string;
  readonly deliveryDate: string | null;
  readonly despatchedDate: string | null;
  readonly carrier: string | null;
  readonly consignmentNumber: string | null;
  /** Open set; `delivered` is the one that counts here. */
  readonly status: string;
}

/** The specification of an order: sections of name/value pairs, as printers write them. */
export interface Specification {
  readonly orderRef: string;
  readonly productType: string | null;
  readonly title: string | null;
  readonly quantity: string | null;
  readonly sections: readonly {
    readonly name: string;
    readonly properties: readonly { readonly name: string; readonly value: string }[];
  }[];
}

/** A stored document; the bytes live in the document store, never in a workflow. */
export interface DocumentReference {
  /** `<sha256>.<ext>` in the document store. */
  readonly ref: string;
  /** The vendor's own file name, cleaned for display; never used as a path. */
  readonly name: string;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}
