import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { distortions } from '../vendor';
import type { PreparedCall, SeedData, VendorAnswer, VendorRequest, VendorSandbox } from '../vendor';
import type { ISyncWorld, ShipAction } from '../world';
import { internalFault, prepareExecute, xml } from './execute';
import { availableOperations } from './operations';
import type { ISyncOptions } from './options';
import { ship, workOnOrders } from './orders';
import { escaped } from './serialise';
import { Sessions } from './sessions';
import { faultResponse, loginResponse, operationsResponse } from './soap-answer';
import { readCall } from './soap-call';
import { BadRequest, WcfFault } from './soap-fault';
import { ISyncState } from './state';
import { shopArticles } from './stock';
import { isValues, textOf } from '../values';
import type { Values } from '../values';

const PATH = '/SyncAPI/MessageService.svc';

const defaultOptions: ISyncOptions = {
  duplicatePoNumber: 'create',
  orderNotFound: 'refuse',
  badLogin: 'nil',
  requiredMembers: 'default value',
  unknownBarcode: 'take',
  availableUnits: 'filters',
  articles: shopArticles,
  now: () => new Date(),
};

const html = (status: number, text: string): VendorAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<html><head><title>MessageService Service</title></head><body>${text}</body></html>\n`,
});

const helpPage = (address: string): VendorAnswer =>
  html(
    200,
    `<h1>MessageService Service</h1><p>You have created a service.</p>` +
      `<p><a href="?wsdl">${escaped(address)}?wsdl</a></p>`,
  );

/** iSync's Sync API, as WCF with basicHttpBinding serves it (docs/vendors/isync.md). */
export class ISyncSandbox implements VendorSandbox, ISyncWorld {
  readonly vendor = 'isync';
  private readonly wsdl = readFileSync(join(__dirname, 'isync.wsdl'), 'utf8');
  private readonly options: ISyncOptions;
  private state: ISyncState;
  private sessions = new Sessions();

  constructor(options: Partial<ISyncOptions> = {}) {
    this.options = { ...defaultOptions, ...options };
    this.state = new ISyncState(1, this.options);
  }

  /** Paths know no case on IIS. */
  owns(path: string): boolean {
    return /^\/SyncAPI(\/|$)/i.test(path);
  }

  reset({ seed }: SeedData): void {
    this.state = new ISyncState(seed, this.options);
    this.sessions = new Sessions();
  }

  memory(): Readonly<Record<string, object>> {
    return { state: this.state, sessions: this.sessions };
  }

  ledger(): Readonly<Record<string, unknown>> {
    return this.state.ledger();
  }

  /** The people invoice and ship a web order: see `ship` in orders.ts. */
  ship(action: ShipAction): readonly string[] | undefined {
    return ship(this.state, action);
  }

  /** The warehouse does the next thing for each approved web order: see `workOnOrders` in orders.ts. */
  workOnOrders(isLeft?: (poNumber: string) => boolean): readonly string[] {
    return workOnOrders(this.state, isLeft);
  }

  /** Somebody counts an article: sets what there is to sell of it. @returns its ProductStockID */
  setUnits(sku: string, units: string): readonly string[] | undefined {
    const id = this.state.stock.setUnits(sku, units);
    return id === undefined ? undefined : [id];
  }

  prepare(request: VendorRequest): PreparedCall | { readonly answer: VendorAnswer } {
    const address = `${request.origin}${PATH}`;
    if (request.path.toLowerCase() !== PATH.toLowerCase()) return { answer: html(404, '<p>Endpoint not found.</p>') };
    if (request.method === 'GET' || request.method === 'HEAD') return { answer: this.described(request, address) };
    if (request.method !== 'POST') return { answer: { status: 405, headers: { allow: 'GET, HEAD, POST' }, body: '' } };
    try {
      return this.call(request);
    } catch (error) {
      return { answer: unserved(error) };
    }
  }

  private described({ query }: VendorRequest, address: string): VendorAnswer {
    if (!/^(single)?wsdl(=|&|$)/i.test(query)) return helpPage(address);
    return xml(
      200,
      this.wsdl.replace(/(<soap:address location=")[^"]{0,200}"/, (_, head: string) => `${head}${address}"`),
    );
  }

  /** @throws BadRequest or WcfFault for what is no call of this service */
  private call({ headers, body }: VendorRequest): PreparedCall | { readonly answer: VendorAnswer } {
    const type = headers['content-type'] ?? '';
    if (!/^text\/xml\s*(;|$)/i.test(type)) {
      const reason = `Cannot process the message because the content type '${type.slice(0, 100)}' was not the expected type 'text/xml; charset=utf-8'.`;
      return { answer: { status: 415, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: reason } };
    }
    const action = headers['soapaction'];
    const { method, given } = readCall(body, typeof action === 'string' ? action : '');
    if (method === 'Login') return this.login(given);
    if (method === 'GetAvailableOperations') return listed();
    const { state, sessions, options } = this;
    const { request: message } = given;
    return prepareExecute(isValues(message) ? message : {}, { state, sessions, options });
  }

  private login(given: Values): PreparedCall | { readonly answer: VendorAnswer } {
    const { sessions } = this;
    const credentials = [textOf(given, 'username'), textOf(given, 'password')] as const;
    if (!sessions.isUser(...credentials)) return { answer: this.badLogin() };
    return {
      operation: 'Login',
      key: '',
      commit: () => ({ answer: xml(200, loginResponse(sessions.login())), outcome: 'ok', effects: 0 }),
      refusal: (more) => (more === undefined ? this.badLogin() : loginFault(more)),
      credentials,
      soapFault: internalFault,
      wrongAnswer: () => xml(200, operationsResponse(availableOperations)),
    };
  }

  private badLogin(): VendorAnswer {
    if (this.options.badLogin === 'nil') return xml(200, loginResponse(null));
    return loginFault('');
  }
}

/** The other way of refusing a login, which alone has a text. */
const loginFault = (more: string): VendorAnswer =>
  xml(500, faultResponse(WcfFault.soap('Client', `Invalid username or password.${more}`)));

/** GetAvailableOperations asks for no session. */
function listed(): PreparedCall {
  const answer = (names: readonly string[]) => xml(200, operationsResponse(names));
  return {
    operation: 'GetAvailableOperations',
    key: '',
    commit: () => ({ answer: answer(availableOperations), outcome: 'ok', effects: 0 }),
    refusal: internalFault,
    wrongAnswer: () => xml(200, loginResponse(null)),
    distortList: (how) => ({
      answer: answer(distortions[how](availableOperations)),
      outcome: 'ok',
      effects: 0,
    }),
  };
}

/** @throws what is neither: a defect of the sandbox must not look like an answer */
function unserved(error: unknown): VendorAnswer {
  if (error instanceof BadRequest) return { status: 400, headers: {}, body: '' };
  if (error instanceof WcfFault) return xml(500, faultResponse(error));
  throw error;
}
