import { root, sourceFiles, sourceText } from './imports';
import { join } from 'node:path';

/** The lines every activity's docstring must have, by their label. */
export const labels = ['Safe to repeat', 'Looks up first', 'Undone by', 'Fails for good with'] as const;
export type Label = (typeof labels)[number];

export interface ActivityDocs {
  readonly activity: string;
  /** Where its docstring stands, from the root. */
  readonly file: string;
  readonly lines: Readonly<Record<Label, string | undefined>>;
}

/** The text after `label:` up to the next label or the end, on one line. */
function lineOf(comment: string, label: Label): string | undefined {
  const text = comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
    .join('\n');
  const end = `(?=\\n(?:${labels.join('|')}):|\\n\\n|\\n/?$|$)`;
  const found = new RegExp(`(?:^|\\n)${label}:\\s*([\\s\\S]*?)${end}`).exec(text);
  return found?.[1]?.replaceAll(/\s+/g, ' ').trim();
}

/** The names of every activity of every factory, asked from the factories themselves. */
function activityNames(): string[] {
  const anything: unknown = new Proxy(() => undefined, { get: () => anything });
  const factories = sourceFiles('activities').flatMap((file) => {
    const exported = require(join(root, file)) as Record<string, unknown>;
    return Object.entries(exported).filter(([name]) => /^create\w*Activities$/.test(name));
  });
  const names = factories.flatMap(([, factory]) =>
    Object.keys((factory as (...needed: unknown[]) => object)(anything, anything, anything)),
  );
  return [...new Set(names)];
}

/** What every activity says of itself in its docstring. */
export function activityDocs(): ActivityDocs[] {
  const texts = sourceFiles('activities').map((file) => ({ file, text: sourceText(file) }));
  return activityNames().map((activity) => {
    const docstring = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*async ${activity}\\(`);
    const [{ file, comment } = { file: '', comment: '' }] = texts.flatMap(({ file: name, text }) => {
      const [, said] = docstring.exec(text) ?? [];
      return said === undefined ? [] : [{ file: name, comment: said }];
    });
    const lines = Object.fromEntries(labels.map((label) => [label, lineOf(comment, label)]));
    return { activity, file, lines: lines as ActivityDocs['lines'] };
  });
}

/** The rows of the table in a Markdown text whose heading has exactly these cells. */
export function markdownTable(text: string, ...heading: readonly string[]): string[][] {
  const cells = (line: string): string[] =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
  const lines = text.split('\n');
  const start = lines.findIndex((line) => cells(line).join('|') === heading.join('|'));
  if (start === -1) return [];
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end === -1 ? rest.length : end).map(cells);
}
