import { Context } from '@temporalio/activity';
import type { DocumentStore } from '../src/documents/store';
import type { GoodsReceipt } from '../src/domain/purchase-order/goods-receipt';
import type {
  AttachmentReference,
  DeliveryReport,
  DocumentReference,
  PurchaseOrder,
} from '../src/domain/purchase-order/purchase-order';
import type { ClaritumClient } from '../src/vendors/claritum/client';
import { Acknowledger, type Acknowledged, type Acknowledgement, type ListedKind } from './acknowledge';
import { reading, writing } from './call';
import { ReferenceCache } from './reference-cache';

/** How long one list of the backlog serves the orders that ask for themselves: Claritum has no look-up by reference. */
const SHARED_LIST_MS = 1_000;

export interface StoreDocumentsInput {
  readonly orderRef: string;
  readonly attachments: readonly AttachmentReference[];
}

export interface FindPurchaseOrderInput {
  readonly orderRef: string;
  /** Where no record has the uid, the one that has the reference is returned: the caller sees that they do not belong together. */
  readonly uid: string;
  /** Ask Claritum even where a list of the same second is at hand: it may be older than the order. */
  readonly fresh: boolean;
}

export interface FindDeliveryInput {
  readonly uid: string;
}

/** Claritum's uids are one space over orders, deliveries and invoices. */
export type MarkExportedInput<K extends ListedKind = ListedKind> = Acknowledgement & { readonly kind: K };

/** What was to be acknowledged. */
interface Acknowledges {
  readonly of: Pick<Acknowledgement, 'uid' | 'digest'>;
}

export interface RecordGoodsReceiptInput {
  readonly receipt: GoodsReceipt;
}

export function createClaritumActivities(claritum: ClaritumClient, documents: DocumentStore) {
  const acknowledger = new Acknowledger(claritum);
  const listed = new ReferenceCache(SHARED_LIST_MS);

  return {
    /**
     * Reads the specification and the attachments of an order from Claritum and stores them as documents.
     *
     * Safe to repeat: yes, it reads, and a document is stored under its own hash.
     * Looks up first: nothing.
     * Undone by: nothing; documents are kept.
     * Fails for good with: VendorRejected, VendorUnauthorized, DocumentNotFound (an attachment that is missing).
     */
    async storeDocuments({ orderRef, attachments }: StoreDocumentsInput): Promise<DocumentReference[]> {
      const options = reading();
      const stored: DocumentReference[] = [];
      for (const specification of await claritum.getSpecification({ orderRefs: [orderRef] }, options)) {
        const bytes = Buffer.from(`${JSON.stringify(specification, null, 2)}\n`);
        stored.push(
          await documents.put(bytes, { name: `specification ${orderRef}.json`, mimeType: 'application/json' }),
        );
      }
      if (attachments.length === 0) return stored;
      const attachmentRefs = attachments.map(({ attachmentRef }) => attachmentRef);
      for (const { content, fileName, mimeType } of await claritum.getAttachments({ attachmentRefs }, options)) {
        stored.push(await documents.put(content, { name: fileName, mimeType }));
      }
      return stored;
    },

    /**
     * Reads the purchase order as Claritum lists it now, by uid, else by reference; null where it lists neither any longer. Orders
     * that ask in the same second share one list.
     *
     * Safe to repeat: yes, it only reads.
     * Looks up first: nothing.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async findPurchaseOrder({ orderRef, uid, fresh }: FindPurchaseOrderInput): Promise<PurchaseOrder | null> {
      if (fresh) listed.clear();
      const { records } = await listed.read('purchase orders', () => claritum.getPurchaseOrders({}, reading()));
      return (
        records.findLast((order) => order.uid === uid) ?? records.find((order) => order.orderRef === orderRef) ?? null
      );
    },

    /**
     * Reads a delivery as Claritum lists it now; null where it is not listed.
     *
     * Safe to repeat: yes, it only reads.
     * Looks up first: nothing.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async findDelivery({ uid }: FindDeliveryInput): Promise<DeliveryReport | null> {
      const { records } = await claritum.getDeliveries({}, reading());
      return records.findLast((delivery) => delivery.uid === uid) ?? null;
    },

    /**
     * Marks a purchase order, a delivery or an invoice exported in the version that was taken in, together with those of
     * other orders in the same moment. Other content is answered, not marked.
     *
     * Safe to repeat: yes, it sets a flag, and looks at the record each time.
     * Looks up first: getPurchaseOrders, getDeliveries or getPurchaseInvoices, before every mark.
     * Undone by: nothing.
     * Fails for good with: VendorRejected (an unknown uid), VendorUnauthorized.
     */
    async markExported(input: MarkExportedInput): Promise<Acknowledged & Partial<Acknowledges>> {
      const ended = await acknowledger.acknowledge(input, writing());
      const { uid, digest } = input;
      // Of a local activity the history keeps nothing but its result.
      return Context.current().info.isLocal ? { ...ended, of: { uid, digest } } : ended;
    },

    /**
     * Books a goods receipt in Claritum, which allocates it across the delivery addresses in their order.
     *
     * Safe to repeat: no, a second receipt is allocated again (docs/vendors/claritum.md#setgoodsreceipts).
     * Looks up first: nothing can be looked up; a person is asked.
     * Undone by: nothing; a balancing receipt is a listed task.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async recordGoodsReceipt({ receipt }: RecordGoodsReceiptInput): Promise<void> {
      return claritum.setGoodsReceipts({ receipts: [receipt] }, writing());
    },
  };
}
export type ClaritumActivities = ReturnType<typeof createClaritumActivities>;
