import { writeXml, type XmlInput } from '../../transport/formats/xml';

const DTO = 'http://schemas.datacontract.org/2004/07/iSync.EAI.DTO';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The members of a record of iSync's; what is undefined is left out. */
export interface Members {
  readonly [name: string]: XmlInput | undefined;
}

/**
 * The inner document of a request (vendors/isync.md §2): its namespaces on the root, its members in ordinal order,
 * because WCF skips one that comes late without a word, and a skipped price is a price of 0.
 *
 * @throws RangeError where text cannot stand in XML 1.0; names the element, not the text
 */
export const writeMessage = (root: string, members: Members): string =>
  `<${root} xmlns="${DTO}" xmlns:i="${XSI}">${writeXml(root, inOrdinalOrder(members)).slice(root.length + 2)}`;

/** By UTF-16 code units, which is what `toSorted` goes by; never by locale: `PONumber` stands before `PaymentMethodID`. */
function inOrdinalOrder(content: XmlInput): XmlInput {
  if (typeof content === 'string') return content;
  if (isList(content)) return content.map(inOrdinalOrder);
  const members: [string, XmlInput][] = Object.entries(content).flatMap(([name, member]) =>
    member === undefined ? [] : [[name, inOrdinalOrder(member)]],
  );
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const isList = (content: XmlInput): content is readonly XmlInput[] => Array.isArray(content);
