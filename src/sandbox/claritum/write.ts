import { isList, isValues } from '../values';
import type { Value, Values } from '../values';
import type { Member, Wsdl } from './wsdl';

const ENVELOPE =
  'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** What XML 1.0 cannot carry at all (`Char`), lone surrogates included. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export const escaped = (text: string): string =>
  text.replace(NOT_XML, '\ufffd').replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character);

/** Writes values as PHP's SoapServer does in rpc/encoded: typed, `SOAP-ENC:arrayType`, nil for what is null. */
export class Writer {
  /** Listing ten thousand orders again costs nothing where nothing changed: records are replaced, never changed. */
  private readonly written = new WeakMap<Values, string>();

  constructor(private readonly wsdl: Wsdl) {}

  /** `<xResponse><return>…`, the result by its declared type. */
  response(operation: string, result: Value): string {
    const type = this.wsdl.operations.get(operation)?.result ?? 'xsd:boolean';
    const body = this.element('return', type, result);
    return this.envelope(`<ns1:${operation}Response>${body}</ns1:${operation}Response>`);
  }

  /** @param code `Sender`, `Receiver`, `Client`, `Server`, `VersionMismatch`, `MustUnderstand` */
  fault(code: string, text: string, actor: string): string {
    return (
      `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope ${ENVELOPE}><SOAP-ENV:Body><SOAP-ENV:Fault>` +
      `<faultcode>SOAP-ENV:${code}</faultcode><faultstring>${escaped(text)}</faultstring>` +
      `<faultactor>${escaped(actor)}</faultactor></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>\n`
    );
  }

  private envelope(body: string): string {
    return (
      `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope ${ENVELOPE} xmlns:ns1="${this.wsdl.namespace}" ` +
      `SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">` +
      `<SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n`
    );
  }

  private element(name: string, type: string, value: Value): string {
    if (value === null) return `<${name} xsi:nil="true"/>`;
    if (isList(value)) return this.array(name, type, value);
    if (isValues(value)) return `<${name} xsi:type="ns1:${type}">${this.members(type, value)}</${name}>`;
    const scalar = type.startsWith('xsd:') ? type : 'xsd:string';
    return `<${name} xsi:type="${scalar}">${escaped(String(value))}</${name}>`;
  }

  private array(name: string, type: string, list: readonly Value[]): string {
    const declared = this.wsdl.types.get(type);
    const item = declared?.kind === 'array' ? declared.item : 'xsd:string';
    const itemType = item.startsWith('xsd:') ? item : `ns1:${item}`;
    const items = list.map((entry) => this.element('item', item, entry)).join('');
    return `<${name} SOAP-ENC:arrayType="${itemType}[${list.length}]" xsi:type="ns1:${type}">${items}</${name}>`;
  }

  private members(type: string, values: Values): string {
    const known = this.written.get(values);
    if (known !== undefined) return known;
    const declared = this.wsdl.types.get(type);
    const members = declared?.kind === 'record' ? declared.members : [];
    const names = new Set(members.map(({ name }) => name));
    const extra: readonly Member[] = Object.keys(values)
      .filter((name) => !names.has(name))
      .map((name) => ({ name, type: 'xsd:string', isNillable: true }));
    const text = [...members, ...extra].map((member) => this.member(member, values[member.name])).join('');
    this.written.set(values, text);
    return text;
  }

  /** An absent member is left out, as a WSDL that grows shows old records. */
  private member({ name, type }: Member, value: Value | undefined): string {
    return value === undefined ? '' : this.element(name, type, value);
  }
}
