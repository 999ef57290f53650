import { join } from 'node:path';
import { FailureType } from '../../../src/domain/case/failure-types';
import { SoapClient, type SoapCall } from '../../../src/transport/soap/soap';
import { CANARY, errorOf, limits, xml } from '../http/attempt';
import { startFaultyServer, type Behaviour, type FaultyServer } from '../http/faulty-server';

const wsdlFile = join(__dirname, '../../../src/vendors/claritum/claritum.wsdl');
const NS = 'https://yourserver.claritum.com/system/ws/1.3/soap.php';
const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" ` +
  `xmlns:ns1="${NS}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
  `xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;
const answer = (operation: string, result: string): string =>
  envelope(`<ns1:${operation}Response>${result}</ns1:${operation}Response>`);
const fault = (code: string, text: string): string =>
  envelope(
    `<SOAP-ENV:Fault><faultcode>SOAP-ENV:${code}</faultcode><faultstring>${text}</faultstring></SOAP-ENV:Fault>`,
  );

let server: FaultyServer;
afterEach(async () => server.close());

async function clientOf(behave: Behaviour): Promise<SoapClient> {
  server = await startFaultyServer(behave);
  const faults = [
    { text: /^busy$/, verdict: 'inconclusive-fault' as const },
    { code: /^Receiver$/, text: /key/, verdict: 'session-refusal' as const },
    { text: /no such order/, verdict: 'missing-record' as const },
  ];
  return new SoapClient({ vendor: 'v', endpoint: `${server.origin}/${CANARY}`, wsdlFile, faults, secrets: [CANARY] });
}

const markExported: SoapCall = {
  operation: 'markExported',
  effect: 'write',
  args: { apiUid: 'u', password: CANARY, uids: { item: ['a'] } },
  limits,
  options: {},
};
const getSpecification: SoapCall = {
  ...markExported,
  operation: 'getSpecification',
  effect: 'read',
  args: { apiUid: 'u', password: CANARY, orderRefs: { item: ['a'] } },
};
const specification =
  '<item xsi:type="ns1:Specification"><orderRef xsi:type="xsd:string">007</orderRef>' +
  '<title xsi:type="xsd:string"> a &amp; b<!-- c --> <![CDATA[<?xml version="1.0"?><x/>]]> </title>' +
  '<productType xsi:nil="true"/><quantity xsi:type="xsd:int">12345678901234567890</quantity></item>';
const asRead = {
  orderRef: '007',
  title: ' a & b <?xml version="1.0"?><x/> ',
  productType: null,
  quantity: '12345678901234567890',
};

