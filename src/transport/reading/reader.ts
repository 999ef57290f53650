import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Assembly } from './pieces';
import type { Body, Content, Form, Reading, Source } from './reading';
import type { Instruction, Report } from './reader-thread';
import { inTurns } from './turns';
import { UnreadableText } from '../formats/unreadable-text';

/** The thread ended before it had read: by itself, perhaps because of the source, or because it was told to. */
export class ReaderLost extends Error {
  override readonly name = 'ReaderLost';

  constructor(readonly code: 'READER_OUT_OF_MEMORY' | 'READER_DIED' | 'READER_STOPPED') {
    super(`the reader thread stopped: ${code}`);
  }
}

// Beside this file, in TypeScript or compiled. Jest transforms for its own realm only, and tsx its own process; the
// thread brings its own tsx where it needs one.
const extension = extname(__filename);
const entry = join(__dirname, `reader-thread${extension}`);

/** Characters that are copied in one go. */
const SLICE = 1 << 20;

/** A thread that reads one source at a time. It keeps no process alive unless it is reading. */
export class Reader {
  readonly #worker: Worker;
  #lost: ReaderLost | undefined;

  /** @param heapMb MiB of heap, beyond which the thread is ended */
  constructor(heapMb: number) {
    this.#worker = new Worker(entry, {
      // Process flags such as --disable-proto hold in every thread; the environment, with its secrets, is not copied.
      execArgv: extension === '.ts' ? ['--require', require.resolve('tsx/cjs')] : [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    this.#worker.on('error', ({ code }: NodeJS.ErrnoException) => {
      this.#lost ??= new ReaderLost(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'READER_OUT_OF_MEMORY' : 'READER_DIED');
    });
    this.#worker.on('messageerror', () => {
      this.#lost ??= new ReaderLost('READER_DIED');
      void this.end();
    });
    this.#worker.on('exit', () => (this.#lost ??= new ReaderLost('READER_DIED')));
    this.#worker.unref();
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /**
   * Bytes are handed over, not copied: they are gone afterwards.
   *
   * @throws UnreadableText, ReaderLost
   */
  async read<F extends Form>(source: Source, reading: Reading<F>): Promise<Content<F>> {
    this.#worker.ref();
    try {
      const assembly = new Assembly<Content<F>>();
      let report = await this.#begin(source, reading);
      while (report.is === 'piece') {
        assembly.add(report.piece);
        report = await this.#ask('next');
      }
      if (report.is === 'unreadable') throw new UnreadableText(report.code);
      return assembly.whole();
    } finally {
      this.#worker.unref();
    }
  }

  /** Ends the thread, whatever it does; a reading ends with ReaderLost. */
  async end(): Promise<void> {
    this.#lost ??= new ReaderLost('READER_STOPPED');
    await this.#worker.terminate();
  }

  /** A text is copied, slice by slice: others are let in meanwhile. */
  async #begin<F extends Form>(source: Source, reading: Reading<F>): Promise<Report> {
    if (!('text' in source)) return this.#ask({ source, reading }, transferable(source));
    const { text } = source;
    const slices = Array.from({ length: Math.ceil(text.length / SLICE) }, (_, index) => index * SLICE);
    await inTurns(slices, (from) => this.#worker.postMessage({ part: text.slice(from, from + SLICE) }));
    return this.#ask({ source: 'parts', reading });
  }

  async #ask<F extends Form>(instruction: Instruction<F>, transfer: readonly ArrayBuffer[] = []): Promise<Report> {
    return new Promise((resolve, reject) => {
      const answered = (report: Report): void => {
        this.#worker.off('exit', gone);
        resolve(report);
      };
      const gone = (): void => {
        this.#worker.off('message', answered);
        reject(this.#lost ?? new ReaderLost('READER_DIED'));
      };
      if (this.#lost !== undefined) return reject(this.#lost);
      this.#worker.once('message', answered);
      this.#worker.once('exit', gone);
      this.#worker.postMessage(instruction, transfer);
    });
  }
}

/** The memory of the chunks that have it to themselves; that of others is copied. */
const transferable = ({ chunks }: Body): ArrayBuffer[] =>
  chunks.flatMap(({ buffer, byteLength }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [],
  );
