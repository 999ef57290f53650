import { CentraCaller, bodyOf, envelope, fields, list, login, namespaces, paths, request } from './centra-calls';

const centra = new CentraCaller();
const get = (namespace: string, inner: string) =>
  `<events_GetRequest xmlns="${namespace}">${inner}<type>all</type></events_GetRequest>`;
const fault = (answer: { readonly status: number; readonly body: string }) => {
  const { faultcode, faultstring } = fields(bodyOf(answer.body)['Fault']);
  return [answer.status, faultcode, faultstring];
};
const badLogin = [500, 'SOAP-ENV:Client', 'Invalid username or password'];
const count = (answer: { readonly body: string }) => list(fields(bodyOf(answer.body)['events_Get'])['events']).length;

const inHeader = (namespace: string) => `<login xmlns="${namespace}">${login().slice('<login>'.length)}`;
const basic = `Basic ${Buffer.from('centra:centra-secret').toString('base64')}`;

describe('the three endpoints', () => {
  it.each([
    ['soap/api', paths.current, namespaces.current, 'body'],
    ['navision/api', paths.navisionApi, namespaces.old, 'header'],
    ['navision/soap', paths.navisionSoap, namespaces.old, 'body'],
  ])('%s serves its own WSDL, at its own address', (_, path, namespace, where) => {
    const { status, body } = centra.answer('', { method: 'GET', path, query: 'wsdl' });
    expect(status).toBe(200);
    expect(body).toContain(`targetNamespace="${namespace}"`);
    expect(body).toContain(`<soap:address location="http://localhost:7400${path}"/>`);
    expect(body).toContain(`soapAction="${namespace}Events_GetByMarkets"`);
    expect(body.includes('<soap:header message="tns:Login"')).toBe(where === 'header');
    expect(body.match(/<xsd:element name="login" type="tns:Login"\/>/g)).toHaveLength(where === 'header' ? 1 : 18);
    expect(body.includes(namespaces.current)).toBe(namespace === namespaces.current);
  });

  it.each([
    ['soap/api', 'body', paths.current, namespaces.current],
    ['navision/soap', 'body', paths.navisionSoap, namespaces.old],
    ['navision/api', 'header or HTTP Basic', paths.navisionApi, namespaces.old],
  ])('%s takes the login in the %s and nowhere else', (_, where, path, namespace) => {
    const bare = get(namespace, '');
    const ends = [
      centra.answer(envelope(get(namespace, login())), { path }),
      centra.answer(envelope(bare, inHeader(namespace)), { path }),
      centra.answer(envelope(bare), { path, headers: { authorization: basic } }),
    ];
    const isTaken = ends.map(({ status }) => status === 200);
    expect(isTaken).toEqual(where === 'body' ? [true, false, false] : [false, true, true]);
    const refused = ends.filter(({ status }) => status !== 200);
    expect([...refused, centra.answer(envelope(bare), { path })].map(fault)).toEqual(
      Array.from({ length: refused.length + 1 }, () => badLogin),
    );
  });

  it('answer in their own namespace and know no other', () => {
    const body = envelope(get(namespaces.old, login()));
    expect(centra.answer(body, { path: paths.navisionSoap }).body).toContain(`xmlns:ns1="${namespaces.old}"`);
    expect(fault(centra.answer(body))).toEqual([500, 'SOAP-ENV:Client', "Procedure 'events_GetRequest' not present"]);
  });
});

