import { causeOf } from '../../../src/transport/http/cause';
import { send } from '../../../src/transport/http/http';
import { errorOf, requestTo } from './attempt';

describe('the cause of a missing connection', () => {
  it.each([
    ['ENOTFOUND', 'DNS lookup failed'],
    ['ETIMEDOUT', 'connection timed out'],
    ['CERT_HAS_EXPIRED', 'certificate expired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS handshake failed'],
    ['ENOBUFS', 'no connection'],
  ])('%s is told as: %s', (code, cause) => expect(causeOf(code)).toBe(cause));

  it('stands in the message of the call, with its code', async () => {
    const { message } = await errorOf(send(requestTo('', { url: 'http://127.0.0.1:1' })));
    expect(message).toMatch(/: nothing was sent: connection refused \(ECONNREFUSED\)$/);
  });
});
