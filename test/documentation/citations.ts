import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { root, sourceText } from '../architecture/imports';

/** What a citation of no page looks like: a section of a document that the repository does not hold. */
const SECTION = /(?<!\b(?:RFC \d+|SOAP 1\.1|XML 1\.0) )\u00a7/g;
/** `[I]`, which said that something is assumed, and its like; in comments, for code has such brackets too. */
const TAG = /(?<=^\s*(?:\*|\/\/|\/\*\*).* )\[[CDINSX]\](?!\()/gm;
/** A page, with a heading or without; not a link of a Markdown text that a program writes. */
const PAGE = /(?<!\]\(|[\w./}-])([\w./-]*[\w-]\.md)\b(?:#([\w-]+))?/g;
const LINK = /(?<!!)\]\(([^)\s]+)\)/g;
const DECISION = /\bADR (\d+)\b/g;
/** `ARCHITECTURE.md, "Rooms"`: a heading as a text for people names it. */
const HEADING = /([\w./-]+\.md), "([^"]+)"/g;

const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

const headings = new Map<string, readonly string[]>();
/** The headings of a page, without those that only stand in an example. */
function headingsOf(page: string): readonly string[] {
  const known = headings.get(page);
  if (known !== undefined) return known;
  const text = sourceText(page).replaceAll(/^```[\s\S]*?^```$/gm, '');
  const found = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  headings.set(page, found);
  return found;
}

/** The anchors of a page as GitHub makes them: the second of a name ends in `-1`. */
function anchorsOf(page: string): readonly string[] {
  const seen = new Map<string, number>();
  return headingsOf(page).map((heading) => {
    const anchor = anchorOf(heading);
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

const isFile = (path: string): boolean => existsSync(join(root, path)) && statSync(join(root, path)).isFile();
const leads = (page: string, anchor: string | undefined): boolean =>
  isFile(page) && (anchor === undefined || anchorsOf(page).includes(anchor));

const isDecision = (number: string): boolean =>
  readdirSync(join(root, 'docs/adr')).some((name) => name.startsWith(`${number.padStart(4, '0')}-`));

/** What a text cites, and whether each leads somewhere. */
interface Followed {
  readonly citations: readonly string[];
  /** `file:line: what does not lead anywhere`. */
  readonly astray: readonly string[];
}

type Check = readonly [pattern: RegExp, leadsSomewhere: (found: RegExpMatchArray, file: string) => boolean];

const everywhere: readonly Check[] = [
  [SECTION, () => false],
  [TAG, () => false],
  [DECISION, ([, number = '']) => isDecision(number)],
  [HEADING, ([, page = '', heading = '']) => isFile(page) && headingsOf(page).includes(heading)],
];
const inSources: readonly Check[] = [
  ...everywhere,
  [
    PAGE,
    ([, page = '', anchor], file) => leads(/^\.\.?\//.test(page) ? posix.join(dirname(file), page) : page, anchor),
  ],
];
const inPages: readonly Check[] = [
  ...everywhere,
  [
    LINK,
    ([, link = ''], file) => {
      if (/^[a-z]+:/.test(link)) return true;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : posix.join(dirname(file), path);
      return anchor === undefined ? existsSync(join(root, target)) : leads(target, anchor);
    },
  ],
];

/** Follows what one file cites: in a Markdown file its links, elsewhere the pages it names by their path from the root. */
export function follow(file: string, text: string = sourceText(file)): Followed {
  const checks = file.endsWith('.md') ? inPages : inSources;
  const found = checks.flatMap(([pattern, leadsSomewhere]) =>
    [...text.matchAll(pattern)].map((match) => ({ match, isGood: leadsSomewhere(match, file) })),
  );
  return {
    citations: found.map(({ match: [citation] }) => citation),
    astray: found.flatMap(({ match, isGood }) =>
      isGood ? [] : [`${file}:${text.slice(0, match.index).split('\n').length}: ${match[0]}`],
    ),
  };
}

const FOLDERS = ['.ci', 'bin', 'src', 'workflows', 'activities', 'worker', 'test', 'docs'];
const READ = /(?:\.(?:ts|cjs|js|md|py|wsdl|yml)|^\.env\.example|^Dockerfile|^run)$/;

/** Every file that people read and write, by its path from the root; no data. */
export const readFiles = (): string[] => [
  ...readdirSync(root).filter((name) => READ.test(name)),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => READ.test(posix.basename(name)))
      .map((name) => posix.join(folder, name)),
  ),
];
