import type { SalesOrder, SalesOrderLine } from '../src/domain/sales-order';
import { FailureType } from '../src/domain/failure-types';
import { compare } from '../src/domain/decimal';
import { VendorError } from '../src/transport/vendor-error';
import type { CallOptions } from '../src/transport/call';
import type { ManExClient } from '../src/vendors/manex/client';
import { reading, writing } from './call';
import { translating } from './failure';

export interface PlaceSalesOrderInput {
  /** Ten digits, zero-padded. */
  readonly soNo: string;
  readonly custNo: string;
  readonly poNo: string;
  readonly note: string;
}

/** `taken`: the number belongs to somebody else's order; nothing was changed. */
export type PlaceSalesOrderResult = { readonly kind: 'placed' | 'adopted' | 'taken' };

export interface SalesOrderKey {
  readonly soNo: string;
}

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

export interface MarkedLineInput extends SalesOrderKey {
  readonly marker: string;
}

export interface WithdrawSalesOrderInput extends SalesOrderKey {
  readonly poNo: string;
  readonly note: string;
}

/** The line that carries our marker, if the order has one. */
export const markedLine = (order: SalesOrder, marker: string): SalesOrderLine | undefined =>
  order.lines.find(({ note }) => note.includes(marker));

export function createManExActivities(manex: ManExClient) {
  /** The order with its prices, also from servers that leave the lists of SO/Get empty (contract §B.5 op. 3). */
  async function whole(soNo: string, options: CallOptions): Promise<SalesOrder | undefined> {
    const order = await manex.soGet({ soNo }, options);
    if (order === undefined) return undefined;
    const lines = await Promise.all(
      order.lines.map(async (line) => {
        if (line.prices.length > 0) return line;
        const price = await manex.priceGet({ uniqueLn: line.uniqueLn }, options);
        return price === undefined ? line : { ...line, prices: [price] };
      }),
    );
    return { ...order, lines };
  }

  const unknown = (operation: string, message: string): VendorError =>
    new VendorError({ type: FailureType.OutcomeUnknown, vendor: 'manex', operation, code: 'NOT_READ_BACK', message });

  return {
    /**
     * Creates the header of the sales order in ManEx under our own number.
     *
     * Safe to repeat: yes, a number that exists is refused (contract §A row 47).
     * Looks up first: on that refusal SO/Get; our PONO under the number means it is ours and is adopted.
     * Undone by: withdrawSalesOrder.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async placeSalesOrder({ soNo, custNo, poNo, note }: PlaceSalesOrderInput): Promise<PlaceSalesOrderResult> {
      return translating(async () => {
        try {
          await manex.soAdd({ soNo, custNo, poNo, note }, writing());
          return { kind: 'placed' };
        } catch (error) {
          if (!(error instanceof VendorError) || error.code !== 'DUPLICATE_SO') throw error;
          const standing = await manex.soGet({ soNo }, writing());
          if (standing === undefined)
            throw unknown('SO/Get', `ManEx refuses number ${soNo} as a duplicate and does not show it`);
          return { kind: standing.poNo === poNo ? 'adopted' : 'taken' };
        }
      });
    },

    /**
     * Reads a sales order with its lines, prices and due dates; null where ManEx has none of that number.
     *
     * Safe to repeat: yes, it only reads.
     * Looks up first: nothing.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async findSalesOrder({ soNo }: SalesOrderKey): Promise<SalesOrder | null> {
      return translating(async () => (await whole(soNo, reading())) ?? null);
    },

    /**
     * Adds the item to the sales order and reads back the key ManEx gave its line.
     *
     * Safe to repeat: no, it duplicates even with the same line number (contract §A row 50).
     * Looks up first: findSalesOrder, by our marker in the note of the line.
     * Undone by: removeSalesOrderLine.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async addSalesOrderLine(input: AddSalesOrderLineInput): Promise<{ uniqueLn: string }> {
      const { soNo, marker, partNumber, revision, quantity, unitOfMeasure, description, firstDueDate } = input;
      return translating(async () => {
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
        // The line stands now: whatever happens to the read-back, the answer to "was it added" must not become "no".
        const order = await manex.soGet({ soNo }, writing());
        const line = order && markedLine(order, marker);
        if (line === undefined) throw unknown('SO/Get', `the new line of sales order ${soNo} could not be read back`);
        return { uniqueLn: line.uniqueLn };
      });
    },

    /**
     * Adds the agreed price to the line.
     *
     * Safe to repeat: no, a line may have several prices (contract §A row 54).
     * Looks up first: findSalesOrder, by the prices of the line.
     * Undone by: removePrices.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async addPrice({ soNo, uniqueLn, price, saleTypeId }: AddPriceInput): Promise<void> {
      return translating(() => manex.priceAdd({ soNo, uniqueLn, price, saleTypeId, taxable: true }, writing()));
    },

    /**
     * Adds one due date to the line, for one delivery.
     *
     * Safe to repeat: no (contract §A row 58).
     * Looks up first: findSalesOrder, by date and quantity among the due dates of the line.
     * Undone by: removeDueDates.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async addDueDate({ soNo, uniqueLn, dueDate, shipDate, quantity }: AddDueDateInput): Promise<void> {
      return translating(() => manex.dueDateAdd({ soNo, uniqueLn, dueDate, shipDate, quantity }, writing()));
    },

    /**
     * Sets the line's status to Closed, when everything is received and invoiced (contract §E.20).
     *
     * Safe to repeat: yes, it sets a status.
     * Looks up first: nothing; it is sent again.
     * Undone by: nothing; it comes last.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async closeSalesOrderLine({ soNo, uniqueLn }: SalesOrderLineKey): Promise<void> {
      return translating(() => manex.itemEdit({ soNo, uniqueLn, status: 'Closed' }, writing()));
    },

    /**
     * Compensates addDueDate: deletes every due date of our line that ManEx shows.
     *
     * Safe to repeat: yes, it finds first and deletes what is there.
     * Looks up first: SO/Get.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async removeDueDates({ soNo, marker }: MarkedLineInput): Promise<void> {
      return translating(async () => {
        const order = await manex.soGet({ soNo }, writing());
        for (const { dueDtUniq } of (order && markedLine(order, marker))?.dueDates ?? []) {
          await manex.dueDateDelete({ dueDtUniq }, writing());
        }
      });
    },

    /**
     * Compensates addPrice: deletes every price of our line that ManEx shows.
     *
     * Safe to repeat: yes, it finds first and deletes what is there.
     * Looks up first: SO/Get, PriceGet.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async removePrices({ soNo, marker }: MarkedLineInput): Promise<void> {
      return translating(async () => {
        const order = await whole(soNo, writing());
        const line = order && markedLine(order, marker);
        for (const { plPriceLnk } of line?.prices ?? []) {
          await manex.priceDelete({ soNo, uniqueLn: line?.uniqueLn ?? '', plPriceLnk }, writing());
        }
      });
    },

    /**
     * Compensates addSalesOrderLine: deletes our line if ManEx shows it.
     *
     * Safe to repeat: yes, it finds first and deletes what is there.
     * Looks up first: SO/Get.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async removeSalesOrderLine({ soNo, marker }: MarkedLineInput): Promise<void> {
      return translating(async () => {
        const order = await manex.soGet({ soNo }, writing());
        const line = order && markedLine(order, marker);
        if (line !== undefined) await manex.itemDelete({ soNo, uniqueLn: line.uniqueLn }, writing());
      });
    },

    /**
     * Compensates placeSalesOrder as far as ManEx allows: a header cannot be deleted, so its note says it is cancelled.
     *
     * Safe to repeat: yes, it sets a text.
     * Looks up first: SO/Get; a header that is not there, or not ours, is left alone.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async withdrawSalesOrder({ soNo, poNo, note }: WithdrawSalesOrderInput): Promise<void> {
      return translating(async () => {
        const order = await manex.soGet({ soNo }, writing());
        if (order !== undefined && order.poNo === poNo) {
          await manex.soEdit({ soNo, custNo: order.custNo, note }, writing());
        }
      });
    },
  };
}
export type ManExActivities = ReturnType<typeof createManExActivities>;

/** Whether the line already carries this due date (same day, same quantity), as the look-up of a lost answer asks. */
export const hasDueDate = (
  line: SalesOrderLine,
  { dueDate, quantity }: Pick<AddDueDateInput, 'dueDate' | 'quantity'>,
): boolean => line.dueDates.some((due) => due.dueDate === dueDate && compare(due.quantity, quantity) === 0);
