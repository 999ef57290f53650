import { parentPort } from 'node:worker_threads';
import { piecesOf, type Piece } from './pieces';
import { readText, textOf, type Body, type Form, type Reading, type Source } from './reading';
import { UnreadableText, type UnreadableReason } from '../formats/unreadable-text';

/** To the thread: a source to read, or that its text has come in parts; then one `next` for every piece of what was read. */
export type Instruction<F extends Form = Form> = ToRead<F> | { readonly part: string } | 'next';

interface ToRead<F extends Form> {
  readonly source: Body | 'parts';
  readonly reading: Reading<F>;
}

/** From the thread, one to each instruction but the parts of a text. */
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

/** Not async itself: the bytes of the instruction would be kept as long as its text is read. */
function begin<F extends Form>({ source, reading }: ToRead<F>): Promise<Report> {
  try {
    return cut(readText(textOf(sourceOf(source)), reading));
  } catch (error) {
    return cut(Promise.reject(error));
  }
}

async function cut(content: Promise<unknown>): Promise<Report> {
  try {
    pieces = piecesOf(await content);
    return next();
  } catch (error) {
    if (error instanceof UnreadableText) return { is: 'unreadable', code: error.code };
    throw error;
  }
}

function next(): Report {
  const piece = pieces?.next();
  if (piece?.done === false) return { is: 'piece', piece: piece.value };
  pieces = undefined;
  return { is: 'end' };
}

const answer = (report: Report): void => parentPort?.postMessage(report);

// What is thrown here ends the thread, and with it the reading.
parentPort?.on('message', (instruction: Instruction) => {
  if (instruction === 'next') answer(next());
  else if ('part' in instruction) parts.push(instruction.part);
  else void begin(instruction).then(answer);
});
