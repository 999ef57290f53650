import * as fc from 'fast-check';
import { parseJsonAsText } from '../../../src/transport/formats/json';
import { readSalesOrder, type JudgedAnswer } from '../../../src/vendors/manex/answer';
import { toSalesOrderDueDate, toSalesOrderPrice } from '../../../src/vendors/manex/mapping';
import { resolveReferences } from '../../../src/transport/formats/json-references';
import { DueDate, Price, memberNames } from '../../../src/vendors/manex/schema';

const read = (text: string): unknown => resolveReferences(parseJsonAsText(text), memberNames);

const judged: JudgedAnswer = {
  expected: { vendor: 'manex', operation: 'SO/Get', effect: 'read', done: /details/ },
  answer: { status: 200, headers: {}, contentType: 'application/json', requestId: '', content: null },
  secrets: [],
};
const orderOf = (text: string) => readSalesOrder(judged, read(text));

/** As ManEx writes: padded columns, `$id` everywhere, a shared line as `$ref`, numbers as numbers, dates without zone. */
const order = `{"$id":"2","SODETAILList":[
  {"$id":"3","DueDateList":[{"$ref":"5"}],"SOPRICESList":[],"UNIQUELN":"A6WDVN62YM","SONO":"0000000789",
   "LINE_NO":"0000002","UOFMEAS":"each","ORD_QTY":12345678901234567890.12345,"BALANCE":10,"Sodet_Desc":"Label  ",
   "NOTE":"waybill 1\\n ","STATUS":"Admin Hold","PART_NUM":null,"REVISION":" "},
  {"$id":"4","DueDateList":null,"UNIQUELN":"a6wdvn62ym","LINE_NO":"0000001","UOFMEAS":"each","ORD_QTY":"4.00",
   "SOPRICESList":[{"$id":"6","PLPRICELNK":"GAWG8ODL6Q","UNIQUELN":"a6wdvn62ym","PRICE":-1.50,"QUANTITY":0,"SALETYPEID":"OTHER     "}],
   "Sodet_Desc":"Brochure","NOTE":"","STATUS":"STANDARD  ","PART_NUM":"BRO-A4-16 ","REVISION":"A  "},
  {"$ref":"3"}],
 "SONO":"0000000789","CUSTNO":"0000000008","PONO":"PO-007   ","SONOTE":"  kept left","IS_CLOSED":"False","CustomerName":null,
 "ORDERDATE":"2014-10-23T16:03:00",
 "Extra":{"$id":"5","DUEDT_UNIQ":"_3X60YA22D","UNIQUELN":"A6WDVN62YM","DUE_DTS1":"2013-11-28T00:00:00","SHIP_DTS":null,"QTY":3,"ACT_SHP_QT":-1}}`;

describe('ManEx records', () => {
  it('are read without padding, with references resolved and numbers as they were written', async () => {
    expect(await orderOf(order)).toEqual({
      soNo: '0000000789',
      custNo: '0000000008',
      poNo: 'PO-007',
      note: '  kept left',
      isClosed: false,
      lines: [
        {
          uniqueLn: 'A6WDVN62YM',
          lineNo: '0000002',
          partNumber: null,
          revision: null,
          description: 'Label',
          quantity: '12345678901234567890.12345',
          unitOfMeasure: 'each',
          status: 'ADMIN HOLD',
          note: 'waybill 1',
          prices: [],
          dueDates: [
            { dueDtUniq: '_3X60YA22D', uniqueLn: 'A6WDVN62YM', dueDate: '2013-11-28', shipDate: null, quantity: '3' },
          ],
        },
        {
          uniqueLn: 'a6wdvn62ym',
          lineNo: '0000001',
          partNumber: 'BRO-A4-16',
          revision: 'A',
          description: 'Brochure',
          quantity: '4.00',
          unitOfMeasure: 'each',
          status: 'STANDARD',
          note: '',
          prices: [
            { plPriceLnk: 'GAWG8ODL6Q', uniqueLn: 'a6wdvn62ym', price: '-1.50', quantity: '0', saleTypeId: 'OTHER' },
          ],
          dueDates: [],
        },
      ],
    });
  });

  it('are matched to their names without regard to case', () => {
    const price = read('{"plpricelnk":"GAWG8ODL6Q","UniqueLn":"A6WDVN62YM","Price":"1","quantity":0,"saleTypeId":"X"}');
    expect(toSalesOrderPrice(Price.parse(price))).toMatchObject({ plPriceLnk: 'GAWG8ODL6Q', saleTypeId: 'X' });
  });

  it.each([
    ['an instant', '"2013-11-28T23:30:00-08:00"', '2013-11-28'],
    ['a date', '"2013-11-28"', '2013-11-28'],
  ])('keep the calendar date of %s in every time zone', (_what, written, expected) => {
    const dueDate = read(`{"DUEDT_UNIQ":"1","UNIQUELN":"2","DUE_DTS1":${written},"SHIP_DTS":" ","QTY":1}`);
    expect(toSalesOrderDueDate(DueDate.parse(dueDate))).toMatchObject({ dueDate: expected, shipDate: null });
  });

  it.each(['1900-01-01T00:00:00', '1899-12-30T00:00:00', '0001-01-01T00:00:00', '0000-00-00T00:00:00'])(
    'take %s for no date, in a list that is read all the same',
    async (none) => {
      const { lines } = await orderOf(
        `{"SONO":"1","CUSTNO":"8","IS_CLOSED":0,"SODETAILList":[{"UNIQUELN":"1","ORD_QTY":1,"BALANCE":"0.00","DueDateList":[{"DUEDT_UNIQ":"1","UNIQUELN":"1","DUE_DTS1":"${none}","SHIP_DTS":"${none}","QTY":1}]}]}`,
      );
      expect(lines).toMatchObject([{ isShipped: true, dueDates: [{ dueDate: null, shipDate: null, quantity: '1' }] }]);
    },
  );

  it.each([
    [
      'a date with the month first',
      '{"SONO":"1","CUSTNO":"8","IS_CLOSED":0,"SODETAILList":[{"UNIQUELN":"1","ORD_QTY":1,"DueDateList":[{"DUEDT_UNIQ":"1","UNIQUELN":"1","DUE_DTS1":"11-28-2013","QTY":1}]}]}',
    ],
    ['no list of lines', '{"SONO":"1","CUSTNO":"8","IS_CLOSED":false}'],
    ['null for the list of lines', '{"SONO":"1","CUSTNO":"8","IS_CLOSED":false,"SODETAILList":null}'],
    [
      'a line without its key',
      '{"SONO":"1","CUSTNO":"8","IS_CLOSED":0,"SODETAILList":[{"UNIQUELN":"  ","ORD_QTY":1}]}',
    ],
    ['no number', '{"SONO":"   ","CUSTNO":"8","IS_CLOSED":0,"SODETAILList":[]}'],
  ])('are refused with %s', async (_what, text) => {
    await expect(orderOf(text)).rejects.toMatchObject({ code: 'BAD_RECORD' });
  });
});

