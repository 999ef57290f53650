/** WCF's quota: what is nested deeper is not read. */
const DEEPEST = 32;

const XML = 'http://www.w3.org/XML/1998/namespace';

/** What XML 1.0 cannot carry at all (`Char`), lone surrogates included. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** What XML takes for a blank: no letter of a name is one, as it may be to `\s`. */
const BLANK = String.raw`[ \t\n\r]`;
const NAME = String.raw`[A-Za-z_\u00c0-\uffff][\w.\-\u00b7\u00c0-\uffff]*`;
const TAG = new RegExp(`<((?:${NAME}:)?${NAME})`, 'y');
const ATTRIBUTE = new RegExp(`${BLANK}+((?:${NAME}:)?${NAME})${BLANK}*=${BLANK}*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const TAG_END = /[ \t\n\r]*(\/?)>/y;
const CLOSING = new RegExp(`</((?:${NAME}:)?${NAME})${BLANK}*>`, 'y');

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Why a text is no XML; `offset` counts characters, lines ended by `\n` alone. */
export class XmlError extends Error {
  override readonly name = 'XmlError';

  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}

/** An element by local name and namespace, its children in the order they came: order is what WCF reads by. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  /** Its own text, CDATA included, as it stands. */
  text: string;
  /** Offset just behind the start tag, and just behind the whole element. */
  readonly opened: number;
  closed: number;
}

/** The prefixes an element declares, over those of the elements around it. */
interface Scope {
  readonly own: ReadonlyMap<string, string>;
  readonly outer: Scope | undefined;
}

const outermost: Scope = { own: new Map([['xml', XML]]), outer: undefined };

function namespaceOf(prefix: string, scope: Scope): string | undefined {
  for (let each: Scope | undefined = scope; each !== undefined; each = each.outer) {
    const found = each.own.get(prefix);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The newlines a parser sees. */
export const normalised = (xml: string): string => xml.replace(/\r\n?/g, '\n');

/** What `&name;` stands for; undefined for what stands for nothing. */
function referred(name: string): string | undefined {
  if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
  const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name) ?? [];
  const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function decoded(raw: string, offset: number): string {
  return raw.replace(/&([^;&]*)(;?)/g, (whole: string, name: string, end: string) => {
    const character = end === '' ? undefined : referred(name);
    if (character === undefined) throw new XmlError(`'${whole.slice(0, 20)}' is no known reference.`, offset);
    if (NOT_XML.test(character)) throw new XmlError(`'${whole}' is an invalid character.`, offset);
    return character;
  });
}

function resolved(qualified: string, scope: Scope, isAttribute: boolean, offset: number) {
  const colon = qualified.indexOf(':');
  const prefix = colon < 0 ? '' : qualified.slice(0, colon);
  const name = qualified.slice(colon + 1);
  if (prefix === '' && isAttribute) return { name, namespace: '' };
  const namespace = namespaceOf(prefix, scope);
  if (namespace === undefined && prefix !== '') throw new XmlError(`'${prefix}' is an undeclared prefix.`, offset);
  return { name, namespace: namespace ?? '' };
}

/** Reads one document, strictly, namespaces resolved, without DTD. */
class DocumentReader {
  private at = 0;
  private readonly open: { readonly element: XmlElement; readonly qualified: string; readonly scope: Scope }[] = [];
  private root: XmlElement | undefined;

  constructor(private readonly xml: string) {}

  document(): XmlElement {
    const { xml } = this;
    const bad = NOT_XML.exec(xml);
    if (bad !== null) throw new XmlError('The document has a character XML does not allow.', bad.index);
    while (this.at < xml.length) this.step();
    const [unclosed] = this.open.slice(-1);
    if (unclosed !== undefined) {
      throw new XmlError(
        `Unexpected end of file has occurred. The following elements are not closed: ${unclosed.qualified}.`,
        xml.length,
      );
    }
    if (this.root === undefined) throw new XmlError('Root element is missing.', xml.length);
    return this.root;
  }

  private step(): void {
    const { xml, at } = this;
    if (xml[at] !== '<') this.text(at, this.until('<', at, xml.length));
    else if (xml.startsWith('<!--', at)) this.at = this.after('-->', at + 4, 'comment');
    else if (xml.startsWith('<?', at)) this.at = this.after('?>', at + 2, 'processing instruction');
    else if (xml.startsWith('<![CDATA[', at)) this.characterData(at);
    else if (xml.startsWith('<!', at)) throw new XmlError('For security reasons DTD is prohibited.', at);
    else if (xml.startsWith('</', at)) this.close();
    else this.start();
  }

  private until(mark: string, from: number, otherwise: number): number {
    const found = this.xml.indexOf(mark, from);
    return found < 0 ? otherwise : found;
  }

  private after(mark: string, from: number, what: string): number {
    const found = this.xml.indexOf(mark, from);
    if (found < 0) throw new XmlError(`Unexpected end of file while parsing a ${what}.`, this.xml.length);
    return found + mark.length;
  }

  private text(from: number, to: number): void {
    const raw = this.xml.slice(from, to);
    this.at = to;
    const inner = this.open.at(-1);
    if (inner !== undefined) inner.element.text += decoded(raw, from);
    else if (raw.replace(/^\ufeff/, '').trim() !== '') throw new XmlError('Data at the root level is invalid.', from);
  }

  private characterData(from: number): void {
    this.at = this.after(']]>', from, 'CDATA section');
    const inner = this.open.at(-1);
    if (inner === undefined) throw new XmlError('Data at the root level is invalid.', from);
    inner.element.text += this.xml.slice(from + '<![CDATA['.length, this.at - ']]>'.length);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.xml);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }

  private start(): void {
    const from = this.at;
    const [, qualified = ''] = this.match(TAG) ?? [];
    if (qualified === '') throw new XmlError("Name cannot begin with the character after '<'.", from);
    if (this.root !== undefined && this.open.length === 0)
      throw new XmlError('There are multiple root elements.', from);
    if (this.open.length >= DEEPEST) throw new XmlError(`The maximum read depth (${DEEPEST}) has been exceeded.`, from);
    const raw = [...this.attributes()].map(([name, value]) => ({ name, value }));
    const end = this.match(TAG_END);
    if (end === null) throw new XmlError(`The start tag '${qualified}' is not well formed.`, this.at);
    const scope = this.scopeWith(raw);
    const attributes = raw
      .filter(({ name }) => name !== 'xmlns' && !name.startsWith('xmlns:'))
      .map(({ name, value }) => ({ ...resolved(name, scope, true, from), value }));
    const name = resolved(qualified, scope, false, from);
    const element = { ...name, attributes, children: [], text: '', opened: this.at, closed: this.at };
    this.open.at(-1)?.element.children.push(element);
    this.root ??= element;
    if (end[1] === '') this.open.push({ element, qualified, scope });
  }

  private attributes(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (let each = this.match(ATTRIBUTE); each !== null; each = this.match(ATTRIBUTE)) {
      const [, name = '', double, single] = each;
      if (found.has(name)) {
        throw new XmlError(`'${name}' is a duplicate attribute name.`, each.index);
      }
      found.set(name, decoded((double ?? single ?? '').replace(/[\t\n]/g, ' '), each.index));
    }
    return found;
  }

  private scopeWith(raw: readonly { readonly name: string; readonly value: string }[]): Scope {
    const outer = this.open.at(-1)?.scope ?? outermost;
    const declared = raw.filter(({ name }) => name === 'xmlns' || name.startsWith('xmlns:'));
    if (declared.length === 0) return outer;
    return { own: new Map(declared.map(({ name, value }) => [name.slice('xmlns:'.length), value])), outer };
  }

  private close(): void {
    const from = this.at;
    const [, qualified] = this.match(CLOSING) ?? [];
    const inner = this.open.pop();
    if (qualified === undefined || inner?.qualified !== qualified) {
      throw new XmlError(`The start tag '${inner?.qualified ?? ''}' does not match the end tag.`, from);
    }
    inner.element.closed = this.at;
  }
}

/**
 * Reads a document whose newlines are {@link normalised}.
 * @throws XmlError for what is not well formed, has a DTD or is nested too deeply
 */
export const readXml = (xml: string): XmlElement => new DocumentReader(xml).document();
