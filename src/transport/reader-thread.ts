import { parentPort } from 'node:worker_threads';
import { piecesOf, type Piece } from './pieces';
import { readInPlace, type Body, type Form, type Reading, type Source } from './reading';
import { UnreadableText, type UnreadableReason } from './unreadable-text';

/** To the thread: a source to read, or that its text has come in parts; then one `next` for every piece of what was read. */
export type Order<F extends Form = Form> =
  { readonly source: Body | 'parts'; readonly reading: Reading<F> } | { readonly part: string } | 'next';

/** From the thread, one to each order but the parts of a text. */
export type Report =
  | { readonly is: 'piece'; readonly piece: Piece }
  | { readonly is: 'end' }
  | { readonly is: 'unreadable'; readonly code: UnreadableReason };

let pieces: Generator<Piece> | undefined;
let parts: string[] = [];

function sourceOf(given: Body | 'parts'): Source {
  if (given !== 'parts') return given;
  const text = parts.join('');
  parts = [];
  return { text };
}

async function carryOut(order: Exclude<Order, { readonly part: string }>): Promise<Report> {
  if (order !== 'next') {
    try {
      pieces = piecesOf(await readInPlace(sourceOf(order.source), order.reading));
    } catch (error) {
      if (error instanceof UnreadableText) return { is: 'unreadable', code: error.code };
      throw error;
    }
  }
  const next = pieces?.next();
  if (next?.done === false) return { is: 'piece', piece: next.value };
  pieces = undefined;
  return { is: 'end' };
}

// What is thrown here ends the thread, and with it the reading.
parentPort?.on('message', (order: Order) => {
  if (typeof order === 'object' && 'part' in order) parts.push(order.part);
  else void carryOut(order).then((report) => parentPort?.postMessage(report));
});
