import { compare, isPositive, isZero, minimum, multiply, subtract, sum } from '../domain/values/decimal';
import type { CentraWorld } from './centra-actions';
import type { Job } from './claritum/jobs';
import type { ClaritumWorld } from './claritum-actions';
import { isFields } from './fields';
import type { Fields } from './fields';
import type { ISyncSandbox } from './isync/sandbox';
import { Later } from './later';
import { products, uomSchedules } from './seed';
import type { Stories, StoryName } from './stories';
import { webShopArticles } from './web-shop-seed';
import type { NorthScopeWorld } from './world';

/** Two minutes at the usual pace: a demo is over by then, so what it compares at its end is what it began with. */
const STEPS_PER_WEB_ORDER = 120;
const MOST_OPEN_WEB_ORDERS = 3;

/** What the people can see and do: the screens of their systems, and the same actions as the control API's. */
export interface PeopleWorld {
  readonly claritum: ClaritumWorld & { jobs(): readonly Job[] };
  readonly northscope: NorthScopeWorld & { ledger(): Fields };
  /** What the supplier has taken on, where that is less than was ordered. Absent: all that was ordered. */
  readonly manex?: { ledger(): Fields };
  /** Absent: nobody orders there. */
  readonly centra?: Pick<CentraWorld, 'placeWebOrder'> & { openWebOrders(): number };
  /** Absent: nobody works there. */
  readonly isync?: Pick<ISyncSandbox, 'workOnOrders'>;
}

/** One order in the warehouse, its lines summed up, in Each. */
interface WarehouseOrder {
  readonly orderId: string;
  readonly poNumber: string;
  readonly carrier: string;
  readonly tracking: string;
  readonly allocated: string;
  readonly shipped: string;
}

const rows = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const text = (row: Fields, name: string): string => {
  const value = row[name];
  return typeof value === 'string' ? value : '';
};

/** Each in one `unit` of an item; NorthScope lines may be kept in boxes. */
function factor(unit: string): string {
  return uomSchedules.find(({ from }) => from === unit)?.factor ?? '1';
}

function warehouseOrder(row: Fields): WarehouseOrder {
  const lines = rows(row['SalesOrderDetailList']);
  const total = (member: string): string =>
    sum(lines.map((line) => multiply(text(line, member) || '0', factor(text(line, 'UnitsUOM')))));
  return {
    orderId: text(row, 'OrderID'),
    poNumber: text(row, 'PONumber'),
    carrier: text(row, 'CarrierID'),
    tracking: text(row, 'TrackingNumber'),
    allocated: total('AllocatedUnits'),
    shipped: total('ShippedUnits'),
  };
}

/** Whole Claritum units (boxes of N) in so many Each; a started box does not count. */
function wholeUnits(each: string, productCode: string): string {
  const size = products.find((product) => product.productCode === productCode)?.boxQuantity ?? 1;
  const [whole = '0'] = each.split('.');
  const boxes = BigInt(whole) / BigInt(size);
  return boxes.toString();
}

/**
 * One NorthScope order is one delivery, or a further part of it: OrderID ends in the delivery's sequence, which a point and
 * a number may follow (docs/vendors/northscope.md#limits).
 */
const isFor = ({ orderId }: WarehouseOrder, sequence: string): boolean =>
  orderId.replace(/\.\d{1,9}$/, '').endsWith(`-${sequence}`) || orderId.endsWith(`-${sequence}`);

/** What stands in ManEx under each PO number, in the order's unit. */
function takenOn(salesOrders: readonly Fields[]): ReadonlyMap<string, string> {
  const quantities = new Map<string, string>();
  for (const order of salesOrders) {
    const lines = rows(order['SODETAILList']).filter((line) => text(line, 'STATUS') !== 'CANCEL');
    if (lines.length === 0) continue;
    const poNumber = text(order, 'PONO');
    quantities.set(
      poNumber,
      sum([quantities.get(poNumber) ?? '0', ...lines.map((line) => text(line, 'ORD_QTY') || '0')]),
    );
  }
  return quantities;
}

/** Ten thousand jobs among ten thousand orders are looked for every second. */
function byPurchaseOrder(orders: readonly WarehouseOrder[]): ReadonlyMap<string, readonly WarehouseOrder[]> {
  const groups = new Map<string, WarehouseOrder[]>();
  for (const order of orders) {
    const group = groups.get(order.poNumber);
    if (group === undefined) groups.set(order.poNumber, [order]);
    else group.push(order);
  }
  return groups;
}

/**
 * Plays the people of the vendors (`--people`): the warehouse despatches what is allocated, the carrier delivers what
 * was despatched, the buyer's accounts invoice what was received once no more is to come, the web shop's warehouse ships
 * what is approved. Each does one thing a step, so that every state shows.
 */
