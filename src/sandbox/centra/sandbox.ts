import { randomUUID } from 'node:crypto';
import type { CentraWorld, EventAction, WebOrderAction, WebOrderLinesAction } from '../centra-actions';
import { distortions } from '../vendor';
import type { CommitResult, PreparedCall, SeedData, SeedReferences, VendorAnswer } from '../vendor';
import type { VendorRequest, VendorSandbox } from '../vendor';
import { endpoints, MODULE_PATH } from './endpoints';
import type { Endpoint } from './endpoints';
import { doneIds, eventLedger, markDone, oldestEvents } from './events';
import { Merger } from './merge';
import { defaultOptions } from './options';
import type { CentraOptions } from './options';
import { cancelWebOrder, placeWebOrder, raiseEvent, refundWebOrder } from './people-actions';
import type { Shop } from './people-actions';
import { readRequest } from './read';
import type { SoapRequest } from './read';
import { CentraFault } from './refused';
import { seedWebOrder } from './seed-web-orders';
import { CentraState } from './state';
import { keysOf, runUpdate, updates } from './updates';
import type { UpdateResult } from './updates';
import { textOf } from './values';
import type { Values } from './values';
import { readWsdl } from './wsdl';
import { Writer } from './write';

/** The account of docs/sandbox.md#addresses-and-credentials. */
const account = { username: 'centra', password: 'centra-secret' } as const;

const DAY_MS = 86_400_000;
/** Seed orders came in yesterday from here on, a second after each other. */
const FIRST_ORDER_MS = 8 * 3_600_000;

type Shape = (events: readonly Values[]) => readonly Values[];

const refusedResult = (more: string): UpdateResult => ({
  errors: [`The update was refused${more}`],
  notices: [],
  effects: 0,
});

const isQuery = (operation: string): boolean => operation === 'events_Get' || operation === 'events_GetByMarkets';

/** Centra's SOAP API at its three endpoints (docs/vendors/centra.md). */
export class CentraSandbox implements VendorSandbox, CentraWorld {
  readonly vendor = 'centra';
  private readonly options: CentraOptions;
  private readonly wsdl = readWsdl();
  private readonly merger = new Merger(this.wsdl);
  private writer = new Writer(this.wsdl);
  private state = new CentraState(1);

  constructor(options: Partial<CentraOptions> = {}) {
    this.options = { ...defaultOptions, ...options };
  }

  /** The other modules of the instance are Centra's too: it answers 404 for them. */
  owns(path: string): boolean {
    return path.startsWith(MODULE_PATH);
  }

  /** As many web orders as there are purchase orders, one event each. */
  reset({ seed, orders }: SeedData): void {
    this.state = new CentraState(seed);
    this.writer = new Writer(this.wsdl);
    const yesterday = Math.floor(this.options.now().getTime() / DAY_MS) * DAY_MS - DAY_MS;
    for (let index = 0; index < orders; index += 1) {
      const at = new Date(yesterday + FIRST_ORDER_MS + index * 1000);
      placeWebOrder(this.shop(), seedWebOrder(seed, index), at);
    }
  }

  references(): Partial<SeedReferences> {
    return { webOrders: [...this.state.records('orders').keys()] };
  }

  memory(): Readonly<Record<string, object>> {
    return { state: this.state };
  }

  ledger(): Readonly<Record<string, unknown>> {
    const { state, options } = this;
    const records = (list: string): readonly Values[] => [...state.records(list).values()];
    const others = state.listNames().filter((list) => !['orders', 'products', 'customers'].includes(list));
    return {
      events: eventLedger(state, options),
      orders: records('orders'),
      products: records('products'),
      customers: records('customers'),
      other: Object.fromEntries(others.map((list) => [list, records(list)])),
    };
  }

  placeWebOrder(action: WebOrderAction): readonly string[] | undefined {
    return placeWebOrder(this.shop(), action, this.options.now());
  }

  cancelWebOrder(action: WebOrderLinesAction): readonly string[] | undefined {
    return cancelWebOrder(this.shop(), action);
  }

  refundWebOrder(action: WebOrderLinesAction): readonly string[] | undefined {
    return refundWebOrder(this.shop(), action);
  }

  raiseEvent(action: EventAction): readonly string[] {
    return raiseEvent(this.shop(), action);
  }

  /** How many web orders somebody has still to see to. */
  openWebOrders(): number {
    const orders = [...this.state.records('orders').values()];
    return orders.filter((order) => !['completed', 'cancelled'].includes(textOf(order, 'status'))).length;
  }

