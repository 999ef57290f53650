import { mendXml } from '../formats/characters';
import { decode } from '../formats/charset';
import { parseJsonAsText, type JsonText } from '../formats/json';
import { resolveReferences } from '../formats/json-references';
import { readEnvelope, readUndeclared, type SoapFault } from '../formats/soap-envelope';
import { unwrap, type SoapValue } from '../formats/soap-value';
import { wsdlOf } from '../formats/soap-wsdl';
import { UnreadableText } from '../formats/unreadable-text';
import { parseXml, type XmlContent, type XmlShape } from '../formats/xml';

/** The body of an answer in the pieces in which it came. */
export interface Body {
  readonly chunks: readonly Uint8Array[];
  readonly contentType: string;
}

/** What is read: an answer, or a text that stood in another document. */
export type Source = Body | { readonly text: string };

/** Bytes, or characters of a text. */
export const sizeOf = (source: Source): number =>
  'text' in source ? source.text.length : source.chunks.reduce((size, chunk) => size + chunk.length, 0);

/** What a SOAP answer must be. */
interface SoapShape {
  readonly wsdlFile: string;
  readonly elements: AnswerElements;
}

/** Local names of what may answer an operation. */
export interface AnswerElements {
  /** By the WSDL. */
  readonly declared: string;
  /** What the vendor may write instead, in no namespace that the WSDL knows: read without it, leaves as text. */
  readonly undeclared?: string;
}

/** The operation's own response, unwrapped, or the fault that came in its place. */
export type SoapAnswer = { readonly fault: SoapFault } | { readonly value: SoapValue };

/** What each form needs to know. Plain data, because it may go to another thread; nothing in it may be secret. */
interface Details {
  readonly soap: SoapShape;
  readonly xml: XmlShape;
  /** The names of members that references are resolved for, spelled so; none are where absent. */
  readonly json: { readonly references?: readonly string[] };
  /** XML, unless it begins like a JSON object. */
  readonly either: XmlShape;
}

/** What each form is read as. */
interface Contents {
  readonly soap: SoapAnswer;
  readonly xml: XmlContent;
  readonly json: JsonText;
  readonly either: XmlContent | JsonText;
}

export type Form = keyof Details;
/** As what a source is to be read. */
export type Reading<F extends Form = Form> = { [P in F]: { readonly form: P } & Details[P] }[F];
export type Content<F extends Form = Form> = Contents[F];

const parsers: { readonly [F in Form]: (text: string, reading: Reading<F>) => Contents[F] | Promise<Contents[F]> } = {
  soap: (text, shape) => readSoap(mendXml(text), shape),
  xml: (text, shape) => parseXml(mendXml(text), shape),
  json: (text, { references }) => {
    const read = parseJsonAsText(text);
    return references === undefined ? read : resolveReferences(read, references);
  },
  either: (text, shape) => (/^\s*\{/.test(text) ? parseJsonAsText(text) : parseXml(mendXml(text), shape)),
};

/**
 * Decodes, screens and parses in the thread of its caller, which is blocked for as long as the source is large.
 *
 * @throws UnreadableText for whatever the source may be
 */
export async function readInPlace<F extends Form>(source: Source, reading: Reading<F>): Promise<Content<F>> {
  return readText(textOf(source), reading);
}

/** Without the source, which need not be kept for it. @throws UnreadableText */
export async function readText<F extends Form>(text: string, reading: Reading<F>): Promise<Content<F>> {
  return parsers[reading.form](text, reading);
}

/** @throws UnreadableText BAD_CHARSET, EMPTY */
export const textOf = (source: Source): string => ('text' in source ? source.text : decodeBody(source));

/** @throws UnreadableText BAD_CHARSET, and EMPTY for a body of nothing or of blanks */
export function decodeBody({ chunks, contentType }: Body): string {
  let text: string;
  try {
    text = decode(Buffer.concat(chunks), contentType);
  } catch {
    throw new UnreadableText('BAD_CHARSET');
  }
  if (!/\S/.test(text)) throw new UnreadableText('EMPTY');
  return text;
}

/** A SOAP 1.1 answer, screened and judged by its envelope before node-soap reads it. */
async function readSoap(text: string, { elements, wsdlFile }: SoapShape): Promise<SoapAnswer> {
  const { declared, undeclared } = elements;
  const envelope = readEnvelope(text, undeclared === undefined ? [declared] : [declared, undeclared]);
  if ('fault' in envelope) return envelope;
  const { answer, element } = envelope;
  const content = element === declared ? await bodyMember(answer, element, wsdlFile) : readUndeclared(text, element);
  return { value: unwrap(content) };
}

async function bodyMember(envelope: string, element: string, wsdlFile: string): Promise<unknown> {
  const wsdl = await wsdlOf(wsdlFile);
  try {
    const { Body: body }: { readonly Body: Readonly<Record<string, unknown>> } = wsdl.xmlToObject(envelope);
    return body[element];
  } catch {
    // node-soap's errors hold the answer, or are no errors at all.
    throw new UnreadableText('NOT_SOAP');
  }
}
