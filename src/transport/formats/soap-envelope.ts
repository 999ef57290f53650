import { localName, screenXml } from './screen';
import { UnreadableText } from './unreadable-text';
import { parseXml, type XmlContent } from './xml';

/** A SOAP 1.1 Fault (or a 1.2 one, told in the words of 1.1), as the vendor wrote it: it may quote secrets. */
export interface SoapFault {
  /** Without its prefix: `Receiver`, `Client`. */
  readonly code: string;
  readonly text: string;
  readonly actor: string | null;
}

/** What came: the operation's own response, ready for node-soap, with the name of its element; or a fault. */
export type Envelope = { readonly answer: string; readonly element: string } | { readonly fault: SoapFault };

/**
 * Judges a SOAP envelope before node-soap sees it, which takes an empty body and another operation's response for
 * success (ADR 3).
 *
 * @param elements local names that the response may have
 * @throws UnreadableText also for WRONG_OPERATION and EMPTY
 */
export function readEnvelope(text: string, elements: readonly string[]): Envelope {
  const body = bodyElements(text);
  const [first] = body;
  if (first === undefined) throw new UnreadableText('EMPTY');
  if (first === 'Fault') return { fault: readFault(text) };
  // Besides the response only the values it refers to may stand here (SOAP 1.1 §5.4).
  const isAlone = body.slice(1).every((name) => name === 'multiRef');
  if (!elements.includes(first) || !isAlone) throw new UnreadableText('WRONG_OPERATION');
  return { answer: flatten(text), element: first };
}

/** The content of a response that no WSDL declares; a child that repeats is an array, one that does not is none. */
export const readUndeclared = (text: string, element: string): XmlContent =>
  member(member(parseXml(text, { root: 'Envelope' }), 'Body'), element);

/** Local names of the children of Body. */
function bodyElements(text: string): string[] {
  const names: string[] = [];
  let section = '';
  screenXml(text, (depth, qualified) => {
    const name = localName(qualified);
    if (depth === 1 && name !== 'Envelope') throw new UnreadableText('WRONG_ROOT');
    if (depth === 2) section = name;
    if (depth === 3 && section === 'Body') names.push(name);
  });
  return names;
}

/** Characters of a fault's text that anybody looks at: it may have as many as the answer. */
const MOST_OF_FAULT = 100_000;

function readFault(text: string): SoapFault {
  // Its details may refer to objects elsewhere in the document. They are not read.
  const envelope = parseXml(text, { root: 'Envelope', isReferenceEmpty: true });
  const fault = member(member(envelope, 'Body'), 'Fault');
  const code = textOf(member(fault, 'faultcode')) ?? textOf(member(member(fault, 'Code'), 'Value')) ?? '';
  const reason = textOf(member(fault, 'faultstring')) ?? textOf(member(member(fault, 'Reason'), 'Text')) ?? '';
  const actor = textOf(member(fault, 'faultactor')) ?? textOf(member(fault, 'Node'));
  const cut = (told: string): string => told.slice(0, MOST_OF_FAULT);
  return { code: cut(code.slice(code.indexOf(':') + 1)).trim(), text: cut(reason), actor: actor && cut(actor) };
}

function member(content: XmlContent, name: string): XmlContent {
  return typeof content === 'object' && content !== null && !isList(content) ? (content[name] ?? null) : null;
}

const isList = (content: XmlContent): content is readonly XmlContent[] => Array.isArray(content);
const textOf = (content: XmlContent): string | null => (typeof content === 'string' ? content : null);

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * The same document without comments and processing instructions and with CDATA as escaped text: every text is one
 * piece then. node-soap keeps only the last piece of an element that has attributes, and reads CDATA that begins like
 * XML as XML (ADR 3).
 */
function flatten(text: string): string {
  const parts: string[] = [];
  let taken = 0;
  const drop = (at: number, closing: string, keep: (inner: string) => string): number => {
    const opening = closing === ']]>' ? 9 : 2;
    const end = text.indexOf(closing, at + opening);
    parts.push(text.slice(taken, at), keep(text.slice(at + opening, end)));
    taken = end + closing.length;
    return taken;
  };
  const nothing = (): string => '';
  let at = text.indexOf('<');
  while (at !== -1) {
    if (text.startsWith('<!--', at)) at = drop(at, '-->', nothing);
    else if (text.startsWith('<![CDATA[', at)) at = drop(at, ']]>', escapeText);
    else if (text.startsWith('<?', at)) at = drop(at, '?>', nothing);
    else at += 1;
    at = text.indexOf('<', at);
  }
  return parts.join('') + text.slice(taken);
}

const escapeText = (text: string): string => text.replaceAll(/[&<>]/g, (character) => escapes[character] ?? character);
