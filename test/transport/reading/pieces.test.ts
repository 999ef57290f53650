import { deserialize, serialize } from 'node:v8';
import * as fc from 'fast-check';
import { Assembly, piecesOf, type Piece } from '../../../src/transport/reading/pieces';

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(null, true, '', 'x'.repeat(1_000)),
    fc.array(tie('tree'), { maxLength: 20 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('1', 'constructor', 'toString')), tie('tree'), { maxKeys: 8 }),
  ),
}));

/** As from thread to thread: nothing of a piece is shared with its sender. */
const sent = (piece: Piece): Piece => deserialize(serialize(piece)) as Piece;

function together(pieces: Iterable<Piece>): unknown {
  const assembly = new Assembly<unknown>();
  for (const piece of pieces) assembly.add(sent(piece));
  return assembly.whole();
}

describe('a tree in pieces', () => {
  it('is the same when it is put together again, however small the pieces', () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 1, max: 60 }), (whole, most) => {
        expect(together(piecesOf(whole, most))).toEqual(whole);
      }),
    );
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'x'],
    ['an empty list', []],
    ['an empty record', {}],
    ['one record', { item: { uid: '1' } }],
    ['a text beyond all pieces', { a: 'x', b: ['y', 'long 😀 '.repeat(300_000), 'z'], c: 'w' }],
    ['a text alone that is beyond all pieces', 'x'.repeat(3_000_000)],
    ['a list in a list in a list', [[Array.from({ length: 30_000 }, (_, i) => `${i}`)]]],
    [
      'two long lists and what stands between',
      { a: Array(30_000).fill('a'), b: 'b', c: Array(30_000).fill({ d: '' }) },
    ],
  ])('is the same: %s', (_, whole) => {
    expect(together(piecesOf(whole))).toEqual(whole);
  });

  it('keeps the members of a record in their order, and one called like what every object has', () => {
    const record = Object.fromEntries([
      ['b', 'x'.repeat(5_000)],
      ['a', '1'],
      ['__proto__', '2'],
    ]);
    const back = together(piecesOf(record, 3)) as object;
    expect(Object.keys(back)).toEqual(['b', 'a', '__proto__']);
    expect(Object.getOwnPropertyDescriptor(back, '__proto__')).toMatchObject({ value: '2', enumerable: true });
  });

  it('comes in pieces that are all small', () => {
    const list = Array.from({ length: 40_000 }, (_, i) => ({ uid: `${i}`, lines: ['a', 'b', { c: 'd' }] }));
    const sizes = [...piecesOf({ text: 'x'.repeat(5_000_000), list })].map((piece) => serialize(piece).length);
    expect(sizes.length).toBeGreaterThan(10);
    expect(Math.max(...sizes)).toBeLessThan(1_100_000);
  });

  it('takes no piece of another tree, and is nothing before its first', () => {
    const assembly = new Assembly<unknown>();
    expect(() => assembly.whole()).toThrow(RangeError);
    expect(() => assembly.add({ into: 7, names: undefined, entries: ['x'], hollow: [] })).toThrow(RangeError);
  });
});
