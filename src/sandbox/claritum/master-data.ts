import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ClaritumFault } from './fault';
import { isValues, textOf } from './values';
import type { Value, Values } from './values';

type Kind = 'Customer' | 'Supplier';

/** Claritum's own number of a record, from the caller's key alone. */
const claritumId = (kind: Kind, externalId: string): string =>
  String(100_000 + (createHash('sha256').update(`${kind}\u0000${externalId}`).digest().readUInt32BE(0) % 900_000));

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

/**
 * Creates or updates records by `externalId`; a member that is not sent keeps its value. All or nothing: when one
 * record cannot be processed, none is stored (contract §B.1, the default of the two readings).
 * @returns how many were created or changed
 * @throws ClaritumFault naming the record and the member
 */
export function upsert(kind: Kind, records: Map<string, Values>, list: readonly Value[]): number {
  let effects = 0;
  for (const values of list.map((value) => checked(kind, value))) {
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
