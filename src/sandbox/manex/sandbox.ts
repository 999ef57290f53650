import { distortions } from '../vendor';
import type { CommitResult, ListDistortion, PreparedCall, SeedData } from '../vendor';
import type { VendorAnswer, VendorRequest, VendorSandbox } from '../vendor';
import { details, done, envelope, invalidApiKey, notFound, refusal, serverError, wrongVerb } from './answers';
import type { Reply } from './answers';
import type { ManExDespatch } from '../despatch-action';
import { dueDateColumns, newRow, wireRow } from './columns';
import { despatch, ordersNamed } from './despatch';
import { Given, Refused } from './given';
import type { JsonObject } from './json';
import { ledgerOrders } from './ledger';
import { defaultOptions, type ManExOptions } from './options';
import { operations, type Operation } from './operations';
import { readParameters, type Parameters } from './parameters';
import { ManExState } from './state';

const apiKey = '1234567890';
const nullReference = 'Object reference not set to an instance of an object.';

/** ManEx's Sales Order API at `/api/SO/<Op>/<key>` (docs/vendors/manex.md). */
export class ManExSandbox implements VendorSandbox {
  readonly vendor = 'manex';
  private readonly options: ManExOptions;
  private state: ManExState;

  constructor(options: Partial<ManExOptions> = {}) {
    this.options = { ...defaultOptions, ...options };
    this.state = new ManExState(1, this.options.now);
  }

  owns(path: string): boolean {
    return /^\/api(\/|$)/i.test(path);
  }

  reset(seed: SeedData): void {
    this.state = new ManExState(seed.seed, this.options.now);
  }

  memory(): Readonly<Record<string, object>> {
    return { state: this.state };
  }

  ledger(): Readonly<Record<string, unknown>> {
    return { salesOrders: ledgerOrders(this.state) };
  }

  /** The goods leave ManEx itself: see `despatch` in despatch.ts. */
  despatch(action: ManExDespatch): readonly string[] | undefined {
    return despatch(this.state, action);
  }

  /** Whether a reference names an order here: SONO, `<SONO>-1` or PONO. */
  knows(reference: string): boolean {
    return ordersNamed(this.state, reference).length > 0;
  }

  prepare(request: VendorRequest): PreparedCall | { readonly answer: VendorAnswer } {
    try {
      return this.prepared(request);
    } catch (error) {
      return { answer: serverError(error) };
    }
  }

  private prepared(request: VendorRequest): PreparedCall | { readonly answer: VendorAnswer } {
    const route = routed(request);
    if ('answer' in route) return route;
    const { operation, keyInPath } = route;
    let parameters: Parameters;
    try {
      parameters = readParameters(request);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      // A body the binder cannot read leaves the action without its model.
      if (keyInPath !== undefined && keyInPath !== apiKey) return { answer: invalidApiKey };
      return { answer: refusal(operation.failure + nullReference) };
    }
    if ((keyInPath ?? parameters.get('APIKEY')) !== apiKey) return { answer: invalidApiKey };
    return this.call(operation, new Given(parameters, operation.failure));
  }

  private call(operation: Operation, given: Given): PreparedCall {
    const { state, options } = this;
    const hasList = operation.name === 'SO/Get';
    const hasSublists = hasList || operation.name === 'SO/ItemGet';
    return {
      operation: operation.name,
      key: orderKey(state, given),
      commit: () => committed(state, operation, given, options),
      refusal: (more = '') => refusal(operation.failure + nullReference + more),
      credentials: [apiKey],
      wrongAnswer: () => envelope(operation.isRead ? otherRead(operation) : otherWrite(operation)),
      ...(hasList
        ? { distortList: (how) => committed(state, operation, given, options, (object) => distorted(object, how)) }
        : {}),
      ...(hasSublists
        ? { emptySublists: () => committed(state, operation, given, { ...options, childLists: false }) }
        : {}),
    };
  }
}

type Route = { readonly operation: Operation; readonly keyInPath: string | undefined };

/** The operation a path names, or ASP.NET's answer to one it does not know (docs/vendors/manex.md#paths-and-verbs). */
function routed(request: VendorRequest): Route | { readonly answer: VendorAnswer } {
  const [, , controller = '', action = '', keyInPath, ...rest] = request.path.split('/');
  const uri = `${request.origin}${request.path}${request.query === '' ? '' : `?${request.query}`}`;
  if (controller.toLowerCase() !== 'so') {
    return { answer: notFound(uri, `No type was found that matches the controller named '${controller}'.`) };
  }
  const operation = operations.get(action.toLowerCase());
  if (operation === undefined || rest.some((segment) => segment !== '')) {
    return { answer: notFound(uri, "No action was found on the controller 'SO' that matches the request.") };
  }
  if (!/^(GET|POST)$/i.test(request.method)) return { answer: wrongVerb(request.method) };
  return { operation, keyInPath: keyInPath === '' ? undefined : keyInPath };
}

/** SONO, else the order that a key of the call was generated for, else nothing. */
function orderKey(state: ManExState, given: Given): string {
  const soNo = given.soNo();
  if (soNo !== '') return soNo;
  const keys = ['UNIQUELN', 'DUEDT_UNIQ', 'PLPRICELNK'].map((name) => state.ownerOf(given.text(name).trim()));
  return keys.find((owner) => owner !== undefined) ?? '';
}

function committed(
  state: ManExState,
  operation: Operation,
  given: Given,
  options: ManExOptions,
  distort: (object: JsonObject) => JsonObject = (object) => object,
): CommitResult {
  try {
    const reply = operation.run(state, given, options);
    const object = reply.object === null ? null : distort(reply.object);
    return { answer: envelope({ ...reply, object }), outcome: 'ok', effects: reply.effects };
  } catch (error) {
    if (!(error instanceof Refused)) return { answer: serverError(error), outcome: 'refused', effects: 0 };
    const sessionId = operation.name === 'SO/Get' ? state.sessionId(given.soNo()) : null;
    return { answer: refusal(error.message, sessionId), outcome: 'refused', effects: 0 };
  }
}

/** A repeated line is the same object to Json.NET, so it comes as a `$ref`. */
function distorted(object: JsonObject, how: ListDistortion): JsonObject {
  const lines = object['SODETAILList'];
  if (!Array.isArray(lines)) return object;
  return { ...object, SODETAILList: distortions[how](lines) };
}

/** A success of another operation of the same kind. */
function otherWrite(operation: Operation): Reply {
  return operation.name === 'SO/ItemDelete'
    ? done('Sales Order Price deleted successfully.', 0)
    : done('Sales Order Item deleted successfully.', 0);
}

function otherRead(operation: Operation): Reply {
  if (operation.name === 'SO/DueDateGet') return done('Sales Order edited successfully.', 0);
  return details('$$Sales Order Due Date details:', wireRow(dueDateColumns, newRow(dueDateColumns, {})));
}
