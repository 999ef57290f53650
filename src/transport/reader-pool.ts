import { Reader, ReaderLost } from './reader';
import type { Content, Form, Reading, Source } from './reading';

interface PoolSettings {
  /** Threads at once; further sources wait, and their deadlines with them. */
  readonly most: number;
  /** Milliseconds without work after which a thread is ended. */
  readonly idleMs: number;
  /** MiB of heap that a thread may have. */
  readonly heapMb: number;
}

/** A few threads that read, started when there is something to read and ended when there has been nothing for a while. */
export class ReaderPool {
  readonly #settings: PoolSettings;
  /** With the timer that ends it. */
  readonly #idle = new Map<Reader, NodeJS.Timeout>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  /**
   * @param signal ends the reading, and the thread with it
   * @throws UnreadableText, ReaderLost
   */
  async read<F extends Form>(source: Source, reading: Reading<F>, signal: AbortSignal): Promise<Content<F>> {
    await this.#turn(signal);
    try {
      // The signal may have come while the turn did.
      if (signal.aborted) throw new ReaderLost('READER_STOPPED');
      return await this.#readBy(this.#take(), source, reading, signal);
    } finally {
      // The place is passed on, or becomes free.
      const next = this.#waiting.shift();
      if (next === undefined) this.#busy -= 1;
      else next();
    }
  }

  async #readBy<F extends Form>(
    reader: Reader,
    source: Source,
    reading: Reading<F>,
    signal: AbortSignal,
  ): Promise<Content<F>> {
    const stop = (): void => void reader.end();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await reader.read(source, reading);
    } finally {
      signal.removeEventListener('abort', stop);
      if (!reader.isLost) this.#rest(reader);
    }
  }

  /** Counts the caller as busy once fewer than `most` are. */
  async #turn(signal: AbortSignal): Promise<void> {
    if (this.#busy < this.#settings.most) {
      this.#busy += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(new ReaderLost('READER_STOPPED'));
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(new ReaderLost('READER_STOPPED'));
      };
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(enter);
    });
  }

  #take(): Reader {
    for (const [reader, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(reader);
      if (!reader.isLost) return reader;
    }
    return new Reader(this.#settings.heapMb);
  }

  #rest(reader: Reader): void {
    const timer = setTimeout(() => {
      this.#idle.delete(reader);
      void reader.end();
    }, this.#settings.idleMs);
    timer.unref();
    this.#idle.set(reader, timer);
  }
}
