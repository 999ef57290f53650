import { answerError, unsentError, type CallName } from '../../../src/transport/http/failure';
import { meaningOf, refusalError, type RefusalRow } from '../../../src/transport/http/refusal';

const call: CallName = { vendor: 'acme', operation: 'Book', effect: 'write' };
const rows: readonly RefusalRow[] = [
  { code: 'TAKEN', of: /^Book$/, text: /already/i },
  { code: 'NO_SUCH', text: /no such/i, verdict: 'missing-record' },
  { code: 'ANY_NO', text: /no/i },
];

describe('a refusal', () => {
  it.each([
    ['Book', 'It is already there', 'TAKEN', 'vendor-refusal'],
    ['Move', 'It is already there', 'REFUSED', 'vendor-refusal'],
    ['Book', 'No such box', 'NO_SUCH', 'missing-record'],
    ['Book', 'No', 'ANY_NO', 'vendor-refusal'],
    ['Book', '', 'REFUSED', 'vendor-refusal'],
  ])('of %s by "%s" is %s, by the first line that knows it', (operation, sentence, code, verdict) => {
    expect(meaningOf(rows, operation, sentence)).toEqual({ code, verdict });
  });

  it('is known by the beginning of its sentence only', () => {
    expect(meaningOf(rows, 'Book', `${'.'.repeat(5_000)}already`).code).toBe('REFUSED');
  });

  it('is told with what the vendor said, without secrets, and with what is known of its answer', () => {
    const answer = { status: 422, requestId: 'r-1' };
    const error = refusalError(rows, { call, text: 'Already\n booked by hunter22', secrets: ['hunter22'], answer });
    expect(error).toMatchObject({ type: 'VendorRejected', code: 'TAKEN', ...answer });
    expect(error.message).toBe('acme Book: refused: Already booked by ***');
    expect(refusalError(rows, { call, text: ' ', secrets: [] }).message).toBe('acme Book: refused: no reason given');
  });
});

describe('the error of', () => {
  it('a whole answer has the status of it, 200 where nothing else is known', () => {
    const { type, status, message } = answerError(call, 'unreadable', 'NO_RESULT', 'there is none');
    const it = 'acme Book: it may or may not have taken effect: there is none';
    expect([type, status, message]).toEqual(['OutcomeUnknown', 200, it]);
  });

  it('what must not be sent is final, and says that nothing was', () => {
    const error = unsentError(call, 'ROLE', 'it takes another account', 'VendorUnauthorized');
    expect(error).toMatchObject({ type: 'VendorUnauthorized', code: 'ROLE', status: undefined });
    expect(error.message).toBe('acme Book: nothing was sent: it takes another account');
    expect(unsentError(call, 'UNSENDABLE', 'no').type).toBe('VendorRejected');
  });
});
