import { Places } from './places';
import { Reader } from './reader';
import { sizeOf, type Content, type Form, type Reading, type Source } from './reading';

interface PoolSettings {
  /** Threads at once; further sources wait, and their deadlines with them. */
  readonly most: number;
  /** Bytes, or characters of a text, from which on a source is read alone of its size, and its thread ended with it. */
  readonly largeFrom: number;
  /** Milliseconds without work after which a thread is ended. */
  readonly idleMs: number;
  /** MiB of heap that a thread may have. */
  readonly heapMb: number;
}

/**
 * A few threads that read, started when there is something to read and ended when there has been nothing for a while. A
 * large source takes the memory of the process nearly for itself: others of its size wait their turn, and what its
 * thread held is given back at once.
 */
export class ReaderPool {
  readonly #settings: PoolSettings;
  /** With the timer that ends it. */
  readonly #idle = new Map<Reader, NodeJS.Timeout>();
  readonly #places: Places;
  readonly #largePlace = new Places(1);

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    this.#places = new Places(settings.most);
  }

  /**
   * @param signal ends the reading, and the thread with it
   * @throws UnreadableText, ReaderLost
   */
  async read<F extends Form>(source: Source, reading: Reading<F>, signal: AbortSignal): Promise<Content<F>> {
    const isLarge = sizeOf(source) >= this.#settings.largeFrom;
    const inPlace = async (): Promise<Content<F>> =>
      this.#places.in(signal, async () => this.#readBy(this.#take(), source, reading, { signal, isLarge }));
    return isLarge ? this.#largePlace.in(signal, inPlace) : inPlace();
  }

  async #readBy<F extends Form>(
    reader: Reader,
    source: Source,
    reading: Reading<F>,
    { signal, isLarge }: { readonly signal: AbortSignal; readonly isLarge: boolean },
  ): Promise<Content<F>> {
    const stop = (): void => void reader.end();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await reader.read(source, reading);
    } finally {
      signal.removeEventListener('abort', stop);
      if (isLarge) await reader.end();
      else if (!reader.isLost) this.#rest(reader);
    }
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
