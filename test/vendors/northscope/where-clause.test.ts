import * as fc from 'fast-check';
import type { Condition, WhereColumn } from '../../../src/vendors/northscope/where-clause';
import {
  UnsafeCondition,
  above,
  all,
  any,
  atLeast,
  atMost,
  below,
  equals,
  oneOf,
  renderWhereClause,
  startsWith,
  whereColumns,
} from '../../../src/vendors/northscope/where-clause';

type OrderCondition = Condition<WhereColumn<'ListSalesOrders'>>;

/** An SQL reader of its own, written against T-SQL's literal rules and not against the renderer. */
type Token = { readonly kind: 'word' | 'text' | 'mark'; readonly text: string };

function tokenise(sql: string): Token[] {
  const tokens: Token[] = [];
  let rest = sql;
  while (rest !== '') {
    const word = /^[A-Za-z][A-Za-z0-9]*/.exec(rest)?.[0];
    const text = /^'(?:[^']|'')*'/.exec(rest)?.[0];
    const mark = /^(?:>=|<=|[=<>(),])/.exec(rest)?.[0];
    const blank = /^ +/.exec(rest)?.[0];
    if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.slice(1, -1).replaceAll("''", "'") });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else if (blank === undefined) throw new Error(`no token at ${JSON.stringify(rest.slice(0, 20))}`);
    rest = rest.slice((word ?? text ?? mark ?? blank ?? '').length);
  }
  return tokens;
}

const comparison: Readonly<Record<string, 'equals' | 'above' | 'atLeast' | 'below' | 'atMost'>> = {
  '=': 'equals',
  '>': 'above',
  '>=': 'atLeast',
  '<': 'below',
  '<=': 'atMost',
};

