/** A message between the formats: what XML elements and JSON members have in common. All scalars are text. */
export type Tree = string | readonly Tree[] | TreeObject;
export interface TreeObject {
  readonly [member: string]: Tree;
}

/** Array.isArray does not narrow a readonly list. */
export const isList = (tree: Tree | undefined): tree is readonly Tree[] => Array.isArray(tree);

const isObject = (tree: Tree | undefined): tree is TreeObject => typeof tree === 'object' && !isList(tree);

/** The member's text without surrounding blanks; '' where it is missing, empty or nested. */
export function textOf(tree: TreeObject, member: string): string {
  const value = tree[member];
  return typeof value === 'string' ? value.trim() : '';
}

/** The member as an object; an empty one where it is missing or a scalar. */
export function objectOf(tree: TreeObject, member: string): TreeObject {
  const value = tree[member];
  return isObject(value) ? value : {};
}

/** The member's objects, whether it occurs never, once or often (docs/vendors/northscope.md#the-envelope). */
export function objectsOf(tree: TreeObject, member: string): readonly TreeObject[] {
  const value = tree[member];
  const list = isList(value) ? value : value === undefined ? [] : [value];
  return list.map((entry) => (isObject(entry) ? entry : {}));
}
