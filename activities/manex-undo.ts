import { isOurs, type SalesOrder, type SalesOrderLine } from '../src/domain/sales-order';
import { VendorError } from '../src/transport/vendor-error';
import type { CallOptions } from '../src/transport/call';
import type { ManExClient } from '../src/vendors/manex/client';
import { writing } from './call';
import { translating } from './failure';

export interface SalesOrderKey {
  readonly soNo: string;
}

export interface MarkedLineInput extends SalesOrderKey {
  readonly marker: string;
}

export interface WithdrawSalesOrderInput extends SalesOrderKey {
  readonly poNo: string;
  /** Ours in the note of the header: the PO number may have been amended. */
  readonly marker: string;
  readonly note: string;
}

/** The lines that carry our marker: one, or more where a call whose outcome nobody knew took effect after all. */
export const markedLines = (order: SalesOrder | undefined, marker: string): readonly SalesOrderLine[] =>
  order?.lines.filter(({ note }) => note.includes(marker)) ?? [];

/**
 * The compensations of the sales order: each finds first and then undoes, so that it may run any number of times.
 *
 * @param whole SO/Get with the prices of lines whose lists the server leaves empty.
 */
export function createManExUndoActivities(
  manex: ManExClient,
  whole: (soNo: string, options: CallOptions) => Promise<SalesOrder | undefined>,
) {
  return {
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
        const lines = markedLines(await manex.soGet({ soNo }, writing()), marker);
        for (const { dueDtUniq } of lines.flatMap(({ dueDates }) => dueDates)) {
          await unlessGone('DUE_DATE_NOT_FOUND', () => manex.dueDateDelete({ dueDtUniq }, writing()));
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
        const lines = markedLines(await whole(soNo, writing()), marker);
        for (const { plPriceLnk, uniqueLn } of lines.flatMap(({ prices }) => prices)) {
          await unlessGone('PRICE_NOT_FOUND', () => manex.priceDelete({ soNo, uniqueLn, plPriceLnk }, writing()));
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
        for (const { uniqueLn } of markedLines(await manex.soGet({ soNo }, writing()), marker)) {
          await unlessGone('ITEM_NOT_FOUND', () => manex.itemDelete({ soNo, uniqueLn }, writing()));
        }
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
    async withdrawSalesOrder({ soNo, poNo, marker, note }: WithdrawSalesOrderInput): Promise<void> {
      return translating(async () => {
        const order = await manex.soGet({ soNo }, writing());
        if (order !== undefined && isOurs(order, poNo, marker)) {
          await manex.soEdit({ soNo, custNo: order.custNo, note }, writing());
        }
      });
    },
  };
}

/** A deletion whose record is gone has nothing left to do: an earlier attempt of it took effect late. */
export async function unlessGone(code: string, deletion: () => Promise<void>): Promise<void> {
  try {
    await deletion();
  } catch (error) {
    if (!(error instanceof VendorError) || error.code !== code) throw error;
  }
}
