import { looseKey } from './likeness';

/** So many names at most are told as what may be meant. */
const MOST_TOLD = 3;
/** Longer ones are no codes or names; comparing them would cost their length squared. */
const LONGEST = 200;

/**
 * The names that a mistyped one may stand for, likeliest first and three at most: the same letters and digits, a few of
 * them changed, left out, doubled or swapped, or the beginning of a longer name. For a person to see: nothing is decided
 * by it.
 */
export function likeliest(names: Iterable<string>, text: string): readonly string[] {
  const wanted = looseKey(text);
  if (wanted === '' || wanted.length > LONGEST) return [];
  const most = wanted.length < 4 ? 1 : Math.min(3, Math.floor(wanted.length / 3));
  return [...new Set(names)]
    .filter((name) => name !== text)
    .map((name) => ({ name, far: distance(wanted, looseKey(name), most) }))
    .filter(({ far }) => far <= most)
    .toSorted((left, right) => left.far - right.far)
    .slice(0, MOST_TOLD)
    .map(({ name }) => name);
}

/** How many letters apart two words are, a swap of neighbours counting once; more than `most` is only told to be more. */
function distance(left: string, right: string, most: number): number {
  if (left === right) return 0;
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  if (withoutZeros(short) === withoutZeros(long)) return 0;
  if (short.length > 2 && long.startsWith(short)) return 1;
  if (long.length - short.length > most || long.length > LONGEST) return most + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const last = row;
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const isSame = left[i - 1] === right[j - 1];
      const isSwap = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      next.push(
        Math.min(
          at(next, j - 1) + 1,
          at(last, j) + 1,
          at(last, j - 1) + (isSame ? 0 : 1),
          isSwap ? at(before, j - 2) + 1 : Infinity,
        ),
      );
    }
    before = last;
    row = next;
  }
  return at(row, right.length);
}

/** Spreadsheets drop them. */
const withoutZeros = (text: string): string => text.replace(/^0+/, '');

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
