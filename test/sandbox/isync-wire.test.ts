import { ISyncSandbox } from '../../src/sandbox/isync/sandbox';
import { answerOf, envelope, executeBody, ISyncCaller, loginBody, path, resultOf, since } from './isync-caller';

const isync = new ISyncCaller();
const get = (query: string, method = 'GET') =>
  answerOf(isync.request('', '', { method, query, origin: 'http://127.0.0.1:7400' }));

describe('what the service shows of itself', () => {
  it.each(['wsdl', 'WSDL', 'singleWsdl'])('serves its WSDL with the real address for ?%s', (query) => {
    const { status, headers, body } = get(query);
    expect([status, headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(body).toContain(`<soap:address location="http://127.0.0.1:7400${path}"/>`);
  });

  it('has a page for people, one path in any case, and two verbs', () => {
    expect(get('').body).toContain(`http://127.0.0.1:7400${path}?wsdl`);
    expect(isync.sandbox.owns('/syncapi/messageservice.svc')).toBe(true);
    expect(isync.sandbox.owns('/SyncAPIs')).toBe(false);
    expect(answerOf(isync.request('', '', { path: path.toUpperCase(), method: 'GET' })).status).toBe(200);
    expect(answerOf(isync.request('Login', loginBody(), { path: `${path}/x` })).status).toBe(404);
    expect(answerOf(isync.request('', '', { method: 'PUT' })).status).toBe(405);
  });

  it('names at least 17 operations, two of them in their known places', () => {
    const prepared = isync.request(
      'GetAvailableOperations',
      envelope('<GetAvailableOperations xmlns="http://tempuri.org/"/>'),
    );
    if ('answer' in prepared) throw new Error('no call');
    const [, ...names] = prepared.commit().answer.body.split('<a:string>');
    const listed = names.map((name) => name.split('<')[0]);
    expect(listed.slice(15, 17)).toEqual(['PersistWebSalesOrder', 'GetWebSalesOrder']);
    expect(listed).toEqual(
      expect.arrayContaining(['GetProductStockCatalogue', 'GetProductStockUnits', 'CreateWebCreditNote']),
    );
    expect(new Set(listed).size).toBe(listed.length);
  });
});

describe('sessions', () => {
  const says = (key: string) => isync.execute('GetProductStockUnits', since('Units'), key).ResponseText;

  it('every login voids all earlier keys', () => {
    const [first, second] = [isync.login(), isync.login()];
    expect(first).not.toBe(second);
    expect([says(first), says(second), says(''), says('x')]).toEqual([
      'Invalid session key',
      'OK',
      'Invalid session key',
      'Invalid session key',
    ]);
  });

  it.each([
    ['a wrong password', loginBody({ username: 'webstore', password: 'a05e63a' })],
    ['a wrong name', loginBody({ username: 'WEBSTORE', password: 'A05E63A' })],
    ['names in capitals', loginBody().replaceAll('username', 'Username').replaceAll('password', 'Password')],
    [
      'the password first',
      envelope('<Login xmlns="http://tempuri.org/"><password>A05E63A</password><username>webstore</username></Login>'),
    ],
    ['nothing', envelope('<Login xmlns="http://tempuri.org/"/>')],
  ])('%s gets a nil key, and the key in use stays good', (_, body) => {
    const key = isync.login();
    expect(answerOf(isync.request('Login', body)).body).toContain('<LoginResult i:nil="true"');
    expect(says(key)).toBe('OK');
  });

  it('can say so by a fault, with a switch', () => {
    const strict = new ISyncCaller({ badLogin: 'fault' });
    const { status, body } = answerOf(strict.request('Login', loginBody({ username: 'webstore', password: '' })));
    expect([status, body]).toEqual([500, expect.stringContaining('<faultcode>s:Client</faultcode>')]);
  });

  it('a reset ends them', () => {
    const key = isync.login();
    isync.sandbox.reset({ seed: 1, orders: 3 });
    expect(says(key)).toBe('Invalid session key');
    isync.key = isync.login();
    expect([says(key), says(isync.key)]).toEqual(['Invalid session key', 'OK']);
  });
});

describe('the message around an operation', () => {
  it('comes back with the caller’s own members, in ordinal order', () => {
    const body = executeBody(isync.key, 'GetProductStockUnits', since('Units'), '2026-01-05T10:00:00.5+01:00');
    const prepared = isync.request('Execute', body);
    if ('answer' in prepared) throw new Error('no call');
    const answer = prepared.commit().answer.body;
    expect(resultOf(answer)).toMatchObject({
      ...{ Action: 'OTHER', Identifier: '41', Instance: '7', MessageType: 'GetProductStockUnits', Source: 'shop' },
      ...{ PublishDate: '2026-01-05T10:00:00.5+01:00', ResponseText: 'OK', Successflag: 'true' },
    });
    const names = [...answer.matchAll(/<a:(\w+)/g)].map(([, name]) => name);
    expect(names).toEqual(
      'Action Identifier Instance MessageType PublishDate ResponseText ResultXml Source Successflag'.split(' '),
    );
  });

  it('loses what is out of order, as WCF does', () => {
    const body = executeBody(isync.key, 'GetProductStockUnits', since('Units'));
    const [key = ''] = /<r:SessionKey>.*<\/r:SessionKey>/.exec(body) ?? [];
    const reordered = body.replace(key, '').replace('<r:Action>', `${key}<r:Action>`);
    expect(resultOf(answerOf(isync.request('Execute', reordered)).body)).toMatchObject({
      ...{ Action: '', MessageType: '', Source: 'shop', PublishDate: '0001-01-01T00:00:00' },
      ResponseText: "Operation '' is not available.",
    });
  });

  it.each([
    ['an operation that is not simulated', 'GetBrands'],
    ['another case', 'getwebsalesorder'],
    ['a member every object has', 'constructor'],
  ])('%s is no call, and refused', (_, type) => {
    const { ResponseText, Successflag } = isync.execute(type, since('Units'));
    expect([Successflag, ResponseText]).toEqual(['false', `Operation '${type}' is not available.`]);
  });

  it('without a message is refused as any message without a key', () => {
    const { body } = answerOf(isync.request('Execute', envelope('<Execute xmlns="http://tempuri.org/"/>')));
    expect(resultOf(body)).toMatchObject({ ResponseText: 'Invalid session key', Successflag: 'false' });
  });

  it.each([
    ['', "The value '' cannot be parsed as the type 'DateTime'."],
    ['today', "The value 'today' cannot be parsed as the type 'DateTime'."],
  ])('with the PublishDate %j does not reach the service', (publishDate, text) => {
    const body = executeBody(isync.key, 'GetProductStockUnits', since('Units'), publishDate);
    expect(answerOf(isync.request('Execute', body))).toMatchObject({
      status: 500,
      body: expect.stringMatching(`a:DeserializationFailed.*of type iSync.EAI.Request. ${text}`) as unknown,
    });
  });
});

describe('what is no request of this service', () => {
  const good = loginBody();
  const send = (body: string, more = {}) => answerOf(isync.request('Login', body, more));

  it.each([
    ['SOAP 1.2', good.replace('http://schemas.xmlsoap.org/soap/envelope/', 'urn:1.2'), /s:VersionMismatch/],
    [
      'a header that must be understood',
      good.replace('<e:Body>', '<e:Header><x:T xmlns:x="u" e:mustUnderstand="1"/></e:Header><e:Body>'),
      /s:MustUnderstand.*'T' from the namespace 'u'/,
    ],
    ['another method than the action names', good.replaceAll('Login', 'Execute'), /a:DeserializationFailed.*'Execute'/],
    ['a method of no namespace', good.replace('http://tempuri.org/', ''), /a:DeserializationFailed/],
    [
      'two calls',
      good.replace('</e:Body>', '<Login xmlns="http://tempuri.org/"/></e:Body>'),
      /a:DeserializationFailed/,
    ],
    ['an empty body', envelope(''), /a:DeserializationFailed/],
    ['text among the parameters', good.replace('<username>', 'x<username>'), /Expecting state 'Element'/],
  ])('%s is a fault', (_, body, text) => {
    expect(send(body)).toMatchObject({ status: 500, body: expect.stringMatching(text) as unknown });
  });

  it.each([
    '',
    '"http://tempuri.org/IMessageService/Logout"',
    'Login',
    '"http://tempuri.org/IMessageService/toString"',
  ])('the action %j is a fault', (soapaction) => {
    const headers = { 'content-type': 'text/xml', soapaction };
    expect(send(good, { headers })).toMatchObject({
      status: 500,
      body: expect.stringContaining('a:ActionNotSupported') as unknown,
    });
  });

  it('takes the action without quotes', () => {
    const headers = { 'content-type': 'text/xml', soapaction: 'http://tempuri.org/IMessageService/Login' };
    expect('answer' in isync.request('Login', good, { headers })).toBe(false);
  });

  it.each([
    ['cut off', good.slice(0, -20)],
    ['empty', ''],
    ['no XML', '{"hello":1}'],
    ['HTML', '<html><body>'],
    ['another document', '<a/>'],
    ['two documents', `${good}${good}`],
    ['a DOCTYPE', `<!DOCTYPE x [<!ENTITY a "b">]>${good}`],
    ['an unknown entity', good.replace('webstore', '&nbsp;')],
    ['a bare ampersand', good.replace('webstore', 'a & b')],
    ['an undeclared prefix', good.replace('<username>', '<q:x/><username>')],
    ['an attribute twice', good.replace('<username>', '<username a="1" a="2">')],
    ['a character XML forbids', good.replace('webstore', '\u0001')],
    ['a reference to one', good.replace('webstore', '&#x1;')],
    ['a reference to half a character', good.replace('webstore', '&#xD800;')],
    ['very deep', good.replace('</Login>', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}</Login>`)],
  ])('%s is a bad request', (_, body) => {
    expect(send(body)).toEqual({ status: 400, headers: {}, body: '' });
  });

  it.each(['', 'application/json', 'application/soap+xml; charset=utf-8', 'text/xmlx'])(
    'the content type %j is not taken',
    (type) => {
      expect(send(good, { headers: { 'content-type': type, soapaction: '' } }).status).toBe(415);
    },
  );

  it('reads any prefixes, CDATA, comments, references and line ends', () => {
    const body =
      '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<!-- hello -->\r\n' +
      loginBody({ username: '<![CDATA[web]]><!-- - -->&#115;tor&#x65;', password: 'A05E63A' })
        .replaceAll('e:', 'SOAP-ENV:')
        .replace('xmlns:e=', 'xmlns:SOAP-ENV=');
    expect('answer' in isync.request('Login', body)).toBe(false);
  });

  it('holds out against a document made to be slow', () => {
    const sandbox = new ISyncSandbox();
    const attributes = Array.from({ length: 60_000 }, (_, index) => ` xmlns:p${index}="u"`).join('');
    const body = envelope(`<a${attributes}>${'<b xmlns:q="v"/>'.repeat(60_000)}</a>`);
    const headers = { 'content-type': 'text/xml', soapaction: '' };
    const started = performance.now();
    const answer = answerOf(sandbox.prepare({ method: 'POST', path, query: '', origin: 'http://x', headers, body }));
    expect(answer.status).toBe(500);
    // Half a second on an idle machine; minutes if every element copied its prefixes.
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
