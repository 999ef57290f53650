import { calendarDay, length, name, price, quantity } from '../../src/cli/option-values';

describe('length', () => {
  it.each([
    ['30s', 30_000],
    ['90min', 5_400_000],
    ['5 min', 300_000],
    ['2h', 7_200_000],
    ['3 d', 259_200_000],
    ['1w', 604_800_000],
    ['2 hours', 7_200_000],
  ])('%s', (text, milliseconds) => {
    expect(length(text)).toBe(milliseconds);
  });

  it.each(['', '2', 'h', '2m', '-2h', '1.5h', '2 h h'])('refuses %j', (text) => {
    expect(() => length(text)).toThrow('a length of time');
  });
});

describe('the other values', () => {
  it('are taken as they are written', () => {
    expect([quantity('0'), quantity('12.50'), price('0.850'), calendarDay('2028-02-29'), name(' anna ')]).toEqual([
      '0',
      '12.50',
      '0.850',
      '2028-02-29',
      'anna',
    ]);
  });

  it.each([
    [quantity, '-1'],
    [quantity, '1,000'],
    [price, '0'],
    [price, '0.00'],
    [price, 'free'],
    [calendarDay, '2026-2-3'],
    [calendarDay, '2026-02-29'],
    [calendarDay, 'tomorrow'],
    [name, ''],
  ])('%p refuses %j', (parse, text) => {
    expect(() => parse(text)).toThrow(/^It must /);
  });
});
