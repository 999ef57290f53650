import { FailureType } from '../../domain/case/failure-types';
import { callError, type CallName } from './failure';
import type { GaveUp, TimeLeft } from './time-left';
import { VendorError } from './vendor-error';

/** What came of a request under a key: its answer, or how it was refused for its key alone, and so not carried out. */
export type Attempt<T> = { readonly answer: T } | { readonly keyRefused: VendorError };

/** How a client logs in. */
export interface Login {
  readonly call: CallName;
  /** What is certain of a request that gets no session: it was not sent, or it was refused and so not carried out. */
  readonly nothingWas: 'sent' | 'carried out';
  /** Asks the vendor for a key, within time limits of its own: no single caller may cancel it for all. */
  readonly key: () => Promise<string>;
}

/**
 * The one session of a process: any number of concurrent calls share a key and, when there is none, one login. A login
 * may void the key before it, of this process or of another. So nobody logs in while a key of ours is good for all we
 * know, and what shares a key is sent under it before anybody logs in again. The key leaves this class only towards a
 * request.
 */
export class Session {
  readonly #login: Login;
  #key: string | undefined;
  #pending: Promise<string> | undefined;

  constructor(login: Login) {
    this.#login = login;
  }

  /** Logs in whether or not there is a key. @throws VendorError */
  async logIn(time: TimeLeft): Promise<void> {
    await time.waitFor(this.#loggingIn(), (why) => gaveUpError(this.#login.call, why));
  }

  /**
   * Makes a request under the shared key, and once more under a new one where it was refused for its key; never a third
   * time. A login that fails fails for all who wait for it, and is not remembered.
   *
   * @returns the second refusal too, which is the caller's to judge: whoever calls next begins with a login
   * @throws VendorError, also where there is no session within the time
   */
  async attempt<T>(call: CallName, time: TimeLeft, request: (key: string) => Promise<Attempt<T>>): Promise<Attempt<T>> {
    const first = await this.#granted(call, time);
    const once = await request(first);
    if ('answer' in once) return once;
    this.#forget(first);
    const second = await this.#granted(call, time);
    const again = await request(second);
    if ('keyRefused' in again) this.#forget(second);
    return again;
  }

  /** A key for this caller. Whatever the login failed with, the caller's own request was not sent. */
  async #granted(call: CallName, time: TimeLeft): Promise<string> {
    const shared = this.#key === undefined ? this.#loggingIn() : Promise.resolve(this.#key);
    try {
      return await time.waitFor(shared, (why) => gaveUpError(call, why));
    } catch (error) {
      throw error instanceof VendorError ? noSessionError(call, error, this.#login.nothingWas) : error;
    }
  }

  /** Keeps a newer key that another call has fetched meanwhile. */
  #forget(refused: string): void {
    if (this.#key === refused) this.#key = undefined;
  }

  async #loggingIn(): Promise<string> {
    this.#pending ??= this.#fetched();
    return this.#pending;
  }

  async #fetched(): Promise<string> {
    // Void from here on, also if the answer to the login gets lost.
    this.#key = undefined;
    try {
      this.#key = await this.#login.key();
      return this.#key;
    } finally {
      this.#pending = undefined;
    }
  }
}

/** For a caller that may not wait for a session any longer; nothing of its own was sent. */
const gaveUpError = (call: CallName, why: GaveUp): VendorError =>
  callError(
    call,
    { phase: 'not-sent', ending: why, verdict: 'unread' },
    why === 'aborted'
      ? { code: 'ABORTED', reason: 'the call was cancelled while it waited for a session' }
      : { code: 'DEADLINE', reason: 'timed out: no session within the deadline' },
  );

/** A failed login as the failure of the request that needed it: final where credentials are, else to be tried again. */
function noSessionError(call: CallName, error: VendorError, nothingWas: Login['nothingWas']): VendorError {
  if (error.operation === call.operation) return error;
  const isFinal = error.type === FailureType.VendorUnauthorized || error.type === FailureType.VendorRejected;
  const type = isFinal || error.type === FailureType.VendorThrottled ? error.type : FailureType.VendorUnavailable;
  const { code, status, requestId, retryAfterMs } = error;
  return new VendorError({
    type,
    vendor: call.vendor,
    operation: call.operation,
    code,
    message: `${call.vendor} ${call.operation}: nothing was ${nothingWas}: login failed: ${error.message}`,
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
