import type { UnitMapping } from '../case/policy';
import type { Item, UomConversion } from '../stock/inventory';
import { absolute, compare, divideExactly, isPositive, maximum, multiply, subtract } from '../values/decimal';

/** NorthScope's factor, which must agree with the number in Claritum's 'boxes of N' where that names one. */
export function stockFactor(
  item: Item,
  unit: UnitMapping,
  { uomConversions }: { readonly uomConversions: readonly UomConversion[] },
): string | undefined {
  const schedule = uomConversions.filter(({ scheduleSk }) => scheduleSk === item.uomScheduleSk);
  const factor = unitFactor(schedule, unit.northscope, item.unitsUom);
  const named = /(?:^|\D)(\d+)$/.exec(unit.claritum)?.[1];
  if (factor !== undefined && named !== undefined && compare(factor, named) !== 0) return undefined;
  return factor;
}

/**
 * How many `to` make one `from` within one unit-of-measure schedule, over any chain of its conversions (shortest
 * first); undefined where there is no chain, where two chains of the same length disagree, or where the factor has more
 * than ten decimals: then it is not guessed.
 */
export function unitFactor(conversions: readonly UomConversion[], from: string, to: string): string | undefined {
  if (from === to) return '1';
  let frontier = new Map<string, readonly Ratio[]>([[from, [{ times: '1', per: '1' }]]]);
  const seen = new Set([from]);
  while (frontier.size > 0) {
    const next = new Map<string, readonly Ratio[]>();
    for (const [unit, ratios] of frontier) {
      for (const [neighbour, step] of neighbours(conversions, unit)) {
        if (seen.has(neighbour)) continue;
        const reached = ratios.map((ratio) => chained(ratio, step));
        next.set(neighbour, reached.reduce(withAnother, next.get(neighbour) ?? []));
      }
    }
    const found = next.get(to);
    if (found !== undefined) return agreeing(found);
    for (const unit of next.keys()) seen.add(unit);
    frontier = next;
  }
  return undefined;
}

/** `times` ÷ `per`: only the whole chain must come out even, not each step of it. */
interface Ratio {
  readonly times: string;
  readonly per: string;
}

/** A conversion read forwards multiplies, read backwards divides. */
type Step = { readonly by: string; readonly backwards: boolean };

function neighbours(conversions: readonly UomConversion[], unit: string): [string, Step][] {
  const usable = conversions.filter(({ from, to, factor }) => from !== to && isPositive(factor));
  const forwards = usable.filter(({ from }) => from === unit);
  const backwards = usable.filter(
    ({ from, to, factor }) =>
      to === unit && !forwards.some((stated) => stated.to === from && isRounding(stated.factor, factor)),
  );
  return [
    ...forwards.map(({ to, factor }): [string, Step] => [to, { by: factor, backwards: false }]),
    ...backwards.map(({ from, factor }): [string, Step] => [from, { by: factor, backwards: true }]),
  ];
}

/**
 * Whether the two directions of one conversion say the same but for NorthScope's five decimals (15 and 0.06667): then
 * the one that is stated for the direction asked counts, and the other is no contradiction.
 */
const isRounding = (factor: string, reverse: string): boolean =>
  compare(absolute(subtract(multiply(factor, reverse), '1')), multiply('0.000005', maximum(factor, reverse))) <= 0;

const chained = ({ times, per }: Ratio, { by, backwards }: Step): Ratio =>
  backwards ? { times, per: multiply(per, by) } : { times: multiply(times, by), per };

const isSame = (left: Ratio, right: Ratio): boolean =>
  compare(multiply(left.times, right.per), multiply(right.times, left.per)) === 0;

const withAnother = (ratios: readonly Ratio[], ratio: Ratio): readonly Ratio[] =>
  ratios.some((known) => isSame(known, ratio)) ? ratios : [...ratios, ratio];

function agreeing([first, ...others]: readonly Ratio[]): string | undefined {
  return first === undefined || others.length > 0 ? undefined : divideExactly(first.times, first.per);
}
