/**
 * Markdown as Temporal's Web UI renders it (`src/lib/utilities/render-markdown.ts` and `preview.svelte` of temporalio/ui,
 * under the MIT licence), with the same packages: CommonMark and GitHub's tables, without images and HTML, sanitised.
 */
import { sanitize } from 'hast-util-sanitize';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { toHast } from 'mdast-util-to-hast';
import { gfmTable } from 'micromark-extension-gfm-table';
import { remove } from 'unist-util-remove';

/** One element of the page: `p`, `h3`, `li` …, with the text in it and the elements in that. */
export interface Rendered {
  readonly element: string;
  readonly text: string;
  readonly within: readonly Rendered[];
}

const place = { namespace: 'default', workflowId: 'purchase-order:CL-1', runId: '0193' };

/** What the Web UI shows of Markdown; the versions before tables too (`withTables` false). */
export function rendered(given: string, withTables = true): readonly Rendered[] {
  const filled = Object.entries(place).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), given);
  // The page asks for it in an address; a lone surrogate cannot be written there.
  const asked = decodeURIComponent(encodeURIComponent(filled));
  const tree = fromMarkdown(
    asked,
    withTables ? { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] } : {},
  );
  for (const type of ['image', 'html', 'script']) remove(tree, type);
  return elements(sanitize(toHast(tree)));
}

type Node = ReturnType<typeof sanitize>;

const childrenOf = (node: Node): readonly Node[] => ('children' in node ? node.children : []);
const elements = (node: Node): readonly Rendered[] =>
  childrenOf(node).flatMap((child) =>
    child.type === 'element'
      ? [{ element: child.tagName, text: textOf(child), within: elements(child) }]
      : elements(child),
  );
const textOf = (node: Node): string => (node.type === 'text' ? node.value : childrenOf(node).map(textOf).join(''));

/** The names of all elements, in the order of the page. */
export const elementNames = (page: readonly Rendered[]): readonly string[] =>
  page.flatMap(({ element, within }) => [element, ...elementNames(within)]);
