import { inspect } from 'node:util';
import type { VendorAnswer, VendorRequest } from '../../../src/sandbox/vendor';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { NorthScopeClient } from '../../../src/vendors/northscope/client';
import { equals } from '../../../src/vendors/northscope/where-clause';
import { serve, type Reaction, type Served } from '../served';

const password = 'canary-password';
const session = '11111111-canary-2222-3333-444444444444';
const refusedLogin = 'The login information that was provided was invalid.';

let served: Served;
let answers: Reaction[];
let northscope: NorthScopeClient;

const xml = (inner: string, status = 200, contentType = 'text/xml; charset=utf-8'): VendorAnswer => ({
  status,
  headers: { 'content-type': contentType },
  body: `<NSResponse><Timestamp>2026-01-05T09:00:00.000</Timestamp>${inner}</NSResponse>`,
});
const success = (inner = ''): VendorAnswer => xml(`<Success>true</Success>${inner}`);
const failure = (text: string): VendorAnswer => xml(`<Success>false</Success><Error>${text}</Error>`);
const json = (response: unknown): VendorAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ NSResponse: response }),
});
const loggedIn = success(`<ResponseContent><SessionToken>${session}</SessionToken></ResponseContent>`);
const isLogin = ({ body }: VendorRequest): boolean => body.includes('GenerateSessionToken');

/** Each request takes the next answer, the last one stays; logins succeed unless `login` says otherwise. */
async function started(login: () => Reaction = () => loggedIn): Promise<void> {
  served = await serve((request) => {
    if (isLogin(request)) return login();
    const [next = 'cut', ...rest] = answers;
    if (rest.length > 0) answers = rest;
    return next;
  });
  const account = { login: 'user@example.com', password, companySk: '1' };
  const limits = { deadlineMs: 1_600, idleMs: 1_000, maxBytes: 20_000 };
  northscope = new NorthScopeClient({ endpoint: served.origin, ...account, limits });
}
const sent = (): number => served.requests.filter((request) => !isLogin(request)).length;

afterEach(() => served.close());

const write = () =>
  northscope.allocateSalesOrders({ allocations: [{ orderItemSk: '1', lotSk: '2', units: '1', unitsUom: 'Each' }] });
const read = () => northscope.listSalesOrders({ where: equals('OrderID', '1-1') });

/** The failure's type and code, or `done`; whatever is thrown must show no credential and no address. */
async function ending(call: () => Promise<unknown>, ...reactions: Reaction[]): Promise<string> {
  answers = reactions;
  const error: unknown = await call().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/canary|127\.0\.0\.1|http:/);
  if (error === undefined) return 'done';
  if (!(error instanceof VendorError)) throw error;
  return `${error.type} ${error.code}`;
}

