import { VendorError } from '../../../src/transport/http/vendor-error';
import { ManExClient } from '../../../src/vendors/manex/client';
import { samplesOf, textsOf } from '../../sandbox/samples';
import { serve, type Served } from '../served';

/** Twenty digits, which no JavaScript number holds. */
const twenty = '12345678901234567890';

let served: Served;
let body: string;
let manex: ManExClient;
beforeAll(async () => {
  served = await serve(() => ({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body }));
  manex = new ManExClient({ endpoint: served.origin, apiKey: '1234567890' });
});
afterAll(() => served.close());

/** Members as JSON text: a number keeps the digits it is written with. */
type Members = Readonly<Record<string, string>>;
const objectOf = (members: Members): string =>
  `{${Object.entries(members)
    .map(([name, text]) => `"${name}":${text}`)
    .join(',')}}`;

const price: Members = {
  ...{ $id: '"6"', PLPRICELNK: '"GAWG8ODL6Q"', UNIQUELN: '"A6WDVN62YM"', PRICE: '4.00', QUANTITY: '18.14369' },
  ...{ SALETYPEID: '"BARTER    "', FLAT: 'false', UNHEARD: '{"a":[1]}' },
};
const dueDate: Members = {
  ...{ $id: '"5"', DUEDT_UNIQ: '"_3X60YA22D"', UNIQUELN: '"A6WDVN62YM"', DUE_DTS1: '"2013-11-28T00:00:00"' },
  ...{ SHIP_DTS: '"2013-11-26T23:59:59"', QTY: '4.00', ACT_SHP_QT: '-1', UNHEARD: 'null' },
};
const line: Members = {
  ...{ $id: '"3"', DueDateList: `[${objectOf(dueDate)}]`, SOPRICESList: `[${objectOf(price)}]` },
  ...{ UNIQUELN: '"A6WDVN62YM"', LINE_NO: '"0000002"', UOFMEAS: '"each"', ORD_QTY: '18.14369', BALANCE: '-3' },
  ...{ Sodet_Desc: '"Loud   "', STATUS: '"On Fire  "', NOTE: '"  waybill  "', PART_NUM: 'null', REVISION: '"007  "' },
  UNHEARD: '"x"',
};
const order: Members = {
  ...{ $id: '"2"', SODETAILList: `[${objectOf(line)}]`, SONO: '"0000000007"', CUSTNO: twenty, PONO: '"007       "' },
  ...{ SONOTE: '""', IS_CLOSED: 'false', ORD_TYPE: '"FROZEN "', SOAMOUNT: '-12', UNHEARD: 'true' },
};

interface Read {
  readonly message: string;
  readonly members: Members;
  readonly call: () => Promise<object | undefined>;
  readonly required: readonly string[];
  readonly malformed: Members;
  readonly read: object;
}

const readPrice = {
  ...{ plPriceLnk: 'GAWG8ODL6Q', uniqueLn: 'A6WDVN62YM', price: '4.00', quantity: '18.14369', saleTypeId: 'BARTER' },
};
const readDueDate = {
  ...{
    dueDtUniq: '_3X60YA22D',
    uniqueLn: 'A6WDVN62YM',
    dueDate: '2013-11-28',
    shipDate: '2013-11-26',
    quantity: '4.00',
  },
};
const readLine = {
  ...{ uniqueLn: 'A6WDVN62YM', lineNo: '0000002', partNumber: null, revision: '007', description: 'Loud' },
  ...{ quantity: '18.14369', unitOfMeasure: 'each', status: 'ON FIRE', note: '  waybill' },
  ...{ prices: [readPrice], dueDates: [readDueDate] },
};
const reads: Readonly<Record<string, Read>> = {
  'SO/Get': {
    ...{ message: 'Sales Order details:', members: order, call: () => manex.soGet({ soNo: '7' }) },
    required: ['SONO', 'CUSTNO', 'IS_CLOSED', 'SODETAILList'],
    malformed: { IS_CLOSED: '"perhaps"', SODETAILList: '"none"', CUSTNO: '{}' },
    read: { soNo: '0000000007', custNo: twenty, poNo: '007', note: '', isClosed: false, lines: [readLine] },
  },
  'SO/ItemGet': {
    ...{ message: 'Sales Order Item details:', members: line, call: () => manex.itemGet({ uniqueLn: 'A6WDVN62YM' }) },
    required: ['UNIQUELN', 'ORD_QTY'],
    malformed: { ORD_QTY: '"1,5"', SOPRICESList: '{}', DueDateList: '"[ ]"' },
    read: readLine,
  },
  'SO/PriceGet': {
    ...{
      message: 'Sales Order Price details:',
      members: price,
      call: () => manex.priceGet({ uniqueLn: 'A6WDVN62YM' }),
    },
    required: ['PLPRICELNK', 'UNIQUELN', 'PRICE'],
    malformed: { PRICE: '"one"', QUANTITY: '"1E5"' },
    read: readPrice,
  },
  'SO/DueDateGet': {
    message: '$$Sales Order Due Date details:',
    ...{ members: dueDate, call: () => manex.dueDateGet({ dueDtUniq: '_3X60YA22D' }) },
    required: ['DUEDT_UNIQ', 'UNIQUELN', 'DUE_DTS1', 'QTY'],
    malformed: { DUE_DTS1: '"11-28-2013"', SHIP_DTS: '"2013-02-30T00:00:00"', QTY: 'true' },
    read: readDueDate,
  },
};

