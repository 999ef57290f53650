/** A caller waiting for its keys to be part of a batch. */
interface Waiting {
  readonly keys: readonly string[];
  readonly sendBy: number;
  readonly deadlineMs: number;
  resolve(): void;
  reject(error: unknown): void;
}

/** One call for all these keys, sent by an instant (epoch milliseconds) and given up after a time. */
type Send = (keys: readonly string[], sendBy: number, deadlineMs: number) => Promise<void>;

/**
 * Gathers the keys of many concurrent callers and sends them as one call (design §3, Cost). A batch of several that
 * fails is sent again one caller at a time, so that nobody fails for a neighbour's key; this is for operations that are
 * safe to repeat, and only for those.
 */
export class Coalescer {
  readonly #send: Send;
  readonly #windowMs: number;
  readonly #largest: number;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param windowMs how long the first caller waits for company. */
  constructor(send: Send, windowMs = 10, largest = 200) {
    this.#send = send;
    this.#windowMs = windowMs;
    this.#largest = largest;
  }

  /**
   * Resolves when a call that carried these keys succeeded; rejects with what its own call failed with.
   *
   * @param deadlineMs how long its caller waits for one call; a batch is given up at the shortest, so that there is time
   *   left for each alone.
   */
  add(keys: readonly string[], sendBy: number, deadlineMs = Number.POSITIVE_INFINITY): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ keys, sendBy, deadlineMs, resolve, reject });
      if (this.#waiting.length >= this.#largest) this.#flush();
      else this.#timer ??= setTimeout(() => this.#flush(), this.#windowMs);
    });
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length > 0) void this.#deliver(batch);
  }

  async #deliver(batch: readonly Waiting[]): Promise<void> {
    const keys = [...new Set(batch.flatMap((waiting) => waiting.keys))];
    try {
      const sendBy = Math.min(...batch.map((waiting) => waiting.sendBy));
      const deadlineMs = Math.min(...batch.map((waiting) => waiting.deadlineMs));
      await this.#send(keys, sendBy, deadlineMs);
      for (const waiting of batch) waiting.resolve();
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      // Side by side: one that hangs must not use up the time of those behind it.
      else await Promise.all(batch.map((waiting) => this.#deliver([waiting])));
    }
  }
}
