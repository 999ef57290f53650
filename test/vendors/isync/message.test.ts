import * as fc from 'fast-check';
import { parseXml, type XmlContent } from '../../../src/transport/formats/xml';
import { writeCreditNote, writeMessage, writeOrder, type Members } from '../../../src/vendors/isync/requests';
import { sampleCreditNote, sampleOrder, sampleOrderAnswer } from './orders';

const HEAD =
  '<Root xmlns="http://schemas.datacontract.org/2004/07/iSync.EAI.DTO" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">';

/** The names of the members of every record of a document, as they stand. */
function groups(content: XmlContent): string[][] {
  if (typeof content !== 'object' || content === null) return [];
  if (Array.isArray(content)) return content.flatMap((item: XmlContent) => groups(item));
  return [Object.keys(content), ...Object.values(content).flatMap((member: XmlContent) => groups(member))];
}

const readBack = (xml: string, root: string): XmlContent => parseXml(xml, { root, lists: new Set(['Item']) });
/** As .NET's CompareOrdinal: by UTF-16 code units. */
const isOrdinal = (names: readonly string[]): boolean =>
  names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((text) => !(text in {}) && text !== 'Item');
const leaf = fc.stringMatching(/^[ -~é\n]{0,4}[!-~é][ -~é\n]{0,4}$/).filter((text) => !text.includes('<![CDATA['));
const { members } = fc.letrec<{ members: Members; list: Members }>((tie) => ({
  members: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, leaf, fc.constant(undefined), tie('members'), tie('list')), {
    minKeys: 1,
    maxKeys: 6,
  }),
  list: fc.array(tie('members'), { minLength: 1, maxLength: 3 }).map((items) => ({ Item: items })),
}));

describe('the inner document', () => {
  it('has the members of every record in ordinal order, none lost and none changed, whatever order they were given in', () => {
    fc.assert(
      fc.property(members, (given) => {
        const xml = writeMessage('Root', given);
        expect(xml.startsWith(HEAD)).toBe(true);
        const read = readBack(xml, 'Root');
        expect(groups(read).filter((names) => !isOrdinal(names))).toEqual([]);
        expect(read).toEqual(asRead(given));
      }),
      { numRuns: 100 },
    );
  });

  it('puts capitals before small letters, where a dictionary would not', () => {
    expect(writeMessage('Root', { PaymentMethodID: '1', PONumber: '2', Comment: '3', CNTypeID: '4' })).toBe(
      `${HEAD}<CNTypeID>4</CNTypeID><Comment>3</Comment><PONumber>2</PONumber><PaymentMethodID>1</PaymentMethodID></Root>`,
    );
  });

  it('is in the order of the vendor’s own samples', () => {
    expect(groups(readBack(sampleOrderAnswer, 'WebSalesOrder')).filter((names) => !isOrdinal(names))).toEqual([]);
    for (const [root, written] of [
      ['WebSalesOrder', writeOrder(sampleOrder)],
      ['WebCreditNote', writeCreditNote(sampleCreditNote, {})],
    ] as const) {
      const found = groups(readBack(writeMessage(root, written), root));
      expect(found.length).toBeGreaterThan(3);
      expect(found.filter((names) => !isOrdinal(names))).toEqual([]);
    }
  });
});

/** What a reader makes of it: nothing of what is undefined, and an element without content as empty text. */
function asRead(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(asRead);
  if (typeof content !== 'object' || content === null) return content;
  const kept = Object.entries(content).filter(([, member]) => member !== undefined);
  return kept.length === 0 ? '' : Object.fromEntries(kept.map(([key, member]) => [key, asRead(member)]));
}
