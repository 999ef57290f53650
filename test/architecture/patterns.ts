import { parseSync } from '@swc/core';

/** A regular expression in the product's code. */
export interface Pattern {
  /** `src/domain/values/decimal.ts:6` */
  readonly at: string;
  readonly source: string;
  readonly flags: string;
}

/** A place that makes a pattern out of what nobody has checked. */
export interface Refusal {
  readonly at: string;
  readonly why: string;
}

export interface Found {
  readonly patterns: readonly Pattern[];
  readonly refusals: readonly Refusal[];
}

/** A node of the syntax tree, as far as it is looked at; swc names both code and types in it. */
interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** What stands in a node, through lists and through the plain objects that swc wraps arguments and declarations in. */
const inner = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

const nodesIn = (value: unknown): readonly Node[] =>
  isNode(value) ? [value] : inner(value).flatMap((each) => nodesIn(each));

const childrenOf = (node: Node): readonly Node[] => inner(node).flatMap((each) => nodesIn(each));

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Methods of a text that make a pattern of a text they are given; a name is taken for that of a pattern. */
const TAKES_A_PATTERN = new Set(['match', 'matchAll', 'search']);

class PatternReader {
  readonly patterns: Pattern[] = [];
  readonly refusals: Refusal[] = [];
  /** Constants of the file that are nothing but text. */
  readonly #texts = new Map<string, string>();
  readonly #bytes: Buffer;

  constructor(
    private readonly file: string,
    text: string,
  ) {
    this.#bytes = Buffer.from(text);
    const { body } = parseSync(text, { syntax: 'typescript', target: 'es2023' });
    const nodes = nodesIn(body);
    for (const node of nodes) this.#declare(node);
    for (const node of nodes) this.#visit(node);
  }

  /** `const NAME = 'text'` at the top of the file. */
  #declare(node: Node): void {
    const declaration = isNode(node['declaration']) ? node['declaration'] : node;
    if (declaration.type !== 'VariableDeclaration' || declaration['kind'] !== 'const') return;
    for (const { type, id, init } of nodesIn(declaration['declarations'])) {
      if (type !== 'VariableDeclarator' || !isNode(id) || !isNode(init)) continue;
      const text = this.#folded(init);
      if (text !== undefined) this.#texts.set(textOf(id['value']), text);
    }
  }

  /** The text that an expression is, where it is made of constants of this file only. */
  #folded(node: Node | undefined): string | undefined {
    if (node === undefined) return undefined;
    if (node.type === 'StringLiteral') return textOf(node['value']);
    if (node.type === 'Identifier') return this.#texts.get(textOf(node['value']));
    if (node.type === 'TemplateLiteral') return this.#template(node, 'cooked');
    if (node.type !== 'TaggedTemplateExpression') return undefined;
    const { tag, template } = node;
    const isRaw = isNode(tag) && named(tag['object']) === 'String' && named(tag['property']) === 'raw';
    return isRaw && isNode(template) ? this.#template(template, 'raw') : undefined;
  }

  #template(node: Node, form: 'cooked' | 'raw'): string | undefined {
    const quasis = nodesIn(node['quasis']).map((each) => textOf(each[form]));
    const between = nodesIn(node['expressions']).map((each) => this.#folded(each));
    if (between.includes(undefined)) return undefined;
    return quasis.map((quasi, index) => quasi + (between[index] ?? '')).join('');
  }

  #visit(node: Node): void {
    if (node.type === 'RegExpLiteral') {
      this.patterns.push({ at: this.#at(node), source: textOf(node['pattern']), flags: textOf(node['flags']) });
      return;
    }
    const isMade = node.type === 'NewExpression' || node.type === 'CallExpression';
    const callee = isMade ? plainly(node['callee']) : undefined;
    const given = isMade ? argumentsOf(node) : [];
    if (named(callee) === 'RegExp') {
      this.#made(node, given);
      for (const each of given) this.#visit(each);
      return;
    }
    if (node.type === 'Identifier' && node['value'] === 'RegExp') {
      this.#refuse(node, 'RegExp under another name: write a literal');
      return;
    }
    const method = callee?.type === 'MemberExpression' ? named(callee['property']) : '';
    if (TAKES_A_PATTERN.has(method) && given.some(({ type }) => type !== 'RegExpLiteral' && type !== 'Identifier')) {
      this.#refuse(node, `${method}() makes a pattern of a text: write a literal`);
    }
    for (const child of childrenOf(node)) this.#inside(node, child);
  }

  /** `instanceof RegExp` makes none, and types are no code. */
  #inside(parent: Node, child: Node): void {
    const isAsked = parent.type === 'BinaryExpression' && parent['operator'] === 'instanceof';
    if (isAsked && named(child) === 'RegExp') return;
    if (!child.type.startsWith('Ts') || isNode(child['expression'])) this.#visit(child);
  }

  #made(node: Node, given: readonly Node[]): void {
    const [source, flags] = [this.#folded(given[0]), given[1] === undefined ? '' : this.#folded(given[1])];
    if (source === undefined || flags === undefined) {
      this.#refuse(node, 'made of what is not a constant text of this file: write a literal, or do it by code');
    } else {
      this.patterns.push({ at: this.#at(node), source, flags });
    }
  }

  #refuse(node: Node, why: string): void {
    this.refusals.push({ at: this.#at(node), why });
  }

  /** The parser counts bytes, from 1. */
  #at({ span }: Node): string {
    const { start } = span as { readonly start: number };
    return `${this.file}:${
      this.#bytes
        .subarray(0, start - 1)
        .toString()
        .split('\n').length
    }`;
  }
}

/** `a?.b` is wrapped. */
function plainly(value: unknown): Node | undefined {
  if (!isNode(value)) return undefined;
  return value.type === 'OptionalChainingExpression' ? plainly(value['base']) : value;
}

const named = (value: unknown): string => (isNode(value) && value.type === 'Identifier' ? textOf(value['value']) : '');

const argumentsOf = (node: Node): readonly Node[] =>
  inner(node['arguments']).flatMap((each) =>
    typeof each === 'object' && each !== null && 'expression' in each && isNode(each.expression)
      ? [each.expression]
      : [],
  );

/**
 * Every regular expression that a source text holds, read from its syntax tree: literals, and `new RegExp` of constant texts
 * of the same file. Whatever else makes a pattern is refused.
 */
export function patternsIn(file: string, text: string): Found {
  const { patterns, refusals } = new PatternReader(file, text);
  return { patterns, refusals };
}
