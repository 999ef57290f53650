import { sourceFiles, sourceText } from '../architecture/imports';

const literals = (text: string): string[] => [...text.matchAll(/'([^'\n]+)'/g)].map((match) => match[1] ?? '');

/** The members of a union of text literals, as its source states them: types are gone when tests run. */
export function unionOf(path: string, name: string): string[] {
  const [, members = ''] = new RegExp(`export type ${name} =([^;]+);`).exec(sourceText(path)) ?? [];
  return literals(members);
}

/** A question as the workflows ask it. */
export interface AskedQuestion {
  readonly file: string;
  readonly kind: string;
  readonly choices: readonly string[];
}

/** Constants that stand for one choice or for a list of them: `const QUESTIONED = ['accept', 'dispute'] as const`. */
function namedChoices(text: string): Map<string, string[]> {
  const constants = text.matchAll(/const ([A-Z_]+) = (\[[^\]]*\]|'[^']*')/g);
  return new Map([...constants].map((match) => [match[1] ?? '', literals(match[2] ?? '')]));
}

/** What stands between the bracket at `from` and its counterpart. */
function bracketed(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '[') depth += 1;
    if (text[at] === ']') depth -= 1;
    if (depth === 0) return text.slice(from, at + 1);
  }
  return '';
}

/** Where a question is put: to the desk, or to a function that puts it there (`askUnlessOvertaken(order, {`). */
const QUESTION = /(?:desk\.ask\(|\bask\w+\(order, )\{/g;

/** How many questions are put, and each `desk.ask(` that is neither one of them nor passes one on. */
export function placesOfQuestions(): { readonly count: number; readonly unread: readonly string[] } {
  const texts = sourceFiles('workflows').map((file) => sourceText(file));
  return {
    count: texts.flatMap((text) => text.match(QUESTION) ?? []).length,
    unread: texts.flatMap((text) => text.match(/desk\.ask\((?!\{|question\)).*/g) ?? []),
  };
}

/** The list of choices in the source of a question, or both of `condition ? [ … ] : [ … ]`; else the name of one. */
function offeredIn(body: string): string {
  const from = body.indexOf('choices: ') + 'choices: '.length;
  const [condition = ''] = /^[\w.!()]+ \?\s+(?=\[)/.exec(body.slice(from)) ?? [];
  const first = body.indexOf('[', from);
  if (condition === '' && first !== from) return /^\w+/.exec(body.slice(from))?.[0] ?? '';
  const offered = bracketed(body, first);
  return condition === '' ? offered : offered + bracketed(body, body.indexOf('[', first + offered.length));
}

/** Every question of the workflows with its kind and the choices it can offer. */
export function askedQuestions(): AskedQuestion[] {
  const files = sourceFiles('workflows');
  const all = files.map((file) => sourceText(file)).join('\n');
  const constants = namedChoices(all);
  const [, wayOut = ''] = /readonly wayOut\?: ([^;]+);/.exec(all) ?? [];
  constants.set('wayOut', literals(wayOut));
  const question = new RegExp(`${QUESTION.source}([\\s\\S]*?)\\n\\s*\\}\\);`, 'g');
  return files.flatMap((file) =>
    [...sourceText(file).matchAll(question)].map(([, body = '']) => {
      const [, kind = ''] = /kind: '([^']+)'/.exec(body) ?? [];
      const offered = offeredIn(body);
      const named = [...offered.matchAll(/\b\w+\b/g)].flatMap(([word]) => constants.get(word) ?? []);
      return { file, kind, choices: [...new Set([...literals(offered), ...named])] };
    }),
  );
}

/** The part of a Markdown text under a heading, up to the next heading of its level or above. */
export function sectionOf(text: string, heading: string): string | undefined {
  const lines = text.split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) return undefined;
  const level = heading.indexOf(' ');
  const end = lines.findIndex((line, index) => index > start && new RegExp(`^#{1,${level}} `).test(line));
  return lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
}
