import { readFile } from 'node:fs/promises';
import { Client, WSDL, type IHttpClient } from 'soap';
import { FailureType } from '../domain/failure-types';
import type { CallLimits, CallOptions } from './call';
import { clean } from './clean';
import { failure, type CallName, type FailureDetail } from './failure';
import { send, type HttpAnswer } from './http';
import type { Effect, Verdict } from './outcome';
import { readEnvelope, readUndeclared, type SoapFault } from './soap-envelope';
import { unsendable, unwrap, type SoapInput, type SoapValue } from './soap-value';
import { UnreadableText } from './unreadable-text';
import { VendorError } from './vendor-error';

/** One line of a vendor's fault table; both expressions must match where both are given, the first such line counts. */
export interface FaultRow {
  readonly code?: RegExp;
  readonly text?: RegExp;
  readonly verdict: Extract<
    Verdict,
    'vendor-refusal' | 'credentials-refusal' | 'session-refusal' | 'missing-record' | 'inconclusive-fault'
  >;
}

/** How one account of one vendor is reached. */
export interface SoapSettings {
  readonly vendor: string;
  /** Full URL of the service; the address in the WSDL is ignored. */
  readonly endpoint: string;
  /** Path of a WSDL, packaged or the user's own; nothing is ever fetched, not even what it imports. */
  readonly wsdlFile: string;
  readonly faults: readonly FaultRow[];
  /** Values that must not be shown even where the vendor quotes them. */
  readonly secrets: readonly string[];
}

/** Local names of what may answer an operation. */
interface AnswerElements {
  /** By the WSDL. */
  readonly declared: string;
  /** What the vendor may write instead, in no namespace that the WSDL knows: read without it, leaves as text. */
  readonly undeclared?: string;
}

/** What came back: text for node-soap, or the content itself where only we can read it. */
type Judged = { readonly xml: string } | { readonly content: unknown };

/** One call of one operation. */
export interface SoapCall {
  readonly operation: string;
  /** The operation's name in the WSDL. @default `operation` */
  readonly method?: string;
  readonly effect: Effect;
  /** HTTP headers besides SOAP's own, for credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands in the SOAP header: well-formed XML, nothing in it taken over unescaped. */
  readonly header?: string;
  /** The operation's parts in the order of the WSDL: node-soap sends them as they come. */
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

const asWritten = (text: string): string => text;
const leafTypes = [
  'decimal',
  'long',
  'int',
  'integer',
  'short',
  'double',
  'float',
  'dateTime',
  'date',
  'boolean',
  'bool',
];
/** Given to the WSDL and again to every client on it, which writes them back into the WSDL's shared options. */
const decoding = {
  customDeserializer: Object.fromEntries(leafTypes.map((name) => [name, asWritten])),
  handleNilAsNull: true,
  preserveWhitespace: true,
};

/**
 * A SOAP 1.1 client on a local WSDL: node-soap writes the request and reads the answer, everything between is ours.
 * Stateless: each call has a node-soap client of its own (cheap on a parsed WSDL), because that keeps the last request,
 * and with it the password, for whoever asks next.
 */
export class SoapClient {
  readonly #settings: SoapSettings;
  #wsdl: Promise<WSDL> | undefined;

  constructor(settings: SoapSettings) {
    this.#settings = settings;
  }

  /**
   * @returns the content of the operation's response element, unwrapped
   * @throws VendorError and nothing else
   */
  async call(call: SoapCall): Promise<SoapValue> {
    const name: CallName = { vendor: this.#settings.vendor, operation: call.operation, effect: call.effect };
    const fault = unsendable(call.args);
    if (fault !== undefined) throw refusedHere(name, `${fault} cannot be written as XML`);
    const wsdl = await this.#parsedWsdl(name);
    let answer: HttpAnswer | undefined;
    const exchange = async (xml: string, headers: Readonly<Record<string, string>>): Promise<Judged> => {
      answer = await this.#send(name, call, xml, headers);
      return this.#judge(name, call, answer);
    };
    try {
      const result = await this.#invoke(wsdl, call, exchange);
      return unwrap(result, answer?.text.length);
    } catch (error) {
      if (error instanceof VendorError) throw error;
      // node-soap's errors hold the request, the answer, or are no errors at all.
      if (answer === undefined) throw refusedHere(name, 'the request cannot be written by the WSDL');
      throw unreadable(name, answer, error instanceof UnreadableText ? error.code : 'NOT_SOAP');
    }
  }

  async #parsedWsdl(name: CallName): Promise<WSDL> {
    this.#wsdl ??= parseWsdl(this.#settings.wsdlFile);
    try {
      return await this.#wsdl;
    } catch {
      this.#wsdl = undefined;
      throw failure(
        name,
        { phase: 'not-sent', ending: 'unreachable', verdict: 'unread' },
        { code: 'BAD_WSDL', reason: 'the WSDL cannot be read, or imports another' },
      );
    }
  }

