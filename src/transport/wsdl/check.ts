import { readWsdlShape, type Shape, type WsdlShape } from './shape';

/** A part or a member that we use. */
export interface UsedField {
  /** As we call it. */
  readonly name: string;
  /**
   * Where it stands on the wire: names of members, dots between. `*` is the only part of an answer, whatever its name.
   */
  readonly path: string;
  /** The record in it, by its name in {@link WsdlUse.records}; text where absent. */
  readonly record?: string;
  readonly isList?: boolean;
  /** Whether it may hold anything: text, a record or a list. */
  readonly isOpen?: boolean;
  /** Whether nothing works without it. */
  readonly isRequired?: boolean;
}

/** What we use of a vendor's WSDL: one table per vendor. */
export interface WsdlUse {
  readonly operations: readonly {
    /** As the vendor's page in docs/vendors names it. */
    readonly name: string;
    /** As the WSDL does. */
    readonly method: string;
    /** Whether nothing works without it. @default true */
    readonly isRequired?: boolean;
    readonly parts: readonly UsedField[];
    readonly answer: readonly UsedField[];
  }[];
  readonly records: Readonly<Record<string, readonly UsedField[]>>;
}

/** One thing we use, and whether the WSDL has it. */
export interface WsdlFinding {
  /** In our names: `markExported`, `markExported.uids`, `PurchaseOrder.orderRef`. */
  readonly used: string;
  /** The name we look for. */
  readonly path: string;
  /** The operation in which it was met first. */
  readonly operation: string;
  readonly isRequired: boolean;
  /**
   * `other-shape`: there, but text where we expect a record, one where we expect a list, and so on. `unused`: a part of a
   * request that the WSDL has and we do not send.
   */
  readonly state: 'there' | 'missing' | 'other-shape' | 'unused';
  /** Of what is missing: names beside it that we do not use, likeliest first. */
  readonly candidates: readonly string[];
}

export interface WsdlReport {
  readonly findings: readonly WsdlFinding[];
  /** Documents that the WSDL imports and that were not given: what is missing may stand there. */
  readonly imports: readonly string[];
}

/**
 * Compares a WSDL with what we use of it: which operations, parts and members it has, lacks or names differently. Pure.
 *
 * @param documents the WSDL, then what it imports
 * @throws UnreadableText for what is no WSDL
 */
export function checkWsdl(use: WsdlUse, ...documents: readonly string[]): WsdlReport {
  const wsdl = readWsdlShape(...documents);
  return { findings: new Check(use, wsdl).findings(), imports: wsdl.imports };
}

type Members = ReadonlyMap<string, Shape>;

class Check {
  readonly #use: WsdlUse;
  readonly #wsdl: WsdlShape;
  readonly #findings = new Map<string, WsdlFinding>();
  /** Records of ours compared with types of theirs: neither twice, nor for ever where a type holds itself. */
  readonly #compared = new Map<string, Set<object>>();

  constructor(use: WsdlUse, wsdl: WsdlShape) {
    this.#use = use;
    this.#wsdl = wsdl;
  }

  findings(): WsdlFinding[] {
    const methods = this.#use.operations.map(({ method }) => method);
    for (const { name, method, isRequired = true, parts, answer } of this.#use.operations) {
      const operation = this.#wsdl.operations.get(method);
      const wanted = { name, path: method, isRequired };
      if (operation === undefined) {
        this.#note(name, wanted, name, 'missing', likeliest(method, this.#wsdl.operations.keys(), methods));
        continue;
      }
      this.#note(name, wanted, name, 'there');
      this.#compare(name, name, parts, operation.parts);
      this.#compare(name, name, answer, operation.answer);
      const sent = parts.map(({ path }) => path.split('.', 1)[0]);
      for (const part of operation.parts.keys()) {
        if (!sent.includes(part)) this.#note(name, { name: part, path: part }, `${name}.${part}`, 'unused');
      }
    }
    return [...this.#findings.values()];
  }

  #compare(operation: string, owner: string, fields: readonly UsedField[], members: Members): void {
    const used = fields.map(({ path }) => path);
    for (const field of fields) {
      const id = `${owner}.${field.name}`;
      const found = shapeAt(field.path, members);
      if (found === undefined) {
        this.#note(operation, field, id, 'missing', likeliest(field.path, beside(field.path, members), used));
      } else {
        const content = fits(field, found);
        this.#note(operation, field, id, content === undefined ? 'other-shape' : 'there');
        if (field.record !== undefined && content?.kind === 'record') this.#record(operation, field.record, content);
      }
    }
  }

