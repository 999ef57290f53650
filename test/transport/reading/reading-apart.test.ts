import { join } from 'node:path';
import * as fc from 'fast-check';
import { FailureType } from '../../../src/domain/case/failure-types';
import { sendAndRead } from '../../../src/transport/http/http';
import { APART_FROM, read } from '../../../src/transport/reading/read';
import { ReaderPool } from '../../../src/transport/reading/reader-pool';
import { readInPlace, type Reading } from '../../../src/transport/reading/reading';
import { SoapClient, type SoapCall } from '../../../src/transport/soap/soap';
import { CANARY, errorOf, requestTo, xml } from '../http/attempt';
import { startFaultyServer, type Behaviour, type FaultyServer } from '../http/faulty-server';
import { LARGE, envelopeOf, responseOf, roomy } from './large';

const wsdlFile = join(__dirname, '../../../src/vendors/claritum/claritum.wsdl');
const { MalformedResponse, OutcomeUnknown, VendorRejected } = FailureType;
const signal = new AbortController().signal;

const { read: readApart } = ReaderPool.prototype;
const apart = jest.spyOn(ReaderPool.prototype, 'read');
let server: FaultyServer | undefined;
afterEach(async () => {
  apart.mockClear();
  await server?.close();
  server = undefined;
});

async function clientOf(behave: Behaviour): Promise<SoapClient> {
  server = await startFaultyServer(behave);
  const endpoint = `${server.origin}/${CANARY}`;
  return new SoapClient({ vendor: 'v', endpoint, wsdlFile, faults: [], secrets: [CANARY] });
}

const call: SoapCall = {
  operation: 'getSpecification',
  effect: 'read',
  args: { apiUid: 'u', password: CANARY, orderRefs: { item: ['a'] } },
  limits: roomy,
  options: {},
};
const specification = (ref: string): string =>
  `<item><orderRef>${ref}</orderRef><title> a &amp; <![CDATA[<b>]]> é€ </title><quantity>4.00</quantity>` +
  '<productType xsi:nil="true"/></item>';
const asRead = (orderRef: string): object => ({ orderRef, title: ' a & <b> é€ ', quantity: '4.00', productType: null });

