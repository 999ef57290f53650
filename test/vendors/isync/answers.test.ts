import { FailureType } from '../../../src/domain/case/failure-types';
import type { VendorAnswer } from '../../../src/sandbox/vendor';
import { ISyncClient, type ISyncConfig } from '../../../src/vendors/isync/client';
import { sampleCreditNote, sampleOrder, sampleOrderAnswer } from './orders';
import { escaped, executeAnswer, refused, serveAnswering, soapFault, succeeded } from './vendor';
import type { Served } from '../served';

const { DocumentNotFound, MalformedResponse, OutcomeUnknown, VendorRejected } = FailureType;
const poNumber = '081341987533';

let served: Served | undefined;
afterEach(async () => served?.close());

async function clientAnswered(answer: VendorAnswer, config: Partial<ISyncConfig> = {}): Promise<ISyncClient> {
  served = await serveAnswering(() => answer);
  return new ISyncClient({ endpoint: served.origin, username: 'webstore', password: 'A05E63A', ...config });
}

const done = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: unknown) => error,
  );

describe('the flag', () => {
  it.each([
    '<b:Successflag>true</b:Successflag>',
    '<b:SuccessFlag>1</b:SuccessFlag>',
    '<b:Resultflag> True </b:Resultflag>',
    '<b:successFLAG>TRUE</b:successFLAG><b:Resultflag>1</b:Resultflag>',
  ])('says yes in any spelling: %s', async (flag) => {
    const isync = await clientAnswered(executeAnswer(`<b:ResponseText>OK</b:ResponseText>${flag}`));
    expect(await done(isync.persistWebSalesOrder(sampleOrder))).toBe('done');
  });

  it.each<[string, FailureType, FailureType, string]>([
    ['', OutcomeUnknown, MalformedResponse, 'NO_FLAG'],
    ['<b:Successflag i:nil="true"/>', OutcomeUnknown, MalformedResponse, 'NO_FLAG'],
    ['<b:Successflag>yes</b:Successflag>', OutcomeUnknown, MalformedResponse, 'NO_FLAG'],
    ['<b:Successflag>constructor</b:Successflag>', OutcomeUnknown, MalformedResponse, 'NO_FLAG'],
    ['<b:Successflag>1</b:Successflag><b:SuccessFlag>1</b:SuccessFlag>', OutcomeUnknown, MalformedResponse, 'NO_FLAG'],
    ['<b:Successflag>1</b:Successflag><b:Resultflag>0</b:Resultflag>', OutcomeUnknown, MalformedResponse, 'NO_FLAG'],
    ['<b:Successflag>false</b:Successflag>', OutcomeUnknown, MalformedResponse, 'CONTRADICTION'],
  ])('proves nothing as %s with the text OK', async (flag, asWrite, asRead, code) => {
    const isync = await clientAnswered(executeAnswer(`<b:ResponseText>OK</b:ResponseText>${flag}`));
    expect(await done(isync.createWebCreditNote(sampleCreditNote))).toMatchObject({ type: asWrite, code });
    expect(await done(isync.getWebSalesOrder({ poNumber }))).toMatchObject({ type: asRead, code });
  });
});

describe('an answer that repeats another request', () => {
  it.each(['<b:MessageType>GetWebSalesOrders</b:MessageType>', '<b:Identifier>0</b:Identifier>'])(
    '%s is none of ours',
    async (echo) => {
      const isync = await clientAnswered(executeAnswer(`${echo}<b:Successflag>true</b:Successflag>`));
      const unknown = { type: OutcomeUnknown, code: 'WRONG_ANSWER' };
      expect(await done(isync.persistWebSalesOrder(sampleOrder))).toMatchObject(unknown);
    },
  );

  it('is ours where it repeats ours, or nothing', async () => {
    const echo = `<b:Identifier> ${sampleOrder.poNumber} </b:Identifier><b:MessageType>persistwebsalesorder</b:MessageType>`;
    const isync = await clientAnswered(executeAnswer(`${echo}<b:Successflag>true</b:Successflag><b:Source/>`));
    expect(await done(isync.persistWebSalesOrder(sampleOrder))).toBe('done');
  });
});

/** The document's sample, as the domain has it. */
const asRead = {
  poNumber,
  salesOrderId: '33534',
  trackNo: 'TRACK',
  statusId: '11',
  requiredDate: '2018-09-01T00:00:00',
  comments: null,
  webCustomerName: 'John Doe',
  lines: [
    {
      soDetailId: '136141',
      cnTypeId: '0',
      thirdPartyBarcode: '999999999999',
      units: '4.00',
      sellingPrice: '16.36',
      exRate: '1.0000',
      discount: '0.00',
      statusId: '11',
      dueDate: '2018-09-01T00:00:00',
      invoiceNumber: null,
      invoiceDate: null,
      invoiceUnits: '0.00',
    },
  ],
};

