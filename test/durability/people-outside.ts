import { compare, isPositive, isZero, minimum, subtract, sum } from '../../src/domain/values/decimal';
import type { SandboxLedger, PurchaseOrderRow } from './auditor/evidence';
import type { Buyer } from './buyer';
import type { OrderKeys } from './operations';
import type { SequenceCell } from './sequence-cells';

/** The warehouse, the carrier and the accounts of one order: each does what is next, when it is told to. */
export class PeopleOutside {
  /** Epoch milliseconds of the last thing they did: what was seen before is no longer so. */
  doneAt = 0;

  constructor(
    private readonly buyer: Buyer,
    private readonly cell: SequenceCell,
    private readonly keys: OrderKeys,
  ) {}

  /** Everything that is allocated leaves. */
  async despatchAll(ledger: SandboxLedger): Promise<void> {
    const { wanted } = this.#warehouse(ledger);
    for (const { orderId, open } of wanted) {
      if (isPositive(open)) await this.act({ despatch: { order: orderId, units: open } });
    }
  }

  async deliver(quantity: string): Promise<void> {
    const { orderRef, deliveryUid } = this.keys;
    const deliveryRef = deliveryUid.replace('DL-', '');
    await this.act({ deliver: { orderRef, deliveryRef, quantity } });
  }

  /** The next step of an order of which so much is wanted: never more leaves than that. */
  async doWhatIsNext(ledger: SandboxLedger, order: PurchaseOrderRow, wanted: string): Promise<void> {
    const { orderRef } = this.keys;
    const { shipped, wanted: orders } = this.#warehouse(ledger);
    const { deliveries, goodsReceipts, purchaseInvoices } = ledger.claritum;
    const ready = orders.find(({ open }) => isPositive(open));
    const room = subtract(wanted, shipped);
    if (order.status !== 'cancelled' && ready !== undefined && isPositive(room)) {
      return this.act({ despatch: { order: ready.orderId, units: minimum(ready.open, room) } });
    }
    const delivered = sum(
      deliveries
        .filter((delivery) => delivery.orderRef === orderRef && delivery.status === 'delivered')
        .map(({ quantity }) => quantity),
    );
    const onTheRoad = subtract(shipped, delivered);
    // What the carrier took back was never there; a cancelled job takes nothing more.
    const isOver = this.cell.change === 'corrected-down' || order.status === 'cancelled';
    if (!isOver && isPositive(onTheRoad)) return this.deliver(onTheRoad);
    const received = sum(
      goodsReceipts.filter((receipt) => receipt.orderRef === orderRef).map(({ quantity }) => quantity),
    );
    const isInvoiced = purchaseInvoices.some((invoice) => invoice.orderRef === orderRef);
    const isAllHere = compare(received, wanted) >= 0 && compare(received, shipped) >= 0;
    if (isInvoiced || isZero(received) || !isAllHere) return undefined;
    // What the carrier took back is not invoiced, whatever receipt stands until it is balanced.
    const quantity = this.cell.change === 'corrected-down' ? minimum(received, delivered) : received;
    return this.act({ invoice: { kind: 'purchase', orderRef, number: '', quantity } });
  }

  /** One thing that somebody does. @param withdrawn the uid of the order that is off the list by it */
  async act(action: object, withdrawn?: string): Promise<void> {
    await this.buyer.act(action, withdrawn);
    this.doneAt = Date.now();
  }

  /** What has left so far, and what is ready to, order by order; in single units. */
  #warehouse({ northscope }: SandboxLedger) {
    const orders = northscope.salesOrders.filter(({ OrderID }) => OrderID.startsWith(`${this.keys.soNo}-`));
    const units = orders.flatMap(({ SalesOrderDetailList }) => SalesOrderDetailList);
    return {
      shipped: sum(units.map(({ ShippedUnits }) => ShippedUnits)),
      wanted: orders.map(({ OrderID, SalesOrderDetailList: lines }) => ({
        orderId: OrderID,
        open: sum(lines.map(({ AllocatedUnits, ShippedUnits }) => subtract(AllocatedUnits, ShippedUnits))),
      })),
    };
  }
}
