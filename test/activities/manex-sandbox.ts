import { createManExActivities, type AddSalesOrderLineInput } from '../../activities/manex';
import { lineMarker } from '../../src/domain/purchase-order/sales-order-number';
import { ManExClient } from '../../src/vendors/manex/client';
import { openSandbox } from '../workflows/sandbox-control';
import { run } from './attempt';

export const CUSTOMER = '0000000008';
export const API_KEY = '1234567890';

export interface Fault {
  readonly operation: string;
  readonly fault: string;
  readonly times?: number;
  /** Matching calls let through first. */
  readonly after?: number;
  readonly ms?: number;
}

/** ManEx's activities against its sandbox over HTTP; every test has order numbers of its own. */
export async function openManEx() {
  const sandbox = await openSandbox(0, false);
  const activities = createManExActivities(new ManExClient({ endpoint: sandbox.origin, apiKey: API_KEY }));
  let numbers = 0;

  /** An order that nobody has used yet. */
  const fresh = () => {
    numbers += 1;
    const soNo = String(numbers).padStart(10, '0');
    const marker = lineMarker(`PO-${numbers}`);
    return { soNo, marker, header: { soNo, custNo: CUSTOMER, poNo: `ALP-${numbers}`, note: marker } };
  };

  const item = ({ soNo, marker }: { readonly soNo: string; readonly marker: string }): AddSalesOrderLineInput => ({
    soNo,
    marker,
    partNumber: 'LBL-0071',
    revision: 'B',
    quantity: '10',
    unitOfMeasure: 'BOX',
    description: 'Labels',
    firstDueDate: '2026-01-22',
  });

  /** A header with our line on it. */
  const withLine = async () => {
    const order = fresh();
    await run(activities.placeSalesOrder, order.header);
    const { uniqueLn } = await run(activities.addSalesOrderLine, item(order));
    return { ...order, uniqueLn };
  };

  /** A line with a price and two due dates. */
  const whole = async () => {
    const order = await withLine();
    const { soNo, uniqueLn } = order;
    await run(activities.addPrice, { soNo, uniqueLn, price: '42.50', saleTypeId: 'OTHER' });
    for (const dueDate of ['2026-01-22', '2026-01-29']) {
      await run(activities.addDueDate, { soNo, uniqueLn, dueDate, shipDate: '2026-01-20', quantity: '5' });
    }
    return order;
  };

  return {
    activities,
    fresh,
    item,
    withLine,
    whole,
    close: sandbox.close,

    /** Lets a fault fall on the next call of an operation on this order. */
    fault: (soNo: string, fault: Fault): Promise<void> => sandbox.fault({ vendor: 'manex', key: soNo, ...fault }),

    /** What ManEx really holds of the order. */
    async held(soNo: string) {
      const { manex } = await sandbox.ledger();
      return manex.salesOrders.filter(({ SONO }) => SONO === soNo);
    },

    /** The calls that reached ManEx for this order: `operation` and how many records each changed. */
    async calls(soNo: string): Promise<(readonly [string, number])[]> {
      const { calls } = await sandbox.ledger();
      return calls.filter(({ key }) => key === soNo).map(({ operation, effects }) => [operation, effects]);
    },
  };
}
export type ManExAtWork = Awaited<ReturnType<typeof openManEx>>;
