import { createHash, randomUUID } from 'node:crypto';
import { constants, open, lstat, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentReference } from '../domain/purchase-order/purchase-order';
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
/** What {@link DocumentStore} writes before a document gets its name, and nothing else. */
const UNFINISHED = /^\.[0-9a-f]{64}\.[a-z]{2,4}\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** No write takes as long, by no clock of a shared volume. */
const DEAD_AFTER_MS = 24 * 60 * 60 * 1_000;

/** Links are not followed, and a pipe is not waited for. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Keeps documents under the hash of their content in one directory, which several workers may share (ADR 1). What
 * `put` returned is on the disk: file and directory entry are synced before. What stands there already is believed only
 * where it is a plain file of that content: anything else is replaced, and a link is never followed.
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
      if (!(await this.#holds(ref, bytes))) await this.#write(ref, bytes);
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
      throw new DocumentStoreError('bad-reference', 'this is not a reference of a stored document');
    let bytes: Buffer | undefined;
    try {
      bytes = await this.#plainFile(ref, async (file) => file.readFile());
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw this.#explained(error);
      throw new DocumentStoreError('missing', `document not found: ${ref} in ${this.#directory}`);
    }
    if (bytes === undefined || hashOf(bytes) !== sha256) {
      const what = bytes === undefined ? ': it is a link or not a file' : '';
      throw new DocumentStoreError(
        'damaged',
        `document ${ref} in ${this.#directory} has changed since it was stored${what}`,
      );
    }
    return bytes;
  }

  /**
   * Removes what writers that were killed left behind more than a day ago, and nothing else: no document, no link, no
   * directory. Meant for the start of a worker.
   *
   * @param now milliseconds since the epoch
   * @returns how many files it removed
   * @throws DocumentStoreError
   */
  async removeLeftOvers(now: number = Date.now()): Promise<number> {
    let removed = 0;
    try {
      for (const name of await readdir(this.#directory)) {
        if (UNFINISHED.test(name) && (await this.#isDead(name, now))) {
          await rm(join(this.#directory, name), { force: true });
          removed += 1;
        }
      }
    } catch (error) {
      throw this.#explained(error);
    }
    return removed;
  }

  async #isDead(name: string, now: number): Promise<boolean> {
    try {
      const found = await lstat(join(this.#directory, name));
      return found.isFile() && now - found.mtimeMs > DEAD_AFTER_MS;
    } catch (error) {
      // Finished, or removed by another worker, since it was listed.
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** Removes a document that nothing refers to any more; one that is not there is as good as removed. @throws DocumentStoreError */
  async remove(ref: string): Promise<void> {
    if (!REFERENCE.test(ref))
      throw new DocumentStoreError('bad-reference', 'this is not a reference of a stored document');
    try {
      await rm(join(this.#directory, ref), { force: true });
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** Where another name leads to the same file, the document could be changed later under that name. */
  async #holds(ref: string, bytes: Buffer): Promise<boolean> {
    try {
      const isHeld = await this.#plainFile(ref, async (file, { size, nlink }) =>
        nlink > 1 || size !== bytes.length ? false : bytes.equals(await file.readFile()),
      );
      return isHeld ?? false;
    } catch (error) {
      // What this process may not read may be replaced all the same.
      if (['ENOENT', 'EACCES', 'EPERM'].includes(codeOf(error))) return false;
      throw error;
    }
  }

  /** Looks into what stands under a name; undefined where that is a link, a directory or another thing than a file. */
  async #plainFile<T>(
    ref: string,
    look: (file: FileHandle, found: { readonly size: number; readonly nlink: number }) => Promise<T>,
  ): Promise<T | undefined> {
    let file: FileHandle;
    try {
      file = await open(join(this.#directory, ref), READ);
    } catch (error) {
      // Linux and macOS, FreeBSD, NetBSD; a socket.
      if (['ELOOP', 'EMLINK', 'EFTYPE', 'ENXIO'].includes(codeOf(error))) return undefined;
      throw error;
    }
    try {
      const found = await file.stat();
      return found.isFile() ? await look(file, found) : undefined;
    } finally {
      await file.close();
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
      // What went wrong first is told; what stays behind is removed at the start of a worker.
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw ['EISDIR', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))
        ? new DocumentStoreError(
            'damaged',
            `a directory stands in place of document ${ref} in ${this.#directory}; remove it`,
          )
        : error;
    }
  }

  #explained(error: unknown): DocumentStoreError {
    if (error instanceof DocumentStoreError) return error;
    const code = codeOf(error);
    const where = `the document directory ${this.#directory}`;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return new DocumentStoreError('no-directory', `${where} does not exist`);
    if (code === 'ENOSPC' || code === 'EDQUOT')
      return new DocumentStoreError('full', `${where} is full; free some disk space, and the work goes on`);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      return new DocumentStoreError('denied', `${where} permission denied: this process cannot read or write it`);
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
