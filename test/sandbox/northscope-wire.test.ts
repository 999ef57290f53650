import * as fc from 'fast-check';
import { list, login, NorthScopeCaller, read, request } from './northscope-calls';

const invalidLogin = 'The login information that was provided was invalid.';
const json = (name: string, content: unknown) =>
  JSON.stringify({ NSRequest: { RequestName: name, RequestContent: content } });

test('gives a token in the format it was asked in', () => {
  const northscope = new NorthScopeCaller();
  const answer = northscope.answer(json('GenerateSessionToken', { LoginEmail: login, Password: 'StrongPassword' }));
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(JSON.parse(answer.body)).toEqual({
    NSResponse: {
      Timestamp: '2026-01-05T09:00:00.123',
      Success: 'true',
      ResponseContent: { SessionToken: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) },
    },
  });
  const xml = `\n<NSRequest>
  <RequestName>GenerateSessionToken</RequestName>
  <RequestContent>
    <LoginEmail>TestAPIUser@NorthScope.example.com</LoginEmail>
    <Password>StrongPassword</Password>
  </RequestContent>
</NSRequest>`;
  expect(northscope.answer(xml).body).toMatch(
    /^<NSResponse><Timestamp>2026-01-05T09:00:00\.123<\/Timestamp><Success>true<\/Success><ResponseContent><SessionToken>/,
  );
});

test.each([
  ['a wrong password', request('GenerateSessionToken', `<LoginEmail>${login}</LoginEmail><Password>x</Password>`), {}],
  [
    'another token',
    request('ListSites', list()),
    { nsapisession: '00000000-0000-0000-0000-000000000001', nslogin: login },
  ],
  ['another login', request('ListSites', list()), { nslogin: 'other@example.com' }],
  ['no headers at all', request('ListSites', list()), { nslogin: undefined, nsapisession: undefined }],
  ['an unknown request without a token', request('DropTables'), { nsapisession: 'x' }],
])('%s gets the one text for everything about credentials', (_, body, headers) => {
  const northscope = new NorthScopeCaller();
  const sent = northscope.request(body);
  const prepared = northscope.sandbox.prepare({ ...sent, headers: { ...sent.headers, ...headers } });
  expect(prepared).toHaveProperty('answer.status', 200);
  expect(read('answer' in prepared ? prepared.answer : prepared.commit().answer)).toEqual({
    Timestamp: '2026-01-05T09:00:00.123',
    Success: 'false',
    Error: invalidLogin,
  });
});

test('several tokens are good at once, unless it is told otherwise', () => {
  const many = new NorthScopeCaller();
  const first = many.token;
  many.login();
  expect(many.token).toBe(first);
  expect(many.rows('ListSites')).toHaveLength(2);
  const single = new NorthScopeCaller({ singleToken: true });
  single.login();
  expect(single.send(request('ListSites', list())).Error).toBe(invalidLogin);
});

test('a static token is good without a login, beside any session, until it is voided', () => {
  const northscope = new NorthScopeCaller({ singleToken: true });
  northscope.token = '00000000-0000-0000-0000-000000000000';
  northscope.login();
  expect(northscope.rows('ListSites')).toHaveLength(2);
  northscope.prepare(request('ListSites', list())).loseSession?.();
  expect(northscope.send(request('ListSites', list())).Error).toBe(invalidLogin);
  northscope.sandbox.reset({ seed: 1, orders: 0 });
  expect(northscope.rows('ListSites')).toHaveLength(2);
  const without = new NorthScopeCaller({ staticToken: '' });
  without.token = '';
  expect(without.send(request('ListSites', list())).Error).toBe(invalidLogin);
});

test('a lost session voids the caller’s token and no other; logging in has none to lose', () => {
  const northscope = new NorthScopeCaller();
  const other = northscope.login();
  const call = northscope.prepare(request('ListSites', list()));
  call.loseSession?.();
  expect(northscope.send(request('ListSites', list())).Error).toBe(invalidLogin);
  northscope.token = other;
  expect(northscope.rows('ListSites')).toHaveLength(2);
  const content = `<LoginEmail>${login}</LoginEmail><Password>StrongPassword</Password>`;
  expect(northscope.prepare(request('GenerateSessionToken', content)).loseSession).toBeUndefined();
});

test.each([
  ['', 'The request is not well formed.'],
  ['<NSRequest><RequestName>ListSites</RequestName>', 'The request is not well formed.'],
  ['<Other />', 'The request has no NSRequest.'],
  ['{"NSRequest":', 'The request is not well formed.'],
  ['[]', 'The request has no NSRequest.'],
  ['<!DOCTYPE NSRequest [<!ENTITY a "b">]><NSRequest>&a;</NSRequest>', 'A document type definition is not allowed.'],
  [`{"NSRequest":${'['.repeat(60_000)}${']'.repeat(60_000)}}`, 'The request is not well formed.'],
  [`${'<a>'.repeat(500)}${'</a>'.repeat(500)}`, 'The request is not well formed.'],
  ['<NSRequest><__proto__>x</__proto__></NSRequest>', 'The request is not well formed.'],
])('an unreadable body (%.40s) is answered, and is no call', (body, message) => {
  const northscope = new NorthScopeCaller();
  const prepared = northscope.sandbox.prepare(northscope.request(body));
  expect('answer' in prepared && read(prepared.answer)).toMatchObject({ Success: 'false', Error: message });
});

