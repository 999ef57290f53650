import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Decision } from '../../../src/domain/case/decision';
import { BEFORE_THE_LOOK_MS, type Cell, type End, type Fault, isOnAndOn, NO_ANSWER } from './carry-out-cells';
import type { SmallFailure } from './small-activities';

/** What was done to one entry, in the order of its happening. */
export type Entry =
  | { readonly kind: 'call'; readonly at: number; readonly end: End; readonly text: string; readonly fell: boolean }
  | { readonly kind: 'look'; readonly at: number; readonly isThere: boolean }
  | { readonly kind: 'question'; readonly asked: Decision }
  | { readonly kind: 'answer'; readonly topic: string; readonly choice: string };

/** One entry that stands, or stood, at the vendor. */
export interface Effect {
  readonly by: 'call' | 'person' | 'earlier life';
  /** Epoch milliseconds from which it can be seen; null for one that comes to pass after the next look. */
  from: number | null;
  isRemoved: boolean;
}

export interface SmallAnswer {
  readonly isThere: boolean;
  readonly failure?: SmallFailure;
}

/** Whatever is known of one entry. */
export class Book {
  readonly entries: Entry[] = [];
  readonly effects: Effect[] = [];

  constructor(readonly cell: Cell | undefined) {
    if (cell?.mode.stands) this.effects.push({ by: 'earlier life', from: 0, isRemoved: false });
  }

  get standing(): readonly Effect[] {
    const now = Date.now();
    return this.effects.filter(({ from, isRemoved }) => !isRemoved && from !== null && from <= now);
  }

  get calls() {
    return this.entries.flatMap((entry) => (entry.kind === 'call' ? [entry] : []));
  }

  get answers() {
    return this.entries.flatMap((entry) => (entry.kind === 'answer' ? [entry] : []));
  }

  /** Its last answer came too late to count. */
  takeBack(topic: string, choice: string): void {
    const at = this.entries.findLastIndex(
      (entry) => entry.kind === 'answer' && entry.topic === topic && entry.choice === choice,
    );
    this.entries.splice(at, 1);
  }

  /** What was late beyond a look has come to pass. */
  arrive(): void {
    for (const effect of this.effects) effect.from ??= Date.now();
  }
}

/** After so many answers a fault that falls on and on falls no more; a session is lost some seconds before anyone is asked. */
const mendedAfter = ({ fault }: Cell): number => (fault.end === 'session lost' ? 1 : 2);

/** The smallest vendor: it keeps entries by their reference, and a ledger of every call and every effect. */
export class SmallVendor {
  readonly #books = new Map<string, Book>();
  #server: Server | undefined;
  #held = 0;

  constructor(
    private readonly cells: ReadonlyMap<string, Cell>,
    /** Called while the first call of a cell is under way. */
    private readonly onFirstCall: (ref: string, cell: Cell) => Promise<void>,
    /** Called with the number of calls whose process is to be killed, each time there is one more. */
    private readonly onHeld: (count: number) => void,
  ) {}

  book(ref: string): Book {
    const known = this.#books.get(ref) ?? new Book(this.cells.get(ref));
    this.#books.set(ref, known);
    return known;
  }

  /** @returns its origin */
  async open(): Promise<string> {
    const server = createServer((request, response) => {
      text(request)
        .then((ref) => this.#answer(request.url ?? '', ref))
        // Where nothing is answered, the connection stays open.
        .then((answer) => answer && response.end(JSON.stringify(answer)))
        .catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    this.#server = server;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the vendor has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  async #answer(path: string, ref: string): Promise<SmallAnswer | undefined> {
    const book = this.book(ref);
    if (path === '/add') return this.#add(ref, book);
    const isThere = book.standing.length > 0;
    if (path === '/find') book.entries.push({ kind: 'look', at: Date.now(), isThere });
    book.arrive();
    if (path === '/remove') for (const effect of book.standing) effect.isRemoved = true;
    return { isThere };
  }

  async #add(ref: string, book: Book): Promise<SmallAnswer | undefined> {
    const { cell } = book;
    book.arrive();
    const isFirst = book.calls.length === 0;
    const falls = cell !== undefined && isFalling(book, cell);
    // What comes later than anyone looks is one effect only where the vendor refuses a second one of the same reference.
    const isRepeated =
      cell?.fault.effect === 'after the look' && cell.mode.effect === 'adds' && book.standing.length > 0;
    const end = falls ? cell.fault.end : isRepeated ? 'refused' : 'done';
    const said = `call ${book.calls.length + 1}: ${falls ? cell.fault.name : isRepeated ? 'there is one already' : 'done'}`;
    book.entries.push({ kind: 'call', at: Date.now(), end, text: said, fell: falls });
    if (!isRepeated) takeEffect(book, falls ? cell.fault : { effect: 'at once' });
    if (isFirst && cell !== undefined) await this.onFirstCall(ref, cell);
    if (isRepeated) return { isThere: true, failure: { type: 'VendorRejected', code: 'EXISTS', message: said } };
    if (!falls || cell.fault.end === 'done') return { isThere: true };
    const { type, code = 'SMALL', retryAfterMs, kills } = cell.fault;
    if (kills) this.onHeld((this.#held += 1));
    if (type === NO_ANSWER) return undefined;
    const retrying = retryAfterMs === undefined ? {} : { retryAfterMs };
    return { isThere: false, failure: { type, code, message: said, ...retrying } };
  }
}

function takeEffect(book: Book, fault: Pick<Fault, 'effect'>): void {
  const { cell, standing, effects } = book;
  if (fault.effect === null || (cell?.mode.effect !== 'adds' && standing.length > 0)) return;
  const now = Date.now();
  const from = { 'at once': now, 'before the look': now + BEFORE_THE_LOOK_MS, 'after the look': null }[fault.effect];
  effects.push({ by: 'call', from, isRemoved: false });
}

function isFalling({ calls, answers }: Book, cell: Cell): boolean {
  if (!isOnAndOn(cell.way)) return !calls.some(({ fell }) => fell);
  return cell.way !== 'on and on, tried on' || answers.length < mendedAfter(cell);
}
