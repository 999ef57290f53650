import { randomUUID } from 'node:crypto';

/** The one account of docs/sandbox.md#addresses-and-credentials. */
const account = { username: 'webstore', password: 'A05E63A' } as const;

/**
 * Session keys: they do not expire, but every login voids all earlier ones (docs/vendors/isync.md#login). Keys are
 * random, for a key from before a reset must never come again.
 */
export class Sessions {
  private key: string | undefined;

  isUser(username: string, password: string): boolean {
    return username === account.username && password === account.password;
  }

  /** @returns the new key, from now on the only good one */
  login(): string {
    this.key = randomUUID();
    return this.key;
  }

  accepts(key: string): boolean {
    return this.key !== undefined && key === this.key;
  }

  /** From now on no key is good. */
  void(): void {
    this.key = undefined;
  }
}
