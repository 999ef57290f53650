/** One remembered read. */
interface Entry<T> {
  readonly value: Promise<T>;
  readonly expires: number;
}

/**
 * Remembers reads of data that all orders share (sites, items, units), so that a thousand orders ask once. Concurrent
 * callers share one call; a call that failed is forgotten at once.
 */
export class ReferenceCache {
  readonly #entries = new Map<string, Entry<unknown>>();
  readonly #lifeMs: number;
  readonly #now: () => number;

  /** @param lifeMs how long an answer counts. */
  constructor(lifeMs: number, now: () => number = Date.now) {
    this.#lifeMs = lifeMs;
    this.#now = now;
  }

  /** The remembered answer for `key`, or the one of `read`. */
  async read<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key);
    // One key is only ever read with one type: the keys are written in this folder alone.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    if (known !== undefined && known.expires > this.#now()) return known.value as Promise<T>;
    const value = read();
    const entry = { value, expires: this.#now() + this.#lifeMs };
    this.#entries.set(key, entry);
    value.catch(() => this.#forget(key, entry));
    return value;
  }

  /** Only that one: a newer read of the same key may be under way. */
  #forget(key: string, entry: Entry<unknown>): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  /** Forgets everything: the next reads ask again. */
  clear(): void {
    this.#entries.clear();
  }
}
