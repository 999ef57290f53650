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
const plainCells: readonly Cell[] = operations.flatMap((operation) =>
  faultsOf(operation).flatMap((fault) => modes.map((mode) => cell(operation, fault, mode, null))),
);

/**
 * An unknown outcome × every fault of its look-up: once after a call that took effect and after one that did not, twice
 * and for ever after one that did. A compensation looks before it undoes again: once and for ever.
 */
const pairCells: readonly Cell[] = operations
  .filter(({ lookup }) => lookup !== null)
  .flatMap((operation) =>
    lookupFaultsOf(operation).flatMap((lookupFault) => {
      const lost = (mode: Mode): Cell => cell(operation, faultNamed('drop'), mode, lookupFault);
      if (operation.isCompensation) return [lost('once'), lost('for-ever')];
      return [...modes.map(lost), cell(operation, faultNamed('503 before'), 'once', lookupFault)];
    }),
  );

/** Every operation × every kill. */
const killCells: readonly Cell[] = operations
  .filter(({ isRead }) => !isRead)
  .flatMap((operation) => killsOf(operation).map((each) => cell(operation, each, 'once', null)));

/** The whole product. */
export const allCells: readonly Cell[] = [...plainCells, ...pairCells, ...killCells];

/** The cells of this name, or whose name begins so. @throws RangeError where there are none */
export function cellsNamed(name: string): readonly Cell[] {
  const exact = allCells.filter((each) => each.name === name);
  const found = exact.length > 0 ? exact : allCells.filter((each) => each.name.startsWith(`${name} `));
  if (found.length === 0) throw new RangeError(`no cell '${name}'; a name is "<operation> <fault> <mode>"`);
  return found;
}
