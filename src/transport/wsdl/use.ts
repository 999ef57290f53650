import type { UsedField, WsdlUse } from './check';
import { readWsdlShape, type Shape } from './shape';

/**
 * A WSDL as a table of what is used: every operation of it and every field, which a vendor may lack. For clients that are
 * packaged with a WSDL of just what they use.
 *
 * @param isNeeded whether nothing works without an operation
 * @throws UnreadableText for what is no WSDL
 */
export function usedWhole(wsdl: string, isNeeded: (operation: string) => boolean = () => true): WsdlUse {
  const records = new Map<object, { readonly name: string; fields: readonly UsedField[] }>();
  const name = (wanted: string): string => {
    const taken = [...records.values()].filter((each) => each.name.split(' ')[0] === wanted).length;
    return taken === 0 ? wanted : `${wanted} ${taken + 1}`;
  };
  const recordOf = (called: string, shape: Extract<Shape, { kind: 'record' }>): string => {
    const known = records.get(shape.id);
    if (known !== undefined) return known.name;
    const own = { name: name(called), fields: [] as readonly UsedField[] };
    records.set(shape.id, own);
    own.fields = fieldsOf(shape.members());
    return own.name;
  };
  const fieldOf = (called: string, shape: Shape): UsedField => {
    const entry = shape.kind === 'list' ? shape.entry() : shape;
    return {
      name: called,
      path: called,
      isList: shape.kind === 'list',
      ...(shape.kind === 'open' ? { isOpen: true } : {}),
      ...(entry.kind === 'record' ? { record: recordOf(called, entry) } : {}),
    };
  };
  const fieldsOf = (members: ReadonlyMap<string, Shape>): readonly UsedField[] =>
    [...members].map(([called, shape]) => fieldOf(called, shape));
  const operations = [...readWsdlShape(wsdl).operations].map(([method, { parts, answer }]) => ({
    name: method,
    method,
    isRequired: isNeeded(method),
    parts: fieldsOf(parts),
    answer: fieldsOf(answer),
  }));
  return { operations, records: Object.fromEntries([...records.values()].map((each) => [each.name, each.fields])) };
}
