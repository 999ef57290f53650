import type { UsedField, WsdlUse } from '../../transport/wsdl/check';
import type { ClaritumAuthentication } from './credentials';
import { placeOf, type FieldMapping } from './field-mapping';
import { records, type Field, type RecordName } from './fields';
import { operations } from './operations';

/** What we use of Claritum's WSDL, by the names of the installation: for `checkWsdl`. */
export function wsdlUse(mapping: FieldMapping, authentication: ClaritumAuthentication): WsdlUse {
  const credentials: readonly UsedField[] =
    authentication === 'parameters'
      ? Object.entries(mapping.credentials).map(([name, path]) => ({ name, path, isRequired: true }))
      : [];
  return {
    operations: Object.entries(operations).map(([name, { part, answer }]) => ({
      name,
      method: mapping.operations[name]?.name ?? name,
      parts: [...credentials, ...(part === undefined ? [] : [ownPart(mapping, name, part.name, part.record)])],
      answer: [answerOf(answer)],
    })),
    records: Object.fromEntries(
      Object.entries(records).map(([record, fields]) => [record, usedFields(mapping, record, fields)]),
    ),
  };
}

const ownPart = (mapping: FieldMapping, operation: string, name: string, record?: RecordName): UsedField => ({
  name,
  path: mapping.operations[operation]?.part ?? name,
  isList: true,
  isRequired: true,
  ...(record === undefined ? {} : { record }),
});

const answerOf = (record: RecordName | undefined): UsedField => ({
  name: 'answer',
  path: '*',
  isRequired: true,
  ...(record === undefined ? {} : { record, isList: true }),
});

/** Without what stands nowhere. */
function usedFields(
  mapping: FieldMapping,
  record: string,
  fields: Readonly<Record<string, Field>>,
): readonly UsedField[] {
  return Object.entries(fields).flatMap(([name, { record: inner, isList = false, isRequired = false }]) => {
    const path = placeOf(mapping, record, name);
    return typeof path === 'string'
      ? [{ name, path, isList, isRequired, ...(inner === undefined ? {} : { record: inner }) }]
      : [];
  });
}