describe('references', () => {
  it('may come before what they refer to, and are left out where they lead back to the object around them', () => {
    const resolved = read('{"first":{"$ref":"2"},"second":{"$id":"2","name":"x","parent":{"$ref":"2"}}}');
    expect(JSON.stringify(resolved)).toBe('{"first":{"name":"x"},"second":{"name":"x"}}');
  });

  it.each(['{"$ref":"9"}', '[{"$id":"1"},{"$ref":null}]', '{"a":{"$ref":{"$id":"1"}}}'])(
    'lead nowhere in %s',
    (text) => {
      expect(() => read(text)).toThrow('BAD_REFERENCE');
    },
  );

  it('are refused in a number no order needs', () => {
    const many = Array(10_001).fill('{"$ref":"1"}').join(',');
    expect(() => read(`[{"$id":"1"},${many}]`)).toThrow('BAD_REFERENCE');
  });

  const referring = (count: number, id: string): string => `[${Array(count).fill(`{"$ref":"${id}"}`).join(',')}]`;
  it.each([
    [
      'many to one with many',
      `{"SODETAILList":${referring(4_000, '1')},"x":{"$id":"1","SOPRICESList":${referring(4_000, '2')}},"y":{"$id":"2"}}`,
    ],
    [
      'an order that is a line of its own',
      `{"$id":"1","SODETAILList":${referring(4_000, '1')},"SOPRICESList":${referring(4_000, '1')}}`,
    ],
    [
      'a chain',
      `[${Array.from({ length: 9_000 }, (_, i) => `{"$id":"${i}","a":{"$ref":"${i + 1}"}}`).join(',')},{"$id":"9000"}]`,
    ],
    ['one that may mean two', '[{"$ref":"1"},{"$id":"1","a":1},{"$id":"1","a":2}]'],
    ['a member in two spellings', '{"CODE":"200","Code":"403"}'],
  ])('are counted before anything is made of them: %s', (_what, text) => {
    expect(() => read(text)).toThrow('BAD_REFERENCE');
  });

  it('may stand for a line thousands of times', () => {
    expect(read(`{"SODETAILList":${referring(5_000, '1')},"x":{"$id":"1","UNIQUELN":"1"}}`)).toMatchObject({
      SODETAILList: { length: 5_000 },
    });
  });

  it('change nothing in a reply without any', () => {
    // In two spellings of one case a member would be refused.
    const plain = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('$') && !hasSpellings(value));
    fc.assert(
      fc.property(plain, (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(read(text))).toBe(JSON.stringify(parseJsonAsText(text)));
      }),
    );
  });

  it('put a shared object back wherever it was', () => {
    const leaf = fc.record({ $id: fc.constant('7'), UNIQUELN: fc.string() });
    fc.assert(
      fc.property(leaf, fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), (shared, places) => {
        const list = [shared, ...places.map((isShared) => (isShared ? { $ref: '7' } : { other: 'x' }))];
        const expected = [true, ...places].map((isShared) =>
          isShared ? { UNIQUELN: shared.UNIQUELN } : { other: 'x' },
        );
        expect(JSON.stringify(read(JSON.stringify(list)))).toBe(JSON.stringify(expected));
      }),
    );
  });
});

/** Whether an object has two members that differ in case only. */
function hasSpellings(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const names = Array.isArray(value) ? [] : Object.keys(value).map((name) => name.toUpperCase());
  return new Set(names).size < names.length || Object.values(value).some(hasSpellings);
}