describe('an order', () => {
  const yes = '<b:Successflag>true</b:Successflag>';
  it.each([
    ['escaped', `<b:ResultXml>${escaped(sampleOrderAnswer)}</b:ResultXml>`],
    ['as CDATA', `<b:ResultXml><![CDATA[${sampleOrderAnswer}]]></b:ResultXml>`],
    [
      'as CDATA that begins as XML does',
      `<b:ResultXml><![CDATA[<?xml version="1.0" encoding="utf-16"?>${sampleOrderAnswer}]]></b:ResultXml>`,
    ],
    ['behind a byte order mark', `<b:ResultXml>\uFEFF${escaped(sampleOrderAnswer)}</b:ResultXml>`],
    ['as MessageXML', `<b:MessageXML>${escaped(sampleOrderAnswer)}</b:MessageXML>`],
    ['as MessageXml', `<b:MessageXml>${escaped(sampleOrderAnswer)}</b:MessageXml>`],
    [
      'beside the request',
      `<b:MessageXml>&lt;WebSalesOrderQueryCriteria/&gt;</b:MessageXml><b:ResultXml>${escaped(sampleOrderAnswer)}</b:ResultXml>`,
    ],
  ])('is read %s', async (_, body) => {
    const isync = await clientAnswered(executeAnswer(body + yes));
    expect(await isync.getWebSalesOrder({ poNumber })).toEqual(asRead);
  });

  it('is read with many lines and with none', async () => {
    const [detail = ''] = /<WebSalesOrderDetail>[\s\S]*<\/WebSalesOrderDetail>/.exec(sampleOrderAnswer) ?? [];
    const many = await clientAnswered(succeeded(sampleOrderAnswer.replace(detail, detail.repeat(3))));
    expect((await many.getWebSalesOrder({ poNumber }))?.lines).toHaveLength(3);
    await served?.close();
    const none = await clientAnswered(succeeded(sampleOrderAnswer.replace(detail, '')));
    expect((await none.getWebSalesOrder({ poNumber }))?.lines).toEqual([]);
  });

  it.each(['1900-01-01T00:00:00', '1753-01-01T00:00:00', '0000-00-00T00:00:00'])(
    'takes %s for no date',
    async (none) => {
      const text = sampleOrderAnswer.replace('<RequiredDate>2018-09-01T00:00:00', `<RequiredDate>${none}`);
      const isync = await clientAnswered(succeeded(text));
      expect((await isync.getWebSalesOrder({ poNumber }))?.requiredDate).toBeNull();
    },
  );

  it('is read with what nobody has set as null', async () => {
    const text = sampleOrderAnswer
      .replace('<RequiredDate>2018-09-01T00:00:00', '<RequiredDate>0001-01-01T00:00:00')
      .replace('<ExRate>1.0000</ExRate>', '<ExRate i:nil="true"/>')
      .replace('<InvoiceUnits>0.00</InvoiceUnits>', '');
    const isync = await clientAnswered(succeeded(text));
    const order = await isync.getWebSalesOrder({ poNumber });
    expect([order?.requiredDate, order?.lines[0]?.exRate, order?.lines[0]?.invoiceUnits]).toEqual([null, null, '0']);
  });

  it.each<[string, string, string, string]>([
    ['a number', '<SellingPrice>16.36', '<SellingPrice>16,36', 'LineItems.0.SellingPrice: is not a decimal number'],
    ['its own number', '<SalesOrderID>33534</SalesOrderID>\n<Spec', '<Spec', 'SalesOrderID is missing'],
    ['its status', '<StatusID>11</StatusID>\n<Track', '<StatusID/>\n<Track', 'StatusID: is empty'],
  ])('without %s is refused by the name of the member', async (_, before, after, reason) => {
    expect(sampleOrderAnswer).toContain(before);
    const isync = await clientAnswered(succeeded(sampleOrderAnswer.replace(before, after)));
    expect(await done(isync.getWebSalesOrder({ poNumber }))).toMatchObject({
      type: MalformedResponse,
      code: 'BAD_RECORD',
      message: expect.stringContaining(reason) as string,
    });
  });

  it.each<[string, string]>([
    ['WRONG_ANSWER', sampleOrderAnswer.replace(poNumber, '081341987534')],
    ['WRONG_ROOT', '<ArrayOfProductStockUnits/>'],
    ['DOCTYPE', `<!DOCTYPE x [<!ENTITY e "v">]>${sampleOrderAnswer}`],
    ['TRUNCATED', sampleOrderAnswer.slice(0, 400)],
    ['HOSTILE_NAME', '<WebSalesOrder><__proto__/></WebSalesOrder>'],
    ['NOT_XML', 'OK'],
  ])('that is none is refused: %s', async (code, text) => {
    const isync = await clientAnswered(succeeded(text));
    expect(await done(isync.getWebSalesOrder({ poNumber }))).toMatchObject({ type: MalformedResponse, code });
  });
});