describe('what an answer of NorthScope means', () => {
  beforeEach(() => started());

  it.each<[string, Reaction, string]>([
    ['a bare success', success(), 'done'],
    ['a success in JSON, as a string', json({ Success: 'true' }), 'done'],
    ['a success in JSON, as a boolean', json({ Success: true }), 'done'],
    ['a success in capitals', xml('<Success>True</Success>'), 'done'],
    ['a success with an empty content and something new', success('<ResponseContent /><Took>3</Took>'), 'done'],
    ['a success without content type', { ...success(), headers: {} }, 'done'],
    ['a refusal', failure("Order '1' is shipped."), 'VendorRejected REFUSED'],
    ['a refusal with status 400', xml('<Success>false</Success><Error>No.</Error>', 400), 'VendorRejected REFUSED'],
    ['a refusal without a reason', xml('<Success>false</Success>'), 'VendorRejected REFUSED'],
    ['a success with status 400', xml('<Success>true</Success>', 400), 'OutcomeUnknown HTTP_400'],
    ['a list', success('<SiteList />'), 'OutcomeUnknown WRONG_ANSWER'],
    ['a token', loggedIn, 'OutcomeUnknown WRONG_ANSWER'],
    ['neither success nor failure', xml('<Success>maybe</Success>'), 'OutcomeUnknown BAD_ENVELOPE'],
    ['no envelope', { ...success(), body: '<html><body>busy</body></html>' }, 'OutcomeUnknown WRONG_ROOT'],
    ['JSON without envelope', { ...json({}), body: '{"a":1}' }, 'OutcomeUnknown BAD_ENVELOPE'],
    ['half an answer', { ...success(), body: '<NSResponse><Success>true</Success>' }, 'OutcomeUnknown TRUNCATED'],
    ['nothing', { ...success(), body: '' }, 'OutcomeUnknown EMPTY'],
    [
      'a maintenance page',
      { ...success(), headers: { 'content-type': 'text/html' } },
      'OutcomeUnknown BAD_CONTENT_TYPE',
    ],
    ['a server error', xml('', 503), 'OutcomeUnknown HTTP_503'],
    ['too many requests', xml('', 429), 'VendorThrottled HTTP_429'],
    ['a cut connection', 'cut', 'OutcomeUnknown RESET'],
    ['silence', 'silence', 'OutcomeUnknown IDLE'],
  ])('for a write: %s', async (_what, answer, expected) => {
    expect(await ending(write, answer)).toMatch(new RegExp(`^${expected}`));
    expect(sent()).toBe(1);
  });

  it.each<[string, Reaction, string]>([
    ['XML', success(), 'done'],
    ['XML without content type', { ...success(), headers: {} }, 'OutcomeUnknown BAD_ENVELOPE'],
    ['JSON without content type', { ...json({ Success: 'true' }), headers: {} }, 'done'],
    ['no envelope', { ...json({}), headers: {}, body: '{"Success":"true"}' }, 'OutcomeUnknown BAD_ENVELOPE'],
    [
      'no envelope, as text',
      { status: 200, headers: { 'content-type': 'text/plain' }, body: '{"Success":"true"}' },
      'OutcomeUnknown BAD_ENVELOPE',
    ],
  ])('for a write in JSON: %s', async (_what, answer, expected) => {
    const account = { login: 'user@example.com', staticToken: session, companySk: '1' };
    northscope = new NorthScopeClient({ endpoint: served.origin, ...account, format: 'json' });
    expect(await ending(write, answer)).toBe(expected);
  });

  it.each<[string, Reaction, string]>([
    ['an empty list', success('<SalesOrderList />'), 'done'],
    ['a list under ResponseContent', success('<ResponseContent><SalesOrderList/></ResponseContent>'), 'done'],
    ['no list', success(), 'MalformedResponse WRONG_ANSWER'],
    ['another list', success('<CompanyList><Company/></CompanyList>'), 'MalformedResponse WRONG_ANSWER'],
    ['a list of something else', success('<SalesOrderList><Lot/></SalesOrderList>'), 'MalformedResponse BAD_RECORD'],
    ['a list of text', success('<SalesOrderList>none</SalesOrderList>'), 'MalformedResponse BAD_RECORD'],
    ['a clause it does not understand', failure("Incorrect syntax near '1'."), 'VendorRejected INVALID_WHERE_CLAUSE'],
    ['half an answer', { ...success(), body: '<NSResponse>' }, 'MalformedResponse TRUNCATED'],
  ])('for a list: %s', async (_what, answer, expected) => {
    expect(await ending(read, answer)).toBe(expected);
  });

  it('names the members that a record lacks, and no value', async () => {
    answers = [
      success(`<SalesOrderList><SalesOrder><OrderID>1-1</OrderID><SalesOrderDetailList><SalesOrderDetail>
        <OrderItemSK>7</OrderItemSK><ItemID>0071</ItemID><OrderUnits>many</OrderUnits><ShippedUnits />
        </SalesOrderDetail></SalesOrderDetailList></SalesOrder></SalesOrderList>`),
    ];
    await expect(read()).rejects.toMatchObject({
      type: 'MalformedResponse',
      code: 'BAD_RECORD',
      message: expect.stringMatching(/SalesOrderDetailList\.0\.OrderUnits .*\.AllocatedUnits /) as string,
    });
    await expect(read()).rejects.not.toMatchObject({ message: expect.stringContaining('many') as string });
  });

  it('repeats the vendor’s reason cleaned, capped and without credentials', async () => {
    const reason = `Locked\n by ${session} / ${password} \u202e${'x'.repeat(2000)}`;
    expect(await ending(write, failure(reason))).toBe('VendorRejected REFUSED');
    await expect(write()).rejects.toMatchObject({
      message: expect.stringMatching(/refused: Locked by \*\*\* \/ \*\*\* x{100,300}…$/) as string,
    });
    expect(inspect(northscope, { depth: 10, showHidden: true })).not.toContain('canary');
  });

  it('sends a request that was refused for its session a second time, and never a third', async () => {
    expect(await ending(write, failure(refusedLogin), success())).toBe('done');
    expect(sent()).toBe(2);
    expect(await ending(write, failure(refusedLogin))).toBe('VendorUnauthorized SESSION_LOST');
    expect(sent()).toBe(4);
  });

  it('does not repeat after anything but that refusal', async () => {
    expect(await ending(write, 'cut', success())).toMatch(/^OutcomeUnknown/);
    expect(await ending(write, xml('', 401, 'text/html'), success())).toBe('VendorUnauthorized HTTP_401');
    expect(sent()).toBe(2);
  });

  it('sends nothing after its send-by instant, not even with a fresh session', async () => {
    answers = [success()];
    const late = northscope.allocateSalesOrders(
      { allocations: [{ orderItemSk: '1', lotSk: '2', units: '1', unitsUom: 'Each' }] },
      { sendBy: Date.now() - 1 },
    );
    await expect(late).rejects.toMatchObject({ type: 'VendorUnavailable', code: 'SEND_BY_PASSED' });
    expect(sent()).toBe(0);
  });
});

