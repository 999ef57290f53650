import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ClaritumFault } from './fault';
import type { ClaritumOptions } from './options';
import { isValues, textOf } from '../values';
import type { Value, Values } from '../values';

type Kind = 'Customer' | 'Supplier';

/** Claritum's own number of a record, from the caller's key alone. */
const claritumId = (kind: Kind, externalId: string): string =>
  String(100_000 + (createHash('sha256').update(`${kind}\u0000${externalId}`).digest().readUInt32BE(0) % 900_000));

/** @throws ClaritumFault */
function checked(kind: Kind, value: Value): Values {
  const values = isValues(value) ? value : {};
  const externalId = textOf(values, 'externalId');
  if (externalId === '') throw new ClaritumFault('Receiver', 'externalId expected but not supplied');
  const required = kind === 'Customer' ? ['name'] : ['name', 'address'];
  for (const member of required) {
    const given = values[member];
    if (given === undefined || given === null || given === '') {
      throw new ClaritumFault('Receiver', `${kind} ${externalId}: ${member} expected but not supplied`);
    }
  }
  return values;
}

interface Sorted {
  readonly good: readonly Values[];
  /** The first record that cannot be processed. */
  readonly fault: ClaritumFault | undefined;
}

function sorted(kind: Kind, list: readonly Value[]): Sorted {
  const good: Values[] = [];
  let fault: ClaritumFault | undefined;
  for (const value of list) {
    try {
      good.push(checked(kind, value));
    } catch (error) {
      if (!(error instanceof ClaritumFault)) throw error;
      fault ??= error;
    }
  }
  return { good, fault };
}

/**
 * Creates or updates records by `externalId`; a member that is not sent keeps its value. When one record cannot be
 * processed, the others are stored or not as the options say: the vendor's document does not.
 * @returns how many were created or changed
 * @throws ClaritumFault naming the first bad record and its member
 */
export function upsert(
  kind: Kind,
  records: Map<string, Values>,
  list: readonly Value[],
  { refusedBatch }: Pick<ClaritumOptions, 'refusedBatch'>,
): number {
  const { good, fault } = sorted(kind, list);
  if (fault !== undefined && refusedBatch === 'nothing') throw fault;
  const effects = store(kind, records, good);
  if (fault !== undefined) throw new ClaritumFault(fault.code, fault.message, effects);
  return effects;
}

function store(kind: Kind, records: Map<string, Values>, good: readonly Values[]): number {
  let effects = 0;
  for (const values of good) {
    const externalId = textOf(values, 'externalId');
    const before = records.get(externalId);
    const after = {
      ...before,
      ...values,
      claritumId: textOf(before ?? {}, 'claritumId') || claritumId(kind, externalId),
    };
    if (isDeepStrictEqual(before, after)) continue;
    records.set(externalId, after);
    effects += 1;
  }
  return effects;
}
