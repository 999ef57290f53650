const MAX_BYTES = 120;
/** Most characters of a name that are worked on, half from its beginning and half, with the extension, from its end. */
const LONGEST = 1_000;
const FALLBACK = 'document';
// Separators of every system, what Windows forbids, control, bidirectional and zero-width characters, lone surrogates.
const UNFIT = /[/\\:*?"<>|\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFD]+/gu;

/**
 * A vendor's file name fit for display and for saving: NFC, without separators, control characters and leading dots, at
 * most 120 bytes of UTF-8 (the extension is kept). Never used as a path by the store itself.
 */
export function cleanFileName(name: string): string {
  const given = name.length <= LONGEST ? name : name.slice(0, LONGEST / 2) + name.slice(-LONGEST / 2);
  const fit = given.normalize('NFC').replaceAll(UNFIT, '_');
  const plain = /[^.\s](?:.*[^.\s])?/s.exec(fit)?.[0] ?? '';
  if (plain === '' || /^_+$/.test(plain)) return FALLBACK;
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(plain)?.[0] ?? '';
  const stem = plain.slice(0, plain.length - extension.length);
  return (shorten(stem, MAX_BYTES - Buffer.byteLength(extension)) || FALLBACK) + extension;
}

/** Whole characters only. */
function shorten(text: string, bytes: number): string {
  let left = bytes;
  let kept = '';
  for (const character of text) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    kept += character;
  }
  return kept;
}