describe('an answer', () => {
  it.each<[string, string, unknown]>([
    ['none', '<return SOAP-ENC:arrayType="ns1:Specification[0]" xsi:type="SOAP-ENC:Array"/>', { return: '' }],
    ['one', `<return xsi:type="SOAP-ENC:Array">${specification}</return>`, { return: { item: asRead } }],
    ['two', `<return>${specification}${specification}</return>`, { return: { item: [asRead, asRead] } }],
    [
      'two that share a value',
      '<return><item id="r1"><orderRef>1</orderRef></item><item href="#r1"/></return>',
      { return: { item: [{ orderRef: '1' }, { orderRef: '1' }] } },
    ],
    ['none, as nil', '<return xsi:nil="true"/>', { return: null }],
  ])('is read in the style of PHP, exactly as written: %s', async (_, result, expected) => {
    const client = await clientOf(xml(answer('getSpecification', result)));
    expect(await client.call(getSpecification)).toEqual(expected);
  });

  const { OutcomeUnknown, MalformedResponse } = FailureType;
  it.each<[string, string, string]>([
    ['of another operation', answer('getSpecifications', '<return>true</return>'), 'WRONG_OPERATION'],
    ['twice', envelope('<ns1:markExportedResponse/><ns1:markExportedResponse/>'), 'WRONG_OPERATION'],
    ['without a body', '<E:Envelope xmlns:E="u"/>', 'EMPTY'],
    ['with an empty body', envelope(''), 'EMPTY'],
    ['cut off', answer('markExported', '<return>true</return>').slice(0, -10), 'TRUNCATED'],
    ['after a warning', `Warning: x ${answer('markExported', '')}`, 'NOT_XML'],
    ['with a document type', `<!DOCTYPE x>${answer('markExported', '')}`, 'DOCTYPE'],
    ['that would poison the parser', answer('markExported', '<return id="__proto__">true</return>'), 'HOSTILE_NAME'],
    ['that is no envelope', '<html><body>down</body></html>', 'WRONG_ROOT'],
    [
      'with a member every object has',
      answer('markExported', '<return><toString>x</toString></return>'),
      'HOSTILE_NAME',
    ],
  ])('%s is none', async (_, text, code) => {
    const client = await clientOf(xml(text));
    const write = await errorOf(client.call(markExported));
    expect([write.type, write.code]).toEqual([OutcomeUnknown, code]);
    const read = await errorOf(client.call({ ...markExported, effect: 'read' }));
    expect([read.type, read.code]).toEqual([MalformedResponse, code]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('with status 500 proves nothing', async () => {
    const client = await clientOf(xml(answer('markExported', '<return>true</return>'), 'text/xml', 500));
    const error = await errorOf(client.call(markExported));
    expect([error.type, error.code]).toEqual([OutcomeUnknown, 'HTTP_500']);
  });
});

describe('a fault', () => {
  it.each<[string, string, FailureType]>([
    ['Client', 'whatever', FailureType.VendorRejected],
    ['Client.Authentication', 'whatever', FailureType.VendorRejected],
    ['Sender', 'whatever', FailureType.VendorRejected],
    ['Sender', 'busy', FailureType.OutcomeUnknown],
    ['Receiver', 'Unknown error', FailureType.OutcomeUnknown],
    ['Server', '', FailureType.OutcomeUnknown],
    ['Receiver', 'Invalid session key', FailureType.VendorUnauthorized],
    ['Receiver', 'no such order', FailureType.VendorRejected],
  ])('%s: %s', async (code, text, type) => {
    for (const status of [200, 400, 500]) {
      const client = await clientOf(xml(fault(code, text), 'text/xml', status));
      const error = await errorOf(client.call(markExported));
      expect([error.type, error.code, error.status]).toEqual([type, code, status]);
      await server.close();
    }
  });

  it('of a read that misses its record says so', async () => {
    const client = await clientOf(xml(fault('Receiver', 'no such order'), 'text/xml', 500));
    expect((await errorOf(client.call(getSpecification))).type).toBe(FailureType.DocumentNotFound);
  });

  it('shows no secret as its code or as the number of the request, however it is written', async () => {
    const client = await clientOf((response) =>
      response
        .writeHead(500, { 'content-type': 'text/xml', 'x-request-id': Buffer.from(`u:${CANARY}`).toString('base64') })
        .end(fault(CANARY.toLowerCase(), 'no')),
    );
    const error = await errorOf(client.call(markExported));
    expect(error).toMatchObject({
      code: 'FAULT',
      message: expect.stringContaining('fault ***: no'),
      requestId: undefined,
    });
  });

  it('is quoted without secrets and without what a terminal would obey', async () => {
    const client = await clientOf(
      xml(fault('Sender', `${CANARY} &#x202E; is\n wrong ${'!'.repeat(1_000)}`), 'text/xml', 500),
    );
    const { message } = await errorOf(client.call(markExported));
    expect(message).toMatch(/^v markExported: fault Sender: \*{3} is wrong !+…$/);
    expect(message.length).toBeLessThan(400);
  });

  it('in the shape of SOAP 1.2 is understood', async () => {
    const text = envelope(
      '<SOAP-ENV:Fault><SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:Sender</SOAP-ENV:Value></SOAP-ENV:Code>' +
        '<SOAP-ENV:Reason><SOAP-ENV:Text>no</SOAP-ENV:Text></SOAP-ENV:Reason></SOAP-ENV:Fault>',
    );
    const client = await clientOf(xml(text, 'text/xml', 500));
    expect((await errorOf(client.call(markExported))).message).toBe('v markExported: fault Sender: no');
  });
});

describe('a call', () => {
  it.each<[string, Partial<SoapCall>]>([
    ['with CDATA in an argument', { args: { apiUid: '<![CDATA[x]]></apiUid>' } }],
    ['of an operation nobody has', { operation: 'getEverything' }],
    ['of what every object has', { operation: 'constructor' }],
  ])('%s is not sent', async (_, change) => {
    const client = await clientOf(xml(answer('markExported', '<return>true</return>')));
    const error = await errorOf(client.call({ ...markExported, ...change }));
    expect([error.type, error.code]).toEqual([FailureType.VendorRejected, 'UNSENDABLE']);
    expect(server.connections()).toBe(0);
  });

  it('without its WSDL is not sent', async () => {
    server = await startFaultyServer(xml(''));
    const client = new SoapClient({ vendor: 'v', endpoint: server.origin, wsdlFile: '/none', faults: [], secrets: [] });
    const error = await errorOf(client.call(markExported));
    expect([error.type, error.code]).toEqual([FailureType.VendorUnavailable, 'BAD_WSDL']);
  });

  it('among many at once keeps its own answer and its own limits', async () => {
    const client = await clientOf((response, request) => {
      const uid = /<item>(.*?)<\/item>/.exec(server.requests.at(-1)?.body ?? '')?.[1] ?? '';
      if (uid === 'slow') return;
      setTimeout(() => xml(answer('getSpecification', `<return><item>${uid}</item></return>`))(response, request), 10);
    });
    const call = (uid: string, options = {}): SoapCall => ({
      ...getSpecification,
      args: { apiUid: 'u', password: CANARY, orderRefs: { item: [uid] } },
      options,
    });
    const controller = new AbortController();
    const cancelled = errorOf(client.call(call('slow', { signal: controller.signal })));
    const late = errorOf(client.call(call('late', { sendBy: 0 })));
    const answers = await Promise.all(['1', '2', '3', '4'].map(async (uid) => client.call(call(uid))));
    controller.abort();
    expect(answers).toEqual(['1', '2', '3', '4'].map((item) => ({ return: { item } })));
    expect((await cancelled).code).toBe('ABORTED');
    expect((await late).code).toBe('SEND_BY_PASSED');
  });
});
