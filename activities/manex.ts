import { ownLines, type SalesOrder } from '../src/domain/purchase-order/sales-order';
import { FailureType } from '../src/domain/case/failure-types';
import { VendorError } from '../src/transport/http/vendor-error';
import type { CallOptions } from '../src/transport/http/call';
import type { ManExClient } from '../src/vendors/manex/client';
import { reading, writing } from './call';
import { createManExUndoActivities, type SalesOrderKey, deleteUnlessGone } from './manex-undo';

export interface PlaceSalesOrderInput {
  /** Ten digits, zero-padded. */
  readonly soNo: string;
  readonly custNo: string;
  readonly poNo: string;
  readonly note: string;
}

/** `taken`: ManEx has an order of that number, whoever's it is; nothing was changed. */
export type PlaceSalesOrderResult = { readonly kind: 'placed' | 'taken' };

export interface AddSalesOrderLineInput extends SalesOrderKey {
  /** Stands in the line's note; by it a line with a lost answer is found. */
  readonly marker: string;
  readonly partNumber: string;
  readonly revision: string | null;
  readonly quantity: string;
  readonly unitOfMeasure: string;
  readonly description: string;
  /** Calendar date of the first due date. */
  readonly firstDueDate: string;
}

export interface SalesOrderLineKey extends SalesOrderKey {
  readonly uniqueLn: string;
}

export interface AddPriceInput extends SalesOrderLineKey {
  readonly price: string;
  readonly saleTypeId: string;
}

export interface AddDueDateInput extends SalesOrderLineKey {
  /** Calendar dates; the ship date is earlier than the due date. */
  readonly dueDate: string;
  readonly shipDate: string;
  readonly quantity: string;
}

/** A sales order as looked up: whether this server fills the lists of a line, so that an empty one means "none". */
export type FoundSalesOrder = SalesOrder & { readonly fillsLists: boolean };

export interface EditSalesOrderInput extends SalesOrderKey {
  readonly custNo: string;
  readonly poNo: string;
  readonly note: string;
}

/** What is not named stays as it is. */
export interface EditSalesOrderLineInput extends SalesOrderLineKey {
  readonly quantity?: string;
  readonly description?: string;
}

export interface EditPriceInput extends SalesOrderLineKey {
  readonly plPriceLnk: string;
  readonly price: string;
}

export interface EditDueDateInput extends AddDueDateInput {
  readonly dueDtUniq: string;
}

export interface RemoveDueDateInput {
  readonly dueDtUniq: string;
}

