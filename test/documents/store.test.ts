import { execFileSync } from 'node:child_process';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { documentType } from '../../src/documents/document-type';
import { cleanFileName } from '../../src/documents/file-name';
import { DocumentStore, DocumentStoreError } from '../../src/documents/store';

/** The module itself, which an import is a copy of. */
const files = process.getBuiltinModule('node:fs/promises');
const pdf = Buffer.from('%PDF-1.7 artwork');
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-documents-'));
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

describe('a stored document', () => {
  it('is kept under its hash, and comes back as it was', async () => {
    const store = new DocumentStore(directory);
    const reference = await store.put(pdf, { name: 'artwork.pdf', mimeType: 'application/pdf' });
    expect(reference).toEqual({
      ref: `${reference.sha256}.pdf`,
      name: 'artwork.pdf',
      mimeType: 'application/pdf',
      size: pdf.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await store.read(reference.ref)).toEqual(pdf);
  });

  it('stored again, also at the same time and by another store, is one file and nothing beside it', async () => {
    const stores = [new DocumentStore(directory), new DocumentStore(directory)];
    const references = await Promise.all(
      Array.from({ length: 8 }, async (_, i) =>
        stores[i % 2]?.put(pdf, { name: `${i}.pdf`, mimeType: 'application/pdf' }),
      ),
    );
    expect(new Set(references.map((reference) => reference?.ref)).size).toBe(1);
    expect(await readdir(directory)).toEqual([references[0]?.ref]);
  });

  it('that a crash left half on the disk is written anew', async () => {
    const store = new DocumentStore(directory);
    const { ref } = await store.put(pdf, { name: 'a.pdf', mimeType: 'application/pdf' });
    await writeFile(join(directory, ref), pdf.subarray(0, 3));
    await store.put(pdf, { name: 'a.pdf', mimeType: 'application/pdf' });
    expect(await readFile(join(directory, ref))).toEqual(pdf);
  });

  it('may be empty', async () => {
    const store = new DocumentStore(directory);
    const { ref, size } = await store.put(Buffer.alloc(0), { name: '', mimeType: 'text/plain' });
    expect([size, await store.read(ref)]).toEqual([0, Buffer.alloc(0)]);
  });
});

describe('what stands in the place of a document', () => {
  const other = Buffer.from('%PDF-1.7 forgery');
  let store: DocumentStore;
  let ref: string;
  let place: string;
  const put = async () => store.put(pdf, { name: 'a.pdf', mimeType: 'application/pdf' });
  beforeEach(async () => {
    store = new DocumentStore(directory);
    ({ ref } = await put());
    place = join(directory, ref);
    await rm(place);
  });
  /** How the document stands there in the end. */
  const kept = async () => {
    const { nlink } = await lstat(place);
    const beside = (await readdir(directory)).filter((name) => name.startsWith('.'));
    return { nlink, beside, bytes: await store.read(ref) };
  };
  const whole = { nlink: 1, beside: [], bytes: pdf };

  it('with the same name and length is not taken for it', async () => {
    expect(other).toHaveLength(pdf.length);
    await writeFile(place, other);
    await put();
    expect(await kept()).toEqual(whole);
  });

  it.each([
    ['another file', other],
    ['the very content', pdf],
  ])('as a link to %s is not followed: neither read nor written', async (_, content) => {
    const target = join(directory, 'target');
    await writeFile(target, content);
    await symlink(target, place);
    await expect(store.read(ref)).rejects.toMatchObject({
      reason: 'damaged',
      message: expect.stringMatching(/a link/),
    });
    await put();
    expect(await readFile(target)).toEqual(content);
    expect(await kept()).toEqual(whole);
  });

  it('as a link to nowhere is replaced, and makes no file there', async () => {
    await symlink(join(directory, 'nowhere'), place);
    await put();
    expect(await readdir(directory)).toEqual([ref]);
  });

  it('under another name too becomes a file of its own', async () => {
    const twin = join(directory, 'twin');
    await writeFile(twin, pdf);
    await link(twin, place);
    await put();
    await writeFile(twin, other);
    expect(await kept()).toEqual(whole);
  });

  it('as a pipe is not waited for', async () => {
    execFileSync('mkfifo', [place]);
    await expect(store.read(ref)).rejects.toMatchObject({ reason: 'damaged' });
    await put();
    expect(await kept()).toEqual(whole);
  });

  it('and may not be read by this process is replaced', async () => {
    await writeFile(place, other);
    await chmod(place, 0);
    await put();
    expect((await stat(place)).mode & 0o137).toBe(0);
  });

  it('as a directory is told', async () => {
    await mkdir(place);
    await expect(store.read(ref)).rejects.toMatchObject({ reason: 'damaged' });
    await expect(put()).rejects.toMatchObject({
      reason: 'damaged',
      message: `a directory stands in place of document ${ref} in ${directory}; remove it`,
    });
    await rm(place, { recursive: true });
    await put();
    expect(await kept()).toEqual(whole);
  });
});

describe('what a killed writer left', () => {
  const sha = 'a'.repeat(64);
  const uuid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const leftOver = `.${sha}.pdf.${uuid}`;
  const ago = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

  it('is removed after a day, and nothing else is', async () => {
    const store = new DocumentStore(directory);
    const { ref } = await store.put(pdf, { name: 'a.pdf', mimeType: 'application/pdf' });
    const strange = [`.${sha}.pdf`, `.${sha}.pdf.${uuid}.bak`, `.${'A'.repeat(64)}.pdf.${uuid}`, `${sha}.pdf.${uuid}`];
    const fresh = `.${sha}.json.${uuid}`;
    for (const name of [leftOver, fresh, ...strange]) await writeFile(join(directory, name), 'half');
    const linked = `.${sha}.csv.${uuid}`;
    await symlink(join(directory, ref), join(directory, linked));
    const folder = `.${sha}.txt.${uuid}`;
    await mkdir(join(directory, folder));
    for (const name of [leftOver, ref, folder, ...strange]) await utimes(join(directory, name), ago(48), ago(48));
    await utimes(join(directory, fresh), ago(23), ago(23));
    await files.lutimes(join(directory, linked), ago(48), ago(48));

    expect(await store.removeLeftOvers()).toBe(1);
    expect(await readdir(directory)).toEqual([ref, fresh, linked, folder, ...strange].toSorted());
    expect(await store.read(ref)).toEqual(pdf);
    expect(await store.removeLeftOvers(Date.now() + 3 * 3_600_000)).toBe(1);
  });

  it('is one of what it writes itself', async () => {
    let written = '';
    const rename = jest.spyOn(files, 'rename').mockImplementation(async (from) => {
      written = String(from);
      throw Object.assign(new Error('killed'), { code: 'EIO' });
    });
    const remove = jest.spyOn(files, 'rm').mockResolvedValue(undefined);
    const store = new DocumentStore(directory);
    const claimed = { name: 'a.pdf', mimeType: 'application/pdf' };
    await expect(store.put(pdf, claimed)).rejects.toMatchObject({ reason: 'failed' });
    rename.mockRestore();
    remove.mockRestore();
    await utimes(written, ago(48), ago(48));
    expect(await store.removeLeftOvers()).toBe(1);
  });
});

describe('what cannot be done is said in one sentence', () => {
  const reasonOf = async (work: Promise<unknown>): Promise<string> => {
    const error: unknown = await work.catch((reason: unknown) => reason);
    if (!(error instanceof DocumentStoreError)) throw new Error('no DocumentStoreError');
    return `${error.reason}: ${error.message}`;
  };

  it.each([
    '',
    '../../etc/passwd',
    'a.pdf',
    `${'0'.repeat(64)}.pdf/../x`,
    `../${'0'.repeat(64)}.pdf`,
    `${'0'.repeat(64)}.p\0f`,
  ])('for what is no reference: %j', async (ref) => {
    expect(await reasonOf(new DocumentStore(directory).read(ref))).toMatch(/^bad-reference: /);
  });

  it('for a document that is not there', async () => {
    expect(await reasonOf(new DocumentStore(directory).read(`${'0'.repeat(64)}.pdf`))).toMatch(
      /^missing: document not found/,
    );
  });

  it('for a document that was changed', async () => {
    const store = new DocumentStore(directory);
    const { ref } = await store.put(pdf, { name: 'a.pdf', mimeType: 'application/pdf' });
    await writeFile(join(directory, ref), 'X'.repeat(pdf.length));
    expect(await reasonOf(store.read(ref))).toMatch(/^damaged: /);
  });

  it('for a disk that is full, and leaves nothing half written', async () => {
    const { open } = files;
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const opened = jest.spyOn(files, 'open').mockImplementation(async (path, flags, mode) => {
      const file = await open(path, flags, mode);
      if (flags === 'wx') jest.spyOn(file, 'writeFile').mockRejectedValue(full);
      return file;
    });
    const told = await reasonOf(new DocumentStore(directory).put(pdf, { name: 'a', mimeType: '' }));
    opened.mockRestore();
    expect(told).toBe(`full: the document directory ${directory} is full; free some disk space, and the work goes on`);
    expect(await readdir(directory)).toEqual([]);
  });

  it('for a directory that is not there, or is none', async () => {
    const gone = new DocumentStore(join(directory, 'gone'));
    expect(await reasonOf(gone.put(pdf, { name: 'a', mimeType: '' }))).toBe(
      `no-directory: the document directory ${join(directory, 'gone')} does not exist`,
    );
    await writeFile(join(directory, 'file'), '');
    const none = new DocumentStore(join(directory, 'file'));
    expect(await reasonOf(none.put(pdf, { name: 'a', mimeType: '' }))).toMatch(/^no-directory: /);
  });
});

describe('a document’s type', () => {
  const zip = Buffer.from('PK\x03\x04rest', 'latin1');
  it.each<[string, Buffer, string, string]>([
    ['by its beginning', pdf, 'image/png', 'pdf'],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), '', 'jpg'],
    ['an archive', zip, 'application/pdf', 'zip'],
    ['a spreadsheet', zip, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
    ['text, as claimed', Buffer.from('a;b'), 'text/CSV; charset=utf-8', 'csv'],
    ['no text in spite of the claim', Buffer.from([0x4d, 0x5a, 0]), 'text/plain', 'bin'],
    ['no PDF in spite of the claim', Buffer.from('<html>'), 'application/pdf', 'bin'],
    ['a type nobody knows', Buffer.from('x'), 'application/x-evil', 'bin'],
  ])('%s', (_, bytes, claimed, extension) => {
    expect(documentType(bytes, claimed).extension).toBe(extension);
  });
});

describe('a file name', () => {
  it.each([
    ['artwork.pdf', 'artwork.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..\\..\\boot.ini', '_.._boot.ini'],
    ['.htaccess', 'htaccess'],
    ['a\u202Efdp.exe', 'a_fdp.exe'],
    ['line\r\nbreak.txt', 'line_break.txt'],
    ['Cafe\u0301.pdf', 'Café.pdf'],
    ['', 'document'],
    ['...', 'document'],
    ['///', 'document'],
    [`${'é'.repeat(100)}.pdf`, `${'é'.repeat(58)}.pdf`],
    [`. ${'a'.repeat(100_000)}.pdf .`, `${'a'.repeat(116)}.pdf`],
    [`${'. '.repeat(50_000)}b.pdf`, 'b.pdf'],
  ])('%j becomes %j', (name, cleaned) => {
    expect(cleanFileName(name)).toBe(cleaned);
  });

  it('is short and harmless, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const cleaned = cleanFileName(name);
        expect(Buffer.byteLength(cleaned)).toBeLessThanOrEqual(120);
        expect(cleaned).toMatch(/^[^.\s/\\][^/\\\p{Cc}]*$/u);
      }),
    );
  });
});