  async #invoke(
    wsdl: WSDL,
    call: SoapCall,
    exchange: (xml: string, headers: Readonly<Record<string, string>>) => Promise<Judged>,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const httpClient: IHttpClient = {
        request: (_url, xml, callback, headers) => {
          exchange(String(xml), headers ?? {})
            .then((judged) =>
              'content' in judged
                ? resolve(judged.content)
                : void callback(null, { status: 200, headers: {} }, judged.xml),
            )
            .catch(reject);
          // Only the callback is looked at.
          return new Promise<never>(() => undefined);
        },
      };
      const client = new Client(wsdl, this.#settings.endpoint, { ...decoding, httpClient });
      if (call.header !== undefined) client.addSoapHeader(call.header);
      const method: unknown = client[call.method ?? call.operation];
      if (typeof method !== 'function') throw new TypeError('no such operation');
      method(call.args, (error: unknown, result: unknown) => (error ? reject(error) : resolve(result)));
    });
  }

  async #send(
    name: CallName,
    call: SoapCall,
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer> {
    return send({
      ...name,
      url: this.#settings.endpoint,
      method: 'POST',
      headers: { ...headers, ...call.headers, Accept: 'text/xml' },
      body,
      contentTypes: /^\s*(?:text|application)\/(?:soap\+)?xml\s*(?:;|$)/i,
      readableStatuses: [200, 400, 500],
      limits: call.limits,
      options: call.options,
    });
  }

  /** The operation's own response, or the failure that the answer means. */
  #judge(name: CallName, call: SoapCall, answer: HttpAnswer): Judged {
    const { declared, undeclared } = call.answer ?? { declared: `${call.method ?? call.operation}Response` };
    let envelope;
    try {
      envelope = readEnvelope(answer.text, undeclared === undefined ? [declared] : [declared, undeclared]);
    } catch (error) {
      if (error instanceof UnreadableText) throw unreadable(name, answer, error.code);
      throw error;
    }
    if ('fault' in envelope) throw this.#fault(name, answer, envelope.fault);
    if (answer.status !== 200) throw unreadable(name, answer, `HTTP_${answer.status}`);
    const { element } = envelope;
    return element === declared ? { xml: envelope.answer } : { content: readUndeclared(answer.text, element) };
  }

  #fault(name: CallName, answer: HttpAnswer, fault: SoapFault): VendorError {
    const row = [...this.#settings.faults, ...standardFaults].find(
      ({ code, text }) => code?.test(fault.code) !== false && text?.test(fault.text) !== false,
    );
    const told = this.#settings.secrets
      .filter((secret) => secret !== '')
      .reduce((text, secret) => text.replaceAll(secret, '***'), `fault ${fault.code}: ${fault.text}`);
    return answered(name, answer, row?.verdict ?? 'inconclusive-fault', {
      code: /^[\w.-]{1,40}$/.test(fault.code) ? fault.code : 'FAULT',
      reason: clean(told),
    });
  }
}

async function parseWsdl(file: string): Promise<WSDL> {
  const text = await readFile(file, 'utf8');
  return new Promise((resolve, reject) => {
    const wsdl = new WSDL(text, '', {
      ...decoding,
      wsdl_options: {
        overrideImportLocation: () => {
          throw new Error('a WSDL stands alone here');
        },
      },
    });
    wsdl.onReady((error) => (error ? reject(error) : resolve(wsdl)));
  });
}

function answered(name: CallName, answer: HttpAnswer, verdict: Verdict, detail: FailureDetail): VendorError {
  const { status, requestId } = answer;
  return failure(name, { phase: 'sent', ending: 'answered', status, verdict }, { ...detail, requestId });
}

const unreadable = (name: CallName, answer: HttpAnswer, code: string): VendorError =>
  answered(name, answer, 'unreadable', { code, reason: `the answer is not what the contract promises (${code})` });

/** Nothing was sent, and sending it again would not help. */
const refusedHere = ({ vendor, operation }: CallName, reason: string): VendorError =>
  new VendorError({
    type: FailureType.VendorRejected,
    vendor,
    operation,
    code: 'UNSENDABLE',
    message: `${vendor} ${operation}: nothing was sent: ${reason}`,
  });
