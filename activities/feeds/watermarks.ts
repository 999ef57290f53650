import { log } from '@temporalio/activity';
import { DocumentStoreError, type DocumentStore } from '../../src/documents/store';
import { nothingSeen, type ClaritumWatermark, type KeptWatermark } from '../../src/domain/feed/watermark';

/** Bytes of JSON: beyond, a watermark is kept as a document, or each poll would write it four times into its history. */
const LARGEST_INLINE = 16_384;

/** Reads and keeps watermarks; what is the same as before is the same document, and costs nothing. */
export class Watermarks {
  readonly #documents: DocumentStore;

  constructor(documents: DocumentStore) {
    this.#documents = documents;
  }

  /** One that is gone is as good as none: everything is offered again, which changes nothing. */
  async read(kept: KeptWatermark): Promise<ClaritumWatermark> {
    if (!('ref' in kept)) return kept;
    try {
      const read: unknown = JSON.parse((await this.#documents.read(kept.ref)).toString());
      return typeof read === 'object' && read !== null ? { ...nothingSeen, ...read } : nothingSeen;
    } catch (error) {
      if (!(error instanceof DocumentStoreError)) throw error;
      log.warn('the watermark of the last poll cannot be read: everything is looked at anew', { error });
      return nothingSeen;
    }
  }

  /**
   * Keeps a watermark for the next poll. The document of the poll before the last is removed: the last one is still asked for
   * where this poll is repeated.
   *
   * @param last what the last poll kept.
   */
  async keep(watermark: ClaritumWatermark, last: KeptWatermark): Promise<KeptWatermark> {
    const bytes = Buffer.from(JSON.stringify(watermark));
    if (bytes.length <= LARGEST_INLINE) return watermark;
    const stored = 'ref' in last ? last : undefined;
    try {
      const { ref } = await this.#documents.put(bytes, { name: 'watermark.json', mimeType: 'application/json' });
      if (stored === undefined) return { ref };
      if (ref === stored.ref) return stored;
      if (stored.before !== undefined && stored.before !== ref) await this.#documents.remove(stored.before);
      return { ref, before: stored.ref };
    } catch (error) {
      if (!(error instanceof DocumentStoreError)) throw error;
      log.warn('the watermark of this poll cannot be kept as a document: it travels through the history', { error });
      return watermark;
    }
  }
}