export function createManExActivities(manex: ManExClient) {
  /** The order with its prices, also from servers that leave the lists of SO/Get empty (docs/promises.md#manex). */
  async function whole(soNo: string, options: CallOptions): Promise<FoundSalesOrder | undefined> {
    const order = await manex.soGet({ soNo }, options);
    if (order === undefined) return undefined;
    const fillsLists = order.lines.some(({ prices, dueDates }) => prices.length + dueDates.length > 0);
    const lines = await Promise.all(
      order.lines.map(async (line) => {
        if (line.prices.length > 0) return line;
        const price = await manex.priceGet({ uniqueLn: line.uniqueLn }, options);
        return price === undefined ? line : { ...line, prices: [price] };
      }),
    );
    return { ...order, lines, fillsLists };
  }

  const unknown = (operation: string, message: string): VendorError =>
    new VendorError({ type: FailureType.OutcomeUnknown, vendor: 'manex', operation, code: 'NOT_READ_BACK', message });

  /** A read after a write: its failure, of whatever type, leaves open what the write's failure type would deny. */
  async function orUnknown<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      throw unknown(error.operation, `done, but not read back: ${error.message}`);
    }
  }

  return {
    /**
     * Creates the header of the sales order in ManEx under our own number.
     *
     * Safe to repeat: yes, a number that exists is refused (docs/vendors/manex.md#soadd).
     * Looks up first: nothing; what stands under a refused number is judged by findSalesOrder, our marker and our content.
     * Undone by: withdrawSalesOrder.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async placeSalesOrder({ soNo, custNo, poNo, note }: PlaceSalesOrderInput): Promise<PlaceSalesOrderResult> {
      try {
        await manex.soAdd({ soNo, custNo, poNo, note }, writing());
        return { kind: 'placed' };
      } catch (error) {
        if (error instanceof VendorError && error.code === 'DUPLICATE_SO') return { kind: 'taken' };
        throw error;
      }
    },

    /**
     * Reads a sales order with its lines, prices and due dates; null where ManEx has none of that number.
     *
     * Safe to repeat: yes, it only reads.
     * Looks up first: nothing.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async findSalesOrder({ soNo }: SalesOrderKey): Promise<FoundSalesOrder | null> {
      return (await whole(soNo, reading())) ?? null;
    },

    /**
     * Adds the item to the sales order and reads back the key ManEx gave its line.
     *
     * Safe to repeat: no, it duplicates even with the same line number (docs/vendors/manex.md#soitemadd).
     * Looks up first: findSalesOrder, by our marker `[waybill <reference>]` at the beginning of the line's note.
     * Undone by: removeSalesOrderLine.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async addSalesOrderLine(input: AddSalesOrderLineInput): Promise<{ uniqueLn: string }> {
      const { soNo, marker, partNumber, revision, quantity, unitOfMeasure, description, firstDueDate } = input;
      await manex.itemAdd(
        {
          soNo,
          lineNo: '1',
          partNumber,
          revision,
          quantity,
          unitOfMeasure,
          description,
          note: marker,
          dueDate: firstDueDate,
        },
        writing(),
      );
      // The line exists now. A failed read-back must not report that it was not added.
      const order = await orUnknown(() => manex.soGet({ soNo }, writing()));
      const [line] = ownLines(order, { marker });
      if (line === undefined) throw unknown('SO/Get', `the new line of sales order ${soNo} is not shown`);
      return { uniqueLn: line.uniqueLn };
    },

    /**
     * Adds the agreed price to the line.
     *
     * Safe to repeat: no, a line may have several prices (docs/vendors/manex.md#sopriceadd).
     * Looks up first: findSalesOrder, by amount and sale type among the prices of the line.
     * Undone by: removePrices.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async addPrice({ soNo, uniqueLn, price, saleTypeId }: AddPriceInput): Promise<void> {
      return manex.priceAdd({ soNo, uniqueLn, price, saleTypeId, taxable: true }, writing());
    },

    /**
     * Adds one due date to the line, for one delivery.
     *
     * Safe to repeat: no (docs/vendors/manex.md#soduedateadd).
     * Looks up first: findSalesOrder, by day, quantity and ship date among the due dates of the line.
     * Undone by: removeDueDates.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async addDueDate({ soNo, uniqueLn, dueDate, shipDate, quantity }: AddDueDateInput): Promise<void> {
      return manex.dueDateAdd({ soNo, uniqueLn, dueDate, shipDate, quantity }, writing());
    },

    /**
     * Carries an amendment's PO number into the header of the sales order.
     *
     * Safe to repeat: yes, it sets values (docs/vendors/manex.md#soedit).
     * Looks up first: nothing; it is sent again.
     * Undone by: withdrawSalesOrder.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async editSalesOrder({ soNo, custNo, poNo, note }: EditSalesOrderInput): Promise<void> {
      return manex.soEdit({ soNo, custNo, poNo, note }, writing());
    },

    /**
     * Carries an amendment's quantity or title into the line.
     *
     * Safe to repeat: yes, it sets a value (docs/vendors/manex.md#soitemedit).
     * Looks up first: nothing; it is sent again.
     * Undone by: removeSalesOrderLine.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async editSalesOrderLine({ soNo, uniqueLn, quantity, description }: EditSalesOrderLineInput): Promise<void> {
      return manex.itemEdit({ soNo, uniqueLn, quantity, description }, writing());
    },

    /**
     * Carries an amendment's price into the line.
     *
     * Safe to repeat: yes, it sets a value (docs/vendors/manex.md#sopriceedit).
     * Looks up first: nothing; it is sent again.
     * Undone by: removePrices.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async editPrice({ soNo, uniqueLn, plPriceLnk, price }: EditPriceInput): Promise<void> {
      return manex.priceEdit({ soNo, uniqueLn, plPriceLnk, price }, writing());
    },

    /**
     * Carries an amendment's date or quantity into one due date.
     *
     * Safe to repeat: yes, it sets values (docs/vendors/manex.md#soduedateedit).
     * Looks up first: nothing; it is sent again.
     * Undone by: removeDueDates.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async editDueDate({ soNo, uniqueLn, dueDtUniq, dueDate, shipDate, quantity }: EditDueDateInput): Promise<void> {
      return manex.dueDateEdit({ soNo, uniqueLn, dueDtUniq, dueDate, shipDate, quantity }, writing());
    },

    /**
     * Deletes one due date, of a delivery the buyer dropped.
     *
     * Safe to repeat: yes, one that is not there counts as deleted (docs/vendors/manex.md#soduedatedelete).
     * Looks up first: nothing; it is sent again.
     * Undone by: nothing; the amendment that dropped it was the buyer's.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async removeDueDate({ dueDtUniq }: RemoveDueDateInput): Promise<void> {
      return deleteUnlessGone('DUE_DATE_NOT_FOUND', () => manex.dueDateDelete({ dueDtUniq }, writing()));
    },

    /**
     * Sets the line's status to Closed, when everything is received and invoiced (docs/vendors/manex.md#soitemedit).
     *
     * Safe to repeat: yes, it sets a status.
     * Looks up first: nothing; it is sent again.
     * Undone by: nothing; it comes last.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async closeSalesOrderLine({ soNo, uniqueLn }: SalesOrderLineKey): Promise<void> {
      return manex.itemEdit({ soNo, uniqueLn, status: 'Closed' }, writing());
    },

    ...createManExUndoActivities(manex, whole),
  };
}
export type ManExActivities = ReturnType<typeof createManExActivities>;
