import { Context } from '@temporalio/activity';
import type { FaultSettings, SetFault } from './sandbox-client';

/** The activities that send a writing call, by the call as the vendor's page names it. */
const SENDERS: Readonly<Record<string, readonly string[]>> = {
  'SO/Add': ['placeSalesOrder'],
  'SO/ItemADD': ['addSalesOrderLine'],
  'SO/PriceAdd': ['addPrice'],
  'SO/DueDateAdd': ['addDueDate'],
  markExported: ['markExported'],
  InsertInboundIntegration: ['placeWarehouseOrder'],
  AllocateSalesOrders: ['allocateLots'],
  setGoodsReceipts: ['recordGoodsReceipt'],
  'SO/ItemEdit': ['closeSalesOrderLine'],
  'SO/DueDateDelete': ['removeDueDates'],
  'SO/PriceDelete': ['removePrices'],
  'SO/ItemDelete': ['removeSalesOrderLine'],
  'SO/Edit': ['withdrawSalesOrder'],
};

/**
 * The one fault that no vendor can make: a call of which not a byte leaves. Its activity runs as always, and finds that the
 * instant by which it had to be sent has passed (activities/call.ts).
 */
export class Unsent {
  #set: { readonly fault: FaultSettings; fired: number }[] = [];

  get faults(): readonly SetFault[] {
    return this.#set.map(({ fault, fired }) => ({ contains: '', ...fault, fired }));
  }

  reset(): void {
    this.#set = [];
  }

  arm(faults: readonly FaultSettings[]): void {
    this.#set.push(...faults.map((fault) => ({ fault, fired: 0 })));
  }

  lift(operation: string, key: string): void {
    this.#set = this.#set.filter(({ fault }) => fault.operation !== operation || fault.key !== key);
  }

  /** The same activities, of which some send nothing. */
  among<A extends Readonly<Record<string, object>>>(activities: A): A {
    return Object.fromEntries(Object.entries(activities).map(([queue, some]) => [queue, this.#wrapped(some)])) as A;
  }

  #wrapped(activities: object): object {
    return Object.fromEntries(
      Object.entries(activities).map(([name, run]) => [
        name,
        (input: unknown): unknown => {
          if (this.#falls(name, input)) Reflect.set(Context.current().info, 'currentAttemptScheduledTimestampMs', 0);
          return run(input);
        },
      ]),
    );
  }

  #falls(activity: string, input: unknown): boolean {
    const said = JSON.stringify(input) ?? '';
    const found = this.#set.find(
      ({ fault: { operation, key = '', times = 1 }, fired }) =>
        SENDERS[operation]?.includes(activity) && said.includes(JSON.stringify(key)) && (times < 0 || fired < times),
    );
    if (found === undefined) return false;
    found.fired += 1;
    return true;
  }
}

export const isUnsent = ({ fault }: Pick<FaultSettings, 'fault'>): boolean => fault === 'unsent';
