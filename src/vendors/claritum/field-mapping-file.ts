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
    super([`the field names of Claritum in ${path} are wrong:`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
  }
}

const NAME = /^[A-Za-z]\w{0,99}$/;
const isName = (text: string): boolean => NAME.test(text) && text !== 'attributes';
const name = z.string().refine(isName, 'must be a name: letters, digits and _, a letter first');

/** What is wrong with a field's place, or undefined. */
function placeFault({ record, isRequired, isKey }: Field, place: unknown): string | undefined {
  if (typeof place === 'string') {
    return place.split('.').every(isName) ? undefined : 'must be member names separated by dots, like "header.number"';
  }
  if (place === null) {
    return isRequired === true ? 'is required: name the member that holds it' : undefined;
  }
  if (!Constant.safeParse(place).success) return 'must be a member name in quotes, null, or {"constant": "…"}';
  if (record !== undefined) return 'holds a record or a list: a constant cannot replace it';
  return isKey === true ? 'is an identifier or a quantity: a constant cannot replace it' : undefined;
}

const Constant = z.strictObject({ constant: z.string().min(1).max(200) });

const place = (field: Field) =>
  z.custom<Place>((value) => placeFault(field, value) === undefined, {
    error: ({ input }) => placeFault(field, input) ?? 'is wrong',
  });

const names = ({ part }: OperationRules) =>
  z
    .strictObject({
      name,
      part: part === undefined ? z.undefined('the operation has no part besides the credentials') : name,
    })
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
    ...doubled.map(({ operation }) => `operations.${operation}.name: another operation has this name`),
    ...own.map(({ operation }) => `operations.${operation}.part: the credentials have a part with this name`),
    ...(credentials.apiUid === credentials.password ? ['credentials: both parts have the same name'] : []),
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
      return other === undefined ? [] : [`records.${record}.${field}: '${where}' is used by ${other.field} already`];
    });
  });
}

function readJson(path: string): unknown {
  let file: Uint8Array;
  try {
    file = readFileSync(path);
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    const reason = error.code === 'ENOENT' ? 'file not found' : `the file cannot be read (${String(error.code)})`;
    throw new FieldMappingError(path, [`${reason}; set CLARITUM_FIELDS to its path, or remove the variable`]);
  }
  const read = readWrittenJson(file);
  if ('faults' in read) throw new FieldMappingError(path, read.faults);
  return read.value;
}

/** One line per fault: `records.PurchaseOrder.orderRef: must be …`. */
function sentences(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${path === '' ? key : `${path}.${key}`}: unknown name`);
  }
  return [`${path === '' ? 'the file' : path}: ${issue.message.replace(/^Invalid input: /, '')}`];
}
