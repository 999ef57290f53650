import { ownLines, readNote, type SalesOrder } from '../src/domain/purchase-order/sales-order';
import { VendorError } from '../src/transport/http/vendor-error';
import type { CallOptions } from '../src/transport/http/call';
import type { ManExClient } from '../src/vendors/manex/client';
import { writing } from './call';

export interface SalesOrderKey {
  readonly soNo: string;
}

export interface MarkedLineInput extends SalesOrderKey {
  readonly marker: string;
  /** Its key, once it is known: ManEx may not keep the note. */
  readonly uniqueLn?: string;
}

export interface WithdrawSalesOrderInput extends SalesOrderKey {
  /** Ours at the beginning of the header's note: nothing else proves that the header is ours. */
  readonly marker: string;
  readonly note: string;
  /** Where it is known to be ours, also without our marker: ManEx may not keep the note. Another order's marker counts. */
  readonly isOurs?: true;
}

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
    async removeDueDates({ soNo, ...own }: MarkedLineInput): Promise<void> {
      const lines = ownLines(await manex.soGet({ soNo }, writing()), own);
      for (const { dueDtUniq } of lines.flatMap(({ dueDates }) => dueDates)) {
        await deleteUnlessGone('DUE_DATE_NOT_FOUND', () => manex.dueDateDelete({ dueDtUniq }, writing()));
      }
    },

    /**
     * Compensates addPrice: deletes every price of our line that ManEx shows.
     *
     * Safe to repeat: yes, it finds first and deletes what is there.
     * Looks up first: SO/Get, PriceGet.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async removePrices({ soNo, ...own }: MarkedLineInput): Promise<void> {
      const lines = ownLines(await whole(soNo, writing()), own);
      for (const { plPriceLnk, uniqueLn } of lines.flatMap(({ prices }) => prices)) {
        await deleteUnlessGone('PRICE_NOT_FOUND', () => manex.priceDelete({ soNo, uniqueLn, plPriceLnk }, writing()));
      }
    },

    /**
     * Compensates addSalesOrderLine: deletes our line if ManEx shows it.
     *
     * Safe to repeat: yes, it finds first and deletes what is there.
     * Looks up first: SO/Get.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async removeSalesOrderLine({ soNo, ...own }: MarkedLineInput): Promise<void> {
      for (const { uniqueLn } of ownLines(await manex.soGet({ soNo }, writing()), own)) {
        await deleteUnlessGone('ITEM_NOT_FOUND', () => manex.itemDelete({ soNo, uniqueLn }, writing()));
      }
    },

    /**
     * Compensates placeSalesOrder as far as ManEx allows: a header cannot be deleted, so its note says it is cancelled.
     *
     * Safe to repeat: yes, it sets a text.
     * Looks up first: SO/Get; a header that is not there, or not ours, is left alone.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async withdrawSalesOrder({ soNo, marker, note, isOurs }: WithdrawSalesOrderInput): Promise<void> {
      const order = await manex.soGet({ soNo }, writing());
      // Withdrawn already, by an earlier attempt: a header that is closed since would refuse it.
      if (order === undefined || order.note.trim() === note) return;
      const carried = readNote(order.note, marker);
      if (carried === 'ours' || (isOurs === true && carried !== 'another')) {
        await manex.soEdit({ soNo, custNo: order.custNo, note }, writing());
      }
    },
  };
}

/** A deletion whose record is gone has nothing left to do: an earlier attempt of it took effect late. */
export async function deleteUnlessGone(code: string, deletion: () => Promise<void>): Promise<void> {
  try {
    await deletion();
  } catch (error) {
    if (!(error instanceof VendorError) || error.code !== code) throw error;
  }
}
