import { log } from '@temporalio/activity';
import { DocumentStoreError, type DocumentStore } from '../../src/documents/store';
import { isStored, type Kept, type StoredDocument } from '../../src/domain/feed/kept';
import { MOST_LISTED, type KeptAside, type SetAsideIndex } from '../../src/domain/feed/set-aside';
import { bounded } from '../../src/domain/values/bounds';

/** Bytes of JSON: beyond, it is kept as a document, or each look would write it three times into its history. */
const LARGEST_INLINE = 16_384;

/** What one source lists and nobody takes, as a document holds it. */
interface Aside {
  readonly records: readonly KeptAside[];
}

/** Reads and keeps what feeds remember; what is the same as before is the same document, and costs nothing. */
export class Keeper {
  readonly #documents: DocumentStore;

  constructor(documents: DocumentStore) {
    this.#documents = documents;
  }

  /** A watermark that is gone is as good as none: everything is offered again, which changes nothing. */
  async watermark<W extends object>(kept: Kept<object> | null, nothingSeen: W): Promise<W> {
    if (kept === null) return nothingSeen;
    return isStored(kept) ? this.#read(kept, nothingSeen) : { ...nothingSeen, ...kept };
  }

  /** Where the document is gone, the look finds again what is set aside, and counts its time anew. */
  async setAside({ listed, stored }: SetAsideIndex): Promise<readonly KeptAside[]> {
    const shown: Aside = { records: listed };
    return stored === null ? listed : (await this.#read(stored, shown)).records;
  }

  async keepWatermark<W extends object>(watermark: W, last: Kept<object> | null): Promise<Kept<W>> {
    const bytes = Buffer.from(JSON.stringify(watermark));
    if (bytes.length <= LARGEST_INLINE) return watermark;
    return (await this.#keep(bytes, last !== null && isStored(last) ? last : null)) ?? watermark;
  }

  async keepSetAside(records: readonly KeptAside[], last: SetAsideIndex): Promise<SetAsideIndex> {
    const count = records.length;
    const aside: Aside = { records };
    const bytes = Buffer.from(JSON.stringify(aside));
    const whole = { count, listed: records, stored: null };
    if (bytes.length <= LARGEST_INLINE) return whole;
    const stored = await this.#keep(bytes, last.stored);
    if (stored === undefined) return whole;
    return { count, listed: count <= MOST_LISTED ? records : bounded(records).listed, stored };
  }

  async #read<T extends object>({ ref }: StoredDocument, nothing: T): Promise<T> {
    try {
      const read: unknown = JSON.parse((await this.#documents.read(ref)).toString());
      return typeof read === 'object' && read !== null ? { ...nothing, ...read } : nothing;
    } catch (error) {
      if (!(error instanceof DocumentStoreError)) throw error;
      log.warn('what the feed remembers cannot be read: everything is looked at anew', { error });
      return nothing;
    }
  }

  /**
   * Removes the document before the last one. A repetition of this look still needs the last one.
   *
   * @param last what the last look kept
   * @returns undefined where it cannot be kept as a document: then it travels through the history
   */
  async #keep(bytes: Buffer, last: StoredDocument | null): Promise<StoredDocument | undefined> {
    try {
      const { ref } = await this.#documents.put(bytes, { name: 'feed.json', mimeType: 'application/json' });
      if (last === null) return { ref };
      if (ref === last.ref) return last;
      if (last.before !== undefined && last.before !== ref) await this.#documents.remove(last.before);
      return { ref, before: last.ref };
    } catch (error) {
      if (!(error instanceof DocumentStoreError)) throw error;
      log.warn('what the feed remembers cannot be kept as a document: it travels through the history', { error });
      return undefined;
    }
  }
}
