/** An element as fast-xml-parser gives it: text where it has neither attributes nor children, a list where repeated. */
export type XmlNode = string | XmlFields | readonly XmlNode[];
/** Children by local name, attributes as `@name`, text as `#text`. */
export interface XmlFields {
  readonly [name: string]: XmlNode;
}

export const isXmlList = (node: unknown): node is readonly XmlNode[] => Array.isArray(node);
export const isXmlFields = (node: unknown): node is XmlFields =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

/** The child of that name, where there is exactly one and it has attributes or children. */
export function child(node: XmlNode | undefined, name: string): XmlFields | undefined {
  const found = isXmlFields(node) ? node[name] : undefined;
  return isXmlFields(found) ? found : undefined;
}

/** The children of that name, none, one or many. */
export function children(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  const found = isXmlFields(node) ? node[name] : undefined;
  if (found === undefined) return [];
  return isXmlList(found) ? found : [found];
}

/** Empty where it is absent. */
export function attribute(node: XmlNode | undefined, name: string): string {
  const found = isXmlFields(node) ? node[`@${name}`] : undefined;
  return typeof found === 'string' ? found : '';
}
