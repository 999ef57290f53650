import { z } from 'zod';
import { likeliest } from '../domain/values/spelling';
import { PolicyFile } from './schema';

type Schema = z.core.JSONSchema.BaseSchema | boolean;

/** What a key that is no setting may stand for: one beside it that is written nearly so, or the same one elsewhere. */
export function meant(path: readonly PropertyKey[], key: string): string {
  const file = z.toJSONSchema(PolicyFile, { io: 'input' });
  const beside = likeliest(Object.keys(propertiesOf(at(file, path))), key);
  const found = beside.length > 0 ? beside : likeliestElsewhere(placesOf(file, ''), key);
  return found.length === 0 ? '' : `; did you mean ${found.join(' or ')}?`;
}

const likeliestElsewhere = (places: readonly string[], key: string): readonly string[] =>
  places.filter((place) => place.slice(place.lastIndexOf('.') + 1).toLowerCase() === key.toLowerCase());

/** The schema of what stands at a path. */
const at = (schema: Schema, path: readonly PropertyKey[]): Schema =>
  path.reduce<Schema>(
    (reached, part) => (typeof part === 'number' ? itemsOf(reached) : propertiesOf(reached)[String(part)]) ?? false,
    schema,
  );

/** Those of an object, also where it may be null instead. */
const propertiesOf = (schema: Schema): Readonly<Record<string, Schema>> =>
  typeof schema === 'boolean'
    ? {}
    : (schema.properties ??
      Object.fromEntries((schema.anyOf ?? []).flatMap((each) => Object.entries(propertiesOf(each)))));

const itemsOf = (schema: Schema): Schema | undefined =>
  typeof schema === 'boolean' || Array.isArray(schema.items) ? undefined : schema.items;

const placesOf = (schema: Schema, path: string): readonly string[] =>
  Object.entries(propertiesOf(schema)).flatMap(([key, inner]) => {
    const place = path === '' ? key : `${path}.${key}`;
    const items = itemsOf(inner);
    return [place, ...placesOf(inner, place), ...(items === undefined ? [] : placesOf(items, `${place}[…]`))];
  });
