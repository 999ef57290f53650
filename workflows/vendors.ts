import {
  ActivityFailure,
  ApplicationFailure,
  type ActivityInterfaceFor,
  isCancellation,
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
  findPurchaseOrder: 'Claritum: look for a newer version',
  markExported: 'Claritum: mark exported',
  recordGoodsReceipt: 'Claritum: book the goods receipt',
  placeSalesOrder: 'ManEx: create the sales order',
  findSalesOrder: 'ManEx: look the sales order up',
  addSalesOrderLine: 'ManEx: add the item',
  addPrice: 'ManEx: add the price',
  addDueDate: 'ManEx: add a due date',
  closeSalesOrderLine: 'ManEx: close the line',
  editSalesOrder: 'ManEx: change the sales order',
  editSalesOrderLine: 'ManEx: change the quantity',
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
type ClaritumReads = Pick<ClaritumActivities, 'storeDocuments' | 'findPurchaseOrder'>;

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

/** Called when a read is refused for good; resolves when it is worth trying again, or throws. */
export type OnRefusedRead = (what: string, refusal: ApplicationFailure) => Promise<void>;

export function vendorsFor({ write, read }: CallTimes, refused: OnRefusedRead): Vendors {
  const once = { startToCloseTimeout: write as Duration, retry: { maximumAttempts: 1 } };
  const undo = { startToCloseTimeout: write as Duration, retry: patiently };
  return {
    claritum: reads<ClaritumReads>(taskQueues.claritum, read, refused),
    claritumOnce: summarised(proxyActivities<ClaritumWrites>({ ...once, taskQueue: taskQueues.claritum })),
    manex: reads<ManExReads>(taskQueues.manex, read, refused),
    manexOnce: summarised(proxyActivities<ManExWrites>({ ...once, taskQueue: taskQueues.manex })),
    manexUndo: summarised(proxyActivities<ManExUndo>({ ...undo, taskQueue: taskQueues.manex })),
    northscope: reads<NorthScopeReads>(taskQueues.northscope, read, refused),
    northscopeOnce: summarised(proxyActivities<NorthScopeWrites>({ ...once, taskQueue: taskQueues.northscope })),
    planning: reads<PlanningActivities>(taskQueues.fulfilment, read, refused),
  };
}

/**
 * Reads run as local activities, a quarter of the cost (design §3). A vendor that hangs must not hold up workflow tasks,
 * so after two short tries the same read goes on as an ordinary activity, patiently; one that is refused for good
 * (credentials, a rule of the vendor's) is put to a human by the workflow.
 */
function reads<A extends object>(taskQueue: string, read: string, refused: OnRefusedRead): A {
  const local = summarised<A>(
    proxyLocalActivities<A>({
      startToCloseTimeout: read as Duration,
      scheduleToCloseTimeout: read as Duration,
      retry: { initialInterval: '100 milliseconds', maximumAttempts: 2 },
    }),
  );
  const ordinary = summarised<A>(
    proxyActivities<A>({ startToCloseTimeout: '30 seconds', retry: patiently, taskQueue }),
  );
  return new Proxy({} as A, {
    get: (_target, name) => async (input: unknown) => {
      for (;;) {
        const refusal = await refusalOr(
          () => call(local, name, input),
          () => call(ordinary, name, input),
        );
        if ('value' in refusal) return refusal.value;
        await refused(String(Reflect.get(summaries, name)), refusal.failure);
      }
    },
  });
}

/** The value of the first way, or of the second where the first merely failed; a refusal for good is not tried again. */
async function refusalOr(
  ...ways: readonly (() => Promise<unknown>)[]
): Promise<{ readonly value: unknown } | { readonly failure: ApplicationFailure }> {
  for (const [index, way] of ways.entries()) {
    try {
      return { value: await way() };
    } catch (error) {
      if (isCancellation(error)) throw error;
      // A local activity's failure comes bare, an ordinary one's wrapped.
      const cause = error instanceof ActivityFailure ? error.cause : error;
      if (cause instanceof ApplicationFailure && cause.nonRetryable === true) return { failure: cause };
      if (index === ways.length - 1) throw error;
    }
  }
  throw new TypeError('no way to call');
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
