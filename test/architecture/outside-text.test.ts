import * as fc from 'fast-check';
import { z } from 'zod';
import { isOrderReference } from '../../src/cli/orders/order-reference';
import { quoted } from '../../src/cli/orders/list-filter';
import { calendarDay, length, price, quantity } from '../../src/cli/option-values';
import { documentType } from '../../src/documents/document-type';
import { cleanFileName } from '../../src/documents/file-name';
import { bounds, cut } from '../../src/domain/values/bounds';
import { isCalendarDay } from '../../src/domain/values/calendar';
import { waybill } from '../../src/domain/values/command-line';
import { isDecimal, readDecimal } from '../../src/domain/values/decimal';
import { judge } from '../../src/domain/case/decision';
import { durationMs } from '../../src/domain/values/duration';
import { identifierFault } from '../../src/domain/values/identifier';
import { compareInstants, readDayOrInstant, readInstant } from '../../src/domain/values/instant';
import { entryFor, nameKey, nearMisses, postCodeKey, unitKey } from '../../src/domain/values/likeness';
import { filterFault, fittingText, limits, textFault } from '../../src/domain/purchase-order/limits';
import { asMarkdown, summary, unescaped } from '../../src/domain/values/markdown';
import { readRequestNames } from '../../src/vendors/northscope/request-names';
import {
  isAnonymous,
  isBlankName,
  isSameName,
  lookAlike,
  unclearName,
  unknownCharacter,
} from '../../src/domain/case/person-names';
import { printable, printableLines } from '../../src/domain/values/printable';
import { lineMarker } from '../../src/domain/purchase-order/sales-order-number';
import { readNote } from '../../src/domain/purchase-order/sales-order';
import { deliveryMeaning, orderMeaning } from '../../src/domain/purchase-order/status';
import { readLenientJson } from '../../src/sandbox/manex/lenient-json';
import { readXml } from '../../src/sandbox/isync/xml-reader';
import { mendXml, withoutForbidden } from '../../src/transport/formats/characters';
import { decode } from '../../src/transport/formats/charset';
import { asRequestId } from '../../src/transport/http/request-id';
import { parseJsonAsText } from '../../src/transport/formats/json';
import { meaningOf } from '../../src/transport/http/refusal';
import { retryAfterMs } from '../../src/transport/http/outcome';
import { screenXml } from '../../src/transport/formats/screen';
import { readEnvelope } from '../../src/transport/formats/soap-envelope';
import { importsOf } from '../../src/transport/wsdl/shape';
import { escapeXml, parseXml } from '../../src/transport/formats/xml';
import { faults as centraFaults, LOGIN_REFUSAL } from '../../src/vendors/centra/answer';
import * as centra from '../../src/vendors/centra/schema';
import { faults as claritumFaults } from '../../src/vendors/claritum/answer';
import { toAttachment } from '../../src/vendors/claritum/mapping';
import * as claritum from '../../src/vendors/claritum/schema';
import { isNoDate } from '../../src/domain/values/no-date';
import { faults as iSyncFaults, refusalsOf } from '../../src/vendors/isync/answer';
import { readObject } from '../../src/vendors/manex/answer';
import * as manex from '../../src/vendors/manex/schema';
import * as isync from '../../src/vendors/isync/schema';
import * as northscope from '../../src/vendors/northscope/schema';
import { readResponse } from '../../src/vendors/northscope/answer';
import { growth, LINEAR } from '../growth';
import { attackOf, attacks, wordsIn } from './attacks';
import { productTexts } from './pattern-check';
import { patternsIn } from './patterns';

type Reader = (text: string) => unknown;

const status = {
  orderStatuses: { go: ['ready'], wait: ['on hold'] },
  deliveryStatuses: { delivered: [], underWay: [] },
};
const decision = {
  ...{ id: 'd-1', kind: 'approval', question: '', facts: {}, choices: ['approve'], openedAt: '', remindAt: '' },
  ...{ approvers: ['Ada'], excluded: ['Grace Hopper'], needsName: true },
};
const call = { vendor: 'manex', operation: 'SO/Get', effect: 'read' } as const;
const answered = { status: 200, contentType: 'application/json', headers: {}, requestId: undefined };
const refusalOfISync = (text: string): unknown => meaningOf(refusalsOf({}), 'GetWebSalesOrder', text);
const attachment = { attachmentRef: 'A', fileName: 'a', mimeType: 'a', size: null };

