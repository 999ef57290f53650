import { Client, type IHttpClient, type WSDL } from 'soap';
import type { CallLimits, CallOptions, ConnectionUse } from '../http/call';
import { answerError, callError, unsentError, type CallName } from '../http/failure';
import { sendAndRead, type AnswerHead, type ReadAnswer } from '../http/http';
import type { Effect, Verdict } from '../http/outcome';
import type { AnswerElements, SoapAnswer } from '../reading/reading';
import { quote } from '../formats/secrets';
import type { SoapFault } from '../formats/soap-envelope';
import { unsendable, type SoapInput, type SoapValue } from '../formats/soap-value';
import { decoding, wsdlOf } from '../formats/soap-wsdl';
import type { VendorError } from '../http/vendor-error';
import { beginningOf, type Wording } from '../formats/wording';

/** One line of a vendor's fault table; code and text must both match where both are given, the first such line counts. */
export interface FaultRow {
  readonly code?: RegExp;
  /** Of the beginning of the text, see {@link beginningOf}. */
  readonly text?: Wording;
  readonly verdict: Extract<
    Verdict,
    'vendor-refusal' | 'credentials-refusal' | 'session-refusal' | 'missing-record' | 'inconclusive-fault'
  >;
}

/** What every call carries of an account, by whatever way the vendor takes it. */
export interface Presented {
  /** The first parts of every body. */
  readonly parts?: SoapCall['args'];
  /** HTTP headers besides SOAP's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands in the SOAP header: well-formed XML, nothing in it taken over unescaped. */
  readonly header?: string;
  /** Values that must not be shown even where the vendor quotes them. */
  readonly secrets: readonly string[];
}

/** How one account of one vendor is reached. */
export interface SoapSettings extends Presented {
  readonly vendor: string;
  /** Full URL of the service; the address in the WSDL is ignored. */
  readonly endpoint: string;
  /** Path of a WSDL, packaged or the user's own; nothing is ever fetched, not even what it imports. */
  readonly wsdlFile: string;
  readonly faults: readonly FaultRow[];
}

/** A request as node-soap wrote it. */
interface Message {
  readonly xml: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One call of one operation. */
export interface SoapCall {
  readonly operation: string;
  /** The operation's name in the WSDL. @default `operation` */
  readonly method?: string;
  readonly effect: Effect;
  /** @default 'shared' */
  readonly connection?: ConnectionUse | undefined;
  /** The operation's own parts in the order of the WSDL: node-soap sends them as they come. */
  readonly args: { readonly [part: string]: SoapInput };
  /** The response element, where it is not called after the operation. @default `<method>Response`, declared */
  readonly answer?: AnswerElements;
  readonly limits: CallLimits;
  readonly options: CallOptions;
}

/** SOAP says itself who is to blame (SOAP 1.1 §4.4.1): these four say the request was not carried out. */
const standardFaults: readonly FaultRow[] = [
  { code: /^(?:Client|Sender|VersionMismatch|MustUnderstand)(?:\.|$)/i, verdict: 'vendor-refusal' },
];

/**
 * A SOAP 1.1 client on a local WSDL: node-soap writes the request and reads the answer, everything between is ours.
 * Stateless: each call has a node-soap client of its own (cheap on a parsed WSDL), because that keeps the last request,
 * and with it the password, for whoever asks next.
 */
export class SoapClient {
  readonly #settings: SoapSettings;

  constructor(settings: SoapSettings) {
    this.#settings = settings;
  }

  /**
   * @returns the content of the operation's response element, unwrapped
   * @throws VendorError and nothing else
   */
  async call(call: SoapCall): Promise<SoapValue> {
    const name: CallName = { vendor: this.#settings.vendor, operation: call.operation, effect: call.effect };
    const args = { ...this.#settings.parts, ...call.args };
    const fault = unsendable(args);
    if (fault !== undefined) throw unsentError(name, 'UNSENDABLE', `${fault} holds characters that XML does not allow`);
    const wsdl = await this.#wsdl(name);
    let message: Message;
    try {
      message = await this.#write(wsdl, call.method ?? call.operation, args);
    } catch {
      // node-soap's errors hold the request.
      throw unsentError(name, 'UNSENDABLE', 'the request does not fit the WSDL');
    }
    const answer = await this.#exchange(name, call, message);
    if ('fault' in answer.content) throw this.#faultError(name, answer, answer.content.fault);
    if (answer.status !== 200) throw unexpectedStatusError(name, answer);
    return answer.content.value;
  }

  async #wsdl(name: CallName): Promise<WSDL> {
    try {
      return await wsdlOf(this.#settings.wsdlFile);
    } catch {
      throw callError(
        name,
        { phase: 'not-sent', ending: 'unreachable', verdict: 'unread' },
        { code: 'BAD_WSDL', reason: 'the WSDL cannot be read, or imports another' },
      );
    }
  }

  /** The request by node-soap, which believes that it sends it and never hears of an answer. */
  async #write(wsdl: WSDL, name: string, args: SoapCall['args']): Promise<Message> {
    return new Promise((resolve, reject) => {
      const httpClient: IHttpClient = {
        request: (_url, xml, _callback, headers) => {
          resolve({ xml: String(xml), headers: headers ?? {} });
          return new Promise<never>(() => undefined);
        },
      };
      const { endpoint, header } = this.#settings;
      const client = new Client(wsdl, endpoint, { ...decoding, httpClient });
      if (header !== undefined) client.addSoapHeader(header);
      const method: unknown = client[name];
      if (typeof method !== 'function') throw new TypeError('no such operation');
      method(args, (error: unknown) => reject(error instanceof Error ? error : new Error('not written')));
    });
  }

  async #exchange(
    name: CallName,
    { method, operation, connection, answer, limits, options }: SoapCall,
    message: Message,
  ): Promise<ReadAnswer<SoapAnswer>> {
    const elements = answer ?? { declared: `${method ?? operation}Response` };
    return sendAndRead(
      {
        ...name,
        connection,
        url: this.#settings.endpoint,
        method: 'POST',
        headers: { ...message.headers, ...this.#settings.headers, Accept: 'text/xml' },
        body: message.xml,
        secrets: this.#settings.secrets,
        contentTypes: /^\s*(?:text|application)\/(?:soap\+)?xml\s*(?:;|$)/i,
        readableStatuses: [200, 400, 500],
        limits,
        options,
      },
      { form: 'soap', wsdlFile: this.#settings.wsdlFile, elements },
    );
  }

  #faultError(name: CallName, answer: AnswerHead, fault: SoapFault): VendorError {
    const given = { code: beginningOf(fault.code), text: beginningOf(fault.text) };
    const row = [...this.#settings.faults, ...standardFaults].find(
      ({ code, text }) => code?.test(given.code) !== false && text?.test(given.text) !== false,
    );
    const { secrets } = this.#settings;
    const isShown = /^[\w.-]{1,40}$/.test(fault.code) && quote(fault.code, secrets) === fault.code;
    const reason = quote(`fault ${fault.code}: ${fault.text}`, secrets);
    const verdict = row?.verdict ?? 'inconclusive-fault';
    return answerError(name, verdict, isShown ? fault.code : 'FAULT', reason, answer);
  }
}

function unexpectedStatusError(name: CallName, answer: AnswerHead): VendorError {
  const code = `HTTP_${answer.status}`;
  return answerError(name, 'unreadable', code, `the answer is not what the vendor documents (${code})`, answer);
}
