import { inspect } from 'node:util';
import { FailureType } from '../../../src/domain/case/failure-types';
import type { CentraClient } from '../../../src/vendors/centra/client';
import { readInstant } from '../../../src/vendors/centra/schema';
import { answering, clientAnswered, closeServed, envelope, PASSWORD, qualified, result } from './answering';

afterEach(closeServed);

const done = async (centra: CentraClient): Promise<unknown> =>
  centra.eventsDone({ ids: ['115'] }).catch((error: unknown) => {
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/hunter2|127\.0\.0\.1/);
    return error;
  });

describe('an update’s answer', () => {
  it.each([
    [
      'the vendor’s sample',
      result('true', '<errors/>', '<notices><message>Example 1</message><message>Example 2</message></notices>'),
      ['Example 1', 'Example 2'],
    ],
    ['one notice', result('true', '<errors/>', '<notices><message>One</message></notices>'), ['One']],
    ['no notices', result('true', '<errors/>', '<notices/>'), []],
    ['nothing but success', '<result><success>true</success></result>', []],
    ['yes', result('Yes', '<errors/>', '<notices><message/></notices>'), []],
    ['errors beside success', result('true', '<errors><message>odd</message></errors>', '<notices/>'), []],
    [
      'an echo of the password',
      result('true', '', `<notices><message>hi ${PASSWORD}\u0007!</message></notices>`),
      ['hi *** !'],
    ],
  ])('is yes by %s', async (_, content, notices) => {
    expect(await done(await answering(content.replaceAll('\u0007', '&#x85;')))).toEqual({ notices });
  });

  it.each(['OK', 'ok', ' OK\n'])('is yes by the reference’s %j too', async (word) => {
    const centra = await clientAnswered(envelope(`<eventsDoneResponse>${word}</eventsDoneResponse>`));
    expect(await done(centra)).toEqual({ notices: [] });
  });

  it.each([
    ['a reason', result('false', '<errors><message>Example 1</message></errors>', '<notices/>'), 'refused: Example 1'],
    ['two', result('false', '<errors><message>a</message><message>b</message></errors>', ''), 'refused: a; b'],
    ['none', result('false', '<errors/>', '<notices/>'), 'refused without a reason'],
    ['none at all', '<result><success>no</success></result>', 'refused without a reason'],
    ['an echo', result('false', `<errors><message>No ${PASSWORD}&#10;x</message></errors>`, ''), 'refused: No *** x'],
  ])('is no with %s', async (_, content, reason) => {
    expect(await done(await answering(content))).toMatchObject({
      type: FailureType.VendorRejected,
      code: 'REFUSED',
      message: `centra events_Done: ${reason}`,
    });
  });

  it.each([
    'Login failed',
    'Wrong username or password',
    'Invalid password',
    'Not authorized',
    'Authentication failed for erp',
  ])('is a refused login by %j, also of a read', async (text) => {
    const centra = await answering(result('false', `<errors><message>${text}</message></errors>`, '<notices/>'));
    expect(await done(centra)).toMatchObject({ type: FailureType.VendorUnauthorized });
    await expect(centra.eventsGet()).rejects.toMatchObject({ type: FailureType.VendorUnauthorized });
  });

  it.each([
    ['no word of success', envelope(qualified('<result><errors/></result>')), 'BAD_RECORD'],
    ['a word that is neither', envelope(qualified(result('maybe', '', ''))), 'BAD_RECORD'],
    ['another word than OK', envelope('<eventsDoneResponse>KO</eventsDoneResponse>'), 'BAD_RECORD'],
    ['the OK of another update', envelope('<ordersUpdateResponse>OK</ordersUpdateResponse>'), 'WRONG_OPERATION'],
    ['a page of events', envelope(qualified('<events_Get><events/></events_Get>')), 'WRONG_OPERATION'],
    ['an empty body', envelope(''), 'EMPTY'],
    ['nothing', '', 'EMPTY'],
    ['half an answer', envelope(qualified(result('true', '', ''))).slice(0, 260), 'TRUNCATED'],
  ])('is unknown with %s', async (_, body, code) => {
    expect(await done(await clientAnswered(body))).toMatchObject({ type: FailureType.OutcomeUnknown, code });
  });

  it('names what is missing by its path', async () => {
    expect(await done(await answering('<result><errors/></result>'))).toMatchObject({
      message: expect.stringContaining('unexpected answer: result.success: is neither true nor false'),
    });
  });
});

