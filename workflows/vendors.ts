import {
  ActivityFailure,
  ApplicationFailure,
  type ActivityInterfaceFor,
  isCancellation,
  type LocalActivityInterfaceFor,
  proxyActivities,
  proxyLocalActivities,
  sleep,
} from '@temporalio/workflow';
import type { ClaritumActivities } from '../activities/claritum';
import type { ManExActivities } from '../activities/manex';
import type { NorthScopeActivities } from '../activities/northscope';
import type { PlanningActivities } from '../activities/planning';
import { milliseconds } from '../src/domain/values/duration';
import { taskQueues, type VendorName } from '../src/domain/case/names';
import { pauseAfterLostSession } from './lost-session';

/** An ms-formatted string, as the SDK types it. */
export type Duration = Parameters<typeof sleep>[0];

/** Time limits by policy (`fulfilment`), as ms-formatted strings. */
export interface CallTimes {
  readonly calls: { readonly write: string; readonly read: string };
  readonly longestPause: string;
}

/** What the Web UI shows beside each activity. A name that is missing here does not compile. */
const summaries: Record<keyof AllActivities, string> = {
  storeDocuments: 'Claritum: store specification and attachments',
  findPurchaseOrder: 'Claritum: look for a newer version',
  findDelivery: 'Claritum: look at the delivery',
  markExported: 'Claritum: look, and mark exported',
  recordGoodsReceipt: 'Claritum: book the goods receipt',
  placeSalesOrder: 'ManEx: create the sales order',
  findSalesOrder: 'ManEx: look the sales order up',
  addSalesOrderLine: 'ManEx: add the item',
  addPrice: 'ManEx: add the price',
  addDueDate: 'ManEx: add a due date',
  closeSalesOrderLine: 'ManEx: close the line',
  editSalesOrder: 'ManEx: change the sales order',
  editSalesOrderLine: 'ManEx: change the quantity or the title',
  editPrice: 'ManEx: change the price',
  editDueDate: 'ManEx: change a due date',
  removeDueDate: 'ManEx: delete a due date',
  removeDueDates: 'ManEx: delete the due dates',
  removePrices: 'ManEx: delete the price',
  removeSalesOrderLine: 'ManEx: delete the item',
  withdrawSalesOrder: 'ManEx: mark the sales order cancelled',
  placeWarehouseOrder: 'NorthScope: queue the order',
  findWarehouseOrders: 'NorthScope: look at the orders',
  findLots: 'NorthScope: find lots',
  allocateLots: 'NorthScope: allocate',
  resolveOrder: 'Resolve customer, product, units, sites and dates',
};

type AllActivities = ClaritumActivities & ManExActivities & NorthScopeActivities & PlanningActivities;

/**
 * Calls that write. Each is one attempt: a crash or a time-out must not send it twice, and what became of it is found
 * out by steps one can read in the Web UI (`calls.ts`).
 */
type ClaritumWrites = Pick<ClaritumActivities, 'markExported' | 'recordGoodsReceipt'>;
type ManExWrites = Pick<
  ManExActivities,
  | 'placeSalesOrder'
  | 'addSalesOrderLine'
  | 'addPrice'
  | 'addDueDate'
  | 'closeSalesOrderLine'
  | 'editSalesOrder'
  | 'editSalesOrderLine'
  | 'editPrice'
  | 'editDueDate'
  | 'removeDueDate'
>;
type NorthScopeWrites = Pick<NorthScopeActivities, 'placeWarehouseOrder' | 'allocateLots'>;

/** Calls that only read, or that find first and then undo: Temporal repeats them as often as it takes. */
type ManExUndo = Pick<
  ManExActivities,
  'removeDueDates' | 'removePrices' | 'removeSalesOrderLine' | 'withdrawSalesOrder'
>;
type ManExReads = Pick<ManExActivities, 'findSalesOrder'>;
type NorthScopeReads = Pick<NorthScopeActivities, 'findWarehouseOrders' | 'findLots'>;
type ClaritumReads = Pick<ClaritumActivities, 'storeDocuments' | 'findPurchaseOrder' | 'findDelivery'>;

export interface Vendors {
  readonly claritum: ClaritumReads;
  readonly claritumOnce: ClaritumWrites;
  readonly manex: ManExReads;
  readonly manexOnce: ManExWrites;
  readonly manexUndo: ManExUndo;
  readonly northscope: NorthScopeReads;
  readonly northscopeOnce: NorthScopeWrites;
  readonly planning: PlanningActivities;
  /** The same reads, which Temporal alone repeats until they are answered: they show that a vendor is there. */
  readonly awaited: {
    readonly claritum: ClaritumReads;
    readonly manex: ManExReads;
    readonly northscope: NorthScopeReads;
  };
}

/** What does no harm when it is repeated is repeated by Temporal itself, which costs no events. */
const patiently = (longestPause: string) => ({
  initialInterval: Math.min(1_000, milliseconds(longestPause)),
  backoffCoefficient: 2,
  maximumInterval: longestPause as Duration,
});

/** What a workflow does about reads that do not come off at once. */
export interface ReadWatcher {
  /** A read is refused for good; resolves when it is worth trying again, or throws. */
  refused(what: string, refusal: ApplicationFailure): Promise<void>;
  /** A read failed, and `way` tries it for as long as it takes: shows it meanwhile, and throws where a human ends it. */
  patiently<T>(vendor: VendorName, what: string, because: string, way: () => Promise<T>): Promise<T>;
}