  prepare(request: VendorRequest): PreparedCall | { readonly answer: VendorAnswer } {
    const endpoint = endpoints.find(({ path }) => path === request.path);
    if (endpoint === undefined) return { answer: { status: 404, headers: {}, body: '' } };
    if (request.method === 'GET' && /^wsdl(=|&|$)/i.test(request.query)) {
      return { answer: xml(200, this.wsdl.servedAt(endpoint, `${request.origin}${endpoint.path}`)) };
    }
    if (request.method !== 'POST') return { answer: { status: 405, headers: { allow: 'GET, POST' }, body: '' } };
    try {
      return this.prepareCall(request, endpoint);
    } catch (error) {
      return { answer: this.fault(error) };
    }
  }

  private shop(): Shop {
    return { state: this.state, merger: this.merger, options: this.options };
  }

  /** @throws CentraFault for what is no call of this service */
  private prepareCall(request: VendorRequest, endpoint: Endpoint): PreparedCall | { readonly answer: VendorAnswer } {
    const soap = readRequest(request.body, endpoint, this.wsdl, this.options, request.headers.authorization);
    const { login } = soap;
    if (login?.username !== account.username || login.password !== account.password) {
      return { answer: this.badLogin(endpoint) };
    }
    const call = isQuery(soap.operation) ? this.query(soap, endpoint) : this.update(soap, endpoint);
    return { ...call, credentials: [login.username, login.password] };
  }

  private query(soap: SoapRequest, endpoint: Endpoint): PreparedCall {
    const commit = (shape: Shape): CommitResult => {
      try {
        const events = shape(oldestEvents(this.state, soap.given, this.options));
        return { answer: this.eventsAnswer(endpoint, events), outcome: 'ok', effects: 0 };
      } catch (error) {
        return { answer: this.fault(error), outcome: 'refused', effects: 0 };
      }
    };
    return {
      operation: soap.operation,
      key: '',
      commit: () => commit((events) => events),
      refusal: (more = '') => this.fault(new CentraFault('Client', `The request was refused${more}`)),
      wrongAnswer: () => this.result(endpoint, 'events_Done', { errors: [], notices: [], effects: 0 }),
      distortList: (how) => commit(distortions[how]),
    };
  }

  private update(soap: SoapRequest, endpoint: Endpoint): PreparedCall {
    const { operation, given } = soap;
    const kind = updates.get(operation);
    const keys = kind === undefined ? doneIds(given) : keysOf(kind, given);
    return {
      operation,
      key: [...new Set(keys)].toSorted().join(','),
      commit: () => {
        const { state, merger, options } = this;
        const result = kind === undefined ? markDone(state, keys) : runUpdate(kind, given, state, merger, options);
        const outcome = result.errors.length === 0 ? 'ok' : 'refused';
        return { answer: this.result(endpoint, operation, result), outcome, effects: result.effects };
      },
      refusal: (more = '') => this.result(endpoint, operation, refusedResult(more)),
      soapFault: () => this.fault(new CentraFault('Client', 'The request was refused')),
      wrongAnswer: () => this.eventsAnswer(endpoint, []),
    };
  }

  private badLogin(endpoint: Endpoint): VendorAnswer {
    const message = 'Invalid username or password';
    if (this.options.badLogin === 'fault') return this.fault(new CentraFault('Client', message));
    return this.result(endpoint, '', { errors: [message], notices: [], effects: 0 });
  }

  private eventsAnswer({ namespace }: Endpoint, events: readonly Values[]): VendorAnswer {
    return xml(200, this.writer.answer(namespace, 'events_Get', { events }));
  }

  private result({ namespace }: Endpoint, operation: string, { errors, notices }: UpdateResult): VendorAnswer {
    const isSuccess = errors.length === 0;
    if (isSuccess && this.options.updateReply === 'reference') {
      return xml(200, this.writer.reference(namespace, operation));
    }
    return xml(200, this.writer.answer(namespace, 'result', { success: String(isSuccess), errors, notices }));
  }

  /** @throws what is no fault of the vendor: a defect of the sandbox must not look like an answer */
  private fault(error: unknown): VendorAnswer {
    if (!(error instanceof CentraFault)) throw error;
    return xml(500, this.writer.fault(error.code, error.message));
  }
}

/** Every reply carries the ids the vendor's staff ask for. */
function xml(status: number, body: string): VendorAnswer {
  const id = `1_${randomUUID().replaceAll('-', '')}`;
  return {
    status,
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      'x-centra-request-id': id,
      'x-correlation-id': `centra_${id}`,
    },
    body,
  };
}