const readers: Readonly<Record<string, Reader>> = {
  identifierFault: (text) => identifierFault(text, Infinity),
  readInstant,
  readDayOrInstant,
  compareInstants: (text) => compareInstants(text, text),
  isCalendarDay,
  isDecimal,
  readDecimal,
  durationMs,
  filterFault,
  textFault: (text) => textFault(limits.manex.note, text),
  fittingText: (text) => fittingText(text, { longest: text.length / 2 }),
  'cut in the middle': (text) => cut(text, text.length / 2),
  nameKey,
  unitKey,
  postCodeKey,
  nearMisses: (text) => nearMisses(['Acme'], text),
  entryFor: (text) => entryFor([text], (entry) => entry, nameKey, `${text} `),
  'a status': (text) => [orderMeaning(text, status), deliveryMeaning(text, status)],
  'a note': (text) => readNote(text, lineMarker('CL-1')),
  readRequestNames,
  'a name': (text) => [isBlankName, isAnonymous, unclearName, unknownCharacter].map((read) => read(text)),
  'two names': (text) => [lookAlike('Ada', text), isSameName('Ada', text)],
  'an answer to a decision': (text) =>
    judge({ choice: 'approve', decision: 'd-1', by: text }, [decision as never], { audit: [], asked: 0 }),
  'printable for a message': (text) => printable(text, bounds.message),
  printable: (text) => printable(text),
  printableLines,
  'a summary': summary,
  'a text in Markdown': (text) => asMarkdown`${text}`,
  unescaped,
  'a command line': (text) => waybill('show', [text]),
  asRequestId,
  retryAfterMs: (text) => retryAfterMs(text, 0),
  withoutForbidden,
  mendXml,
  screenXml: (text) => screenXml(text),
  'screenXml within a tag': (text) => screenXml(`<a ${text}`),
  'parseXml of an element': (text) => parseXml(`<a>${text}</a>`, { root: 'a' }),
  'parseXml of an attribute': (text) => parseXml(`<a b="${text}">c</a>`, { root: 'a' }),
  'an envelope': (text) => readEnvelope(`<Envelope><Body><a>${text}</a></Body></Envelope>`, ['a']),
  'a fault': (text) =>
    readEnvelope(`<Envelope><Body><Fault><faultstring>${text}</faultstring></Fault></Body></Envelope>`, []),
  'imports of a WSDL': importsOf,
  escapeXml: (text) => escapeXml(text, 'it'),
  parseJsonAsText,
  'parseJsonAsText of a text': (text) => parseJsonAsText(`{"a":${JSON.stringify(text)}}`),
  'a charset': (text) => decode(Buffer.from(text), text),
  'fault tables': (text) => [...claritumFaults, ...centraFaults, ...iSyncFaults].map((row) => row.text?.test(text)),
  'the refusal of a login': (text) => LOGIN_REFUSAL.test(text),
  'a refusal of iSync': (text) => refusalOfISync(text),
  'a message of ManEx': (text) =>
    readObject({
      expected: { ...call, done: /^Sales Order details:$/i },
      answer: { ...answered, content: { Code: '403', Message: text, IsValidUser: true } },
      secrets: [],
    }),
  'an error of NorthScope': (text) =>
    readResponse(
      {
        call: { ...call, vendor: 'northscope' },
        format: 'json',
        answer: { ...answered, content: { NSResponse: { Success: 'false', Error: text } } },
        secrets: [],
      },
      'session',
    ),
  'a date of Centra': centra.readInstant,
  isNoDate,
  toAttachment: (text) => toAttachment({ ...attachment, content: text }),
  cleanFileName,
  documentType: (text) => documentType(Buffer.from(text), text),
  isOrderReference,
  'options of commands': (text) => [calendarDay, length, price, quantity].map((read) => outcomeOf(read, text)),
  quoted,
  'the sandbox: lenient JSON': readLenientJson,
  'the sandbox: XML': (text) => readXml(`<a>${text}`),
};

/** Every record on the wire, the text in the place of all its members. */
const records = Object.entries({ claritum, manex, northscope, centra, isync }).flatMap(([vendor, schemas]) =>
  Object.entries<unknown>(schemas).flatMap(([name, schema]): [string, Reader][] => {
    if (!(schema instanceof z.ZodObject)) return [];
    const members = Object.keys(schema.shape);
    return [
      [`${name} of ${vendor}`, (text) => schema.safeParse(Object.fromEntries(members.map((each) => [each, text])))],
    ];
  }),
);

/** A text that is refused costs its time as well. */
function outcomeOf(read: Reader, text: string): unknown {
  try {
    return read(text);
  } catch (error) {
    return error;
  }
}

const words = wordsIn([...productTexts()].flatMap(([file, text]) => patternsIn(file, text).patterns));
const BEGINNINGS = [
  '2026-01-05',
  '2026-01-05T09:00:00',
  '12.5',
  'Sales Order ',
  'CL-1',
  '<a>',
  '{"a":"',
  'invalid session ',
];
/** At the square of this a machine of any speed shows it. */
const SIZE = 10_000;

const grows = (read: Reader, made: (size: number) => string, size = SIZE): number =>
  growth(size, made, (text) => void outcomeOf(read, text));

describe('what is read from outside takes its time by length', () => {
  it.each([...Object.entries(readers), ...records])('%s', (_, read) => {
    fc.assert(
      fc.property(attacks(BEGINNINGS, words), (attack) => {
        expect(grows(read, attackOf(attack))).toBeLessThan(LINEAR);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it.each([
    ['blanks in a date', centra.readInstant, { prefix: '2026-01-05', pump: ' ', suffix: 'x' }],
    ['a word of the machine', (text: string) => refusalOfISync(text), { prefix: '', pump: 'establish', suffix: '' }],
    ['accents of one letter', nameKey, { prefix: 'a', pump: '\u0301\u0323', suffix: '' }],
    ['zeros', readDecimal, { prefix: '0.', pump: '0', suffix: '1' }],
    ['dots', cleanFileName, { prefix: 'a', pump: '. ', suffix: 'b' }],
  ] as const)('so do %s', (_, read, attack) => {
    expect(grows(read, attackOf(attack))).toBeLessThan(LINEAR);
  });

  it('also the records of every vendor', () => {
    expect(new Set(records.map(([name]) => name.split(' ').at(-1)))).toHaveProperty('size', 5);
    expect(records.length).toBeGreaterThan(20);
  });

  it.each([
    ['of a pattern', (text: string) => /\s+$/.test(text), { prefix: '1', pump: ' ', suffix: '1' }],
    ['of a method', (text: string) => text.normalize('NFC'), { prefix: 'a', pump: '\u0301\u0323', suffix: '' }],
  ] as const)('the square %s would be seen', (_, read, attack) => {
    expect(grows(read, attackOf(attack), SIZE / 2)).toBeGreaterThan(LINEAR);
  });
});
