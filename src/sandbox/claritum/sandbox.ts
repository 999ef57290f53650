import { distortions } from '../vendor';
import type {
  CommitResult,
  PreparedCall,
  SeedData,
  SeedReferences,
  VendorAnswer,
  VendorRequest,
  VendorSandbox,
} from '../vendor';
import type {
  AddAction,
  AmendAction,
  CancelAction,
  ClaritumWorld,
  DeliverAction,
  InvoiceAction,
  ReopenAction,
  StatusAction,
} from '../claritum-actions';
import { addOrder } from './add-order';
import { amend } from './amend';
import { documentationPage } from './documentation';
import { ClaritumFault } from './fault';
import { jobsOf } from './jobs';
import type { Job } from './jobs';
import { operations } from './operations';
import type { Operation, OperationResult, Role } from './operations';
import { defaultOptions } from './options';
import type { ClaritumOptions } from './options';
import { deliver, invoice, reopenDelivery } from './people-actions';
import { credentialsOf, readRequest } from './read';
import type { SoapRequest } from './read';
import { cancel, remove, restore, setStatus } from './standing';
import { ClaritumState } from './state';
import { isList } from '../values';
import { readWsdl } from './wsdl';
import { Writer } from './write';

const PATH = '/system/ws/1.3/soap.php';

/** The accounts of docs/sandbox.md#addresses-and-credentials. */
const accounts: readonly { readonly uid: string; readonly password: string; readonly role: Role }[] = [
  { uid: 'SUP-1001', password: 'supplier-secret', role: 'supplier' },
  { uid: 'MSP-2001', password: 'msp-secret', role: 'msp' },
];

const html = (status: number, body: string): VendorAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});

/** `uri#op`, `op`, or nothing at all: callers that name no action leave the choice to the body. */
function namesAction(header: string, operation: string): boolean {
  const action = header.trim().replace(/^"(.*)"$/, '$1');
  return action === '' || action.slice(action.lastIndexOf('#') + 1) === operation;
}

/** Claritum System Web Services 1.3, as PHP with Zend serves them (docs/vendors/claritum.md#the-platform). */
export class ClaritumSandbox implements VendorSandbox, ClaritumWorld {
  readonly vendor = 'claritum';
  private readonly wsdl = readWsdl();
  private writer = new Writer(this.wsdl);
  private state = new ClaritumState({ seed: 1, orders: 0 });
  private readonly options: ClaritumOptions;

  constructor(options: Partial<ClaritumOptions> = {}) {
    this.options = { ...defaultOptions, ...options };
  }

  /** The versions beside 1.3 are Claritum's too: it answers 404 for them. */
  owns(path: string): boolean {
    return path.startsWith('/system/ws/');
  }

  reset(seed: SeedData): void {
    this.state = new ClaritumState(seed);
    this.writer = new Writer(this.wsdl);
  }

  references(): Partial<SeedReferences> {
    return {
      purchaseOrders: this.state.allOrders().map(({ orderRef }) => orderRef),
      stockOrders: [...this.state.stockOrders.keys()],
    };
  }

  memory(): Readonly<Record<string, object>> {
    return { state: this.state };
  }

  ledger(): Readonly<Record<string, unknown>> {
    const { state } = this;
    const marked = <T extends { readonly uid: string }>(records: Iterable<T>) =>
      [...records].map((record) => ({ ...record, exported: state.isExported(record.uid) }));
    return {
      purchaseOrders: marked(state.allOrders()),
      specifications: [...state.specifications.values()],
      deliveries: marked(state.deliveriesOf(state.allOrders())),
      stockOrders: marked(state.stockOrders.values()),
      purchaseInvoices: marked(state.purchaseInvoices.values()),
      salesInvoices: marked(state.salesInvoices.values()),
      goodsReceipts: [...state.receipts],
      customers: [...state.customers.values()],
      suppliers: [...state.suppliers.values()],
    };
  }

  deliver(action: DeliverAction): readonly string[] | undefined {
    return deliver(this.state, action);
  }

  invoice(action: InvoiceAction): readonly string[] | undefined {
    return invoice(this.state, action);
  }

  amend(action: AmendAction): readonly string[] | undefined {
    return amend(this.state, action);
  }

  cancel(action: CancelAction): readonly string[] | undefined {
    return cancel(this.state, action);
  }

  reopen(action: ReopenAction): readonly string[] | undefined {
    return reopenDelivery(this.state, action);
  }

