import { sum } from '../../domain/values/decimal';
import { distortions } from '../vendor';
import type { CommitResult, ListDistortion, PreparedCall, SeedData } from '../vendor';
import type { VendorAnswer, VendorRequest, VendorSandbox } from '../vendor';
import { despatch, ordersNamed, setStock, voidOrders, type Despatch, type Stock } from './despatch';
import { InboundQueue } from './inbound';
import { companies, listed, selectRows, uomSchedules } from './lists';
import { customerAddressRows, itemRows, siteRows, uomRows } from './master-data';
import { generateSessionToken, operations, type Operation, type World } from './operations';
import { lotRow, orderDetailRows, orderHeaderRow } from './records';
import { Refused } from './refused';
import { invalidLogin, Sessions } from './sessions';
import { allocatedBase, fiveDecimals, isOpen, NorthScopeState, orderedBase, shippedBase } from './state';
import { textOf, type TreeObject } from './tree';
import { formatOf, readRequest, Unreadable, writeResponse, type Format, type NSRequest } from './wire';

/** Where the vendor's documents leave a choice (docs/vendors/northscope.md#what-its-documents-leave-open). */
export interface NorthScopeOptions {
  /** Whether a new token voids the earlier ones. @default false */
  readonly singleToken: boolean;
  /** The user's static token; empty: it has none. @default the token of the document's samples, all zeros */
  readonly staticToken: string;
  /** Milliseconds from an insertion until its row is worked off. @default 250 */
  readonly inboundDelayMs: number;
  /** The clock behind timestamps and default dates. */
  readonly now: () => Date;
}

const defaultOptions: NorthScopeOptions = {
  singleToken: false,
  staticToken: '00000000-0000-0000-0000-000000000000',
  inboundDelayMs: 250,
  now: () => new Date(),
};

const notProcessed = 'The request could not be processed.';

/** What `openOrders` tells of one order; base units (Each) summed over its lines, five decimals. */
export interface OpenOrder {
  readonly orderId: string;
  readonly poNumber: string;
  readonly orderUnits: string;
  readonly allocatedUnits: string;
  readonly shippedUnits: string;
}

/** NorthScope's web services at `/services/ActionCommand.svc/APIExecute` (docs/vendors/northscope.md). */
export class NorthScopeSandbox implements VendorSandbox {
  readonly vendor = 'northscope';
  private readonly options: NorthScopeOptions;
  private world: World;

  /** @param workedOff told when a row of the inbound queue has been worked off by itself */
  constructor(
    options: Partial<NorthScopeOptions> = {},
    private readonly workedOff: () => void = () => undefined,
  ) {
    this.options = { ...defaultOptions, ...options };
    this.world = this.fresh(1);
  }

  owns(path: string): boolean {
    return /^\/services\/ActionCommand\.svc(\/|$)/i.test(path);
  }

  reset(seed: SeedData): void {
    this.world.queue.close();
    this.world = this.fresh(seed.seed);
  }

  /** Stops the inbound queue's clock; what is New stays New. */
  close(): void {
    this.world.queue.close();
  }

  memory(): Readonly<Record<string, object>> {
    const { state, sessions, queue } = this.world;
    return { state, sessions, inbox: queue.inbox };
  }

  resume(): void {
    this.world.queue.resume();
  }

  ledger(): Readonly<Record<string, unknown>> {
    const { state, queue } = this.world;
    return {
      sites: siteRows,
      items: itemRows,
      uomSchedules: uomRows,
      customerAddresses: customerAddressRows,
      lots: state.allLots().map(lotRow),
      salesOrders: state
        .allOrders()
        .map((order) => ({ ...orderHeaderRow(order), SalesOrderDetailList: orderDetailRows(order) })),
      inbound: queue.rows.map((row) => ({ ...row })),
    };
  }

  /** The warehouse ships: see `despatch` in despatch.ts. */
  despatch(request: Despatch): string[] | undefined {
    return despatch(this.world.state, request);
  }

  /** What has left so far, in Each, of the order with this OrderID or of those with this PONumber. */
  shipped(order: string): { orderId: string; poNumber: string; shipped: string }[] {
    return ordersNamed(this.world.state, order).map(({ orderId, poNumber, lines }) => ({
      ...{ orderId, poNumber },
      shipped: sum(lines.map(shippedBase)),
    }));
  }

  /** Somebody voids an order: see `voidOrders` in despatch.ts. */
  voidOrder(order: string): string[] | undefined {
    return voidOrders(this.world.state, order);
  }

  /** Somebody counts a lot: see `setStock` in despatch.ts. */
  setStock(request: Stock): string[] | undefined {
    return setStock(this.world.state, request);
  }

  /** Works off the inbound queue at once; the InboundSKs it touched. */
  tick(): string[] {
    return this.world.queue.workOff();
  }

  /** The orders that are neither wholly shipped nor voided, by OrderID. */
  openOrders(): OpenOrder[] {
    return this.world.state
      .allOrders()
      .filter(isOpen)
      .map(({ orderId, poNumber, lines }) => ({
        orderId,
        poNumber,
        orderUnits: fiveDecimals(sum(lines.map(orderedBase))),
        allocatedUnits: fiveDecimals(sum(lines.map(allocatedBase))),
        shippedUnits: fiveDecimals(sum(lines.map(shippedBase))),
      }));
  }

