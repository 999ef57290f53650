/** What a document is, by its content where that can be told. */
export interface DocumentType {
  readonly extension: string;
  readonly mimeType: string;
}

interface Signature extends DocumentType {
  /** latin1, at the very beginning. */
  readonly magic: string;
}

const signatures: readonly Signature[] = [
  { magic: '%PDF-', extension: 'pdf', mimeType: 'application/pdf' },
  { magic: '\x89PNG\r\n\x1a\n', extension: 'png', mimeType: 'image/png' },
  { magic: '\xff\xd8\xff', extension: 'jpg', mimeType: 'image/jpeg' },
  { magic: 'GIF8', extension: 'gif', mimeType: 'image/gif' },
  { magic: 'II*\0', extension: 'tif', mimeType: 'image/tiff' },
  { magic: 'MM\0*', extension: 'tif', mimeType: 'image/tiff' },
  { magic: '%!PS', extension: 'ps', mimeType: 'application/postscript' },
];

/** Office files are zip archives, and only their name for themselves says which. */
const archives: readonly DocumentType[] = [
  { extension: 'docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  { extension: 'xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
];
const archive: DocumentType = { extension: 'zip', mimeType: 'application/zip' };

/** Text has no signature; its claim is believed where the bytes hold no NUL. */
const texts: readonly DocumentType[] = [
  { extension: 'txt', mimeType: 'text/plain' },
  { extension: 'csv', mimeType: 'text/csv' },
  { extension: 'json', mimeType: 'application/json' },
  { extension: 'xml', mimeType: 'application/xml' },
  { extension: 'xml', mimeType: 'text/xml' },
];
const unknown: DocumentType = { extension: 'bin', mimeType: 'application/octet-stream' };

/**
 * The type of a document from a closed table: by its first bytes; a claimed type counts only where it has no signature
 * to be checked by. Anything else is `bin`, `application/octet-stream`: no vendor chooses what a file is opened with.
 */
export function documentType(bytes: Buffer, claimed: string): DocumentType {
  const start = bytes.subarray(0, 16).toString('latin1');
  const claim = claimed.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const signed = signatures.find(({ magic }) => start.startsWith(magic));
  if (signed !== undefined) return { extension: signed.extension, mimeType: signed.mimeType };
  if (start.startsWith('PK\x03\x04')) return archives.find(({ mimeType }) => mimeType === claim) ?? archive;
  const text = texts.find(({ mimeType }) => mimeType === claim);
  return text !== undefined && !bytes.includes(0) ? text : unknown;
}
