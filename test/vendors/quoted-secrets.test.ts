import { inspect } from 'node:util';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { VendorError } from '../../src/transport/http/vendor-error';
import { CentraClient } from '../../src/vendors/centra/client';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { ISyncClient } from '../../src/vendors/isync/client';
import { ManExClient } from '../../src/vendors/manex/client';
import { NorthScopeClient } from '../../src/vendors/northscope/client';
import { control } from '../sandbox/http-caller';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 0, seed: 1, people: false, control: true });
});
afterAll(() => sandbox.close());

/** Each of the vendors with the password or key it quotes back, and a call that it refuses. */
const calls: Readonly<Record<string, { readonly secret: string; readonly call: () => Promise<unknown> }>> = {
  claritum: {
    secret: 'supplier-secret',
    call: () =>
      new ClaritumClient({
        ...{ endpoint: `${sandbox.origin}/system/ws/1.3/soap.php`, role: 'supplier' },
        ...{ apiUid: 'SUP-1001', password: 'supplier-secret' },
      }).getPurchaseOrders(),
  },
  centra: {
    secret: 'centra-secret',
    call: () =>
      new CentraClient({
        endpoint: `${sandbox.origin}/ams/system/service/module/soap/api`,
        ...{ username: 'centra', password: 'centra-secret' },
      }).eventsGet(),
  },
  isync: {
    secret: 'A05E63A',
    call: () =>
      new ISyncClient({
        endpoint: `${sandbox.origin}/SyncAPI/MessageService.svc`,
        ...{ username: 'webstore', password: 'A05E63A' },
      }).login(),
  },
  northscope: {
    secret: 'StrongPassword',
    call: () =>
      new NorthScopeClient({
        endpoint: `${sandbox.origin}/services/ActionCommand.svc/APIExecute`,
        ...{ login: 'TestAPIUser@NorthScope.example.com', password: 'StrongPassword', companySk: '1' },
      }).generateSessionToken(),
  },
  manex: {
    secret: '1234567890',
    call: () => new ManExClient({ endpoint: sandbox.origin, apiKey: '1234567890' }).soGet({ soNo: '7' }),
  },
};

const forms = ['plain', 'upper', 'lower', 'url', 'form', 'url-twice', 'xml', 'json'] as const;
const encodings = ['base64', 'base64url', 'base64-lines', 'hex'] as const;

/** All that leaves the client, as one text without blanks and in small letters. */
function shown(error: VendorError): string {
  const all = [inspect(error, { depth: 10, showHidden: true }), error.stack ?? '', JSON.stringify(error)];
  return all.join().replaceAll(/\s/g, '').toLowerCase();
}

describe.each(Object.keys(calls))('%s quotes the secret of a call', (vendor) => {
  it.each([...forms, ...encodings])('%s: the error does not show it', async (form) => {
    const { secret = '', call } = calls[vendor] ?? {};
    await control(sandbox.origin, 'faults', { vendor, fault: 'quote-secrets', form });
    const error: unknown = await call?.().catch((reason: unknown) => reason);
    if (!(error instanceof VendorError)) throw new Error(`no VendorError but ${inspect(error)}`);
    expect(error.message).toContain('***');
    const bytes = Buffer.from(secret);
    const encoded = [bytes.toString('hex'), bytes.toString('base64').slice(0, -4)];
    for (const text of [secret, ...encoded]) expect(shown(error)).not.toContain(text.toLowerCase());
  });
});
