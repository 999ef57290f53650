import { bounded } from '../../../src/domain/values/bounds';

const list = (length: number): number[] => Array.from({ length }, (_, index) => index);

it.each([
  [0, 0, 0],
  [50, 50, 0],
  [51, 50, 1],
  [6_500, 50, 6_450],
])('of %i it lists %i and counts %i more', (length, listed, more) => {
  expect(bounded(list(length))).toEqual({ listed: list(listed), more });
});
