import { isList, isValues } from './values';
import type { Value, Values } from './values';
import type { Member, Wsdl } from './wsdl';

const SOAP = 'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"';
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** What XML 1.0 cannot carry at all (`Char`), lone surrogates included. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string): string =>
  text.replace(NOT_XML, '\ufffd').replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? character);

const tagged = (name: string, inner: string): string =>
  inner === '' ? `<ns1:${name}/>` : `<ns1:${name}>${inner}</ns1:${name}>`;

/** Writes values as the captured answers stand: every element under `ns1`, what is empty as `<ns1:x/>`. */
export class Writer {
  /** Listing the same hundred events again costs nothing where nothing changed: records are replaced, never changed. */
  private readonly written = new WeakMap<Values, string>();

  constructor(private readonly wsdl: Wsdl) {}

  /** An answer whose one body element is `root`, by the type `members` describes. */
  answer(namespace: string, root: string, values: Values): string {
    const members = this.wsdl.request(root) ?? [];
    return this.envelope(namespace, tagged(root, this.members(members, values)));
  }

  /** The other documented answer to an update, `<ordersUpdateResponse>OK</ordersUpdateResponse>`, in no namespace. */
  reference(namespace: string, operation: string): string {
    const root = `${operation.replace(/_(\w)/, (_, letter: string) => letter.toUpperCase())}Response`;
    return this.envelope(namespace, `<${root}>OK</${root}>`);
  }

  fault(code: string, text: string): string {
    return (
      `${XML}<SOAP-ENV:Envelope ${SOAP}><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:${code}</faultcode>` +
      `<faultstring>${escaped(text)}</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>\n`
    );
  }

  private envelope(namespace: string, body: string): string {
    return (
      `${XML}<SOAP-ENV:Envelope ${SOAP} xmlns:ns1="${namespace}"><SOAP-ENV:Body>${body}</SOAP-ENV:Body>` +
      `</SOAP-ENV:Envelope>\n`
    );
  }

  private element({ name, type, isRepeated }: Member, value: Value): string {
    if (isRepeated && isList(value)) return value.map((entry) => this.element(single(name, type), entry)).join('');
    const shape = this.wsdl.shape(type);
    if (isList(value)) {
      const item = shape?.kind === 'list' ? shape.item : single('item', '');
      return tagged(name, value.map((entry) => this.element(single(item.name, item.type), entry)).join(''));
    }
    if (isValues(value)) return tagged(name, this.record(shape?.kind === 'record' ? shape.members : [], value));
    return tagged(name, escaped(value));
  }

  private record(members: readonly Member[], values: Values): string {
    const known = this.written.get(values);
    if (known !== undefined) return known;
    const text = this.members(members, values);
    this.written.set(values, text);
    return text;
  }

  /** Declared members first and in their order; what is not declared follows, as a service that grows shows it. */
  private members(members: readonly Member[], values: Values): string {
    const names = new Set(members.map(({ name }) => name));
    const extra = Object.keys(values).filter((name) => !names.has(name));
    return [...members, ...extra.map((name) => single(name, ''))]
      .map((member) => {
        const value = values[member.name];
        return value === undefined ? '' : this.element(member, value);
      })
      .join('');
  }
}

const single = (name: string, type: string): Member => ({ name, type, isRepeated: false });
