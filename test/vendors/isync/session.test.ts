import { FailureType } from '../../../src/domain/case/failure-types';
import type { VendorAnswer } from '../../../src/sandbox/vendor';
import { ISyncClient } from '../../../src/vendors/isync/client';
import { sampleCreditNote, sampleOrder } from './orders';
import {
  executeAnswer,
  isLogin,
  keyAnswer,
  loginAnswer,
  refused,
  sent,
  serveOneKey,
  soap,
  soapFault,
  succeeded,
  type OneKeyVendor,
} from './vendor';
import { serve, type Reaction, type Served } from '../served';

const { OutcomeUnknown, VendorRejected, VendorThrottled, VendorUnauthorized, VendorUnavailable } = FailureType;
const credentials = { username: 'webstore', password: 'A05E63A' };
const clientOf = ({ origin }: Served): ISyncClient => new ISyncClient({ endpoint: origin, ...credentials });
const done = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: unknown) => error,
  );

let vendor: OneKeyVendor | undefined;
let served: Served | undefined;
afterEach(async () => {
  await vendor?.served.close();
  await served?.close();
});

describe('a session', () => {
  it('is one for all calls of a client', async () => {
    vendor = await serveOneKey();
    const isync = clientOf(vendor.served);
    const orders = ['1', '2', '3'].map((poNumber) => ({ ...sampleOrder, poNumber }));
    await Promise.all(orders.map(async (order) => isync.persistWebSalesOrder(order)));
    await isync.createWebCreditNote(sampleCreditNote);
    expect([vendor.logins(), vendor.effects.toSorted()]).toEqual([1, ['1', '2', '3', 'ON/21838']]);
  });

  it.each<[string, VendorAnswer]>([
    ['by the flag', refused('Invalid session key')],
    ['in other words', refused('The session key supplied is no longer valid.')],
    ['by a fault', soapFault('s:Client', 'Session key expired')],
    ['as nobody', refused('User is not logged in')],
  ])('that is refused %s is renewed once, and the same request sent again, write or not', async (_, refusal) => {
    served = await serve(answeringOnce(refusal));
    const isync = clientOf(served);
    expect(await done(isync.persistWebSalesOrder(sampleOrder))).toBe('done');
    expect(served.requests.map((request) => sent(request, 'SessionKey'))).toEqual(['', 'K-1', '', 'K-2']);
    const [first, second] = served.requests.filter((request) => !isLogin(request));
    expect(sent(second ?? noRequest, 'MessageXml')).toBe(sent(first ?? noRequest, 'MessageXml'));
  });

  it('is renewed once for all who were refused together', async () => {
    vendor = await serveOneKey();
    const isync = clientOf(vendor.served);
    await isync.login();
    vendor.loginElsewhere();
    const orders = Array.from({ length: 8 }, (_, index) => ({ ...sampleOrder, poNumber: String(index) }));
    await Promise.all(orders.map(async (order) => isync.persistWebSalesOrder(order)));
    expect([vendor.logins(), vendor.effects.length, new Set(vendor.effects).size]).toEqual([2, 8, 8]);
  });

  it('that is refused again leaves the call to be tried later: nothing was carried out', async () => {
    vendor = await serveOneKey((request, { loginElsewhere }) => {
      if (!isLogin(request)) loginElsewhere();
      return undefined;
    });
    const end = await done(clientOf(vendor.served).persistWebSalesOrder(sampleOrder));
    expect(end).toMatchObject({
      type: VendorUnavailable,
      code: 'SESSION_CONTENDED',
      message: expect.stringContaining('nothing was carried out') as string,
      retryAfterMs: expect.any(Number) as number,
    });
    expect([vendor.logins(), vendor.served.requests.length, vendor.effects]).toEqual([2, 4, []]);
  });

  it.each<[string, Reaction]>([
    ['a cut connection', 'cut'],
    ['a page', { status: 503, headers: { 'content-type': 'text/html' }, body: '<html>down</html>' }],
    ['an exception that speaks of a session', refused('NHibernate.SessionException: session is invalid\n   at X.Y()')],
    ['a success nobody can read', executeAnswer('<b:ResponseText>Invalid session key</b:ResponseText>')],
  ])('is not blamed for %s: a write is not sent again', async (_, answer) => {
    served = await serve(answeringOnce(answer));
    expect(await done(clientOf(served).persistWebSalesOrder(sampleOrder))).toMatchObject({ type: OutcomeUnknown });
    expect(served.requests.filter((request) => !isLogin(request))).toHaveLength(1);
  });

  it('is asked for within the time of the call, and what waited for it too long is not sent', async () => {
    served = await serve((request) => (isLogin(request) ? 'silence' : succeeded('')));
    const isync = clientOf(served);
    const late = await done(isync.persistWebSalesOrder(sampleOrder, { deadlineMs: 60 }));
    expect(late).toMatchObject({ type: VendorUnavailable, code: 'DEADLINE', operation: 'PersistWebSalesOrder' });
    const cancelled = await done(isync.persistWebSalesOrder(sampleOrder, { signal: AbortSignal.abort() }));
    expect(cancelled).toMatchObject({ type: VendorUnavailable, code: 'ABORTED' });
    expect(served.requests.filter((request) => !isLogin(request))).toEqual([]);
  });

  it('that came too late sends nothing after the instant by which it had to leave', async () => {
    vendor = await serveOneKey();
    const isync = clientOf(vendor.served);
    const end = await done(isync.persistWebSalesOrder(sampleOrder, { sendBy: Date.now() - 1 }));
    expect(end).toMatchObject({ type: VendorUnavailable, code: 'SEND_BY_PASSED' });
    expect(vendor.effects).toEqual([]);
  });
});

