import { join } from 'node:path';
import type { z } from 'zod';
import { FailureType } from '../../domain/case/failure-types';
import type { CallLimits, CallOptions } from '../../transport/http/call';
import { unsentError } from '../../transport/http/failure';
import { SoapClient } from '../../transport/soap/soap';
import { itemsOf, type SoapInput, type SoapValue } from '../../transport/formats/soap-value';
import { inTurns } from '../../transport/reading/turns';
import { faults, readRecord, readRecords, errorOf, type RecordList, type Taking } from './answer';
import { present, type ClaritumAccount, type ClaritumAuthentication } from './credentials';
import { ownNames, toWire, type FieldMapping } from './field-mapping';
import { callOf, limitsOf, mayCall, operations, type ClaritumRole, type Operation } from './operations';
import { Done } from './schema';

export interface ClaritumConfig extends ClaritumAccount {
  /** Full URL of `soap.php`. */
  readonly endpoint: string;
  readonly role: ClaritumRole;
  /** A second account, for what a supplier may not call. */
  readonly msp?: ClaritumAccount;
  /** @default parameters */
  readonly authentication?: ClaritumAuthentication;
  /** Path of the installation's own WSDL; it must not import others. @default the packaged one */
  readonly wsdlFile?: string;
  /** The installation's own names. @default those of the packaged WSDL */
  readonly fields?: FieldMapping;
  /** @default 20 s, 10 s, 5 MiB; lists and attachments 120 s, 10 s, 64 MiB */
  readonly limits?: Partial<CallLimits>;
}

interface Caller {
  readonly role: ClaritumRole;
  readonly soap: SoapClient;
}

/** Makes Claritum's calls as whoever may make them, by the names the installation has. */
export class Connection {
  readonly #callers: readonly Caller[];
  readonly #limits: Partial<CallLimits>;
  readonly #fields: FieldMapping;

  /** @throws RangeError for credentials that cannot travel the configured way */
  constructor(config: ClaritumConfig) {
    const { endpoint, apiUid, password, role, msp, authentication = 'parameters' } = config;
    const { limits = {}, fields = ownNames, wsdlFile = join(__dirname, 'claritum.wsdl') } = config;
    const callerFor = (as: ClaritumRole, account: ClaritumAccount): Caller => {
      const presented = present(authentication, account, fields.credentials);
      return { role: as, soap: new SoapClient({ vendor: 'claritum', endpoint, wsdlFile, faults, ...presented }) };
    };
    this.#callers = [callerFor(role, { apiUid, password }), ...(msp === undefined ? [] : [callerFor('msp', msp)])];
    this.#limits = limits;
    this.#fields = fields;
  }

  /** Every record by itself: one that cannot be read, or does not pass, does not hold up the others. */
  async list<Wire, Domain>(
    operation: Operation,
    { schema, ...taking }: Taking<Wire, Domain>,
    options: CallOptions,
  ): Promise<RecordList<Domain>> {
    const entries = itemsOf(await this.#call(operation, undefined, options));
    return readRecords(entries, { schema, record: operations[operation].answer, fields: this.#fields }, taking);
  }

  /** What these references name; one record that cannot be read fails them all, for each of them was asked for. */
  async find<Wire>(
    operation: Operation,
    schema: z.ZodType<Wire>,
    references: readonly string[],
    options: CallOptions,
  ): Promise<readonly Wire[]> {
    const entries = itemsOf(await this.#call(operation, references, options));
    const found: Wire[] = [];
    await inTurns(entries, (entry) => {
      found.push(this.#read(operation, schema, entry));
    });
    return found;
  }

  /** Sends records, or uids. */
  async write(operation: Operation, entries: readonly SoapInput[], options: CallOptions): Promise<void> {
    const isDone = this.#read(operation, Done, await this.#call(operation, entries, options));
    if (!isDone) throw errorOf(operation, 'vendor-refusal', 'FALSE', 'Claritum answered false');
  }

  /** @returns the operation's result, which is a list or a boolean */
  async #call(
    operation: Operation,
    entries: readonly SoapInput[] | undefined,
    options: CallOptions,
  ): Promise<SoapValue> {
    const { roles, connection } = operations[operation];
    const caller = this.#callers.find(({ role }) => mayCall(role, operation));
    if (caller === undefined) {
      const reason = `the operation needs an account with the role ${roles.join(' or ')}`;
      throw unsentError(callOf(operation), 'ROLE', reason, FailureType.VendorUnauthorized);
    }
    const response = await caller.soap.call({
      ...callOf(operation),
      method: this.#fields.operations[operation]?.name ?? operation,
      connection,
      args: this.#ownPart(operation, entries),
      limits: limitsOf(operation, this.#limits),
      options,
    });
    return this.#resultOf(operation, response);
  }

  #ownPart(operation: Operation, entries: readonly SoapInput[] | undefined): Readonly<Record<string, SoapInput>> {
    const { part } = operations[operation];
    if (part === undefined || entries === undefined) return {};
    const { name, record } = part;
    const written = record === undefined ? entries : entries.map((entry) => toWire(this.#fields, record, entry));
    return { [this.#fields.operations[operation]?.part ?? name]: { [this.#fields.listEntry]: written } };
  }

  /** The response element holds one part, which the vendor's platform calls `return`. */
  #resultOf(operation: Operation, response: SoapValue): SoapValue {
    const parts = typeof response === 'object' && response !== null ? Object.values(response) : [];
    const [result] = parts;
    if (result !== undefined && parts.length === 1) return result;
    throw errorOf(operation, 'unreadable', 'NO_RESULT', 'the answer holds no result');
  }

  #read<T>(operation: Operation, schema: z.ZodType<T>, value: unknown): T {
    const read = readRecord(value, { schema, record: operations[operation].answer, fields: this.#fields });
    if ('record' in read) return read.record;
    throw errorOf(operation, 'unreadable', 'BAD_RECORD', `unexpected answer: ${read.reason}`);
  }
}
