import { entryFor, nameKey, nearMisses, postCodeKey, unitKey } from '../../../src/domain/values/likeness';

const itself = (name: string): string => name;

describe('what people typed', () => {
  it.each([['sw1a 1aa'], ['SW1A1AA'], ['SW1A\u00a01AA'], [' sw1a  1AA '], ['ＳＷ１Ａ １ＡＡ'], ['SW1A\u200b 1AA\n']])(
    'the post code %j is SW1A 1AA',
    (code) => {
      expect(postCodeKey(code)).toBe(postCodeKey('SW1A 1AA'));
    },
  );

  it.each([
    ['SW1A 1AB', 'SW1A 1AA'],
    ['0123', '123'],
    ['12345-6789', '123456789'],
  ])('the post code %s is not %s', (left, right) => {
    expect(postCodeKey(left)).not.toBe(postCodeKey(right));
  });

  it.each([
    ['Alpine Retail Group '],
    ['Alpine  Retail Group'],
    ['Alpine\u00a0Retail\tGroup'],
    ['Alpine Retail Group\u200b'],
  ])('the name %j is Alpine Retail Group', (name) => {
    expect(nameKey(name)).toBe(nameKey('Alpine Retail Group'));
  });

  it.each([['ALPINE RETAIL GROUP'], ['Alpine-Retail Group'], ['Alpine Retail Group 2']])(
    'the name %j is another, as far as anybody can see',
    (name) => {
      expect(nameKey(name)).not.toBe(nameKey('Alpine Retail Group'));
    },
  );

  it.each([nameKey, unitKey, postCodeKey])('of a text longer than any name is that very text', (key) => {
    const long = `a${'\u0301\u0323'.repeat(1_000)}`;
    expect([key(long), key(`${long} `)]).toEqual([long, `${long} `]);
  });

  it('takes a unit by its words', () => {
    expect(unitKey('Boxes  of 15 ')).toBe(unitKey('boxes of 15'));
    expect(unitKey('boxes of 15')).not.toBe(unitKey('boxes of 5'));
  });
});

describe('the entry for a text', () => {
  it('is the one written so, else the only one that is the same', () => {
    expect(entryFor(['A  1', 'A 1'], itself, nameKey, 'A 1')).toBe('A 1');
    expect(entryFor(['A  1', 'A 1'], itself, nameKey, 'A 1 ')).toBeUndefined();
    expect(entryFor(['A 1', 'B'], itself, nameKey, 'A 1 ')).toBe('A 1');
    expect(entryFor(['A 1'], itself, nameKey, 'a 1')).toBeUndefined();
  });

  it('is named to a person where it could be meant', () => {
    expect(nearMisses(['Alpine Retail Group', 'Borealis'], 'ALPINE-RETAIL GROUP')).toEqual(['Alpine Retail Group']);
    expect(nearMisses(['Alpine Retail Group'], 'Nobody')).toEqual([]);
    expect(nearMisses(['*'], '-')).toEqual([]);
  });
});
