import { inTurns } from './turns';

/** Characters that are decoded in one go: a millisecond or two. */
const SLICE = 1 << 18;

/**
 * The bytes of a base64 text, blanks in it left out; others are let in meanwhile, for it may be a file of 50 MB.
 *
 * @returns undefined for what is no base64, or not whole
 */
export async function fromBase64(text: string): Promise<Buffer | undefined> {
  const bytes = Buffer.allocUnsafe(Math.ceil((text.length * 3) / 4));
  const slices = Array.from({ length: Math.ceil(text.length / SLICE) }, (_, index) => index * SLICE);
  let end = 0;
  let left = '';
  let isBroken = false;
  // Node skips what is not base64, and stops at the padding; only the length tells.
  const take = (part: string, length: number): void => {
    const written = bytes.write(part, end, 'base64');
    isBroken ||= written !== length;
    end += written;
  };
  await inTurns(slices, (from) => {
    const base64 = left + text.slice(from, from + SLICE).replaceAll(/\s+/g, '');
    // The last four may be padded.
    const whole = Math.max(0, base64.length - 4) & ~3;
    take(base64.slice(0, whole), (whole / 4) * 3);
    left = base64.slice(whole);
  });
  const padding = left.endsWith('==') ? 2 : left.endsWith('=') ? 1 : 0;
  take(left, Math.floor((left.length * 3) / 4) - padding);
  return isBroken || left.length % 4 !== 0 ? undefined : bytes.subarray(0, end);
}
