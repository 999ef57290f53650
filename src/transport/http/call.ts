/** What the caller (an activity, a script) grants one call. */
export interface CallOptions {
  /** Aborts the call; after the first byte left, an abort ends as *unknown*, never as failed. */
  readonly signal?: AbortSignal;
  /**
   * Epoch milliseconds after which nothing may be sent any more, checked just before the first byte: a worker that was
   * stopped and wakes up late sends nothing (docs/promises.md#on-what-they-rest).
   */
  readonly sendBy?: number;
  /** Milliseconds for the whole call. @default the client's own `deadlineMs` */
  readonly deadlineMs?: number;
}

/**
 * The connection a call goes out on. A connection that is kept open may be closed by the vendor at any moment, and a request
 * that meets that ends as *unknown* although nobody has read it. So what no look-up can tell afterwards goes out on its
 * `own` connection, which is opened for it and closed behind it; everything else shares those that are kept open.
 */
export type ConnectionUse = 'shared' | 'own';

/** The time and size limits of one vendor's client. */
export interface CallLimits {
  /** Milliseconds for the whole call: connecting, sending, and the last byte of the answer. @default 20_000 */
  readonly deadlineMs: number;
  /** Milliseconds without a byte in either direction, and for the connection to be made. @default 10_000 */
  readonly idleMs: number;
  /** Bytes of a response. @default 5 MiB; lists and catalogues 64 MiB */
  readonly maxBytes: number;
}
