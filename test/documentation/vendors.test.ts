import type { CallLimits } from '../../src/transport/http/call';
import { CentraClient } from '../../src/vendors/centra/client';
import * as centra from '../../src/vendors/centra/operations';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import * as claritum from '../../src/vendors/claritum/operations';
import { ISyncClient } from '../../src/vendors/isync/client';
import * as isync from '../../src/vendors/isync/operations';
import { ManExClient } from '../../src/vendors/manex/client';
import * as manex from '../../src/vendors/manex/operations';
import { NorthScopeClient } from '../../src/vendors/northscope/client';
import * as northscope from '../../src/vendors/northscope/operations';
import { vendorPrefixes } from '../../src/config';
import { markdownTable } from '../architecture/activity-docs';
import { sourceText } from '../architecture/imports';
import { sectionOf } from './written-sources';

/** What the code says of one operation; effect and limits where it says them in a table. */
interface Said {
  readonly effect?: 'read' | 'write';
  readonly limits?: CallLimits;
  readonly roles?: readonly string[];
}

const each = <Operation extends string>(names: readonly Operation[], said: (name: Operation) => Said) =>
  new Map<string, Said>(names.map((name) => [name, said(name)]));
const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[];

const vendors: Readonly<
  Record<keyof typeof vendorPrefixes, { readonly client: object; readonly operations: ReadonlyMap<string, Said> }>
> = {
  claritum: {
    client: ClaritumClient.prototype,
    operations: each(keysOf(claritum.operations), (name) => ({
      ...claritum.operations[name],
      limits: claritum.limitsOf(name),
    })),
  },
  manex: {
    client: ManExClient.prototype,
    operations: new Map(
      Object.values(manex.operations).map(({ operation, effect }) => [
        operation,
        { effect, limits: manex.defaultLimits },
      ]),
    ),
  },
  northscope: {
    client: NorthScopeClient.prototype,
    operations: each(keysOf(northscope.operations), (name) => northscope.operations[name]),
  },
  centra: {
    client: CentraClient.prototype,
    operations: each(keysOf(centra.operations), (name) => ({
      effect: centra.operations[name].effect,
      limits: centra.limitsOf(name),
    })),
  },
  isync: {
    client: ISyncClient.prototype,
    operations: new Map<string, Said>([
      ...each(keysOf(isync.operations), (name) => isync.operations[name]),
      [isync.loginCall.operation, { effect: isync.loginCall.effect, limits: isync.shortLimits }],
      [isync.listingCall.operation, { effect: isync.listingCall.effect, limits: isync.shortLimits }],
    ]),
  },
};

const named = (cells: readonly string[]): string[] =>
  cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].toSorted();
const inWords = ({ deadlineMs, maxBytes }: CallLimits): string => `${deadlineMs / 1000} s, ${maxBytes / (1 << 20)} MiB`;

const HEADINGS = [
  '## How it is reached',
  '## Operations',
  '## A lost answer',
  '## What cannot be undone',
  '## What its documents leave open',
  '## Operation by operation',
  '## On the wire',
  '## Where it is',
];

describe.each(Object.entries(vendors))('the page of %s', (vendor, { client, operations }) => {
  const page = sourceText(`docs/vendors/${vendor}.md`);
  const table = (heading: string, ...cells: readonly string[]): string[][] =>
    markdownTable(sectionOf(page, heading) ?? '', ...cells);
  const columns = ['operation', 'method', 'effect', 'who may call', 'the same call twice', 'limits'];
  const rows = table('## Operations', ...columns);
  const writes = [...operations].flatMap(([name, { effect }]) => (effect === 'write' ? [name] : []));

  it('has the parts that every page has', () => {
    expect([...page.matchAll(/^## .+$/gm)].map(([heading]) => heading)).toEqual(HEADINGS);
  });

  it('tells every operation, by every method of the client, and no other', () => {
    expect(operations.size).toBeGreaterThan(5);
    expect(sorted(named(rows.map(([operation = '']) => operation)))).toEqual(sorted(operations.keys()));
    const methods = Object.getOwnPropertyNames(client).filter((name) => name !== 'constructor');
    expect(named(rows.map(([, method = '']) => method)).toSorted()).toEqual(methods.toSorted());
  });

  it('says of each what the code says: reads or writes, who may call it, how long and how large', () => {
    const contradictions = rows.filter(([operation = '', , effect, roles = '', , limits]) => {
      const said = operations.get(operation.replaceAll('`', ''));
      return (
        (said?.effect !== undefined && said.effect !== effect) ||
        (said?.limits !== undefined && inWords(said.limits) !== limits) ||
        (said?.roles !== undefined && said.roles.join(', ') !== roles)
      );
    });
    expect(contradictions).toEqual([]);
  });

  it('says of every operation that writes what becomes of a lost answer', () => {
    expect(writes.length).toBeGreaterThan(1);
    const told = table('## A lost answer', 'operation', 'how it is resolved');
    expect(sorted(named(told.map(([operation = '']) => operation)))).toEqual(sorted(writes));
  });

  it('says what remains of operations there are, and gives each open question both sides', () => {
    const remaining = table('## What cannot be undone', 'operation', 'what remains');
    expect(remaining.length).toBeGreaterThan(1);
    expect(named(remaining.map(([name = '']) => name)).filter((name) => !operations.has(name))).toEqual([]);
    const questions = table('## What its documents leave open', 'question', 'the client', 'the sandbox');
    expect(questions.length).toBeGreaterThan(10);
    expect(questions.filter((cells) => cells.length !== 3 || cells.includes(''))).toEqual([]);
  });

  it('names every choice that the sandbox leaves, and no other', () => {
    const source = sourceText(`src/sandbox/${vendor}/${vendor === 'northscope' ? 'sandbox' : 'options'}.ts`);
    const [, declared = ''] = /interface \w+Options \{([\s\S]*?)\n\}/.exec(source) ?? [];
    // A clock and a range of goods are for tests, and no choice of the vendor's.
    const options = [...declared.matchAll(/^ {2}readonly (\w+):/gm)]
      .map(([, name = '']) => name)
      .filter((name) => !['now', 'articles'].includes(name));
    expect(options.length).toBeGreaterThan(1);
    const told = [...page.matchAll(/options? `(\w+)`(?: and `(\w+)`)?/g)].flatMap(([, ...names]) =>
      names.filter((name) => name !== undefined),
    );
    expect(sorted(told)).toEqual(sorted(options));
  });

  it('explains every variable of its configuration, which the example names too', () => {
    const prefix = vendorPrefixes[vendor as keyof typeof vendorPrefixes];
    const read = sourceText(`src/config/${vendor}.ts`).matchAll(new RegExp(`^ {2}(${prefix}[A-Z_]+):`, 'gm'));
    const variables = sorted([...read].map(([, name = '']) => name));
    expect(variables.length).toBeGreaterThan(1);
    const told = table('## How it is reached', 'variable', 'what it is').map(([name = '']) => name);
    expect(sorted(named(told))).toEqual(variables);
    const example = sourceText('.env.example');
    expect(variables.filter((name) => !example.includes(`\n${name}=`))).toEqual([]);
  });
});
