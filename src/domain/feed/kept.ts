/** What a feed remembers from look to look, as it travels: whole while it is small, else as the document that holds it. */
export type Kept<T extends object> = T | StoredDocument;

export interface StoredDocument {
  /** In the document store. */
  readonly ref: string;
  /** The one before it, which is removed when the next one is kept. */
  readonly before?: string;
}

export const isStored = <T extends object>(kept: Kept<T>): kept is StoredDocument => 'ref' in kept;