class Reader {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  private take(kind: Token['kind'], text?: string): string {
    const token = this.tokens[this.at++];
    if (token?.kind !== kind || (text !== undefined && token.text !== text))
      throw new Error(`expected ${text ?? kind}`);
    return token.text;
  }
  private sees(text: string): boolean {
    const token = this.tokens[this.at];
    return token !== undefined && token.kind !== 'text' && token.text === text;
  }
  private predicate(): OrderCondition {
    if (this.sees('(')) {
      this.take('mark', '(');
      const inner = this.group();
      this.take('mark', ')');
      return inner;
    }
    const name = this.take('word');
    const column = whereColumns.ListSalesOrders.find((known) => known === name);
    if (column === undefined) throw new Error(`no column ${name}`);
    if (this.sees('LIKE')) {
      this.take('word');
      const pattern = this.take('text');
      return { is: 'startsWith', column, prefix: pattern.slice(0, -1).replace(/\[([%_[])\]/g, '$1') };
    }
    if (this.sees('IN')) {
      this.take('word');
      this.take('mark', '(');
      const values = [this.take('text')];
      while (this.sees(',')) {
        this.take('mark', ',');
        values.push(this.take('text'));
      }
      this.take('mark', ')');
      return { is: 'oneOf', column, values };
    }
    const is = comparison[this.take('mark')];
    if (is === undefined) throw new Error('no comparison');
    return { is, column, value: this.take('text') };
  }
  private group(): OrderCondition {
    const first = this.predicate();
    const joint = this.sees('AND') ? 'AND' : this.sees('OR') ? 'OR' : undefined;
    const conditions = [first];
    while (this.sees(joint ?? '')) {
      this.take('word');
      conditions.push(this.predicate());
    }
    if (joint === undefined) return first;
    return joint === 'AND' ? { is: 'all', conditions } : { is: 'any', conditions };
  }
  whole(): OrderCondition {
    const condition = this.group();
    if (this.at !== this.tokens.length) throw new Error('text after the predicate');
    return condition;
  }
}

/** Groups of one are written without parentheses' meaning: `all(x)` reads back as `x`. */
function simplified(condition: OrderCondition): OrderCondition {
  if (condition.is !== 'all' && condition.is !== 'any') return condition;
  const conditions = condition.conditions.map(simplified);
  const [first, second] = conditions;
  return first !== undefined && second === undefined ? first : { is: condition.is, conditions };
}

/** The clause, or undefined where the builder refused; any other error is the test's failure. */
function renderedOrRefused(wanted: OrderCondition): string | undefined {
  try {
    return renderWhereClause('ListSalesOrders', wanted);
  } catch (error) {
    if (error instanceof UnsafeCondition) return undefined;
    throw error;
  }
}

const nastyStrings = [
  "'",
  "''",
  "' OR '1'='1",
  "x' OR 1=1 --",
  "'; DROP TABLE ERPx_SOOrderHeader; --",
  "' UNION SELECT Password FROM Users /*",
  "\\' OR 1=1",
  '%',
  "%' OR OrderID LIKE '%",
  '[a-z]',
  '[%]',
  '_',
  '<WhereClause>&amp;',
  'ʼ OR 1=1',
  '＇ OR 1=1',
  '’',
  'a\u0000b',
  'a\nb',
  'a\u202eb',
  'Ünïcode Größe 007',
  '注文-1',
  '1;EXEC xp_cmdshell(1)',
  'null',
  'undefined',
];

const text = fc.oneof(
  fc.constantFrom(...nastyStrings),
  fc.string({ maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom("'", '%', '_', '[', ']', '(', ')', ' ', 'a', '-', '/', '*', ';', ',', '='),
    maxLength: 12,
  }),
);
const column = fc.constantFrom(...whereColumns.ListSalesOrders);
const { condition } = fc.letrec<{ condition: OrderCondition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({
      is: fc.constantFrom('equals' as const, 'above' as const, 'atLeast' as const, 'below' as const, 'atMost' as const),
      column,
      value: text,
    }),
    fc.record({ is: fc.constant('oneOf' as const), column, values: fc.array(text, { minLength: 1, maxLength: 4 }) }),
    fc.record({ is: fc.constant('startsWith' as const), column, prefix: text.filter((value) => value !== '') }),
    fc.record({
      is: fc.constant('all' as const),
      conditions: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      is: fc.constant('any' as const),
      conditions: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

describe('the WhereClause builder', () => {
  it('writes the predicates the vendor document shows', () => {
    expect(renderWhereClause('ListSites', any(equals('State', 'WA'), startsWith('SiteName', 'Sea')))).toBe(
      "State = 'WA' OR SiteName LIKE 'Sea%'",
    );
    expect(
      renderWhereClause(
        'ListSalesOrders',
        all(
          atLeast('OrderDate', '2026-01-05'),
          any(equals('PONumber', "O'Neil"), oneOf('OrderID', ['007-1', '007-2'])),
        ),
      ),
    ).toBe("OrderDate >= '2026-01-05' AND (PONumber = 'O''Neil' OR OrderID IN ('007-1', '007-2'))");
  });

  it('writes every comparison', () => {
    const written = [above, atLeast, below, atMost].map((is) => renderWhereClause('ListItems', is('ItemID', '0071')));
    expect(written).toEqual(["ItemID > '0071'", "ItemID >= '0071'", "ItemID < '0071'", "ItemID <= '0071'"]);
  });

  it('means wildcards in a prefix literally', () => {
    expect(renderWhereClause('ListSalesOrders', startsWith('PONumber', 'PO_1%['))).toBe(
      "PONumber LIKE 'PO[_]1[%][[]%'",
    );
  });

  it('is read back as the same condition, or refused, whatever the strings are', () => {
    let rendered = 0;
    fc.assert(
      fc.property(condition, (wanted) => {
        const sql = renderedOrRefused(wanted);
        if (sql === undefined) return;
        rendered += 1;
        expect(sql).not.toMatch(/;|--|\/\*/);
        expect(new Reader(tokenise(sql)).whole()).toEqual(simplified(wanted));
      }),
      { numRuns: 3000 },
    );
    expect(rendered).toBeGreaterThan(500);
  });

  it.each([
    ['a control character', 'a\u0000b'],
    ['a line break', 'a\nb'],
    ['a second statement', 'a;b'],
    ['a comment', 'a--b'],
    ['a block comment', 'a/*b'],
    ['a look-alike of the quote', 'aʼb'],
    ['a full-width quote', 'a＇b'],
    ['a direction mark', 'a\u202eb'],
    ['a lone surrogate', 'a\ud800b'],
    ['an over-long value', 'a'.repeat(101)],
  ])('refuses %s', (_name, value) => {
    expect(() => renderWhereClause('ListSites', equals('SiteID', value))).toThrow(UnsafeCondition);
    expect(() => renderWhereClause('ListSites', oneOf('SiteID', ['ok', value]))).toThrow(UnsafeCondition);
    expect(() => renderWhereClause('ListSites', startsWith('SiteID', value))).toThrow(UnsafeCondition);
  });

  it('refuses a column that the list does not have, even past the types', () => {
    // @ts-expect-error -- the types already refuse it; what arrives from a cast must be refused as well
    expect(() => renderWhereClause('ListSites', equals("1=1 OR 'a'", 'x'))).toThrow(UnsafeCondition);
  });

  it('refuses what would match everything or grow without bound', () => {
    expect(() => renderWhereClause('ListSites', startsWith('SiteID', ''))).toThrow(UnsafeCondition);
    expect(() => renderWhereClause('ListSites', oneOf('SiteID', []))).toThrow(UnsafeCondition);
    expect(() => renderWhereClause('ListSites', all())).toThrow(UnsafeCondition);
    const many = Array.from({ length: 150 }, (_, index) => `${index}`.padStart(90, 'x'));
    expect(() => renderWhereClause('ListSites', oneOf('SiteID', many))).toThrow(UnsafeCondition);
  });
});