describe('a login that fails', () => {
  it.each<[string, Reaction, string]>([
    ['refused', failure(refusedLogin), 'VendorUnauthorized INVALID_LOGIN'],
    ['refused for another reason', failure('The user is locked.'), 'VendorRejected REFUSED'],
    ['cut off', 'cut', 'VendorUnavailable RESET'],
    ['never answered', 'silence', 'VendorUnavailable IDLE'],
    ['answered with nonsense', success(), 'VendorUnavailable WRONG_ANSWER'],
    ['answered with a server error', xml('', 503), 'VendorUnavailable HTTP_503'],
    ['throttled', xml('', 429), 'VendorThrottled HTTP_429'],
  ])('%s leaves the write unsent', async (_what, reaction, expected) => {
    await started(() => reaction);
    expect(await ending(write, success())).toMatch(new RegExp(`^${expected}`));
    expect(sent()).toBe(0);
  });

  it('is tried again by the next call', async () => {
    const logins: Reaction[] = ['cut', loggedIn];
    await started(() => logins.shift() ?? 'cut');
    expect(await ending(write, success())).toMatch(/^VendorUnavailable/);
    expect(await ending(write, success())).toBe('done');
  });

  it('fails a caller that may not wait for it, and no other', async () => {
    let release: (reaction: Reaction) => void = () => undefined;
    const held = new Promise<Reaction>((resolve) => (release = resolve));
    served = await serve((request) => (isLogin(request) ? held : success('<SiteList />')));
    const account = { login: 'user@example.com', password, companySk: '1' };
    northscope = new NorthScopeClient({ endpoint: served.origin, ...account });
    const impatient = northscope.listSites({}, { deadlineMs: 20 });
    const patient = northscope.listSites({});
    const cancelled = northscope.listSites({}, { signal: AbortSignal.timeout(20) });
    await expect(impatient).rejects.toMatchObject({ type: 'VendorUnavailable', code: 'DEADLINE' });
    await expect(cancelled).rejects.toMatchObject({ type: 'VendorUnavailable', code: 'ABORTED' });
    release(loggedIn);
    expect(await patient).toEqual([]);
  });
});