describe('an order that is not there', () => {
  const xsi = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';
  it.each<[string, VendorAnswer]>([
    ['an empty result', succeeded('')],
    ['a blank result', succeeded(' \n')],
    ['no result at all', executeAnswer('<b:Successflag>true</b:Successflag>')],
    ['a nil result', executeAnswer('<b:ResultXml i:nil="true"/><b:Successflag>true</b:Successflag>')],
    ['a nil document', succeeded(`<WebSalesOrder ${xsi} i:nil="true"/>`)],
    ['words', refused(`Sales order with PO Number ${poNumber} was not found`)],
    ['other words', refused(`No sales order found for PONumber '${poNumber}'.`)],
    ['few words', refused('Order not found.')],
    ['words of need', refused(`PO number ${poNumber} does not exist`)],
  ])('is told by %s', async (_, answer) => {
    const isync = await clientAnswered(answer);
    expect(await isync.getWebSalesOrder({ poNumber })).toBeNull();
  });

  it.each<[string, FailureType]>([
    ['System.Data.SqlClient.SqlException: The server was not found or was not accessible', OutcomeUnknown],
    ["Could not find stored procedure 'GetOrder'", VendorRejected],
    ['NullReferenceException: the order was not found\n   at iSync.EAI.Orders.Get()', OutcomeUnknown],
    ['Customer of the order is blocked', VendorRejected],
    ['', OutcomeUnknown],
  ])('is not told by %j', async (text, type) => {
    const isync = await clientAnswered(refused(text));
    expect(await done(isync.getWebSalesOrder({ poNumber }))).toMatchObject({ type });
  });

  it('is told by the installation’s own words, and then by no other', async () => {
    const texts = { absentOrder: /^Sequence contains no elements$/ };
    const isync = await clientAnswered(refused('Sequence contains no elements'), { texts });
    expect(await isync.getWebSalesOrder({ poNumber })).toBeNull();
    await served?.close();
    const other = await clientAnswered(refused('Order not found'), { texts });
    expect(await done(other.getWebSalesOrder({ poNumber }))).toMatchObject({ type: VendorRejected });
  });
});

describe('a refusal', () => {
  it.each<[VendorAnswer, FailureType, string]>([
    [refused('Product ABS is discontinued'), VendorRejected, 'REFUSED'],
    [
      refused("Error in line 1 position 9. Expecting element 'A' from namespace 'x'.. Encountered 'B'"),
      VendorRejected,
      'REFUSED',
    ],
    [
      refused('System.FormatException: Input string was not in a correct format.\n at System.Number'),
      VendorRejected,
      'REFUSED',
    ],
    [refused('SqlException: Violation of UNIQUE KEY constraint'), VendorRejected, 'REFUSED'],
    [refused('System.Data.SqlClient.SqlException: Timeout expired.'), OutcomeUnknown, 'SERVER_ERROR'],
    [refused('Object reference not set to an instance of an object.'), OutcomeUnknown, 'SERVER_ERROR'],
    [refused(''), OutcomeUnknown, 'SERVER_ERROR'],
    [refused('NHibernate: the session was closed: invalid state'), OutcomeUnknown, 'SERVER_ERROR'],
    [soapFault('a:DeserializationFailed', 'The formatter threw an exception'), VendorRejected, 'DeserializationFailed'],
    [soapFault('s:Client', 'Bad request'), VendorRejected, 'Client'],
    [
      soapFault('a:InternalServiceFault', 'The server was unable to process the request'),
      OutcomeUnknown,
      'InternalServiceFault',
    ],
    [soapFault('s:Client', 'Deadlock'), OutcomeUnknown, 'Client'],
  ])('%j is told from a failure of the machine, and is sent once', async (answer, type, code) => {
    const isync = await clientAnswered(answer);
    expect(await done(isync.persistWebSalesOrder(sampleOrder))).toMatchObject({
      type,
      code,
      operation: 'PersistWebSalesOrder',
    });
    expect(served?.requests).toHaveLength(2);
  });

  it.each<[string, string, FailureType]>([
    ['says no', `Product ABS is discontinued. ${'Details: see the log. '.repeat(300)}`, OutcomeUnknown],
    ['blames the request', `Violation of UNIQUE KEY constraint. ${'See the log. '.repeat(500)}`, VendorRejected],
    ['means nothing', 'establish'.repeat(55_000), OutcomeUnknown],
  ])('that goes on beyond what is matched proves something only where its beginning %s', async (_, text, type) => {
    const isync = await clientAnswered(refused(text));
    expect(await done(isync.persistWebSalesOrder(sampleOrder))).toMatchObject({ type });
  });

  it.each([refused('key K-1 of webstore/A05E63A is not good'), soapFault('s:Client', 'K-1 A05E63A')])(
    'shows neither key nor password: %j',
    async (answer) => {
      const isync = await clientAnswered(answer);
      const error = await done(isync.persistWebSalesOrder(sampleOrder));
      expect(error).toMatchObject({ message: expect.stringContaining('***') as string });
      expect(String(error)).not.toMatch(/K-1|A05E63A/);
    },
  );

  it('of a record that is missing is no read', async () => {
    const isync = await clientAnswered(refused('Sales order was not found'));
    const end = await done(isync.createWebCreditNote(sampleCreditNote));
    expect(end).toMatchObject({ type: VendorRejected });
    expect(end).not.toMatchObject({ type: DocumentNotFound });
  });
});