describe('a SOAP answer', () => {
  it.each([
    ['a byte below the threshold', APART_FROM - 1, 0],
    ['at the threshold', APART_FROM, 1],
    ['a byte above it', APART_FROM + 1, 1],
  ])('%s is read like any other, here or apart', async (_, length, times) => {
    const text = responseOf('getSpecification', `<return>${specification('007')}</return>`, length);
    expect(Buffer.byteLength(text)).toBe(length);
    const client = await clientOf(xml(text));
    expect(await client.call(call)).toEqual({ return: { item: asRead('007') } });
    expect(apart).toHaveBeenCalledTimes(times);
  });

  it.each<[string, string, unknown]>([
    ['none', '<return/>', null],
    ['one', `<return>${specification('1')}</return>`, { item: asRead('1') }],
    ['two', `<return>${specification('1')}${specification('2')}</return>`, { item: [asRead('1'), asRead('2')] }],
    [
      'thousands',
      `<return>${Array.from({ length: 5_000 }, (__, i) => specification(`${i}`)).join('')}</return>`,
      { item: Array.from({ length: 5_000 }, (__, i) => asRead(`${i}`)) },
    ],
    [
      'types and a reference',
      '<return xsi:type="SOAP-ENC:Array" xmlns:SOAP-ENC="u" SOAP-ENC:arrayType="ns1:Specification[2]">' +
        '<item xsi:type="ns1:Specification" id="r1"><orderRef xsi:type="xsd:string"> 1 </orderRef></item><item href="#r1"/></return>',
      { item: [{ orderRef: ' 1 ' }, { orderRef: ' 1 ' }] },
    ],
    ['a text of a megabyte', `<return>${'x'.repeat(1e6)}</return>`, 'x'.repeat(1e6)],
  ])('that is large holds %s', async (_, result, expected) => {
    const client = await clientOf(xml(responseOf('getSpecification', result, LARGE)));
    expect(await client.call(call)).toEqual({ return: expected });
    expect(apart).toHaveBeenCalledTimes(1);
  });

  it.each<[string, (text: string) => Buffer, string]>([
    ['UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'), 'text/xml'],
    ['ISO-8859-1', (text) => Buffer.from(text, 'latin1'), 'text/xml; charset=ISO-8859-1'],
  ])('that is large is decoded there: %s', async (_, encode, contentType) => {
    const text = responseOf('getSpecification', '<return><item>é</item></return>', LARGE);
    const client = await clientOf(xml(encode(text), contentType));
    expect(await client.call(call)).toEqual({ return: { item: 'é' } });
    expect(apart).toHaveBeenCalledTimes(1);
  });

  const good = responseOf('getSpecification', '<return/>', LARGE);
  const html = `<html><body>${'<p>down</p>'.repeat(LARGE / 10)}</body></html>`;
  it.each<[string, string | Buffer, string]>([
    ['cut off', good.slice(0, -10), 'TRUNCATED'],
    ['of another operation', responseOf('getSpecifications', '<return/>', LARGE), 'WRONG_OPERATION'],
    ['without a body', envelopeOf('', LARGE), 'EMPTY'],
    ['of blanks', ' '.repeat(LARGE), 'EMPTY'],
    ['that is an HTML page', html, 'WRONG_ROOT'],
    ['that is no XML', '{'.repeat(LARGE), 'NOT_XML'],
    ['with a document type', `<!DOCTYPE x [<!ENTITY e "x">]>${good}`, 'DOCTYPE'],
    ['too deep', envelopeOf('<a>'.repeat(LARGE)), 'TOO_DEEP'],
    ['that would poison the parser', responseOf('getSpecification', '<return id="__proto__"/>', LARGE), 'HOSTILE_NAME'],
    ['not in its charset', Buffer.from(`${good}<!-- \xe9 -->`, 'latin1'), 'BAD_CHARSET'],
    [
      'with a member every object has',
      responseOf('getSpecification', '<return><toString>x</toString></return>', LARGE),
      'HOSTILE_NAME',
    ],
  ])('that is large and %s ends as a small one does', async (_, body, code) => {
    for (const [status, asWrite, asRead200] of [
      [200, OutcomeUnknown, MalformedResponse],
      [500, OutcomeUnknown, OutcomeUnknown],
    ] as const) {
      const client = await clientOf(xml(body, 'text/xml; charset=utf-8', status));
      const write = await errorOf(client.call({ ...call, effect: 'write' }));
      expect([write.type, write.code, write.status]).toEqual([asWrite, code, status]);
      const asked = await errorOf(client.call(call));
      expect([asked.type, asked.code, asked.status]).toEqual([asRead200, code, status]);
      await server?.close();
    }
    expect(apart).toHaveBeenCalledTimes(4);
  });

  it('that is large and a fault is one, quoted briefly and without secrets', async () => {
    const text = `${CANARY} is ${'w'.repeat(LARGE)}`;
    const fault = `<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode><faultstring>${text}</faultstring></SOAP-ENV:Fault>`;
    const client = await clientOf(xml(envelopeOf(fault), 'text/xml', 500));
    const error = await errorOf(client.call(call));
    expect([error.type, error.code, error.status]).toEqual([VendorRejected, 'Client', 500]);
    expect(error.message).toMatch(/^v getSpecification: fault Client: \*{3} is w+…$/);
    expect(apart).toHaveBeenCalledTimes(1);
  });

  it('that is large is given up when the call is cancelled, and the next one read', async () => {
    const records = specification('1').repeat(20_000);
    const client = await clientOf(xml(responseOf('getSpecification', `<return>${records}</return>`)));
    const controller = new AbortController();
    apart.mockImplementationOnce(async function (this: ReaderPool, ...task) {
      setImmediate(() => controller.abort());
      return readApart.apply(this, task);
    });
    const error = await errorOf(client.call({ ...call, options: { signal: controller.signal } }));
    expect([error.type, error.code, error.status]).toEqual([OutcomeUnknown, 'ABORTED', 200]);
    expect(await client.call(call)).toMatchObject({ return: { item: { length: 20_000 } } });
    expect(apart).toHaveBeenCalledTimes(2);
  });

  it('that is an outage page of 62 KB costs next to nothing, whatever it calls itself', async () => {
    const page = `<html><head><title>502 Bad Gateway</title></head>${'<p>down<br></p>\n'.repeat(3_900)}</html>`;
    expect(page.length).toBeGreaterThan(62_000);
    for (const [status, type] of [
      [200, OutcomeUnknown],
      [500, OutcomeUnknown],
      [502, OutcomeUnknown],
    ] as const) {
      for (const contentType of ['text/xml', 'text/html']) {
        const client = await clientOf(xml(page, contentType, status));
        const { user } = process.cpuUsage();
        const error = await errorOf(client.call({ ...call, effect: 'write' }));
        // Of processor time, for this machine may be busy; node-soap's own client took a second (ADR 3).
        expect(process.cpuUsage().user - user).toBeLessThan(500_000);
        expect(error.type).toBe(type);
        await server?.close();
      }
    }
    expect(apart).not.toHaveBeenCalled();
  });
});

