import type { CallLimits, CallOptions } from '../../transport/http/call';
import type { CallName } from '../../transport/http/failure';
import { sendAndRead, type HttpRequest } from '../../transport/http/http';
import { hiding } from '../../transport/formats/secrets';
import { TimeLeft } from '../../transport/http/time-left';
import { gaveUp, notLoggedIn } from '../../transport/http/no-session';
import { VendorError } from '../../transport/http/vendor-error';
import type { RequestNames } from './request-names';
import {
  credentialsRefused,
  response,
  sessionLost,
  staticTokenRefused,
  token,
  writeRequest,
  type Case,
  type Format,
  type Message,
} from './answer';
import type { Response } from './schema';
import { Session } from './session';

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

/** A call, and the connection it goes out on. */
type Sending = CallName & Pick<HttpRequest, 'connection'>;

/** A successful response, and what is needed to say that it is not the expected one. */
export interface Answered {
  readonly judged: Case;
  readonly body: Response;
}

const loginCall: CallName = { vendor: 'northscope', operation: 'GenerateSessionToken', effect: 'read' };
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
  readonly #loginLimits: CallLimits;
  readonly #session: Session;

  /** @param loginLimits time and size limits of a login, which no single caller may cut short for the others. */
  constructor(credentials: Credentials, names: RequestNames, loginFormat: Format, loginLimits: CallLimits) {
    this.#account = credentials;
    this.#password = 'password' in credentials ? credentials.password : '';
    this.#staticToken = 'staticToken' in credentials ? credentials.staticToken : undefined;
    this.#names = names;
    this.#loginFormat = loginFormat;
    this.#loginLimits = loginLimits;
    this.#session = new Session(() => this.#login());
  }

  /** @throws VendorError; also where there is nothing to log in for: STATIC_TOKEN, nothing sent. */
  async logIn(options: CallOptions): Promise<void> {
    if (this.#staticToken !== undefined) throw nothingToLogInFor();
    const time = new TimeLeft(options, this.#loginLimits.deadlineMs);
    await time.waitFor(this.#session.loginAnew(), (why) => gaveUp(loginCall, why));
  }

  /** @throws VendorError */
  async call(call: Sending, message: Message, limits: CallLimits, options: CallOptions): Promise<Answered> {
    const time = new TimeLeft(options, limits.deadlineMs);
    const first = this.#staticToken ?? (await this.#granted(call, time, this.#session.token()));
    const attempt = await this.#attempt(call, message, first, limits, time.options());
    if (attempt.body !== 'session-lost') return { judged: attempt.judged, body: attempt.body };
    if (this.#staticToken !== undefined) throw staticTokenRefused(attempt.judged);
    const second = await this.#granted(call, time, this.#session.renewed(first));
    const repetition = await this.#attempt(call, message, second, limits, time.options());
    if (repetition.body === 'session-lost') throw sessionLost(repetition.judged);
    return { judged: repetition.judged, body: repetition.body };
  }

  /** A token of the shared session. Whatever the login failed with, the caller's own request was not sent. */
  async #granted(call: CallName, time: TimeLeft, shared: Promise<string>): Promise<string> {
    try {
      return await time.waitFor(shared, (why) => gaveUp(call, why));
    } catch (error) {
      throw error instanceof VendorError ? notLoggedIn(call, error, 'sent') : error;
    }
  }

  async #login(): Promise<string> {
    const content = { LoginEmail: this.#account.login, Password: this.#password };
    const name = this.#names.GenerateSessionToken ?? loginCall.operation;
    const message: Message = { name, content, format: this.#loginFormat };
    const { judged, body } = await this.#attempt(loginCall, message, undefined, this.#loginLimits, {});
    if (body === 'session-lost') throw credentialsRefused(judged);
    return token(judged, body);
  }

  async #attempt(
    call: Sending,
    message: Message,
    session: string | undefined,
    limits: CallLimits,
    options: CallOptions,
  ): Promise<{ readonly judged: Case; readonly body: Response | 'session-lost' }> {
    const { endpoint, login } = this.#account;
    const secrets = [this.#password, session ?? ''];
    const request: HttpRequest = {
      ...call,
      secrets,
      url: endpoint,
      method: 'POST',
      headers: {
        'content-type': contentTypes[message.format],
        ...(session === undefined ? {} : { NSLogin: login, NSAPISession: session }),
      },
      body: bodyOf(call, message),
      // The document shows no Content-Type at all.
      contentTypes: /^$|^(application|text)\/(xml|json|plain)\b/i,
      // Nor a status for failures; the response says which it is.
      readableStatuses: [200, 400, 401, 403],
      limits,
      options,
    };
    const answer = await sendAndRead(request, { form: 'either', root: 'NSResponse' });
    const judged = { call, format: message.format, answer, hide: hiding(secrets) };
    return { judged, body: response(judged) };
  }
}

/** The fields of an input are checked before; login, password and company are not. */
function bodyOf(call: CallName, message: Message): string {
  try {
    return writeRequest(message);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { vendor, operation } = call;
    throw new VendorError({
      ...{ type: 'VendorRejected', vendor, operation, code: 'INVALID_INPUT' },
      message: `${vendor} ${operation}: not sent, ${error.message}`,
    });
  }
}

const nothingToLogInFor = (): VendorError =>
  new VendorError({
    type: 'VendorRejected',
    vendor: loginCall.vendor,
    operation: loginCall.operation,
    code: 'STATIC_TOKEN',
    message: 'northscope GenerateSessionToken: not sent, this client calls with a static token',
  });
