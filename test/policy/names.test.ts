import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOf } from './faults-of';

const text = readFileSync(join(__dirname, '../../waybill.policy.example.json'), 'utf8');
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waybill-policy-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** The example with one thing written otherwise. */
const written = (old: string, put: string): string => {
  expect(text).toContain(old);
  return text.replace(old, put);
};
const differ = 'write one name once, or make the two names differ';

it.each([
  ['customers[1].name', '"Borealis Foods"', '"ALPINE  Retail Group"', "'Alpine Retail Group' at customers[0]", differ],
  [
    'customers[1].name',
    '"Borealis Foods"',
    '"Alpine\u00a0Retail Group"',
    "'Alpine Retail Group' at customers[0]",
    differ,
  ],
  ['products[1].productCode', '"LBL-0071"', '"bro-a4-16"', "'BRO-A4-16' at products[0]", differ],
  ['products[1].productCode', '"LBL-0071"', '"BRO-A4-１６"', "'BRO-A4-16' at products[0]", differ],
  [
    'products[1].siteId',
    '"SEATTLE",\n      "agreedPrice": "42.50"',
    '"Seattle",\n      "agreedPrice": "42.50"',
    "'SEATTLE' at products[0]",
    'write them the same',
  ],
  ['customers[1].customerId', '"BOREALIS"', '"Alpine"', "'ALPINE' at customers[0]", 'write them the same'],
])('a name at %s that is another but for what nobody sees is refused: %s as %s', (place, old, put, other, remedy) => {
  const name = /^"([^"]*)"/.exec(put)?.[1] ?? '';
  expect(faultsOf(directory, written(old, put))).toEqual([
    `${place}: '${name}' and ${other} differ only in case, blanks or the form of a character: ${remedy}`,
  ]);
});

it('a unit that is another but for its case is refused', () => {
  const unit = '{ "claritum": "boxes of 15", "manex": "BOX", "northscope": "Box" }';
  expect(
    faultsOf(directory, written(unit, `${unit}, { "claritum": "Boxes Of 15", "manex": "BX", "northscope": "Box" }`)),
  ).toEqual([
    `units[2].claritum: 'Boxes Of 15' and 'boxes of 15' at units[1] differ only in case, blanks or the form of a character: ${differ}`,
  ]);
});

it.each([
  [
    '"company": {',
    '"company": {}, "company": {',
    /^company: stands twice, at line 3, column 3 and at line 3, column 18; leave one/,
  ],
  [
    '"deadline": "2 days"',
    '"deadline": "2 days", "d\\u0065adline": "3 days"',
    /^approval\.deadline: stands twice, at line 11, column 5/,
  ],
  ['"*": "MAIN"', '"*": "MAIN", "*": "SIDE"', /^customers\[0\]\.addresses\.\*: stands twice/],
])('a key that stands twice is refused by name and place: %s', (old, put, fault) => {
  expect(faultsOf(directory, written(old, put))).toEqual([expect.stringMatching(fault)]);
});

it.each([
  ['"leadDays": 1', '"leedDays": 1, "leadDays": 1', 'fulfilment.leedDays: unknown setting; did you mean leadDays?'],
  [
    '"siteId": "SEATTLE"',
    '"SiteID": "X", "siteId": "SEATTLE"',
    'products[0].SiteID: unknown setting; did you mean siteId or itemId?',
  ],
  ['"units"', '"receiptOn": "despatch",\n  "units"', 'receiptOn: unknown setting; did you mean fulfilment.receiptOn?'],
  ['"units"', '"zzz": 1,\n  "units"', 'zzz: unknown setting'],
])('a key that is no setting is told with the one it may stand for: %s', (old, put, fault) => {
  expect(faultsOf(directory, written(old, put))).toEqual([fault]);
});

it.each([
  ['"*": "MAIN"', '"＊": "MAIN"', 'customers[0].addresses.＊: is not a post code; "*" means all others'],
  [
    '"go": []',
    '"go": ["on hold", "Canceled"]',
    "claritum.orderStatuses.go[1]: 'Canceled' means that the order is cancelled",
  ],
  [
    '"go": [], "wait": []',
    '"go": ["approved"], "wait": ["Approved", "Authorised"]',
    "claritum.orderStatuses.wait[0]: 'Approved' means 'go' already",
  ],
  [
    '"underWay": []',
    '"underWay": ["Delivered"]',
    "claritum.deliveryStatuses.underWay[0]: 'Delivered' means 'delivered' already",
  ],
])('what would never count is refused: %s as %s', (old, put, fault) => {
  expect(faultsOf(directory, written(old, put))).toContain(fault);
});

it('a byte-order mark is no part of the file; another encoding is told', () => {
  expect(faultsOf(directory, `\uFEFF${text}`)).toEqual([]);
  expect(faultsOf(directory, Buffer.from(text, 'utf16le').subarray(0, -1))).toEqual([
    expect.stringMatching(/^it is not (UTF-8|JSON)/),
  ]);
  expect(faultsOf(directory, Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual([
    'it is not UTF-8 text; save it as UTF-8',
  ]);
});
