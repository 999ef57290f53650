import type { OrderInvoice, Progress } from '../../src/domain/purchase-order/progress';
import { decideUpdate } from '../../workflows/case/messages';
import type { World } from './world';

/** What the people of the systems do, as steps of a test's story. */
export class Story {
  constructor(
    readonly world: World,
    readonly orderRef: string,
  ) {}

  /** The first order whose number in the seed is `index` (0 straight through, 1 over the limit, 2 two addresses). */
  static async of(world: World, index: number): Promise<Story> {
    const orderRef = (await world.orderRefs())[index];
    if (orderRef === undefined) throw new Error(`the sandbox has no order ${index}`);
    return new Story(world, orderRef);
  }

  /** Waits for the order to be placed and allocated in whole. */
  async allocated(): Promise<Progress> {
    return this.world.until(this.orderRef, ({ totals }) => Number(totals.allocated) >= Number(totals.ordered));
  }

  /** Has it taken over, and waits for its allocation. @returns what an invoice for all of it says */
  async placed(): Promise<{ readonly quantity: string; readonly net: string }> {
    await this.world.poll();
    const { totals } = await this.allocated();
    return { quantity: totals.ordered, net: (Number(totals.ordered) * 0.85).toFixed(2) };
  }

  /** Ships everything allocated of one NorthScope order, and waits until the order has seen it. */
  async despatch(index = 0): Promise<Progress> {
    const before = await this.progress();
    const order = before.documents.northscope.orders[index]?.orderId;
    await this.world.sandbox.world({ despatch: { order } });
    return this.world.until(
      this.orderRef,
      ({ totals }) => Number(totals.despatched) > Number(before.totals.despatched),
    );
  }

  /** Reports a delivery in Claritum and polls, as the schedule would. */
  async deliver(quantity: string, deliveryRef?: string): Promise<void> {
    await this.world.sandbox.world({
      deliver: {
        orderRef: this.orderRef,
        ...(deliveryRef === undefined ? {} : { deliveryRef }),
        quantity: Number(quantity),
      },
    });
    await this.world.poll();
  }

  async received(quantity: string): Promise<Progress> {
    return this.world.until(this.orderRef, ({ totals }) => totals.received === quantity);
  }

  /** Issues a purchase invoice in Claritum and polls. @returns its uid */
  async invoice(number: string, quantity: string, net: string): Promise<string> {
    const { orderRef } = this;
    await this.world.sandbox.world({
      invoice: { kind: 'purchase', orderRef, number, quantity: Number(quantity), net },
    });
    await this.world.poll();
    const { purchaseInvoices } = (await this.world.sandbox.ledger()).claritum;
    const uid = purchaseInvoices.find(({ invoiceNumber }) => invoiceNumber === number)?.uid;
    if (uid === undefined) throw new Error(`no invoice ${number} in the ledger`);
    return uid;
  }

  async progress(): Promise<Progress> {
    return this.world.until(this.orderRef, () => true);
  }

  async decision(kind: string): Promise<Progress['decisions'][number]> {
    const { decisions } = await this.world.until(this.orderRef, (now) =>
      now.decisions.some((open) => open.kind === kind),
    );
    const found = decisions.find((open) => open.kind === kind);
    if (found === undefined) throw new Error(`no decision ${kind}`);
    return found;
  }

  /** One of its invoices, as the order shows it; waits until it stands as wanted. */
  async invoiceAt(uid: string, ...outcomes: readonly OrderInvoice['outcome'][]): Promise<OrderInvoice> {
    const find = ({ documents }: Progress) => documents.claritum.invoices.find((invoice) => invoice.uid === uid);
    const found = find(
      await this.world.until(this.orderRef, (now) => outcomes.some((at) => find(now)?.outcome === at)),
    );
    if (found === undefined) throw new Error(`no invoice ${uid}`);
    return found;
  }

  /** The question about one of its invoices. */
  async askedAbout(uid: string, before = ''): Promise<Progress['decisions'][number]> {
    const find = ({ decisions }: Progress) => decisions.find(({ about, id }) => about === uid && id !== before);
    const found = find(await this.world.until(this.orderRef, (now) => find(now) !== undefined));
    if (found === undefined) throw new Error(`nothing is asked about ${uid}`);
    return found;
  }

  /** Answers the question about one of its invoices. */
  async decide(uid: string, choice: string): Promise<void> {
    const { id } = await this.askedAbout(uid);
    await this.world.order(this.orderRef).executeUpdate(decideUpdate, { args: [{ decision: id, choice, by: 'olga' }] });
  }

  result(): Promise<Progress> {
    return this.world.order(this.orderRef).result();
  }
}