describe('the size of an answer', () => {
  const SIX_MB = 'x'.repeat(6 << 20);

  it('may be that of a page of whole records', async () => {
    const record = `<event><id>1</id><type>invoice</type><data><invoice><other>${SIX_MB}</other></invoice></data></event>`;
    const centra = await answering(`<events_Get><events>${record}</events></events_Get>`);
    expect((await centra.eventsGet()).events).toEqual([
      expect.objectContaining({ id: '1', data: { invoice: { other: SIX_MB } } }),
    ]);
  });

  it('may not be that of an update', async () => {
    const centra = await answering(result('true', `<errors>${SIX_MB}</errors>`, ''));
    expect(await done(centra)).toMatchObject({ type: FailureType.OutcomeUnknown, code: 'TOO_LARGE' });
  });
});

describe('a fault', () => {
  const fault = (code: string, text: string): string =>
    envelope(
      `<SOAP-ENV:Fault><faultcode>SOAP-ENV:${code}</faultcode><faultstring>${text}</faultstring></SOAP-ENV:Fault>`,
    );

  it.each([
    ['Server', 'Wrong username or password', FailureType.VendorUnauthorized],
    ['Client', 'Login failed for erp', FailureType.VendorUnauthorized],
    ['Client', 'Bad Request', FailureType.VendorRejected],
    ['Sender', 'no such order', FailureType.VendorRejected],
    ['Server', 'Internal Error', FailureType.OutcomeUnknown],
    ['Server', 'SQLSTATE[28000]: access denied for user', FailureType.OutcomeUnknown],
    ['Receiver', 'Unknown error', FailureType.OutcomeUnknown],
    ['Server', 'The update was rejected', FailureType.VendorRejected],
    ['Server', 'Connection refused', FailureType.OutcomeUnknown],
    ['Server', `procedure not present ${PASSWORD}`, FailureType.OutcomeUnknown],
  ])('%s: %s', async (code, text, type) => {
    expect(await done(await clientAnswered(fault(code, text), 500))).toMatchObject({ type, code });
    expect(await done(await clientAnswered(fault(code, text), 200))).toMatchObject({ type, code });
  });
});

describe('a fault that goes on beyond what is matched', () => {
  it.each([
    ['Server', FailureType.OutcomeUnknown],
    ['Client', FailureType.VendorRejected],
  ])('proves as much as its code does: %s', async (code, type) => {
    const text = `The update was rejected. ${'#1 /srv/Order.php(12) '.repeat(300)}`;
    const fault = `<SOAP-ENV:Fault><faultcode>SOAP-ENV:${code}</faultcode><faultstring>${text}</faultstring></SOAP-ENV:Fault>`;
    expect(await done(await clientAnswered(envelope(fault), 500))).toMatchObject({ type, code });
  });
});

describe('an instant', () => {
  it.each([
    ['2019-03-27 12:52:20', '2019-03-27T11:52:20Z'],
    ['2019-07-27 12:52:20', '2019-07-27T10:52:20Z'],
    ['2019-10-14T09:02:49+02:00', '2019-10-14T07:02:49Z'],
    ['2019-10-14T09:02:49Z', '2019-10-14T09:02:49Z'],
    ['2019-10-14T09:02:49-0430', '2019-10-14T13:32:49Z'],
    ['2019-12-31 23:30', '2019-12-31T22:30:00Z'],
    ['2019-01-01 00:30:00', '2018-12-31T23:30:00Z'],
    ['2019-07-01', '2019-06-30T22:00:00Z'],
    ['2019-03-27 12:52:20.1234567', '2019-03-27T11:52:20Z'],
    ['2019-10-14T09:02:49 +0200', '2019-10-14T07:02:49Z'],
    ['2019-10-14T09:02:49+99:00', null],
    [`2019-03-27${' '.repeat(100_000)}12:52`, null],
    // The hours that spring leaves out and autumn repeats.
    ['2019-03-31 01:59:59', '2019-03-31T00:59:59Z'],
    ['2019-03-31 02:30:00', '2019-03-31T01:30:00Z'],
    ['2019-03-31 03:00:00', '2019-03-31T01:00:00Z'],
    ['2019-10-27 02:30:00', '2019-10-27T00:30:00Z'],
    ['2019-10-27 03:00:00', '2019-10-27T02:00:00Z'],
    ['0000-00-00 00:00:00', null],
    ['0001-01-01T00:00:00', null],
    ['1900-01-01 00:00:00', null],
    ['2019-02-29', null],
    ['2019-03-27 25:00', null],
    ['soon', null],
    ['', null],
  ])('%s is %s', (text, instant) => {
    expect(readInstant(text)).toBe(instant);
  });
});
