import * as fc from 'fast-check';
import { likeliest } from '../../../src/domain/values/spelling';

const names = ['ALPINE', 'BOREALIS', 'BRO-A4-16', 'BRO-A4-61', '0071', 'SEATTLE', 'Each', 'Box', 'MAIN'];

it.each([
  ['ALPIN', ['ALPINE']],
  ['ALPIEN', ['ALPINE']],
  ['alpine', ['ALPINE']],
  ['BRO A4 16', ['BRO-A4-16', 'BRO-A4-61']],
  ['BRO-A4-116', ['BRO-A4-16', 'BRO-A4-61']],
  ['71', ['0071']],
  ['7', []],
  ['071', ['0071']],
  ['SEATLE', ['SEATTLE']],
  ['SEA', ['SEATTLE']],
  ['Boxx', ['Box']],
  ['MIAN', ['MAIN']],
  ['Pallet', []],
  ['', []],
  ['---', []],
])("'%s' may stand for %j", (text, expected) => {
  expect(likeliest(names, text)).toEqual(expected);
});

it('a name never stands for itself, and at most three are told', () => {
  expect(likeliest(['A-1', 'B-77'], 'A-1')).toEqual([]);
  expect(likeliest(['AB-1', 'AB-2', 'AB-3', 'AB-4', 'AB-5'], 'AB-9')).toHaveLength(3);
});

it('whatever is typed, what is told is one of the names; one letter left out of a long one is found', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (known, text) => {
      expect(likeliest(known, text).every((name) => known.includes(name) && name !== text)).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z]{6,12}$/), fc.nat(), (name, at) => {
      const left = at % name.length;
      expect(likeliest([name], name.slice(0, left) + name.slice(left + 1))).toEqual([name]);
    }),
  );
});
