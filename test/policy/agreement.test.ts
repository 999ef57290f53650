import * as fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { faultsOf } from './faults-of';

const root = join(__dirname, '../..');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const example = read(join(root, 'waybill.policy.example.json'));
/** What an editor checks, by the file that it reads. */
const editor = z.fromJSONSchema(read(join(root, 'waybill.policy.schema.json')) as z.core.JSONSchema.JSONSchema);

let directory: string;
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'waybill-policy-'))));
afterAll(() => rmSync(directory, { recursive: true }));

/** What no JSON schema can say, or ours does not. */
const LOADER_ONLY =
  /and '.*' at .* differ only in case|is already at|is not in units|is the post code|is not a post code|time zone|must not be (blank|web-ui)|the name '.*' |looks the same as|is the same name|longer than the longest|none of these may approve|means (that the order is cancelled|')| is part .* in products|^customers\[\d+\]\.addresses: must name at least one address/;

type Path = readonly (string | number)[];

/** Every place of a policy with something in it. */
const placesOf = (value: unknown, path: Path = []): readonly Path[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

function changed(value: unknown, [key, ...rest]: Path, put: (old: unknown) => unknown): unknown {
  if (key === undefined) return put(value);
  if (Array.isArray(value)) return value.map((inner, index) => (index === key ? changed(inner, rest, put) : inner));
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(members.map(([name, inner]) => [name, name === key ? changed(inner, rest, put) : inner]));
}

const units = ['millisecond', 'milliseconds', 'second', 'minutes', 'hour', 'days', 'weeks', 'fortnight'];
const values = fc.oneof(
  fc
    .tuple(fc.constantFrom(0, 1, 300, 999, 1_000, 999_999, 1_000_000), fc.constantFrom(...units))
    .map((all) => all.join(' ')),
  fc.constantFrom(
    null,
    true,
    '',
    ' ',
    ' x',
    'x ',
    'GBP',
    'gbp',
    '0.01',
    '1e3',
    '-1',
    '12345.123456',
    '0000000008',
    '*',
    'A',
    'remind',
  ),
  fc.constantFrom('Europe/London', 'Mars/Olympus', 'web-ui', 'despatch', 'x'.repeat(51), 'x'.repeat(201)),
  fc.integer({ min: -1, max: 20_000 }),
  fc.constantFrom<unknown>(1.5, [], {}, ['A'], ['A', ' A'], { first: '1 day', longest: '1 hour' }, { A: 'B' }, [{}]),
);
const keys = fc.constantFrom('name', 'polling', 'Approvers', 'constructor', 'extra', '$schema');
const change = fc.oneof(
  values.map((value) => () => value),
  fc.tuple(keys, values).map(
    ([key, value]) =>
      (old: unknown) =>
        typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, [key]: value } : value,
  ),
  keys.chain(() =>
    fc
      .nat(10)
      .map(
        (at) => (old: unknown) =>
          typeof old !== 'object' || old === null
            ? old
            : Array.isArray(old)
              ? old.filter((_, index) => index !== at)
              : Object.fromEntries(Object.entries(old).filter((_, index) => index !== at)),
      ),
  ),
);
const policies = fc
  .oneof({ weight: 3, arbitrary: fc.constant(example) }, ...earlierOnes().map((old) => fc.constant(old)))
  .chain((policy) =>
    fc
      .array(fc.tuple(fc.constantFrom(...placesOf(policy)), change), { minLength: 1, maxLength: 3 })
      .map((changes) => changes.reduce((made, [path, put]) => changed(made, path, put), policy)),
  );

function earlierOnes(): readonly unknown[] {
  const folder = join(__dirname, 'earlier');
  return readdirSync(folder).map((name) => read(join(folder, name)));
}

describe('the schema for editors and the loader', () => {
  it('agree, but for what only the loader can say', () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(policies, (policy) => {
        const faults = faultsOf(directory, JSON.stringify(policy));
        const isTaken = editor.safeParse(policy).success;
        const unexplained = faults.filter((fault) => !LOADER_ONLY.test(fault));
        expect(isTaken ? unexplained : faults.length > 0).toEqual(isTaken ? [] : true);
        seen[isTaken ? 'taken' : 'refused'] += 1;
      }),
      { numRuns: 600 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(50);
  });

  it.each([
    ['300 milliseconds', false],
    ['999 milliseconds', false],
    ['1000 milliseconds', true],
    ['1 second', true],
    ['0 seconds', false],
  ])('agree on polling every %s', (claritum, isTaken) => {
    const policy = changed(example, ['polling', 'claritum'], () => claritum);
    expect([editor.safeParse(policy).success, faultsOf(directory, JSON.stringify(policy)).length === 0]).toEqual([
      isTaken,
      isTaken,
    ]);
  });
});

describe('a policy of an earlier version', () => {
  it.each(earlierOnes().map((policy, index) => [index + 1, policy] as const))('%i goes on loading', (_, policy) => {
    expect(faultsOf(directory, JSON.stringify(policy))).toEqual([]);
  });

  it('goes on loading with nothing but what it must have', () => {
    const { limits, deadline } = (example as { approval: { limits: unknown; deadline: unknown } }).approval;
    const without = ['claritum'].reduce<unknown>(
      (policy, key) =>
        changed(policy, [], (old) =>
          Object.fromEntries(Object.entries(old as object).filter(([name]) => name !== key)),
        ),
      changed(example, ['approval'], () => ({ limits, deadline })),
    );
    expect(faultsOf(directory, JSON.stringify(without))).toEqual([]);
  });
});
