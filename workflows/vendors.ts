import {
  ActivityFailure,
  ApplicationFailure,
  type ActivityInterfaceFor,
  type LocalActivityInterfaceFor,
  proxyActivities,
  proxyLocalActivities,
  type sleep,
} from '@temporalio/workflow';
import type { ClaritumActivities } from '../activities/claritum';
import type { ManExActivities } from '../activities/manex';
import type { NorthScopeActivities } from '../activities/northscope';
import type { PlanningActivities } from '../activities/planning';
import { taskQueues } from '../src/domain/names';

/** An ms-formatted string, as the SDK types it. */
export type Duration = Parameters<typeof sleep>[0];

/** Time limits by policy (`fulfilment.calls`), as ms-formatted strings. */
export interface CallTimes {
  readonly write: string;
  readonly read: string;
}

/** What the Web UI shows beside each activity. A name that is missing here does not compile. */
const summaries: Record<keyof AllActivities, string> = {
  storeDocuments: 'Claritum: store specification and attachments',
  markExported: 'Claritum: mark exported',
  recordGoodsReceipt: 'Claritum: book the goods receipt',
  placeSalesOrder: 'ManEx: create the sales order',
  findSalesOrder: 'ManEx: look the sales order up',
  addSalesOrderLine: 'ManEx: add the item',
  addPrice: 'ManEx: add the price',
  addDueDate: 'ManEx: add a due date',
  closeSalesOrderLine: 'ManEx: close the line',
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
  'placeSalesOrder' | 'addSalesOrderLine' | 'addPrice' | 'addDueDate' | 'closeSalesOrderLine'
>;
type NorthScopeWrites = Pick<NorthScopeActivities, 'placeWarehouseOrder' | 'allocateLots'>;

/** Calls that only read, or that find first and then undo: Temporal repeats them as often as it takes. */
type ManExUndo = Pick<
  ManExActivities,
  'removeDueDates' | 'removePrices' | 'removeSalesOrderLine' | 'withdrawSalesOrder'
>;
type ManExReads = Pick<ManExActivities, 'findSalesOrder'>;
type NorthScopeReads = Pick<NorthScopeActivities, 'findWarehouseOrders' | 'findLots'>;
type ClaritumReads = Pick<ClaritumActivities, 'storeDocuments'>;

export interface Vendors {
  readonly claritum: ClaritumReads;
  readonly claritumOnce: ClaritumWrites;
  readonly manex: ManExReads;
  readonly manexOnce: ManExWrites;
  readonly manexUndo: ManExUndo;
  readonly northscope: NorthScopeReads;
  readonly northscopeOnce: NorthScopeWrites;
  readonly planning: PlanningActivities;
}

const patiently = { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' } as const;

export function vendorsFor({ write, read }: CallTimes): Vendors {
  const once = { startToCloseTimeout: write as Duration, retry: { maximumAttempts: 1 } };
  const undo = { startToCloseTimeout: write as Duration, retry: patiently };
  return {
    claritum: reads<ClaritumReads>(taskQueues.claritum, read),
    claritumOnce: summarised(proxyActivities<ClaritumWrites>({ ...once, taskQueue: taskQueues.claritum })),
    manex: reads<ManExReads>(taskQueues.manex, read),
    manexOnce: summarised(proxyActivities<ManExWrites>({ ...once, taskQueue: taskQueues.manex })),
    manexUndo: summarised(proxyActivities<ManExUndo>({ ...undo, taskQueue: taskQueues.manex })),
    northscope: reads<NorthScopeReads>(taskQueues.northscope, read),
    northscopeOnce: summarised(proxyActivities<NorthScopeWrites>({ ...once, taskQueue: taskQueues.northscope })),
    planning: reads<PlanningActivities>(taskQueues.fulfilment, read),
  };
}

/**
 * Reads run as local activities, a quarter of the cost (design §3). A vendor that hangs must not hold up workflow tasks,
 * so after two short tries the same read goes on as an ordinary activity, patiently.
 */
function reads<A extends object>(taskQueue: string, read: string): A {
  const localOptions = {
    startToCloseTimeout: read as Duration,
    scheduleToCloseTimeout: read as Duration,
    retry: { initialInterval: '100 milliseconds', maximumAttempts: 2 },
  } as const;
  const ordinaryOptions = { startToCloseTimeout: '30 seconds', retry: patiently } as const;
  const local = summarised<A>(proxyLocalActivities<A>(localOptions));
  const ordinary = summarised<A>(proxyActivities<A>({ ...ordinaryOptions, taskQueue }));
  return new Proxy({} as A, {
    get: (_target, name) => async (input: unknown) => {
      try {
        return await call(local, name, input);
      } catch (error) {
        if (!isWorthAnother(error)) throw error;
        return call(ordinary, name, input);
      }
    },
  });
}

function call(on: object, name: string | symbol, input: unknown): Promise<unknown> {
  const activity: unknown = Reflect.get(on, name);
  if (typeof activity !== 'function') throw new TypeError(`no activity ${String(name)}`);
  return activity(input) as Promise<unknown>;
}

function isWorthAnother(error: unknown): boolean {
  if (!(error instanceof ActivityFailure)) return false;
  return !(error.cause instanceof ApplicationFailure) || error.cause.nonRetryable !== true;
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