describe('a request', () => {
  it('is told by its body: SOAPAction may be missing or wrong, and events_Get has two names', () => {
    const body = request('events_Get', '<type>order</type>');
    expect(count(centra.answer(body))).toBe(3);
    expect(count(centra.answer(body, { headers: { soapaction: '"http://elsewhere/Orders_Update"' } }))).toBe(3);
    expect(centra.call(body).operation).toBe('events_Get');
  });

  it('has all its elements in the namespace: others go unseen, unless the switch says so', () => {
    const body = envelope(
      `<n:events_GetRequest xmlns:n="${namespaces.current}">${login()}<type>all</type></n:events_GetRequest>`,
    );
    expect(fault(centra.answer(body))).toEqual(badLogin);
    expect(count(new CentraCaller({ strictNamespaces: false }).answer(body))).toBe(3);
  });

  it.each([
    ['a wrong password', envelope(get(namespaces.current, login('x'))), badLogin],
    ['no login', envelope(get(namespaces.current, '')), badLogin],
    [
      'an unknown operation',
      request('orders_Delete', ''),
      [500, 'SOAP-ENV:Client', "Procedure 'orders_Delete' not present"],
    ],
    ['the name of an answer', request('result', ''), [500, 'SOAP-ENV:Client', "Procedure 'result' not present"]],
    ['no body', envelope(''), [500, 'SOAP-ENV:Client', 'Bad Request']],
    ['a cut document', request('events_Get', '').slice(0, -9), [500, 'SOAP-ENV:Client', 'Bad Request']],
    ['a DOCTYPE', `<!DOCTYPE x>${envelope('')}`, [500, 'SOAP-ENV:Client', 'Bad Request']],
    ['a page', '<html></html>', [500, 'SOAP-ENV:Client', 'Bad Request']],
    [
      'SOAP 1.2',
      envelope('<a/>').replaceAll(
        'http://schemas.xmlsoap.org/soap/envelope/',
        'http://www.w3.org/2003/05/soap-envelope',
      ),
      [500, 'SOAP-ENV:VersionMismatch', 'Wrong Version'],
    ],
    [
      'a header that must be understood',
      envelope('<a/>', '<x s:mustUnderstand="1"/>'),
      [500, 'SOAP-ENV:MustUnderstand', 'Header not understood'],
    ],
  ])('is refused with a Fault: %s', (_, body, expected) => {
    expect(fault(centra.answer(body))).toEqual(expected);
  });

  it('refuses a bad login by success false, by switch', () => {
    const other = new CentraCaller({ badLogin: 'result' });
    expect(bodyOf(other.answer(envelope(get(namespaces.current, ''))).body)['result']).toEqual({
      success: 'false',
      errors: ['Invalid username or password'],
      notices: [],
    });
  });

  it('takes nil for not sent, and a name in any case of the alphabet for what it is', () => {
    const own = new CentraCaller();
    const nil = `<status xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/><other>&#197;&amp;&lt;</other>`;
    expect(own.order('30', nil)).toMatchObject({ success: 'true', effects: 1 });
    expect(own.record('orders', '30')).toMatchObject({ status: 'processing', other: 'Å&<' });
    expect(own.answer(request('events_Get', '<type>all</type>')).body).toContain('<ns1:other>Å&amp;&lt;</ns1:other>');
  });

  it('is 404 at other modules, 405 for other verbs', () => {
    expect(centra.answer('', { path: '/ams/system/service/module/other/api' }).status).toBe(404);
    expect(centra.answer('', { method: 'DELETE' }).status).toBe(405);
    expect(centra.answer('', { method: 'GET' }).status).toBe(405);
  });
});

describe('an answer', () => {
  it('carries the ids support asks for, another pair each time', () => {
    const [first, second] = [centra, centra].map((each) => each.answer(request('events_Get', '')).headers);
    expect(first?.['x-correlation-id']).toBe(`centra_${first?.['x-centra-request-id']}`);
    expect(first?.['x-centra-request-id']).not.toBe(second?.['x-centra-request-id']);
  });

  it('to an update is a result in the namespace; by switch the bare OK of the reference', () => {
    expect(centra.answer(request('customers_Update', '')).body).toContain(
      '<SOAP-ENV:Body><ns1:result><ns1:success>true</ns1:success><ns1:errors/><ns1:notices/></ns1:result></SOAP-ENV:Body>',
    );
    const other = new CentraCaller({ updateReply: 'reference' });
    const bare = (operation: string) => bodyOf(other.answer(request(operation, '')).body);
    expect([bare('orders_Update'), bare('events_Done')]).toEqual([
      { ordersUpdateResponse: 'OK' },
      { eventsDoneResponse: 'OK' },
    ]);
  });
});