const answer = (message: string, object: string): string =>
  `{"$id":"1","Code":200,"Message":"${message}","SessionId":null,"IsValidUser":true,"ResponseObject":${object}}`;

async function failureOf({ message, call }: Read, members: Members): Promise<VendorError> {
  body = answer(message, objectOf(members));
  const error: unknown = await call().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof VendorError)) throw new Error('expected a refusal', { cause: error });
  return error;
}

describe.each(Object.entries(reads))('%s', (_operation, read) => {
  it('brings identifiers, numbers and dates through as they were, and passes what is new', async () => {
    body = answer(read.message, objectOf(read.members));
    expect(await read.call()).toEqual(read.read);
  });

  it.each(read.required)('is malformed without %s, null or blank, and says where', async (name) => {
    const { [name]: _gone, ...others } = read.members;
    for (const members of [others, ...['null', '"  "'].map((value) => ({ ...read.members, [name]: value }))]) {
      const error = await failureOf(read, members);
      expect(error).toMatchObject({ type: 'MalformedResponse', code: 'BAD_RECORD' });
      expect(error.message).toContain(`ResponseObject: ${name} `);
    }
  });

  it.each(Object.entries(read.malformed))(
    'is malformed where %s is %s, and does not repeat it',
    async (name, value) => {
      const error = await failureOf(read, { ...read.members, [name]: value });
      expect(error).toMatchObject({ type: 'MalformedResponse', code: 'BAD_RECORD' });
      expect(error.message).toContain(`ResponseObject: ${name} `);
      expect(error.message).not.toContain(value);
    },
  );
});

it('says where in the order a line, a price or a date is malformed', async () => {
  const badLine = objectOf({ ...line, SOPRICESList: `[${objectOf(price)},${objectOf({ ...price, PRICE: '"x"' })}]` });
  const error = await failureOf(reads['SO/Get'] as Read, { ...order, SODETAILList: `[${objectOf(line)},${badLine}]` });
  expect(error.message).toContain('SODETAILList.1.SOPRICESList.1.PRICE is not a decimal number');
});

it.each([0, 1, 2, 30])('reads a list of %d lines, prices and dates', async (count) => {
  const many = (members: Members, key: string) =>
    `[${Array.from({ length: count }, (_, n) => objectOf({ ...members, [key]: `"K${n}"`, $id: `"${key}${n}"` })).join(',')}]`;
  const prices = many(price, 'PLPRICELNK');
  const whole = { ...line, SOPRICESList: prices, DueDateList: many(dueDate, 'DUEDT_UNIQ') };
  body = answer('Sales Order Item details:', objectOf(whole));
  const item = await manex.itemGet({ uniqueLn: 'A6WDVN62YM' });
  expect([item?.prices.length, item?.dueDates.length]).toEqual([count, count]);
  const empty = { ...line, SOPRICESList: 'null', DueDateList: 'null' };
  body = answer('Sales Order details:', objectOf({ ...order, SODETAILList: many(empty, 'UNIQUELN') }));
  const found = await manex.soGet({ soNo: '7' });
  expect(found?.lines.map(({ prices: none, dueDates }) => [none, dueDates])).toEqual(Array(count).fill([[], []]));
});

