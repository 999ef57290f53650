import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { documentType } from '../../src/documents/document-type';
import { cleanFileName } from '../../src/documents/file-name';
import { DocumentStore, DocumentStoreError } from '../../src/documents/store';

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
    expect(await reasonOf(new DocumentStore(directory).read(`${'0'.repeat(64)}.pdf`))).toMatch(/^missing: there is no/);
  });

  it('for a document that was changed', async () => {
    const store = new DocumentStore(directory);
    const { ref } = await store.put(pdf, { name: 'a.pdf', mimeType: 'application/pdf' });
    await writeFile(join(directory, ref), 'X'.repeat(pdf.length));
    expect(await reasonOf(store.read(ref))).toMatch(/^damaged: /);
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
