import type { CallOptions } from './call';

/** Why a caller stopped waiting; nothing of its own had been sent by then. */
export type GaveUp = 'aborted' | 'deadline';

/** The time one call may take, over a login and the one repetition after a refused session together. */
export class TimeLeft {
  readonly #options: CallOptions;
  readonly #end: number;

  /** @param defaultMs the client's deadline, where the caller grants none. */
  constructor(options: CallOptions, defaultMs: number) {
    this.#options = options;
    this.#end = performance.now() + (options.deadlineMs ?? defaultMs);
  }

  /** The caller's options with what remains of the deadline, at least one millisecond. */
  options(): CallOptions {
    return { ...this.#options, deadlineMs: Math.max(1, Math.ceil(this.#end - performance.now())) };
  }

  /** Aborts when the caller does, and when its time is over. */
  signal(): AbortSignal {
    const over = AbortSignal.timeout(Math.max(0, Math.ceil(this.#end - performance.now())));
    return this.#options.signal === undefined ? over : AbortSignal.any([this.#options.signal, over]);
  }

  /**
   * Waits for something shared, as long as this caller may; the shared work itself goes on for the others.
   *
   * @param giveUp makes the error for a caller that may not wait any longer.
   */
  async waitFor<T>(shared: Promise<T>, giveUp: (why: GaveUp) => Error): Promise<T> {
    const { signal } = this.#options;
    let cleanUp = (): void => undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      const abort = (): void => reject(giveUp('aborted'));
      const timer = setTimeout(() => reject(giveUp('deadline')), Math.max(0, this.#end - performance.now()));
      signal?.addEventListener('abort', abort, { once: true });
      cleanUp = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      if (signal?.aborted === true) abort();
    });
    try {
      return await Promise.race([limit, shared]);
    } finally {
      cleanUp();
    }
  }
}
