/**
 * Decodes a body by its byte order mark, else the charset of its content type, else its XML declaration, else UTF-8.
 * The mark is removed. @throws TypeError or RangeError for bytes that are not in that charset, or an unknown one: never
 * a replacement character.
 */
export function decode(bytes: Buffer, contentType: string): string {
  return new TextDecoder(charsetOf(bytes, contentType), { fatal: true }).decode(bytes);
}

function charsetOf(bytes: Buffer, contentType: string): string {
  const marked = markedCharset(bytes);
  if (marked !== undefined) return marked;
  const declared = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? declaredInXml(bytes);
  // Without a mark the first character of a document, `<` or `{`, shows the byte order.
  if (declared !== undefined && /^utf-?16$/i.test(declared)) return bytes[0] === 0 ? 'utf-16be' : 'utf-16le';
  return declared ?? 'utf-8';
}

function markedCharset(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function declaredInXml(bytes: Buffer): string | undefined {
  const [declaration = ''] = bytes.subarray(0, 200).toString('latin1').trimStart().split('>', 1);
  if (!declaration.startsWith('<?xml')) return undefined;
  return /\sencoding\s*=\s*["']([\w.-]+)/.exec(declaration)?.[1];
}
