import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readWrittenJson } from '../../domain/values/written-json';
import { ownNames, placeOf, type FieldMapping, type Place } from './field-mapping';
import { records, writtenRecords, type Field } from './fields';
import { operations, type OperationRules } from './operations';

/** Thrown when a file of names cannot be used; each fault is one line that begins with its path in the file. */
export class FieldMappingError extends Error {
  override readonly name = 'FieldMappingError';

  constructor(
    readonly path: string,
    readonly faults: readonly string[],
  ) {
    super(
      [`the names of Claritum's fields in ${path} cannot be used:`, ...faults.map((fault) => `  ${fault}`)].join('\n'),
    );
  }
}

const NAME = /^[A-Za-z]\w{0,99}$/;
const isName = (text: string): boolean => NAME.test(text) && text !== 'attributes';
const name = z.string().refine(isName, 'must be a name: letters, digits and _, a letter first');

/** What is wrong with a field's place, or undefined. */
function placeFault({ record, isRequired, isKey }: Field, place: unknown): string | undefined {
  if (typeof place === 'string') {
    return place.split('.').every(isName)
      ? undefined
      : 'must be names of members with dots between, like "header.number"';
  }
  if (place === null) {
    return isRequired === true ? 'Waybill cannot do without it: give the place where it stands' : undefined;
  }
  if (!Constant.safeParse(place).success) return 'must be a place in quotes, null, or {"constant": "…"}';
  if (record !== undefined) return 'is no text: no constant can stand for it';
  return isKey === true ? 'tells records apart, or says how much: no constant can stand for it' : undefined;
}

const Constant = z.strictObject({ constant: z.string().min(1).max(200) });

const place = (field: Field) =>
  z.custom<Place>((value) => placeFault(field, value) === undefined, {
    error: ({ input }) => placeFault(field, input) ?? 'is wrong',
  });

const names = ({ part }: OperationRules) =>
  z
    .strictObject({ name, part: part === undefined ? z.undefined('it has no part besides the credentials') : name })
    .partial();

const eachOf = <Rules, T extends z.ZodType>(table: Readonly<Record<string, Rules>>, schemaOf: (rules: Rules) => T) =>
  z.strictObject(
    Object.fromEntries(Object.entries(table).map(([entry, rules]) => [entry, schemaOf(rules).optional()])),
  );

const File = z.strictObject({
  $schema: z.string().optional(),
  listEntry: name.default(ownNames.listEntry),
  credentials: z
    .strictObject({
      apiUid: name.default(ownNames.credentials.apiUid),
      password: name.default(ownNames.credentials.password),
    })
    .prefault({}),
  operations: eachOf(operations, names).transform(given).default({}),
  records: eachOf(records, (fields) => eachOf(fields, place).transform(given))
    .transform(given)
    .default({}),
});

function given<T>(entries: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

/**
 * Reads a file of names (ADR 13): what it does not name is called as in the packaged WSDL.
 *
 * @throws FieldMappingError with every fault at once, also where the file is missing or no JSON
 */
export function loadFieldMapping(path: string): FieldMapping {
  const { success, data, error } = File.safeParse(readJson(path));
  if (!success) throw new FieldMappingError(path, error.issues.flatMap(sentences));
  const { $schema: _, ...mapping } = data;
  const faults = [...sameNames(mapping), ...samePlaces(mapping)];
  if (faults.length > 0) throw new FieldMappingError(path, faults);
  return mapping;
}

/** Operations that could not be told apart, and credentials that would go into one part. */
function sameNames({ credentials, operations: named }: FieldMapping): string[] {
  const wire = Object.entries(operations).map(([operation, { part }]) => ({
    operation,
    called: named[operation]?.name ?? operation,
    part: named[operation]?.part ?? part?.name,
  }));
  const doubled = wire.filter(({ called }, index) => wire.findIndex((other) => other.called === called) !== index);
  const own = wire.filter(({ part }) => part === credentials.apiUid || part === credentials.password);
  return [
    ...doubled.map(({ operation }) => `operations.${operation}.name: another operation is called so`),
    ...own.map(({ operation }) => `operations.${operation}.part: the credentials have a part of that name`),
    ...(credentials.apiUid === credentials.password ? ['credentials: both are called the same'] : []),
  ];
}

/** What we write can stand in a place once only, and not in a member that has members. */
function samePlaces(mapping: FieldMapping): string[] {
  return [...writtenRecords].flatMap((record) => {
    const placed = Object.keys(records[record]).flatMap((field) => {
      const where = placeOf(mapping, record, field);
      return typeof where === 'string' ? [{ field, where }] : [];
    });
    return placed.flatMap(({ field, where }, index) => {
      const other = placed
        .slice(0, index)
        .find((earlier) => `${where}.`.startsWith(`${earlier.where}.`) || `${earlier.where}.`.startsWith(`${where}.`));
      return other === undefined ? [] : [`records.${record}.${field}: '${where}' is where ${other.field} stands`];
    });
  });
}

function readJson(path: string): unknown {
  let file: Uint8Array;
  try {
    file = readFileSync(path);
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    const reason = error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${String(error.code)})`;
    throw new FieldMappingError(path, [`${reason}; set CLARITUM_FIELDS to its path, or leave it out`]);
  }
  const read = readWrittenJson(file);
  if ('faults' in read) throw new FieldMappingError(path, read.faults);
  return read.value;
}

/** One line per fault: `records.PurchaseOrder.orderRef: must be …`. */
function sentences(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${path === '' ? key : `${path}.${key}`}: Waybill uses nothing of that name`);
  }
  return [`${path === '' ? 'the file' : path}: ${issue.message.replace(/^Invalid input: /, '')}`];
}