/** Each group is made when it is used and kept by nobody: an order that waits, perhaps for months, holds none of them. */
export function vendorsFor({ calls: { write, read }, longestPause }: CallTimes, watcher: ReadWatcher): Vendors {
  const limits = { read, longestPause };
  const once = { startToCloseTimeout: write as Duration, retry: { maximumAttempts: 1 } };
  const undo = { startToCloseTimeout: write as Duration, retry: patiently(longestPause) };
  return {
    get claritum() {
      return reads<ClaritumReads>('claritum', limits, watcher);
    },
    get claritumOnce() {
      return summarised(proxyActivities<ClaritumWrites>({ ...once, taskQueue: taskQueues.claritum }));
    },
    get manex() {
      return reads<ManExReads>('manex', limits, watcher);
    },
    get manexOnce() {
      return summarised(proxyActivities<ManExWrites>({ ...once, taskQueue: taskQueues.manex }));
    },
    get manexUndo() {
      return summarised(proxyActivities<ManExUndo>({ ...undo, taskQueue: taskQueues.manex }));
    },
    get northscope() {
      return reads<NorthScopeReads>('northscope', limits, watcher);
    },
    get northscopeOnce() {
      return summarised(proxyActivities<NorthScopeWrites>({ ...once, taskQueue: taskQueues.northscope }));
    },
    get planning() {
      return reads<PlanningActivities>('northscope', limits, watcher, taskQueues.fulfilment);
    },
    get awaited() {
      return {
        claritum: awaited<ClaritumReads>(taskQueues.claritum, longestPause),
        manex: awaited<ManExReads>(taskQueues.manex, longestPause),
        northscope: awaited<NorthScopeReads>(taskQueues.northscope, longestPause),
      };
    },
  };
}

/**
 * Reads run as local activities, a quarter of the cost (design §3). A vendor that hangs must not hold up workflow tasks,
 * so after two short tries the same read goes on as an ordinary activity, patiently; one that is refused for good
 * (credentials, a rule of the vendor's) is put to a human by the workflow.
 */
function reads<A extends object>(
  vendor: VendorName,
  { read, longestPause }: { readonly read: string; readonly longestPause: string },
  watcher: ReadWatcher,
  taskQueue: string = taskQueues[vendor],
): A {
  const local = summarised<A>(
    proxyLocalActivities<A>({
      startToCloseTimeout: read as Duration,
      scheduleToCloseTimeout: read as Duration,
      retry: { initialInterval: '100 milliseconds', maximumAttempts: 2 },
    }),
  );
  const ordinary = awaited<A>(taskQueue, longestPause);
  const patient = (what: string, way: () => Promise<unknown>, because: Error): Promise<Attempted> =>
    watcher.patiently(vendor, what, because.message, () => attempted(way));

  return new Proxy({} as A, {
    get: (_target, name) => async (input: unknown) => {
      const what = String(Reflect.get(summaries, name));
      for (let sessionsLost = 0; ;) {
        const first = await attempted(() => call(local, name, input));
        if ('value' in first) return first.value;
        const last = first.isFinal ? first : await patient(what, () => call(ordinary, name, input), first.error);
        if ('value' in last) return last.value;
        if (!last.isFinal) throw last.error;
        const pause = pauseAfterLostSession(last.failure, sessionsLost);
        sessionsLost = pause === undefined ? 0 : sessionsLost + 1;
        if (pause === undefined) await watcher.refused(what, last.failure);
        else await sleep(pause);
      }
    },
  });
}

const awaited = <A extends object>(taskQueue: string, longestPause: string): A =>
  summarised<A>(proxyActivities<A>({ startToCloseTimeout: '30 seconds', retry: patiently(longestPause), taskQueue }));

/** Resolves once a vendor has answered, be it with a refusal. */
export async function untilAnswered(read: () => Promise<unknown>): Promise<void> {
  const ended = await attempted(read);
  if ('error' in ended && !ended.isFinal) throw ended.error;
}

type Attempted =
  | { readonly value: unknown }
  | { readonly isFinal: false; readonly error: Error }
  | { readonly isFinal: true; readonly error: Error; readonly failure: ApplicationFailure };

/** How a read ended; final is what the vendor refuses for good, so that trying again alone does not help. */
async function attempted(way: () => Promise<unknown>): Promise<Attempted> {
  try {
    return { value: await way() };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof Error)) throw error;
    // A local activity's failure comes bare, an ordinary one's wrapped.
    const cause = error instanceof ActivityFailure ? (error.cause ?? error) : error;
    if (!(cause instanceof ApplicationFailure) || cause.nonRetryable !== true) return { isFinal: false, error: cause };
    return { isFinal: true, error, failure: cause };
  }
}

function call(on: object, name: string | symbol, input: unknown): Promise<unknown> {
  const activity: unknown = Reflect.get(on, name);
  if (typeof activity !== 'function') throw new TypeError(`no activity ${String(name)}`);
  return activity(input) as Promise<unknown>;
}

/** The same activities, each called with its line for the Web UI. */
function summarised<A extends object>(proxy: ActivityInterfaceFor<A> | LocalActivityInterfaceFor<A>): A {
  return new Proxy({} as A, {
    get: (_target, name) => {
      const activity = Reflect.get(proxy, name) as {
        executeWithOptions(options: object, args: unknown[]): Promise<unknown>;
      };
      const summary: unknown = Reflect.get(summaries, name);
      return (input: unknown) => activity.executeWithOptions({ summary }, [input]);
    },
  });
}
