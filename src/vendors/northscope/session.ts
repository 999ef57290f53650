/**
 * The one session of a client: any number of concurrent calls share a token and, when there is none, one login. The
 * token leaves this class only towards a request's header.
 */
export class Session {
  readonly #login: () => Promise<string>;
  #token: string | undefined;
  #pending: Promise<string> | undefined;

  /** @param login Asks the vendor for a token, within time limits of its own: no single caller may cancel it for all. */
  constructor(login: () => Promise<string>) {
    this.#login = login;
  }

  /** The token to call with; logs in when there is none. A login that fails fails for all who wait for it. */
  async token(): Promise<string> {
    return this.#token ?? this.#loggingIn();
  }

  /** A token other than `refused`: a new one, or the one that somebody else has fetched meanwhile. */
  async renewed(refused: string): Promise<string> {
    if (this.#token === refused) this.#token = undefined;
    return this.token();
  }

  /** Logs in whether or not there is a token. */
  async loginAnew(): Promise<void> {
    await this.#loggingIn();
  }

  async #loggingIn(): Promise<string> {
    this.#pending ??= this.#fetched();
    return this.#pending;
  }

  async #fetched(): Promise<string> {
    try {
      this.#token = await this.#login();
      return this.#token;
    } finally {
      this.#pending = undefined;
    }
  }
}
