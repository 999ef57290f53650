import { generateKeyPairSync, sign } from 'node:crypto';

/** One value of DER (X.690): tag, length, content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const SEQUENCE = 0x30;
const SET = 0x31;
const [BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, OID, UTF8, TIME] = [1, 2, 3, 4, 6, 0x0c, 0x18] as const;
const oid = (hex: string): Buffer => der(OID, Buffer.from(hex, 'hex'));

export interface Certified {
  /** The common name; certificates that one process is to trust together need different ones. */
  readonly name?: string;
  /** The last byte of the address 127.0.0.x that it is for. */
  readonly address?: number;
  readonly until?: Date;
}

/** GeneralizedTime. */
const time = (instant: Date): Buffer =>
  der(TIME, Buffer.from(`${instant.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));

/**
 * A self-signed certificate for 127.0.0.1 (RFC 5280), made here because no machine must have OpenSSL and no repository
 * a private key.
 */
export function selfSigned({
  name: commonName = 'waybill test',
  address: lastByte = 1,
  until = new Date('2120-01-01T00:00:00Z'),
}: Certified = {}): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = der(SEQUENCE, oid('2a8648ce3d040302'));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid('550403'), der(UTF8, Buffer.from(commonName)))));
  const validity = der(SEQUENCE, time(new Date('2020-01-01T00:00:00Z')), time(until));
  const address = der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, lastByte])));
  const extensions = der(
    SEQUENCE,
    der(SEQUENCE, oid('551d11'), der(OCTET_STRING, address)),
    der(
      SEQUENCE,
      oid('551d13'),
      der(BOOLEAN, Buffer.from([0xff])),
      der(OCTET_STRING, der(SEQUENCE, der(BOOLEAN, Buffer.from([0xff])))),
    ),
  );
  const toBeSigned = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = der(BIT_STRING, Buffer.from([0]), sign('sha256', toBeSigned, privateKey));
  const certificate = der(SEQUENCE, toBeSigned, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
  };
}
