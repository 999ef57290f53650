import { createHash, randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentReference } from '../domain/purchase-order';
import { documentType } from './document-type';
import { cleanFileName } from './file-name';

/** Thrown when a document cannot be kept or found. Its message is one sentence for the operator. */
export class DocumentStoreError extends Error {
  override readonly name = 'DocumentStoreError';

  constructor(
    /** `missing`: no such document; `damaged`: not what was stored; the others concern the directory. */
    readonly reason: 'bad-reference' | 'missing' | 'damaged' | 'no-directory' | 'full' | 'denied' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

const REFERENCE = /^([0-9a-f]{64})\.[a-z]{2,4}$/;

/**
 * Keeps documents under the hash of their content in one directory, which several workers may share (design §2). What
 * `put` returned is on the disk: file and directory entry are synced before.
 */
export class DocumentStore {
  readonly #directory: string;

  /** @param directory an existing directory; the store does not make one, lest a missing volume goes unnoticed */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Stores bytes under `<sha256>.<ext>`. Safe to repeat, also at the same time: the same bytes end in the same file.
   *
   * @param claimed the vendor's name and MIME type; the name is cleaned, the type believed only where it can be
   * @throws DocumentStoreError
   */
  async put(bytes: Buffer, claimed: { readonly name: string; readonly mimeType: string }): Promise<DocumentReference> {
    const sha256 = hashOf(bytes);
    const { extension, mimeType } = documentType(bytes, claimed.mimeType);
    const ref = `${sha256}.${extension}`;
    try {
      if (!(await this.#holds(ref, bytes.length))) await this.#write(ref, bytes);
      await syncDirectory(this.#directory);
    } catch (error) {
      throw this.#explained(error);
    }
    return { ref, name: cleanFileName(claimed.name), mimeType, size: bytes.length, sha256 };
  }

  /**
   * The bytes behind a reference of {@link put}, checked against their hash.
   *
   * @throws DocumentStoreError
   */
  async read(ref: string): Promise<Buffer> {
    const sha256 = REFERENCE.exec(ref)?.[1];
    if (sha256 === undefined)
      throw new DocumentStoreError('bad-reference', 'this is no reference of a stored document');
    let bytes: Buffer;
    try {
      bytes = await readFile(join(this.#directory, ref));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw this.#explained(error);
      throw new DocumentStoreError('missing', `there is no document ${ref} in ${this.#directory}`);
    }
    if (hashOf(bytes) !== sha256) {
      throw new DocumentStoreError('damaged', `document ${ref} in ${this.#directory} is not what was stored`);
    }
    return bytes;
  }

  /** Removes a document that nothing refers to any more; one that is not there is as good as removed. @throws DocumentStoreError */
  async remove(ref: string): Promise<void> {
    if (!REFERENCE.test(ref))
      throw new DocumentStoreError('bad-reference', 'this is no reference of a stored document');
    try {
      await rm(join(this.#directory, ref), { force: true });
    } catch (error) {
      throw this.#explained(error);
    }
  }

  async #holds(ref: string, size: number): Promise<boolean> {
    try {
      const found = await stat(join(this.#directory, ref));
      return found.isFile() && found.size === size;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** A reader sees the whole document or none: it gets its name only when it is on the disk. */
  async #write(ref: string, bytes: Buffer): Promise<void> {
    const unfinished = join(this.#directory, `.${ref}.${randomUUID()}`);
    try {
      const file = await open(unfinished, 'wx', 0o640);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, join(this.#directory, ref));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  #explained(error: unknown): DocumentStoreError {
    const code = codeOf(error);
    const where = `the document directory ${this.#directory}`;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return new DocumentStoreError('no-directory', `${where} does not exist`);
    if (code === 'ENOSPC' || code === 'EDQUOT') return new DocumentStoreError('full', `${where} is full`);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      return new DocumentStoreError('denied', `${where} may not be written or read by this process`);
    }
    return new DocumentStoreError('failed', `${where} cannot be used (${code})`);
  }
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** By shape, not by class: an error of Node's own may come from another realm. */
function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
