import type { CallLimits, CallOptions } from '../../transport/http/call';
import { unsentError, type CallName } from '../../transport/http/failure';
import { sendAndRead, type HttpRequest } from '../../transport/http/http';
import { Session, type Attempt } from '../../transport/http/session';
import { TimeLeft } from '../../transport/http/time-left';
import { readResponse, readToken, type JudgedAnswer, type Presented } from './answer';
import { callOf, limitsOf, operations } from './operations';
import type { NorthScopeRequest, RequestNames } from './request-names';
import { writeRequest, type Format, type Message } from './requests';
import type { Response } from './schema';

interface Account {
  /** The full URL of APIExecute. */
  readonly endpoint: string;
  /** The user's e-mail address; goes with every token, a static one too. */
  readonly login: string;
}

/**
 * How a user proves who it is: by a password, which is changed for a session token, or by a static token that somebody
 * has set up for it. Where both are given the static token is used.
 */
export type Credentials = Account & ({ readonly password: string } | { readonly staticToken: string });

/** A successful response, and what is needed to say that it is not the expected one. */
export interface Answered {
  readonly judged: JudgedAnswer;
  readonly body: Response;
}

const LOGIN = 'GenerateSessionToken';
const contentTypes: Readonly<Record<Format, string>> = {
  xml: 'text/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/**
 * Sends requests within the one session of a client. A request that NorthScope refused for its token was not carried
 * out: it is sent a second time with a new one, and never a third.
 */
export class Connection {
  readonly #account: Account;
  readonly #password: string;
  readonly #staticToken: string | undefined;
  readonly #names: RequestNames;
  readonly #loginFormat: Format;
  readonly #limits: Partial<CallLimits>;
  readonly #session = new Session({ call: callOf(LOGIN), nothingWas: 'sent', key: async () => this.#login() });

  constructor(credentials: Credentials, names: RequestNames, loginFormat: Format, limits: Partial<CallLimits>) {
    this.#account = credentials;
    this.#password = 'password' in credentials ? credentials.password : '';
    this.#staticToken = 'staticToken' in credentials ? credentials.staticToken : undefined;
    this.#names = names;
    this.#loginFormat = loginFormat;
    this.#limits = limits;
  }

  /** @throws VendorError; also where there is nothing to log in for: STATIC_TOKEN, nothing sent. */
  async logIn(options: CallOptions): Promise<void> {
    if (this.#staticToken !== undefined) {
      throw unsentError(callOf(LOGIN), 'STATIC_TOKEN', 'this client uses a static token and does not log in');
    }
    await this.#session.logIn(this.#timeFor(LOGIN, options));
  }

  /** @throws VendorError */
  async call(operation: NorthScopeRequest, message: Message, options: CallOptions): Promise<Answered> {
    const time = this.#timeFor(operation, options);
    const attempt =
      (presented: Presented) =>
      async (token: string): Promise<Attempt<Answered>> =>
        this.#attempt(operation, message, time.options(), presented, token);
    return answered(
      this.#staticToken === undefined
        ? await this.#session.attempt(callOf(operation), time, attempt('session'))
        : await attempt('static token')(this.#staticToken),
    );
  }

  #timeFor(operation: NorthScopeRequest, options: CallOptions): TimeLeft {
    return new TimeLeft(options, limitsOf(operation, this.#limits).deadlineMs);
  }

  async #login(): Promise<string> {
    const content = { LoginEmail: this.#account.login, Password: this.#password };
    const message: Message = { name: this.#names[LOGIN] ?? LOGIN, content, format: this.#loginFormat };
    const { judged, body } = answered(await this.#attempt(LOGIN, message, {}, 'login'));
    return readToken(judged, body);
  }

  async #attempt(
    operation: NorthScopeRequest,
    message: Message,
    options: CallOptions,
    presented: Presented,
    token?: string,
  ): Promise<Attempt<Answered>> {
    const { endpoint, login } = this.#account;
    const call = callOf(operation);
    const secrets = [this.#password, token ?? ''];
    const request: HttpRequest = {
      ...call,
      connection: operations[operation].connection,
      secrets,
      url: endpoint,
      method: 'POST',
      headers: {
        'content-type': contentTypes[message.format],
        ...(token === undefined ? {} : { NSLogin: login, NSAPISession: token }),
      },
      body: bodyOf(call, message),
      // The document shows no Content-Type at all.
      contentTypes: /^$|^(application|text)\/(xml|json|plain)\b/i,
      // Nor a status for failures; the response says which it is.
      readableStatuses: [200, 400, 401, 403],
      limits: limitsOf(operation, this.#limits),
      options,
    };
    const answer = await sendAndRead(request, { form: 'either', root: 'NSResponse' });
    const judged = { call, format: message.format, answer, secrets };
    const read = readResponse(judged, presented);
    return 'answer' in read ? { answer: { judged, body: read.answer } } : read;
  }
}

/** @throws VendorError for a key that was refused in the end */
function answered(end: Attempt<Answered>): Answered {
  if ('answer' in end) return end.answer;
  throw end.keyRefused;
}

/** The fields of an input are checked before; login, password and company are not. */
function bodyOf(call: CallName, message: Message): string {
  try {
    return writeRequest(message);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw unsentError(call, 'INVALID_INPUT', error.message);
  }
}
