/** Why no connection came about, by the code of Node or OpenSSL. */
const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  CLOSED: 'connection closed',
  ETIMEDOUT: 'connection timed out',
  ABORT_ERR: 'timed out',
  ENOTFOUND: 'DNS lookup failed',
  EAI_AGAIN: 'DNS lookup failed',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network unreachable',
  CERT_HAS_EXPIRED: 'certificate expired',
  CERT_NOT_YET_VALID: 'certificate not yet valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate for another host name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in the chain',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'incomplete certificate chain',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown certificate authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown certificate authority',
  EPROTO: 'TLS handshake failed',
};

/** The usual name of what keeps a connection from coming about; `no connection` for a code without one. */
export const causeOf = (code: string): string =>
  CAUSES[code] ?? (code.startsWith('ERR_SSL_') ? 'TLS handshake failed' : 'no connection');