describe('a login', () => {
  const nil = '<LoginResult i:nil="true" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"/>';
  const busy = { status: 429, headers: { 'retry-after': '2' }, body: '' };
  it.each<[string, Reaction, FailureType, FailureType]>([
    ['nil', loginAnswer(nil), VendorUnauthorized, VendorUnauthorized],
    ['nothing', loginAnswer(''), VendorUnauthorized, VendorUnauthorized],
    ['an empty key', loginAnswer('<LoginResult/>'), VendorUnauthorized, VendorUnauthorized],
    ['a sentence', keyAnswer('Invalid user A05E63A'), VendorUnauthorized, VendorUnauthorized],
    ['a fault', soapFault('s:Server', 'Invalid username or password A05E63A'), VendorUnauthorized, VendorUnauthorized],
    ['a refusal', soapFault('s:Client', 'No'), VendorRejected, VendorRejected],
    ['no answer', 'cut', OutcomeUnknown, VendorUnavailable],
    ['a fault that proves nothing', soapFault('s:Server', 'Timeout expired'), OutcomeUnknown, VendorUnavailable],
    ['another answer', soap('<ExecuteResponse/>'), FailureType.MalformedResponse, VendorUnavailable],
    ['a wish to wait', busy, VendorThrottled, VendorThrottled],
  ])('that is answered by %s sends nothing else, and leaves no write unknown', async (_, answer, ofLogin, ofWrite) => {
    served = await serve(() => answer);
    const isync = clientOf(served);
    const login = await done(isync.login());
    expect(login).toMatchObject({ type: ofLogin, operation: 'Login' });
    const write = await done(isync.createWebCreditNote(sampleCreditNote));
    expect(write).toMatchObject({ type: ofWrite, operation: 'CreateWebCreditNote' });
    expect(`${String(login)} ${String(write)}`).not.toContain('A05E63A');
    expect(served.requests.every(isLogin)).toBe(true);
  });
});

describe('the available operations', () => {
  it.each([[[]], [['Login']], [['GetWebSalesOrder', 'PersistWebSalesOrder']]])('are %j', async (names) => {
    const list = names.map((name) => `<a:string>${name}</a:string>`).join('');
    const arrays = 'xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"';
    const result = `<GetAvailableOperationsResult ${arrays}>${list}</GetAvailableOperationsResult>`;
    served = await serve(() =>
      soap(`<GetAvailableOperationsResponse xmlns="http://tempuri.org/">${result}</GetAvailableOperationsResponse>`),
    );
    expect(await clientOf(served).getAvailableOperations()).toEqual(names);
    expect(served.requests).toHaveLength(1);
  });
});

const noRequest = { method: '', path: '', query: '', headers: {}, body: '', origin: '' };

/** Keys for all logins, this for the first other request, and yes to the rest. */
function answeringOnce(answer: Reaction): Parameters<typeof serve>[0] {
  let key = 0;
  let isFirst = true;
  return (request) => {
    if (isLogin(request)) return keyAnswer(`K-${(key += 1)}`);
    const reaction = isFirst ? answer : succeeded('');
    isFirst = false;
    return reaction;
  };
}