const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .record({
      name: fc.constantFrom('item', 'orderRef', 'title', 'quantity', 'sections', 'other'),
      attributes: fc.constantFrom(
        '',
        ' xsi:type="xsd:string"',
        ' xsi:nil="true"',
        ' id="r1"',
        ' xsi:type="ns1:Specification"',
      ),
      content: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(
          '',
          ' ',
          ' x ',
          '007',
          '1.10',
          '&lt;a&gt;',
          '<![CDATA[<?xml version="1.0"?><b/>]]>',
          '<!-- c -->',
        ),
        fc.array(tie('element'), { maxLength: 4 }).map((children) => children.join('')),
      ),
    })
    .map(({ name, attributes, content }) => `<${name}${attributes}>${content}</${name}>`),
}));

it('SOAP means apart what it means here', async () => {
  const reading = { form: 'soap', wsdlFile, elements: { declared: 'getSpecificationResponse' } } as const;
  const bodyOf = (text: string) => ({ chunks: [Buffer.from(text)], contentType: 'text/xml' });
  await fc.assert(
    fc.asyncProperty(fc.array(element, { maxLength: 6 }), async (children) => {
      const result = `<return xmlns:xsd="http://www.w3.org/2001/XMLSchema">${children.join('')}</return>`;
      const here = await readInPlace(bodyOf(responseOf('getSpecification', result)), reading);
      expect(await read(bodyOf(responseOf('getSpecification', result, LARGE)), reading, signal)).toEqual(here);
    }),
    { numRuns: 60 },
  );
});

describe('any other answer', () => {
  it.each<[string, Reading, string, unknown]>([
    [
      'XML',
      { form: 'xml', root: 'R', lists: new Set(['Site']) },
      '<R><Site><ID>1</ID></Site></R>',
      { Site: [{ ID: '1' }] },
    ],
    ['JSON', { form: 'json' }, '{"__proto__":{"x":1},"ORD_QTY":4.00}', { ORD_QTY: '4.00' }],
    ['either, XML', { form: 'either', root: 'R' }, '<R><A>1</A></R>', { A: '1' }],
    ['either, JSON', { form: 'either', root: 'R' }, '{"R":{"A":1}}', { R: { A: '1' } }],
  ])('is read apart when it is large: %s', async (_, reading, text, expected) => {
    for (const [padding, times] of [
      ['', 0],
      [' '.repeat(LARGE), 1],
    ] as const) {
      server = await startFaultyServer(xml(padding + text, 'text/xml'));
      const request = requestTo(server.origin, { effect: 'read', limits: roomy });
      const { content, status } = await sendAndRead(request, reading);
      expect([content, status]).toEqual([expected, 200]);
      expect(apart).toHaveBeenCalledTimes(times);
      await server.close();
    }
  });

  it.each<[string, Reading, string, string]>([
    ['XML', { form: 'xml', root: 'R' }, `<R>${'<a/>'.repeat(LARGE)}`, 'TRUNCATED'],
    ['JSON', { form: 'json' }, `[${'1,'.repeat(LARGE)}`, 'NOT_JSON'],
    ['JSON too deep', { form: 'json' }, '['.repeat(LARGE) + ']'.repeat(LARGE), 'TOO_DEEP'],
  ])('that is large and bad ends as a small one does: %s', async (_, reading, text, code) => {
    server = await startFaultyServer(xml(text, 'text/xml'));
    const error = await errorOf(sendAndRead(requestTo(server.origin, { effect: 'read', limits: roomy }), reading));
    expect([error.type, error.code]).toEqual([MalformedResponse, code]);
    expect(apart).toHaveBeenCalledTimes(1);
  });

  it('means apart what it means here', async () => {
    const shape = { form: 'json' } as const;
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
        const text = JSON.stringify(value);
        const large = `${text}${' '.repeat(APART_FROM)}`;
        expect(await read({ text: large }, shape, signal)).toStrictEqual(await readInPlace({ text }, shape));
      }),
      { numRuns: 30 },
    );
  });
});