  #record(operation: string, record: string, shape: Extract<Shape, { kind: 'record' }>): void {
    const seen = this.#compared.get(record) ?? new Set();
    this.#compared.set(record, seen);
    if (seen.has(shape.id)) return;
    seen.add(shape.id);
    this.#compare(operation, record, this.#use.records[record] ?? [], shape.members());
  }

  /** The worst that is known of it: a record met in two places may be right in one of them only. */
  #note(
    operation: string,
    { path, isRequired = false }: UsedField,
    used: string,
    state: WsdlFinding['state'],
    candidates: readonly string[] = [],
  ): void {
    const known = this.#findings.get(used);
    if (known !== undefined && known.state !== 'there') return;
    if (known !== undefined && state === 'there') return;
    this.#findings.set(used, { used, path, operation, isRequired, state, candidates });
  }
}

/** What stands at the path; undefined where nothing does. A list on the way is gone through. */
function shapeAt(path: string, members: Members): Shape | undefined {
  if (path === '*') return members.size === 1 ? [...members.values()][0] : undefined;
  const [name = '', ...inner] = path.split('.');
  const found = members.get(name);
  if (found === undefined || inner.length === 0) return found;
  const entry = found.kind === 'list' ? found.entry() : found;
  if (entry.kind === 'open') return entry;
  return entry.kind === 'record' ? shapeAt(inner.join('.'), entry.members()) : undefined;
}

/** The content, a list's entry, where the shape is what the field wants; undefined where it is not. */
function fits({ record, isList = false, isOpen = false }: UsedField, shape: Shape): Shape | undefined {
  if (isOpen || shape.kind === 'open') return shape;
  if ((shape.kind === 'list') !== isList) return undefined;
  const content = shape.kind === 'list' ? shape.entry() : shape;
  if (content.kind === 'open') return content;
  return (record !== undefined) === (content.kind === 'record') ? content : undefined;
}

/** The paths of what stands beside a missing field, as far as its path leads. */
function beside(path: string, members: Members): readonly string[] {
  const [name = '', ...inner] = path.split('.');
  const found = inner.length === 0 ? undefined : members.get(name);
  const entry = found?.kind === 'list' ? found.entry() : found;
  if (entry?.kind !== 'record') return [...members.keys()];
  return beside(inner.join('.'), entry.members()).map((deeper) => `${name}.${deeper}`);
}

const MOST_CANDIDATES = 5;

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Paths that nothing of ours has, or leads through, by their likeness to what is missing. */
function likeliest(missing: string, paths: Iterable<string>, used: readonly string[]): readonly string[] {
  const wanted = pairs(lastName(missing));
  const rated = [...paths]
    .filter((name) => !used.some((path) => `${path}.`.startsWith(`${name}.`)))
    .map((name) => ({ name, likeness: likeness(wanted, pairs(lastName(name))) }));
  return rated
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_CANDIDATES)
    .map(({ name }) => name);
}

/** Letters two by two, without case and signs: `orderRef` and `order_ref` are the same. */
function pairs(name: string): readonly string[] {
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return Array.from({ length: Math.max(letters.length - 1, 1) }, (_, index) => letters.slice(index, index + 2));
}

/** From 0 to 1 (Dice). */
function likeness(one: readonly string[], other: readonly string[]): number {
  const left = [...other];
  const common = one.filter((pair) => {
    const place = left.indexOf(pair);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
  return (2 * common.length) / (one.length + other.length);
}
