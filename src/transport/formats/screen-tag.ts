import { UnreadableText } from './unreadable-text';

/** node-soap's work grows with prefixes times elements (ADR 3: 8.6 s for 160 KB). */
const MAX_PREFIXES = 32;

/** A start tag, as far as the screen needs it. */
export interface Tag {
  /** Qualified. */
  readonly name: string;
  /** What others may refer to it by, and what it refers to (SOAP 1.1 §5.4.1). */
  readonly id?: string;
  readonly href?: string;
}

/** What nearly every name is; the other expression costs several times as much. */
const PLAIN_NAME = /^([A-Za-z_][\w.:-]*)(?:[\s/]|$)/;
const NAME = /^[\p{L}_][\p{L}\p{N}_.:-]*/u;
const ATTRIBUTE = /\s+([^\s=<>"'/&]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
const REST = /\s*\/?$/y;

/** Encodings with references of their own, which no reader here follows: SOAP 1.2's `ref`, WCF's `z:Ref`. */
const FOREIGN_ENCODING =
  /^(?:http:\/\/www\.w3\.org\/2003\/05\/soap-encoding|http:\/\/schemas\.microsoft\.com\/2003\/10\/Serialization\/)$/;

/**
 * The members that every object has, by whichever of its names. node-soap keeps the ids, prefixes, types and names of a
 * document in plain objects (ADR 3), where such a one is found before anybody has put it there.
 */
const inherited: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
  '__proto__',
]);

/** Tags of one document. */
export class TagScreen {
  /** With whether they stand for an encoding that is foreign here. */
  readonly #prefixes = new Map<string, boolean>();

  /** @throws UnreadableText where something speaks against it */
  read(tag: string): Tag {
    const name = PLAIN_NAME.exec(tag)?.[1] ?? NAME.exec(tag)?.[0];
    if (name === undefined) throw new UnreadableText('NOT_XML');
    assertHarmless(name);
    if (tag === name || tag === `${name}/`) return { name };
    const found: { id?: string; href?: string } = {};
    const references: string[] = [];
    ATTRIBUTE.lastIndex = name.length;
    let end = name.length;
    for (let match = ATTRIBUTE.exec(tag); match !== null; match = ATTRIBUTE.exec(tag)) {
      end = ATTRIBUTE.lastIndex;
      const [, attribute = '', double, single = ''] = match;
      const value = decoded(double ?? single);
      assertHarmless(attribute);
      assertHarmless(value);
      if (attribute === 'id' || attribute === 'href') {
        if (found[attribute] !== undefined) throw new UnreadableText('NOT_XML');
        // The first character is `#`; the parser does not look.
        found[attribute] = attribute === 'id' ? value : value.slice(1);
        if (attribute === 'href') assertHarmless(value.slice(1));
      } else if (attribute.startsWith('xmlns:')) {
        this.#bind(attribute.slice('xmlns:'.length), value);
      } else if (/:ref$/i.test(attribute)) {
        references.push(attribute.slice(0, -':ref'.length));
      }
    }
    REST.lastIndex = end;
    if (!REST.test(tag)) throw new UnreadableText('NOT_XML');
    if (references.some((prefix) => this.#prefixes.get(prefix) === true)) {
      throw new UnreadableText('DANGLING_REFERENCE');
    }
    return { name, ...found };
  }

  #bind(prefix: string, uri: string): void {
    this.#prefixes.set(prefix, this.#prefixes.get(prefix) === true || FOREIGN_ENCODING.test(uri));
    if (this.#prefixes.size > MAX_PREFIXES) throw new UnreadableText('TOO_MANY_PREFIXES');
  }
}

/** A name, qualified or not, an id, or a reference to one; `__proto__` is refused anywhere. */
function assertHarmless(given: string): void {
  const name = given.startsWith('#') ? given.slice(1) : given;
  const colon = name.indexOf(':');
  const parts = colon === -1 ? [name] : [name.slice(0, colon), name.slice(colon + 1)];
  if (name.includes('__proto__') || parts.some((part) => inherited.has(part.trim()))) {
    throw new UnreadableText('HOSTILE_NAME');
  }
}

/** Digits of any length: leading zeros change nothing. */
const REFERENCE = /&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi;
const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** An attribute's value as a parser reads it: once, so that what is escaped twice stays escaped once. */
const decoded = (value: string): string =>
  value.includes('&')
    ? value.replaceAll(REFERENCE, (reference, hex?: string, decimal?: string, entity?: string) => {
        if (entity !== undefined) return entities.get(entity.toLowerCase()) ?? reference;
        const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : reference;
      })
    : value;
