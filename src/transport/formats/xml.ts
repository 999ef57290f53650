import { XMLParser } from 'fast-xml-parser';
import { MAX_DEPTH } from './document-bounds';
import { CutFinder, joined, portionsOf } from './portions';
import { localName, screenXml } from './screen';
import { UnreadableText } from './unreadable-text';

/** An element's content: text, nothing (`xsi:nil`), its children by local name, or, where declared a list, several. */
export type XmlContent = string | null | readonly XmlContent[] | { readonly [name: string]: XmlContent };

/** What a document must be. */
export interface XmlShape {
  /** Local name of the root element. */
  readonly root: string;
  /** Local names of elements that may repeat: always an array, also for one. @default none */
  readonly lists?: ReadonlySet<string>;
  /** An element that is nothing but a reference to another is read as empty. @default refused: it would be a guess */
  readonly isReferenceEmpty?: boolean;
}

/** Characters that the parser is given at once: it holds two trees of them at a time. */
const PORTION = 4 * 1024 * 1024;

/**
 * Parses a document into text leaves: no numbers, dates or booleans are guessed, blanks are kept, namespaces prefixes
 * and attributes dropped. Returns the content of the root element.
 *
 * @param portion characters from which on a long list is parsed part by part
 * @throws UnreadableText
 */
export function parseXml(text: string, shape: XmlShape, portion = PORTION): XmlContent {
  const finder = new CutFinder(portion);
  screenXml(text, (depth, name, at) => {
    if (depth === 1 && localName(name) !== shape.root) throw new UnreadableText('WRONG_ROOT');
    finder.element(depth, name, at);
  });
  const list = finder.found();
  if (list === undefined) return contentOf(text, shape);
  const path = list.path.map(localName);
  const repeated = path.join('.');
  let whole: XmlContent | undefined;
  for (const each of portionsOf(text, list)) {
    const read = contentOf(each, shape, repeated);
    if (whole === undefined) whole = read;
    else if (!joined(whole, read, path.slice(1))) return contentOf(text, shape);
  }
  return whole ?? '';
}

/** @param repeated path of the element that repeats in the whole document, though perhaps not in this part of it */
function contentOf(
  text: string,
  { root, lists = new Set(), isReferenceEmpty = false }: XmlShape,
  repeated?: string,
): XmlContent {
  const parser = new XMLParser({
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    // Numeric character references are decoded with this switch only.
    htmlEntities: true,
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    removeNSPrefix: true,
    maxNestedTags: MAX_DEPTH + 1,
    isArray: (name, path) => lists.has(name) || path === repeated,
  });
  return plain(document(parser, text)[root], isReferenceEmpty);
}

function document(parser: XMLParser, text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = parser.parse(text, true);
  } catch {
    throw new UnreadableText('NOT_XML');
  }
  return membersOf(parsed);
}

function membersOf(node: unknown): Readonly<Record<string, unknown>> {
  if (typeof node !== 'object' || node === null) throw new UnreadableText('NOT_XML');
  return Object.fromEntries(Object.entries(node));
}

/** fast-xml-parser's tree without attributes and without the text between elements, which is blanks in any record. */
function plain(node: unknown, isReferenceEmpty: boolean): XmlContent {
  if (node === undefined) return '';
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) {
    // Entry by entry in its place: a list as the parser made it and as we want it would not fit into memory together.
    const list: unknown[] = node;
    for (const [index, each] of list.entries()) list[index] = plain(each, isReferenceEmpty);
    return node;
  }
  const { '#text': text = '', ...members } = membersOf(node);
  const isNil = Object.entries(members).some(([name, value]) => name === '@nil' && (value === 'true' || value === '1'));
  if (isNil) return null;
  const children = Object.entries(members).filter(([name]) => !name.startsWith('@'));
  if (typeof text !== 'string') throw new UnreadableText('NOT_XML');
  if (children.length === 0) {
    if (!isReferenceEmpty && text === '' && isReference(members['@href']))
      throw new UnreadableText('DANGLING_REFERENCE');
    return text;
  }
  return Object.fromEntries(children.map(([name, child]) => [name, plain(child, isReferenceEmpty)]));
}

/** To another element of the document. */
const isReference = (href: unknown): boolean => typeof href === 'string' && href.startsWith('#');

/** What {@link writeXml} takes: text, children by name in the order written, or several elements of one name. */
export type XmlInput = string | readonly XmlInput[] | { readonly [name: string]: XmlInput | undefined };

/**
 * Writes an element without attributes. Members that are undefined are left out; an array repeats its element. Element
 * names are the program's own: never take them from data.
 *
 * @throws RangeError where text cannot stand in XML 1.0; names the element, not the text
 */
export function writeXml(name: string, content: XmlInput): string {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new RangeError('an element name that is not ours');
  if (isList(content)) return content.map((item) => writeXml(name, item)).join('');
  return `<${name}>${typeof content === 'string' ? escapeXml(content, name) : writeChildren(content)}</${name}>`;
}

const isList = (content: XmlInput): content is readonly XmlInput[] => Array.isArray(content);

const writeChildren = (members: { readonly [name: string]: XmlInput | undefined }): string =>
  Object.entries(members)
    .map(([name, content]) => (content === undefined ? '' : writeXml(name, content)))
    .join('');

const NOT_XML_TEXT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * Whether text can be sent as XML 1.0: no control characters, no lone surrogates, no U+FFFE; and no opening of a CDATA
 * section, which node-soap passes through unescaped (ADR 3).
 */
export const isXmlText = (text: string): boolean => !NOT_XML_TEXT.test(text) && !text.includes('<![CDATA[');

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/**
 * Text as it may stand in an element.
 *
 * @param name what the text is, for the error
 * @throws RangeError where text cannot stand in XML 1.0; names the element, not the text
 */
export function escapeXml(text: string, name: string): string {
  if (!isXmlText(text)) throw new RangeError(`${name} holds characters that XML does not allow`);
  return text.replaceAll(/[&<>\r]/g, (character) => references[character] ?? character);
}
