import { existsSync } from 'node:fs';
import { loadConfig } from '../../src/config';
import { realVendors, simulatedVendors, workerEnvironment } from '../../src/local/sandbox-environment';

const mine = {
  PATH: '/bin',
  TEMPORAL_ADDRESS: 'cloud.example:7233',
  TEMPORAL_API_KEY: 'cloud key',
  TEMPORAL_TLS: 'true',
  MANEX_ENDPOINT: 'https://manex.example',
  MANEX_API_KEY: 'mine',
  CLARITUM_ENDPOINT: '',
};
const surroundings = {
  environment: mine,
  temporalAddress: '127.0.0.1:7300',
  sandboxOrigin: 'http://127.0.0.1:7400',
  policy: '/p.json',
  documents: '/documents',
};

describe('realVendors', () => {
  it('are those whose endpoint is named; an empty one is not', () => {
    expect(realVendors(mine)).toEqual(['manex']);
  });

  it('leave the others to the sandbox', () => {
    expect(simulatedVendors(mine)).toEqual(['claritum', 'northscope', 'centra', 'isync']);
  });
});

describe('workerEnvironment', () => {
  it('leads every vendor to the sandbox where none may be real, whatever the environment names', () => {
    const { vendors, policy, documents } = loadConfig(workerEnvironment({ ...surroundings, real: [] }));
    expect(vendors.manex).toEqual({ endpoint: 'http://127.0.0.1:7400', apiKey: '1234567890' });
    expect(vendors.claritum).toMatchObject({ apiUid: 'SUP-1001', msp: { apiUid: 'MSP-2001' } });
    expect(vendors.centra).toMatchObject({
      endpoint: 'http://127.0.0.1:7400/ams/system/service/module/soap/api',
      username: 'centra',
    });
    expect(vendors.isync).toMatchObject({
      endpoint: 'http://127.0.0.1:7400/SyncAPI/MessageService.svc',
      username: 'webstore',
    });
    expect([policy, documents]).toEqual(['/p.json', '/documents']);
  });

  it('gives the sandbox nothing that was meant for another Claritum, NorthScope or Centra', () => {
    const environment = {
      ...mine,
      ...{ CLARITUM_AUTHENTICATION: 'basic', CLARITUM_WSDL: '/w', CLARITUM_FIELDS: '/f' },
      ...{ NORTHSCOPE_TOKEN: 'theirs', NORTHSCOPE_REQUEST_NAMES: 'ListSites=Theirs', CENTRA_MARKETS: '7' },
    };
    const { vendors } = loadConfig(workerEnvironment({ ...surroundings, environment, real: [] }));
    expect(vendors.northscope).toMatchObject({ password: 'StrongPassword', aliases: {} });
    expect(vendors.centra?.markets).toEqual([]);
    expect(vendors.claritum).toMatchObject({ authentication: 'parameters', wsdl: null, fields: null });
  });

  it('leaves a real vendor as it is named', () => {
    const { vendors } = loadConfig(workerEnvironment({ ...surroundings, real: ['manex'] }));
    expect(vendors.manex).toEqual({ endpoint: 'https://manex.example', apiKey: 'mine' });
    expect(vendors.northscope.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:7400\//);
  });

  it.each([
    ['centra', { CENTRA_ENDPOINT: 'https://shop.example/soap/api', CENTRA_USERNAME: 'u', CENTRA_PASSWORD: 'p' }],
    ['isync', { ISYNC_ENDPOINT: 'https://till.example/MessageService.svc', ISYNC_USERNAME: 'u', ISYNC_PASSWORD: 'p' }],
  ] as const)('leaves %s as it is named too', (vendor, own) => {
    const environment = { ...mine, ...own };
    expect(realVendors(environment)).toEqual(['manex', vendor]);
    const { vendors } = loadConfig(workerEnvironment({ ...surroundings, environment, real: [vendor] }));
    expect(vendors[vendor]).toMatchObject({ endpoint: Object.values(own)[0], username: 'u', password: 'p' });
  });

  it('passes on nothing that belongs to another Temporal', () => {
    const environment = workerEnvironment({ ...surroundings, real: [] });
    const temporal = Object.entries(environment).filter(([name]) => name.startsWith('TEMPORAL_'));
    expect(Object.fromEntries(temporal)).toEqual({
      TEMPORAL_ADDRESS: '127.0.0.1:7300',
      // Not left out: a file of the user's would set them again.
      TEMPORAL_API_KEY: '',
      TEMPORAL_TLS: '',
      TEMPORAL_NAMESPACE: 'default',
      TEMPORAL_CONFIG_FILE: '/documents/no-temporal-profile.toml',
    });
    expect(existsSync('/documents/no-temporal-profile.toml')).toBe(false);
  });
});
