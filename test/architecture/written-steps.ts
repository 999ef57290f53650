import { sourceText } from './imports';

/** A block of a page: a new file, or a change of one that is there. */
export interface WrittenStep {
  readonly file: string;
  readonly isChange: boolean;
  readonly text: string;
}

/** A fenced block under a line that begins with the name of its file. */
const BLOCK = /^`([\w./-]+\.\w+)`[^\n]*\n\n(`{3,4})(\w+)\n([\s\S]*?\n)\2$/gm;

/** Every file and every change that a page writes out, in its order. */
export const writtenSteps = (page: string): readonly WrittenStep[] =>
  [...sourceText(page).matchAll(BLOCK)].map(([, file = '', , language, text = '']) => ({
    file,
    isChange: language === 'diff',
    text,
  }));

/** A line that stays is known by its beginning where the change cuts it off. */
const isSame = (line: string | undefined, written: string): boolean =>
  line !== undefined && (written.endsWith('…') ? line.startsWith(written.slice(0, -1)) : line === written);

/**
 * A text with a change made to it: lines that begin with a blank stay, `+` is added, `-` is removed.
 *
 * @throws Error where the lines it starts from are not there once
 */
export function changed(text: string, change: string): string {
  const lines = text.split('\n');
  const written = change.trimEnd().split('\n');
  const before = written.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
  const places = lines.flatMap((_, at) => (before.every((line, index) => isSame(lines[at + index], line)) ? [at] : []));
  const [place] = places;
  if (place === undefined || places.length > 1)
    throw new Error(`there are ${places.length} places like this:\n${change}`);
  let at = place;
  const after = written.flatMap((line) => {
    if (line.startsWith('+')) return [line.slice(1)];
    const kept = lines[at++] ?? '';
    return line.startsWith('-') ? [] : [kept];
  });
  return [...lines.slice(0, place), ...after, ...lines.slice(place + before.length)].join('\n');
}
