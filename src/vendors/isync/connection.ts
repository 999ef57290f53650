import { join } from 'node:path';
import { FailureType } from '../../domain/case/failure-types';
import type { CallLimits, CallOptions } from '../../transport/http/call';
import { answerError } from '../../transport/http/failure';
import { Session, type Attempt } from '../../transport/http/session';
import { SoapClient } from '../../transport/soap/soap';
import { itemsOf, type SoapValue } from '../../transport/formats/soap-value';
import { TimeLeft } from '../../transport/http/time-left';
import { VendorError } from '../../transport/http/vendor-error';
import { contendedError, faults, loginRefusedError, readExecuted, type KnownTexts } from './answer';
import { callOf, connectionOf, listingCall, loginCall, operations, shortLimits, type Operation } from './operations';

/** Path of the packaged WSDL: what we use of the vendor's. */
export const wsdlFile = join(__dirname, 'isync.wsdl');

export interface Credentials {
  /** Full URL of `MessageService.svc`. */
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
}

/** One request of Execute. */
export interface Message {
  readonly operation: Operation;
  /** Comes back with the answer, and stands in the vendor's log: the record's business key. */
  readonly identifier: string;
  readonly messageXml: string;
}

/**
 * Sends requests within the one session of this process. A request that iSync refused for its key was not carried out:
 * it is sent a second time with a new key, and never a third.
 *
 * Where another process uses the same credentials, each login of the one voids the key of the other. Then a request may
 * be refused twice; it ends as VendorUnavailable, for it may be tried again later like one that was never sent. Since
 * every request logs in at most once after a refusal, the logins come to an end, and what is sent under the last key
 * gets through: there is always one that does, and none is ever sent again unless it was refused.
 */
export class Connection {
  readonly #credentials: Credentials;
  readonly #limits: Partial<CallLimits>;
  readonly #known: KnownTexts;
  readonly #session = new Session({ call: loginCall, nothingWas: 'carried out', key: async () => this.#login() });
  readonly #soap: SoapClient;
  /** The password, the key in use and the one before. */
  readonly #secrets: string[];

  constructor(credentials: Credentials, limits: Partial<CallLimits>, known: KnownTexts) {
    this.#credentials = credentials;
    this.#limits = limits;
    this.#known = known;
    this.#secrets = [credentials.password];
    this.#soap = new SoapClient({
      vendor: 'isync',
      endpoint: credentials.endpoint,
      wsdlFile,
      faults,
      secrets: this.#secrets,
    });
  }

  /** @throws VendorError */
  async logIn(options: CallOptions): Promise<void> {
    await this.#session.logIn(new TimeLeft(options, this.#limitsFor(shortLimits).deadlineMs));
  }

  /**
   * @returns the ResultXml, null where there is none
   * @throws VendorError
   */
  async execute(message: Message, time: TimeLeft): Promise<string | null> {
    const call = callOf(message.operation);
    const end = await this.#session.attempt(call, time, async (key) => this.#attempt(message, key, time));
    if ('answer' in end) return end.answer;
    throw contendedError(call, end.keyRefused);
  }

  /** @throws VendorError */
  async availableOperations(options: CallOptions): Promise<readonly string[]> {
    const call = { ...listingCall, args: {}, limits: this.#limitsFor(shortLimits), options };
    const names = itemsOf(onlyMember(await this.#soap.call(call)));
    if (names.every((name) => typeof name === 'string')) return names;
    throw answerError(listingCall, 'unreadable', 'BAD_RESULT', 'the operations are not a list of names');
  }

  /** The time a call of this operation may take. */
  timeFor(operation: Operation, options: CallOptions): TimeLeft {
    return new TimeLeft(options, this.#limitsFor(operations[operation].limits).deadlineMs);
  }

  #limitsFor(limits: CallLimits): CallLimits {
    return { ...limits, ...this.#limits };
  }

  async #login(): Promise<string> {
    const { username, password } = this.#credentials;
    const limits = this.#limitsFor(shortLimits);
    const answer = await this.#soap.call({ ...loginCall, args: { username, password }, limits, options: {} });
    const key = onlyMember(answer);
    // Undocumented is how a login is refused: nothing, or a sentence in the place of the key.
    if (key === null || key === undefined || key === '') throw loginRefusedError();
    if (typeof key !== 'string')
      throw answerError(loginCall, 'unreadable', 'BAD_RESULT', 'the session key is not text');
    if (/\s/.test(key.trim())) throw loginRefusedError();
    this.#secrets.splice(1, 2, key, this.#secrets[1] ?? '');
    return key;
  }

  async #attempt(
    { operation, identifier, messageXml }: Message,
    key: string,
    time: TimeLeft,
  ): Promise<Attempt<string | null>> {
    const call = callOf(operation);
    try {
      const response = await this.#soap.call({
        ...call,
        connection: connectionOf(operation),
        method: 'Execute',
        // In ordinal order, as WCF reads them; undocumented members as the samples have them.
        args: {
          request: {
            Action: operations[operation].action,
            Identifier: identifier,
            Instance: '1',
            MessageType: operation,
            MessageXml: messageXml,
            PublishDate: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
            SessionKey: key,
            Source: 'Waybill',
          },
        },
        limits: this.#limitsFor(operations[operation].limits),
        options: time.options(),
      });
      return readExecuted({ call, identifier, secrets: this.#secrets, known: this.#known }, response);
    } catch (error) {
      // A fault that refuses somebody, where nothing but the key says who it is; a bare 401 comes from before iSync.
      const isKeyRefused = error instanceof VendorError && error.type === FailureType.VendorUnauthorized;
      if (isKeyRefused && !error.code.startsWith('HTTP_')) return { keyRefused: error };
      throw error;
    }
  }
}

/** LoginResult, GetAvailableOperationsResult: what the response element holds, undefined where that is nothing. */
function onlyMember(response: SoapValue): SoapValue | undefined {
  if (typeof response !== 'object' || response === null) return undefined;
  const members: readonly SoapValue[] = Object.values(response);
  return members.length === 1 ? members[0] : undefined;
}
