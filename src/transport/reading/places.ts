import { ReaderLost } from './reader';

/** So many may work at once; others wait their turn, first come, first served. */
export class Places {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(most: number) {
    this.#free = most;
  }

  /**
   * Works once there is a place, and passes it on.
   *
   * @param signal ends the waiting
   * @throws ReaderLost where the signal came before the place did
   */
  async in<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#turn(signal);
    try {
      // The signal may have come while the turn did.
      if (signal.aborted) throw new ReaderLost('READER_STOPPED');
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
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
}
