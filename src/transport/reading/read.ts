import { ReaderPool } from './reader-pool';
import { readInPlace, sizeOf, type Content, type Form, type Reading, type Source } from './reading';

/** Bytes, or characters of a text, from which on a source is read in another thread. */
export const APART_FROM = 64 * 1024;

/**
 * Two, so that one vendor's catalogue does not hold up another's list. 64 MB of catalogue take 800 MiB of heap, a list of
 * 28 MB 200.
 */
const readers = new ReaderPool({ most: 2, idleMs: 10_000, heapMb: 1_024, largeFrom: 16 << 20 });

/**
 * Reads a source, a large one in another thread, so that this one is never blocked for long. The bytes of a large one
 * are gone afterwards.
 *
 * @param signal ends a reading in another thread
 * @throws UnreadableText for whatever the source may be; ReaderLost where the thread ended too early
 */
export async function read<F extends Form>(
  source: Source,
  reading: Reading<F>,
  signal: AbortSignal,
): Promise<Content<F>> {
  return sizeOf(source) < APART_FROM ? readInPlace(source, reading) : readers.read(source, reading, signal);
}
