import { compare, isDecimal } from '../../domain/values/decimal';
import { isLike } from './like';

/** Thrown for a clause the database would not take; the texts are SQL Server's. */
export class WhereClauseError extends Error {
  override readonly name = 'WhereClauseError';
}

type Record_ = Readonly<Record<string, unknown>>;
type Condition = (record: Record_) => boolean;

interface Operand {
  readonly isNumeric: boolean;
  readonly value: (record: Record_) => string;
}

interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'mark';
  readonly text: string;
}

const token =
  /\s*(?:(?<number>-?\d+(?:\.\d+)?)|N?'(?<text>(?:[^']|'')*)'|\[(?<quoted>\w+)\]|(?<word>[A-Za-z_]\w*)|(?<mark><>|<=|>=|!=|[=<>(),]))/y;
const numericColumn = /(SK|EN|Units|Weight|Value|Cost|Price|Sort)$/;
const maximumDepth = 50;

function tokenise(clause: string): Token[] {
  const found: Token[] = [];
  const source = clause.trimEnd();
  token.lastIndex = 0;
  for (let at = 0; at < source.length; at = token.lastIndex) {
    const groups = token.exec(source)?.groups;
    if (groups === undefined)
      throw new WhereClauseError(`Incorrect syntax near '${source.slice(at).trim().slice(0, 20)}'.`);
    const { number, text, quoted, word, mark } = groups;
    if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (text !== undefined) found.push({ kind: 'text', text: text.replaceAll("''", "'") });
    else if (mark !== undefined) found.push({ kind: 'mark', text: mark });
    else found.push({ kind: 'word', text: quoted ?? word ?? '' });
  }
  return found;
}

const comparisons: Readonly<Record<string, (sign: number) => boolean>> = {
  '=': (sign) => sign === 0,
  '<>': (sign) => sign !== 0,
  '!=': (sign) => sign !== 0,
  '<': (sign) => sign < 0,
  '>': (sign) => sign > 0,
  '<=': (sign) => sign <= 0,
  '>=': (sign) => sign >= 0,
};

/** The database's default collation: case does not count, nor do trailing blanks. */
const collated = (text: string): string => text.trimEnd().toLowerCase();

function ordered(left: string, right: string, isNumeric: boolean): number {
  if (!isNumeric) {
    const [a, b] = [collated(left), collated(right)];
    return a === b ? 0 : a < b ? -1 : 1;
  }
  if (!isDecimal(left) || !isDecimal(right))
    throw new WhereClauseError('Error converting data type varchar to numeric.');
  return compare(left, right);
}

class ClauseReader {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly columns: readonly string[],
  ) {}

  whole(): Condition {
    const condition = this.disjunction(0);
    if (this.at < this.tokens.length) this.fail();
    return condition;
  }

  private disjunction(depth: number): Condition {
    let left = this.conjunction(depth);
    while (this.takes('OR')) {
      const [first, second] = [left, this.conjunction(depth)];
      left = (record) => first(record) || second(record);
    }
    return left;
  }

  private conjunction(depth: number): Condition {
    let left = this.negation(depth);
    while (this.takes('AND')) {
      const [first, second] = [left, this.negation(depth)];
      left = (record) => first(record) && second(record);
    }
    return left;
  }

  private negation(depth: number): Condition {
    if (depth > maximumDepth) throw new WhereClauseError('Some part of your SQL statement is nested too deeply.');
    if (this.takes('NOT')) {
      const inner = this.negation(depth + 1);
      return (record) => !inner(record);
    }
    if (!this.takes('(')) return this.predicate();
    const inner = this.disjunction(depth + 1);
    this.expect(')');
    return inner;
  }

  private predicate(): Condition {
    const left = this.operand();
    const isNegated = this.takes('NOT');
    const condition = this.takes('LIKE') ? this.like(left) : this.takes('IN') ? this.membership(left) : undefined;
    if (condition !== undefined) return isNegated ? (record) => !condition(record) : condition;
    if (isNegated) this.fail();
    const holds = comparisons[this.tokens[this.at]?.text ?? ''];
    if (holds === undefined || this.tokens[this.at]?.kind !== 'mark') return this.fail();
    this.at += 1;
    const right = this.operand();
    const isNumeric = left.isNumeric || right.isNumeric;
    return (record) => holds(ordered(left.value(record), right.value(record), isNumeric));
  }

  private like(left: Operand): Condition {
    const pattern = this.tokens[this.at];
    if (pattern?.kind !== 'text') return this.fail();
    this.at += 1;
    return (record) => isLike(collated(left.value(record)), collated(pattern.text));
  }

  private membership(left: Operand): Condition {
    this.expect('(');
    const members = [this.operand()];
    while (this.takes(',')) members.push(this.operand());
    this.expect(')');
    return (record) =>
      members.some((one) => ordered(left.value(record), one.value(record), left.isNumeric || one.isNumeric) === 0);
  }

  private operand(): Operand {
    const next = this.tokens[this.at];
    if (next === undefined || next.kind === 'mark') return this.fail();
    this.at += 1;
    if (next.kind !== 'word') return { isNumeric: next.kind === 'number', value: () => next.text };
    const column = this.columns.find((name) => name.toLowerCase() === next.text.toLowerCase());
    if (column === undefined) throw new WhereClauseError(`Invalid column name '${next.text}'.`);
    return { isNumeric: numericColumn.test(column), value: (record) => String(record[column]) };
  }

  private takes(text: string): boolean {
    const next = this.tokens[this.at];
    if (next === undefined || next.kind === 'text' || next.text.toUpperCase() !== text) return false;
    this.at += 1;
    return true;
  }

  private expect(text: string): void {
    if (!this.takes(text)) this.fail();
  }

  private fail(): never {
    throw new WhereClauseError(`Incorrect syntax near '${this.tokens[this.at]?.text ?? 'end of clause'}'.`);
  }
}

/**
 * A WhereClause as the database runs it (docs/vendors/northscope.md#whereclause): `=` `<>` `<` `>` `<=` `>=` LIKE IN
 * AND OR NOT, parentheses, text in doubled quotes, numbers; columns are the response's members in any case. It is raw
 * SQL, so a caller that quotes badly gets other records than it asked for, as it would from the vendor.
 *
 * @throws WhereClauseError for anything else; also from the condition, for text that is no number where one is needed.
 */
export function readWhereClause(clause: string, columns: readonly string[]): Condition {
  return new ClauseReader(tokenise(clause), columns).whole();
}
