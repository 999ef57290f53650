import { faultNamed, faultsOf, killsOf, lookupFaultsOf, type Fault } from './faults';
import { operations, type Operation } from './operations';

export const modes = ['once', 'twice', 'for-ever'] as const;
export type Mode = (typeof modes)[number];

/** One order that meets one fault at one call. */
export interface Cell {
  /** `<operation> <fault> <mode>`; with a fault on the look-up, `<fault>+<its fault>`. */
  readonly name: string;
  readonly operation: Operation;
  readonly fault: Fault;
  readonly mode: Mode;
  /** What falls on the look-up that follows; `fault` then falls once and this as often as `mode` says. */
  readonly lookupFault: Fault | null;
}

const cell = (operation: Operation, fault: Fault, mode: Mode, lookupFault: Fault | null): Cell => ({
  name: `${operation.name} ${fault.name}${lookupFault === null ? '' : `+${lookupFault.name}`} ${mode}`,
  operation,
  fault,
  mode,
  lookupFault,
});

/** Every operation × every fault × every mode. */
export const plainCells: readonly Cell[] = operations.flatMap((operation) =>
  faultsOf(operation).flatMap((fault) => modes.map((mode) => cell(operation, fault, mode, null))),
);

/**
 * An unknown outcome × every fault of its look-up: once after a call that took effect and after one that did not, twice
 * and for ever after one that did. A compensation looks before it undoes again: once and for ever.
 */
export const pairCells: readonly Cell[] = operations
  .filter(({ lookup }) => lookup !== null)
  .flatMap((operation) =>
    lookupFaultsOf(operation).flatMap((lookupFault) => {
      const lost = (mode: Mode): Cell => cell(operation, faultNamed('drop'), mode, lookupFault);
      if (operation.isCompensation) return [lost('once'), lost('for-ever')];
      return [...modes.map(lost), cell(operation, faultNamed('503 before'), 'once', lookupFault)];
    }),
  );

/** Every operation × every kill. */
export const killCells: readonly Cell[] = operations
  .filter(({ isRead }) => !isRead)
  .flatMap((operation) => killsOf(operation).map((each) => cell(operation, each, 'once', null)));

/** What a run of `npm test` can afford: each call once under each kind of ending. */
export const representativeCells: readonly Cell[] = [
  ...plainCells.filter(
    ({ fault, mode }) =>
      mode === 'once' &&
      ['refuse', 'drop', 'timeout-before', '503 after', 'malformed after', 'empty after', 'wrong-answer'].includes(
        fault.name,
      ),
  ),
  ...plainCells.filter(
    ({ fault, mode }) => mode === 'for-ever' && ['refused-by-vendor', 'soap-fault'].includes(fault.name),
  ),
  ...pairCells.filter(({ lookupFault, mode }) => mode === 'once' && lookupFault?.name === '503 after'),
];

/** The cells of this name, or whose name begins so. @throws RangeError where there are none */
export function cellsNamed(name: string): readonly Cell[] {
  const all = [...plainCells, ...pairCells, ...killCells];
  const exact = all.filter((each) => each.name === name);
  const found = exact.length > 0 ? exact : all.filter((each) => each.name.startsWith(`${name} `));
  if (found.length === 0) throw new RangeError(`no cell '${name}'; a name is "<operation> <fault> <mode>"`);
  return found;
}