test('an unknown request, path or verb is no call either', () => {
  const northscope = new NorthScopeCaller();
  expect(northscope.send(request('ListEverything')).Error).toBe("RequestName 'ListEverything' is not valid.");
  expect(northscope.send('{"NSRequest":{}}').Error).toBe("RequestName '' is not valid.");
  const sent = northscope.request(request('ListSites', list()));
  expect(northscope.sandbox.prepare({ ...sent, method: 'GET' })).toMatchObject({ answer: { status: 405 } });
  expect(northscope.sandbox.prepare({ ...sent, path: '/services/ActionCommand.svc' })).toMatchObject({
    answer: { status: 404 },
  });
  expect(northscope.sandbox.owns('/Services/actioncommand.svc/apiexecute')).toBe(true);
  expect(northscope.sandbox.owns('/api/SO/Get/1')).toBe(false);
});

test('JSON is not supported for sites and customer addresses, and is for the other lists', () => {
  const northscope = new NorthScopeCaller();
  for (const name of ['ListSites', 'ListCustomerAddresses', 'NorthPacificCustomer']) {
    const call = northscope.prepare(json(name, { DataEntityCompanySK: '1' }));
    expect(call.commit()).toMatchObject({ outcome: 'refused', effects: 0 });
    expect(JSON.parse(call.commit().answer.body).NSResponse).toMatchObject({
      Success: 'false',
      Error: `JSON is not supported for this ${name === 'ListSites' ? 'command' : 'web request'}.`,
    });
  }
  const { body } = northscope.answer(json('ListUOMSchedules', { DataEntityCompanySK: 1 }));
  expect(JSON.parse(body).NSResponse.ScheduleList.Schedule).toHaveLength(3);
});

test('escapes what XML needs escaped and replaces what it cannot carry', () => {
  const northscope = new NorthScopeCaller();
  const name = 'A<B>&"C"\u0001\ud800';
  const { body } = northscope.answer(request(name.replace(/[<&]/g, (mark) => (mark === '<' ? '&lt;' : '&amp;'))));
  expect(body).toContain('A&lt;B&gt;&amp;"C"\uFFFD\uFFFD');
});

test('asks of the front: preparing changes nothing, wrong answers are well formed', () => {
  const northscope = new NorthScopeCaller();
  const call = northscope.prepare(request('ListSites', list()));
  expect(call).toMatchObject({ operation: 'ListSites', key: '' });
  expect(read(call.refusal())).toMatchObject({ Success: 'false' });
  expect(read(call.wrongAnswer())).toMatchObject({
    Success: 'true',
    CompanyList: { Company: [{ CompanyID: 'WAYBILL' }] },
  });
  const entries = (how: 'duplicate-delivery' | 'reorder') => {
    const result = call.distortList?.(how);
    return (
      (result === undefined ? {} : read(result.answer)) as { SiteList: { Site: { SiteID: string }[] } }
    ).SiteList.Site.map(({ SiteID }) => SiteID);
  };
  expect(entries('duplicate-delivery')).toEqual(['SEATTLE', 'TACOMA', 'SEATTLE', 'TACOMA']);
  expect(entries('reorder')).toEqual(['TACOMA', 'SEATTLE']);
});

test('never throws and never fails by itself, whatever comes', () => {
  const northscope = new NorthScopeCaller();
  const item = northscope.order('A');
  const names = fc.constantFrom('ListSites', 'ListSalesOrders', 'AllocateSalesOrders', 'InsertInboundIntegration', 'X');
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(item, '503', '1', '-1', '1e9', "SiteID = 'A'", 'NOT NOT', '<Data/>'),
  );
  const members = fc.constantFrom(
    'OrderItemSK',
    'LotSK',
    'AllocateUnits',
    'WhereClause',
    'DataEntityCompanySK',
    'Data',
  );
  const content = fc.dictionary(members, text);
  const requests = fc.tuple(names, fc.oneof(content, fc.record({ Allocation: fc.array(content) }), fc.jsonValue()));
  const bodies = fc.oneof(
    fc.string(),
    fc.tuple(names, fc.string()).map(([name, inner]) => request(name, inner)),
    requests.map(([name, inner]) => json(name, inner)),
  );
  fc.assert(
    fc.property(bodies, (body) => {
      expect(northscope.answer(body).body).not.toContain('could not be processed');
    }),
    { numRuns: 500 },
  );
});