it('reads a line that is only a reference, before or after what it refers to', async () => {
  const other = objectOf({ ...line, $id: '"4"', UNIQUELN: '"ABDMRI2RMQ"', DueDateList: '[{"$ref":"5"}]' });
  for (const lines of [`[{"$ref":"3"},${other},${objectOf(line)}]`, `[${objectOf(line)},${other},{"$ref":"3"}]`]) {
    body = answer('Sales Order details:', objectOf({ ...order, SODETAILList: lines }));
    const found = await manex.soGet({ soNo: '7' });
    expect(found?.lines.map(({ uniqueLn }) => uniqueLn).toSorted()).toEqual(['A6WDVN62YM', 'ABDMRI2RMQ']);
    expect(found?.lines.map(({ dueDates }) => dueDates)).toEqual([[readDueDate], [readDueDate]]);
  }
});

describe('the documented answers', () => {
  const documented = (action: string): string => {
    const [sample] = samplesOf('manex').filter(({ name }) => name === action);
    return sample === undefined ? '' : (textsOf(sample, 'answer')[0] ?? '');
  };
  const key = { soNo: '789', uniqueLn: 'A6WDVN62YM' };
  const dates = { quantity: '1', dueDate: '2026-03-10', shipDate: '2026-03-06' };

  it.each<[string, () => Promise<unknown>, unknown]>([
    [
      'Get',
      () => manex.soGet({ soNo: '789' }),
      expect.objectContaining({
        ...{ soNo: '0000000789', custNo: '0000000008', poNo: '', isClosed: false },
        lines: [
          expect.objectContaining({
            uniqueLn: 'A6WDVN62YM',
            lineNo: '0000002',
            quantity: '0',
            prices: [],
            dueDates: [],
          }),
          expect.objectContaining({ uniqueLn: 'ABDMRI2RMQ', status: 'STANDARD', quantity: '20', partNumber: null }),
        ],
      }),
    ],
    ['ItemGet', () => manex.itemGet({ uniqueLn: 'A6WDVN62YM' }), expect.objectContaining({ description: 'Loud' })],
    [
      'PriceGet',
      () => manex.priceGet({ uniqueLn: 'A6WDVN62YM' }),
      { ...readPrice, price: '1', quantity: '0', saleTypeId: 'RESTOCKING' },
    ],
    [
      'DueDateGet',
      () => manex.dueDateGet({ dueDtUniq: '_3X60YA22D' }),
      { ...readDueDate, uniqueLn: '_3X60Y9X2N', quantity: '0' },
    ],
    ['Add', () => manex.soAdd({ soNo: '789', custNo: '8' }), undefined],
    ['Edit', () => manex.soEdit({ soNo: '789', custNo: '8' }), undefined],
    [
      'ItemADD',
      () => manex.itemAdd({ soNo: '789', partNumber: 'P', quantity: '1', unitOfMeasure: 'EACH', description: 'D' }),
      undefined,
    ],
    ['ItemDelete', () => manex.itemDelete(key), undefined],
    ['PriceAdd', () => manex.priceAdd({ ...key, price: '1', saleTypeId: 'RESTOCKING' }), undefined],
    ['PriceEdit', () => manex.priceEdit({ ...key, plPriceLnk: 'GAWG8ODL6Q', price: '1.2' }), undefined],
    ['PriceDelete', () => manex.priceDelete({ ...key, plPriceLnk: 'GAWG8ODL6Q' }), undefined],
    ['DueDateAdd', () => manex.dueDateAdd({ ...key, ...dates }), undefined],
    ['DueDateEdit', () => manex.dueDateEdit({ ...key, ...dates, dueDtUniq: '_3X60YA22D' }), undefined],
    ['DueDateDelete', () => manex.dueDateDelete({ dueDtUniq: '_3X60YA22D' }), undefined],
  ])('of %s is read', async (action, call, expected) => {
    body = documented(action);
    expect(await call()).toEqual(expected);
  });
});