  setStatus(action: StatusAction): readonly string[] | undefined {
    return setStatus(this.state, action);
  }

  add(action: AddAction): readonly string[] {
    return addOrder(this.state, action);
  }

  remove({ orderRef }: { readonly orderRef: string }): readonly string[] | undefined {
    return remove(this.state, orderRef);
  }

  restore({ orderRef }: { readonly orderRef: string }): readonly string[] | undefined {
    return restore(this.state, orderRef);
  }

  /** The jobs in progress, for the people who work on them. */
  jobs(): readonly Job[] {
    return jobsOf(this.state);
  }

  prepare(request: VendorRequest): PreparedCall | { readonly answer: VendorAnswer } {
    const address = `${request.origin}${PATH}`;
    if (request.path !== PATH) return { answer: html(404, '<h1>404 Not Found</h1>\n') };
    if (request.method === 'GET' || request.method === 'HEAD')
      return { answer: this.described(request.query, address) };
    if (request.method !== 'POST') return { answer: { status: 405, headers: { allow: 'GET, HEAD, POST' }, body: '' } };
    try {
      return this.prepareCall(request, address);
    } catch (error) {
      return { answer: this.fault(error, address) };
    }
  }

  private described(query: string, address: string): VendorAnswer {
    if (!/^wsdl(=|&|$)/i.test(query)) return html(200, documentationPage(this.wsdl, address));
    return this.xml(200, this.wsdl.servedAt(address));
  }

  /** @throws ClaritumFault for what is no call of this service or comes from nobody we know */
  private prepareCall(request: VendorRequest, address: string): PreparedCall {
    const soap = readRequest(request.body, this.wsdl);
    const operation = operations[soap.operation];
    if (operation === undefined) throw new ClaritumFault('Client', `Procedure '${soap.operation}' not present`);
    const action = request.headers['soapaction'];
    if (!namesAction(typeof action === 'string' ? action : '', soap.operation)) {
      throw new ClaritumFault('Client', `SOAPAction does not name '${soap.operation}', the procedure of the body`);
    }
    const given = credentialsOf(soap, request.headers.authorization, this.options.authentication);
    const account = accounts.find(({ uid, password }) => uid === given.uid && password === given.password);
    if (account === undefined) throw new ClaritumFault('Sender', 'Invalid API UID or password');
    const call = this.prepared(soap, operation, account.role, address);
    return { ...call, credentials: [account.uid, account.password] };
  }

  private prepared(soap: SoapRequest, operation: Operation, role: Role, address: string): PreparedCall {
    const run = (shape: (outcome: OperationResult) => OperationResult): CommitResult =>
      this.run(soap, operation, role, address, shape);
    const call: PreparedCall = {
      operation: soap.operation,
      key: [...new Set(operation.keys(soap.arguments))].toSorted().join(','),
      commit: () => run((outcome) => outcome),
      refusal: (more = '') => this.fault(new ClaritumFault('Sender', `The request was refused${more}`), address),
      wrongAnswer: () =>
        soap.operation === 'markExported'
          ? this.xml(200, this.writer.response('getPurchaseOrders', []))
          : this.xml(200, this.writer.response('markExported', true)),
    };
    const isListing = soap.operation.startsWith('get');
    if (!isListing) return call;
    return {
      ...call,
      distortList: (how) =>
        run(({ result, effects }) => ({ result: isList(result) ? distortions[how](result) : result, effects })),
    };
  }

  private run(
    soap: SoapRequest,
    operation: Operation,
    role: Role,
    address: string,
    shape: (outcome: OperationResult) => OperationResult,
  ): CommitResult {
    try {
      if (!operation.roles.includes(role)) {
        throw new ClaritumFault('Sender', `${soap.operation} is not available to the ${role} role`);
      }
      const { result, effects } = shape(operation.run(this.state, soap.arguments, this.options));
      return { answer: this.xml(200, this.writer.response(soap.operation, result)), outcome: 'ok', effects };
    } catch (error) {
      const effects = error instanceof ClaritumFault ? error.effects : 0;
      return { answer: this.fault(error, address), outcome: 'refused', effects };
    }
  }

  /** @throws what is no fault of the vendor: a defect of the sandbox must not look like an answer */
  private fault(error: unknown, address: string): VendorAnswer {
    if (!(error instanceof ClaritumFault)) throw error;
    return this.xml(500, this.writer.fault(error.code, error.message, address));
  }

  private xml(status: number, body: string): VendorAnswer {
    return { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
  }
}
