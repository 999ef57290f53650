import { itemsOf, type SoapInput } from '../../transport/formats/soap-value';
import { records, type RecordName } from './fields';

/** Where a field stands in a record of the vendor's. */
export type Place =
  /** Names of members, dots between: `reference`, `header.number`. */
  | string
  /** Nowhere: never sent, and absent when read. */
  | null
  /** Nowhere, and this is what it is. */
  | { readonly constant: string };

/**
 * The names that one installation of Claritum has instead of ours (docs/vendors/claritum.md#records: ours are assumed):
 * closes the difference without touching schemas. What is not named here is called as we call it.
 */
export interface FieldMapping {
  /** Entries of the lists that we send. */
  readonly listEntry: string;
  /** The parts that carry the credentials, where parts do. */
  readonly credentials: { readonly apiUid: string; readonly password: string };
  /** By our name of the operation. */
  readonly operations: Readonly<Record<string, OperationNames>>;
  /** By our names of the record and its field. */
  readonly records: Readonly<Record<string, Readonly<Record<string, Place>>>>;
}

interface OperationNames {
  readonly name?: string | undefined;
  /** Of its one part besides the credentials. */
  readonly part?: string | undefined;
}

/** Everything as in the packaged WSDL. */
export const ownNames: FieldMapping = {
  listEntry: 'item',
  credentials: { apiUid: 'apiUid', password: 'password' },
  operations: {},
  records: {},
};

/** Where the field stands; under our own name where the mapping says nothing. */
export const placeOf = ({ records: mapped }: FieldMapping, record: string, field: string): Place => {
  const place = mapped[record]?.[field];
  return place === undefined ? field : place;
};

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record as it came, by our names; lists in it as arrays. What is no record comes back as it is. */
export function fromWire(mapping: FieldMapping, record: RecordName, value: unknown): unknown {
  const isAsOurs = Object.keys(mapping.records).length === 0;
  if (isAsOurs || !isMembers(value)) return value;
  const fields = Object.entries(records[record]).map(([name, { record: inner, isList }]): [string, unknown] => {
    const found = valueAt(value, placeOf(mapping, record, name));
    if (inner === undefined || found === undefined) return [name, found];
    if (isList === true) return [name, itemsOf(found).map((entry) => fromWire(mapping, inner, entry))];
    return [name, fromWire(mapping, inner, found)];
  });
  return Object.fromEntries(fields);
}

function valueAt(value: unknown, place: Place): unknown {
  if (place === null) return undefined;
  if (typeof place !== 'string') return place.constant;
  return place
    .split('.')
    .reduce<unknown>((node, name) => (isMembers(node) && Object.hasOwn(node, name) ? node[name] : undefined), value);
}

/** A record of ours as the vendor is to get it, members in the order of fields.ts, which is the WSDL's. */
export function toWire(mapping: FieldMapping, record: RecordName, value: SoapInput): SoapInput {
  if (!isMembers(value)) return value;
  const wire: Members = {};
  for (const [name, { record: inner }] of Object.entries(records[record])) {
    const place = placeOf(mapping, record, name);
    const content = value[name];
    if (typeof place === 'string') {
      if (content !== undefined) put(wire, place.split('.'), written(mapping, inner, content));
    } else if (place !== null) put(wire, [name], place.constant);
  }
  return wire;
}

interface Members {
  [name: string]: SoapInput;
}

function written(mapping: FieldMapping, record: RecordName | undefined, content: SoapInput): SoapInput {
  const entry = (item: SoapInput): SoapInput => (record === undefined ? item : toWire(mapping, record, item));
  return Array.isArray(content) ? { [mapping.listEntry]: content.map(entry) } : entry(content);
}

function put(members: Members, [name = '', ...inner]: readonly string[], content: SoapInput): void {
  if (inner.length === 0) {
    members[name] = content;
    return;
  }
  const held = members[name];
  const next: Members = isMembers(held) ? held : {};
  members[name] = next;
  put(next, inner, content);
}

/**
 * A path of ours as the vendor writes it, `deliveries.0.address.postCode` as `drops.0.to.zip`; undefined where both are
 * the same.
 */
export function wirePath(mapping: FieldMapping, record: RecordName, path: readonly PropertyKey[]): string | undefined {
  let inside: RecordName | undefined = record;
  const names = path.map((part) => {
    const name = String(part);
    const field = inside === undefined ? undefined : records[inside][name];
    if (inside === undefined || field === undefined) return name;
    const place = placeOf(mapping, inside, name);
    inside = field.record;
    return typeof place === 'string' ? place : 'nowhere';
  });
  const wire = names.join('.');
  return wire === path.map(String).join('.') ? undefined : wire;
}
