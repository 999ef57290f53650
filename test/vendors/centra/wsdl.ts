import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Member {
  readonly name: string;
  /** `tns:Order`, `xsd:string` … */
  readonly type: string;
  readonly repeats: boolean;
}

export type WsdlFile = 'centra' | 'navision-soap' | 'navision-api';

export const wsdlText = (file: WsdlFile): string =>
  readFileSync(join(__dirname, `../../../src/vendors/centra/${file}.wsdl`), 'utf8');

/** Reads the WSDL's own text, so that neither node-soap nor the client vouches for itself. */
export class CentraWsdl {
  readonly #text: string;

  constructor(file: WsdlFile) {
    this.#text = wsdlText(file);
  }

  get operations(): string[] {
    const portType = between(this.#text, '<portType ', '</portType>');
    return [...portType.matchAll(/<operation name="(\w+)"/g)].map(([, name = '']) => name);
  }

  /** The body element of a request, and what stands in it. */
  request(operation: string): { readonly element: string; readonly members: readonly Member[] } {
    const message = between(this.#text, `<message name="${operation}In">`, '</message>');
    const [, element = ''] = /element="tns:(\w+)"/.exec(message) ?? [];
    return { element, members: membersIn(between(this.#text, `<xsd:element name="${element}">`, '</xsd:element>\n')) };
  }

  /** What stands in a type; nothing in a simple one. */
  members(type: string): readonly Member[] {
    const name = type.replace('tns:', '');
    return type.startsWith('tns:')
      ? membersIn(between(this.#text, `<xsd:complexType name="${name}">`, '</xsd:complexType>'))
      : [];
  }
}

const between = (text: string, start: string, end: string): string => {
  const found = text.split(start)[1]?.split(end)[0];
  if (found === undefined) throw new Error(`no ${start}`);
  return found;
};

const membersIn = (piece: string): Member[] =>
  [...piece.matchAll(/<xsd:element name="(\w+)" type="([\w:]+)"([^/]*)\/>/g)].map(
    ([, name = '', type = '', occurrence = '']) => ({ name, type, repeats: occurrence.includes('unbounded') }),
  );
