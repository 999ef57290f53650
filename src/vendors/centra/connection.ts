import type { z } from 'zod';
import { FailureType } from '../../domain/case/failure-types';
import type { CallLimits, CallOptions, ConnectionUse } from '../../transport/http/call';
import { bounds } from '../../domain/values/bounds';
import { printable } from '../../domain/values/printable';
import { failure } from '../../transport/http/failure';
import type { Verdict } from '../../transport/http/outcome';
import { hiding } from '../../transport/formats/secrets';
import { SoapClient, type SoapCall } from '../../transport/soap/soap';
import type { SoapValue } from '../../transport/formats/soap-value';
import { VendorError } from '../../transport/http/vendor-error';
import { beginningOf } from '../../transport/formats/wording';
import { styleOf } from './endpoint';
import { reasonOf } from './answer';
import { faults, LOGIN_REFUSAL } from './faults';
import { loginFor, type CentraAccount, type Login } from './credentials';
import {
  connectionOf,
  limitsOf,
  operations,
  type Operation,
  type ReadOperation,
  type WriteOperation,
} from './operations';
import { write } from './requests';
import { Events, Result } from './schema';

const VENDOR = 'centra';

export interface CentraConfig extends CentraAccount {
  /** Full URL of the service, without `?wsdl`; its path tells which of the three styles it has. */
  readonly endpoint: string;
  /** Ids of the markets that `events_GetByMarkets` asks for. @default none */
  readonly markets?: readonly string[];
  /** @default 20 s, 10 s, 5 MiB; pages of events 64 MiB */
  readonly limits?: Partial<CallLimits>;
}

/** What an update said besides yes. It means nothing went wrong (contract.md §B.2). */
export interface Accepted {
  readonly notices: readonly string[];
}

/** Makes Centra's calls in the style of its endpoint. */
export class Connection {
  readonly #login: Login;
  readonly #soap: SoapClient;
  readonly #limits: Partial<CallLimits>;

  /** @throws RangeError for credentials that XML cannot carry */
  constructor({ endpoint, username, password, limits = {} }: CentraConfig) {
    const style = styleOf(endpoint);
    this.#login = loginFor(style, { username, password });
    const { secrets } = this.#login;
    this.#soap = new SoapClient({ vendor: VENDOR, endpoint, wsdlFile: style.wsdlFile, faults, secrets });
    this.#limits = limits;
  }

  /** The events of a page, each as it came. */
  async read(operation: ReadOperation, parts: SoapCall['args'], options: CallOptions): Promise<readonly unknown[]> {
    // A refused login may answer a read as if it were an update.
    const value = await this.#call(operation, parts, { declared: 'events_Get', undeclared: 'result' }, options);
    if (hasMember(value, 'success')) {
      this.#accepted(operation, value);
      throw this.#unexpected(operation, 'unreadable', 'NO_RESULT', 'the answer holds no events');
    }
    const read = Events.safeParse(value);
    if (read.success && hasMember(value, 'events')) return read.data.events;
    const reason = read.success ? 'events: is missing' : reasonOf(read.error, 'events_Get');
    throw this.#unexpected(operation, 'unreadable', 'BAD_RECORD', `unexpected answer: ${reason}`);
  }

  /**
   * Sends an update once its shape is right.
   *
   * @param cancels the order has a `cancelled` block, so that the update may not be sent again
   */
  async write(
    operation: WriteOperation,
    schema: z.ZodType<object>,
    request: object,
    options: CallOptions,
    cancels = false,
  ): Promise<Accepted> {
    const written = write(schema, request);
    if ('fault' in written) throw this.unsendable(operation, written.fault);
    const undeclared = `${operation.replace('_', '')}Response`;
    const connection = connectionOf(operation, cancels);
    const value = await this.#call(operation, written.parts, { declared: 'result', undeclared }, options, connection);
    if (typeof value === 'string' && value.trim().toUpperCase() === 'OK') return { notices: [] };
    return this.#accepted(operation, value);
  }

  /** Nothing was sent, and sending it would not help. */
  unsendable(operation: Operation, reason: string): VendorError {
    return new VendorError({
      type: FailureType.VendorRejected,
      vendor: VENDOR,
      operation,
      code: 'UNSENDABLE',
      message: `${VENDOR} ${operation}: nothing was sent: ${reason}`,
    });
  }

  async #call(
    operation: Operation,
    parts: SoapCall['args'],
    answer: NonNullable<SoapCall['answer']>,
    options: CallOptions,
    connection?: ConnectionUse,
  ): Promise<SoapValue> {
    const { header, headers } = this.#login;
    return this.#soap.call({
      operation,
      effect: operations[operation].effect,
      connection,
      headers,
      ...(header === undefined ? {} : { header }),
      args: { ...this.#login.parts, ...parts },
      answer,
      limits: limitsOf(operation, this.#limits),
      options,
    });
  }

  /** What the vendor says of an update; its refusals need not have a reason (contract.md §C.2-13). */
  #accepted(operation: Operation, value: SoapValue): Accepted {
    const read = Result.safeParse(value);
    if (!read.success) {
      const reason = `unexpected answer: ${reasonOf(read.error, 'result')}`;
      throw this.#unexpected(operation, 'unreadable', 'BAD_RECORD', reason);
    }
    const { success, errors, notices } = read.data;
    if (success) return { notices: notices.flatMap((notice) => this.#told(notice)) };
    const told = errors.flatMap((error) => this.#told(error)).join('; ');
    const verdict = LOGIN_REFUSAL.test(beginningOf(told)) ? 'credentials-refusal' : 'vendor-refusal';
    const reason = told === '' ? 'refused without a reason' : `refused: ${told}`;
    throw this.#unexpected(operation, verdict, 'REFUSED', printable(reason, bounds.message));
  }

  /** A message fit to be shown; none where it is empty. */
  #told(message: string | null): string[] {
    const text = printable(hiding(this.#login.secrets)(message ?? ''), bounds.message);
    return text === '' ? [] : [text];
  }

  #unexpected(operation: Operation, verdict: Verdict, code: string, reason: string): VendorError {
    return failure(
      { vendor: VENDOR, operation, effect: operations[operation].effect },
      { phase: 'sent', ending: 'answered', status: 200, verdict },
      { code, reason },
    );
  }
}

const hasMember = (value: SoapValue, name: string): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).includes(name);