  prepare(request: VendorRequest): PreparedCall | { readonly answer: VendorAnswer } {
    if (!/^\/services\/ActionCommand\.svc\/APIExecute\/?$/i.test(request.path)) return { answer: plain(404) };
    if (request.method.toUpperCase() !== 'POST') return { answer: { ...plain(405), headers: { allow: 'POST' } } };
    const format = formatOf(request.body);
    try {
      return this.prepared(request, readRequest(request.body));
    } catch (error) {
      return { answer: this.failed(format, reasonOf(error)) };
    }
  }

  private fresh(seed: number): World {
    const state = new NorthScopeState(seed, this.options.now);
    const sessions = new Sessions(seed, this.options.singleToken, this.options.staticToken);
    return { state, sessions, queue: new InboundQueue(state, this.options.inboundDelayMs, this.workedOff) };
  }

  private prepared(request: VendorRequest, read: NSRequest): PreparedCall {
    const { sessions } = this.world;
    const operation = operations.get(read.requestName);
    if (operation === generateSessionToken) sessions.checkLogin(read.content);
    else if (!sessions.accepts(request.headers)) throw new Refused(invalidLogin);
    if (operation === undefined) throw new Refused(`RequestName '${read.requestName}' is not valid.`);
    return this.call(request, read, operation);
  }

  private call(request: VendorRequest, read: NSRequest, operation: Operation): PreparedCall {
    const { world } = this;
    const { format } = read;
    const { list } = operation;
    return {
      operation: operation.name,
      key: operation.key(world, read.content),
      commit: () => this.committed(world, operation, read),
      refusal: (more = '') => this.failed(format, `${notProcessed}${more}`),
      credentials: credentialsOf(request, read),
      wrongAnswer: () => this.succeeded(format, otherAnswer(world, operation)),
      ...(operation === generateSessionToken ? {} : { loseSession: () => world.sessions.void(request.headers) }),
      ...(list === undefined
        ? {}
        : { distortList: (how) => this.committed(world, { ...operation, run: distorted(operation, how) }, read) }),
    };
  }

  private committed(world: World, operation: Operation, read: NSRequest): CommitResult {
    try {
      checkFormat(operation, read);
      const { members, effects } = operation.run(world, read.content);
      return { answer: this.succeeded(read.format, members), outcome: 'ok', effects };
    } catch (error) {
      return { answer: this.failed(read.format, reasonOf(error)), outcome: 'refused', effects: 0 };
    }
  }

  private succeeded(format: Format, members: TreeObject): VendorAnswer {
    return this.answer(format, { Success: 'true', ...members });
  }

  private failed(format: Format, reason: string): VendorAnswer {
    return this.answer(format, { Success: 'false', Error: reason });
  }

  /** HTTP 200 either way, assumed; the reply's format is the request's (docs/vendors/northscope.md#the-envelope). */
  private answer(format: Format, members: TreeObject): VendorAnswer {
    const timestamp = this.options.now().toISOString().slice(0, -1);
    return {
      status: 200,
      headers: { 'content-type': `${format === 'xml' ? 'text/xml' : 'application/json'}; charset=utf-8` },
      body: writeResponse(format, { Timestamp: timestamp, ...members }),
    };
  }
}

/** Login and password where a token is asked for, login and token everywhere else. */
const credentialsOf = ({ headers }: VendorRequest, { content }: NSRequest): readonly string[] =>
  [textOf(content, 'LoginEmail'), textOf(content, 'Password'), headers['nslogin'], headers['nsapisession']]
    .map((value) => String(value ?? ''))
    .filter((value) => value !== '');

const plain = (status: number): VendorAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<html><head><title>Service</title></head><body><p>${status === 404 ? 'Endpoint not found.' : 'Method not allowed.'}</p></body></html>`,
});

/** Refusals say why; anything else is a defect of this simulator, told all the same. */
function reasonOf(error: unknown): string {
  if (error instanceof Refused || error instanceof Unreadable) return error.message;
  return `${notProcessed} ${String(error)}`;
}

/** @throws Refused for JSON where the vendor takes XML only, or a single object where it wants an array. */
function checkFormat(operation: Operation, read: NSRequest): void {
  if (read.format === 'xml') return;
  if (operation.xmlOnly !== undefined) throw new Refused(operation.xmlOnly);
  for (const name of operation.jsonArrays) {
    if (Object.hasOwn(read.content, name) && !read.arrays.has(name)) throw new Refused(`${name} must be an array.`);
  }
}

/** Another list, well formed and of no use to the caller. */
function otherAnswer({ state }: World, operation: Operation): TreeObject {
  const other = operation.list === companies ? uomSchedules : companies;
  return listed(other, other.rows(state));
}

function distorted(operation: Operation, how: ListDistortion): Operation['run'] {
  return (world, content) => {
    const { list } = operation;
    if (list === undefined) return operation.run(world, content);
    const rows = selectRows(world.state, list, content);
    return { members: listed(list, distortions[how](rows)), effects: 0 };
  };
}
