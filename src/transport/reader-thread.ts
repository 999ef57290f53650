import { parentPort } from 'node:worker_threads';
import { piecesOf, type Piece } from './pieces';
import { readInPlace, type Form, type Reading, type Source } from './reading';
import { UnreadableText, type UnreadableReason } from './unreadable-text';

/** To the thread: a source to read, then one `next` for every piece of what was read. */
export type Order<F extends Form = Form> = { readonly source: Source; readonly reading: Reading<F> } | 'next';

/** From the thread, one to each order. */
export type Report =
  | { readonly is: 'piece'; readonly piece: Piece }
  | { readonly is: 'end' }
  | { readonly is: 'unreadable'; readonly code: UnreadableReason };

let pieces: Generator<Piece> | undefined;

async function carryOut(order: Order): Promise<Report> {
  if (order !== 'next') {
    try {
      pieces = piecesOf(await readInPlace(order.source, order.reading));
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
parentPort?.on('message', (order: Order) => void carryOut(order).then((report) => parentPort?.postMessage(report)));
