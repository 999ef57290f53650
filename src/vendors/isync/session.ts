/**
 * The one session of a process: any number of concurrent calls share a key and, when there is none, one login. iSync
 * knows one key for each user: every login voids the one before, of this process or of another. So nobody logs in
 * while a key of ours is good for all we know, and what shares a key is sent under it before anybody logs in again.
 * The key leaves this class only towards a request.
 */
export class Session {
  readonly #login: () => Promise<string>;
  #key: string | undefined;
  #pending: Promise<string> | undefined;

  /** @param login Asks the vendor for a key, within time limits of its own: no single caller may cancel it for all. */
  constructor(login: () => Promise<string>) {
    this.#login = login;
  }

  /** The key to call with; logs in when there is none. A login that fails fails for all who wait for it. */
  async key(): Promise<string> {
    return this.#key ?? this.#loggingIn();
  }

  /** A key other than `refused`: a new one, or the one that somebody else has fetched meanwhile. */
  async renewed(refused: string): Promise<string> {
    this.forget(refused);
    return this.key();
  }

  /** Drops a refused key: whoever calls next begins with a login. */
  forget(refused: string): void {
    if (this.#key === refused) this.#key = undefined;
  }

  /** Logs in whether or not there is a key. */
  async loginAnew(): Promise<void> {
    await this.#loggingIn();
  }

  async #loggingIn(): Promise<string> {
    this.#pending ??= this.#fetched();
    return this.#pending;
  }

  async #fetched(): Promise<string> {
    // Void from here on, also if the answer to the login gets lost.
    this.#key = undefined;
    try {
      this.#key = await this.#login();
      return this.#key;
    } finally {
      this.#pending = undefined;
    }
  }
}