export class People {
  private readonly later: Later;
  private steps = 0;
  private isEverybody = false;
  private isTimeKept = false;

  /**
   * @param delayMs milliseconds between two steps
   * @param report told of what a step throws; the people go on
   * @param acted told after a step in which somebody did something
   * @param stories what they can be asked to play besides
   */
  constructor(
    private readonly world: PeopleWorld,
    private readonly delayMs: number,
    report: (defect: unknown) => void,
    private readonly stories?: Stories,
    private readonly acted: () => void = () => undefined,
  ) {
    this.later = new Later(report);
  }

  /** From now on everybody works. */
  start(): void {
    this.isEverybody = true;
    this.keepTime();
  }

  /** Plays these stories and no others, whether anybody else works or not. */
  play(names: readonly StoryName[]): void {
    this.stories?.begin(names);
    if (names.length > 0) this.keepTime();
  }

  stop(): void {
    this.later.end();
  }

  /** Each part of it says how much was done. Last things first, so that nothing goes through two hands in one step. */
  step(): void {
    const jobs = this.world.claritum.jobs();
    const orders = rows(this.world.northscope.ledger()['salesOrders']).map(warehouseOrder);
    const done = [
      this.stories?.step() ?? 0,
      this.invoice(jobs),
      this.deliver(jobs, orders),
      this.despatch(orders),
      this.world.isync?.workOnOrders((id) => this.stories?.owns(id) ?? false).length ?? 0,
      this.orderOnTheWeb(),
    ];
    if (done.some((count) => count > 0)) this.acted();
  }

  private keepTime(): void {
    if (this.isTimeKept) return;
    this.isTimeKept = true;
    this.nextTurn();
  }

  private nextTurn(): void {
    this.later.after(this.delayMs, () => {
      this.nextTurn();
      if (this.isEverybody) this.step();
      else if ((this.stories?.step() ?? 0) > 0) this.acted();
    });
  }

  private invoice(jobs: readonly Job[]): number {
    let count = 0;
    const open = jobs.filter(({ received, invoiced }) => compare(received, invoiced) > 0);
    const agreed = open.length === 0 ? undefined : takenOn(rows(this.world.manex?.ledger()['salesOrders']));
    for (const { orderRef, poNumber, ordered, received, invoiced } of open) {
      if (compare(received, minimum(ordered, agreed?.get(poNumber) ?? ordered)) < 0) continue;
      const quantity = subtract(received, invoiced);
      this.world.claritum.invoice({ kind: 'purchase', orderRef, number: '', quantity, net: '' });
      count += 1;
    }
    return count;
  }

  private deliver(jobs: readonly Job[], orders: readonly WarehouseOrder[]): number {
    let count = 0;
    const byPo = byPurchaseOrder(orders);
    for (const { orderRef, poNumber, productCode, deliveries } of jobs) {
      for (const { deliveryRef, sequence, delivered } of deliveries) {
        const sent = (byPo.get(poNumber) ?? []).filter((order) => isFor(order, sequence));
        const quantity = subtract(wholeUnits(sum(sent.map(({ shipped }) => shipped)), productCode), delivered);
        if (!isPositive(quantity)) continue;
        const { carrier = '', tracking = '' } = sent.findLast(({ shipped }) => !isZero(shipped)) ?? {};
        this.world.claritum.deliver({ orderRef, deliveryRef, quantity, carrier, consignmentNumber: tracking });
        count += 1;
      }
    }
    return count;
  }

  /** One despatch per purchase order and step: goods for two addresses leave in two lorries. */
  private despatch(orders: readonly WarehouseOrder[]): number {
    const busy = new Set<string>();
    for (const { orderId, poNumber, allocated, shipped } of orders) {
      if (busy.has(poNumber) || compare(allocated, shipped) <= 0) continue;
      busy.add(poNumber);
      this.world.northscope.despatch({ order: orderId, carrier: 'NORTHWAY', tracking: `NW-${orderId}` });
    }
    return busy.size;
  }

  /** A customer orders now and then, an article after the other, unless the shop is behind with what it has. */
  private orderOnTheWeb(): number {
    const { centra } = this.world;
    this.steps += 1;
    if (centra === undefined || this.steps % STEPS_PER_WEB_ORDER !== 0) return 0;
    if (centra.openWebOrders() >= MOST_OPEN_WEB_ORDERS) return 0;
    const article = webShopArticles[(this.steps / STEPS_PER_WEB_ORDER) % webShopArticles.length];
    if (article === undefined) return 0;
    const line = { sku: article.sku, quantity: '1', price: '', discount: '0' };
    return centra.placeWebOrder({ currency: article.currency, paid: true, shipping: '', lines: [line] })?.length ?? 0;
  }
}
