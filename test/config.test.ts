import { join } from 'node:path';
import { ConfigError, loadConfig, ownConfig, temporalEnvironment, type Environment } from '../src/config';

const complete: Environment = {
  CLARITUM_ENDPOINT: 'https://claritum.example/system/ws/1.3/soap.php',
  CLARITUM_API_UID: 'SUP-1',
  CLARITUM_PASSWORD: 'claritum pass',
  MANEX_ENDPOINT: 'http://127.0.0.1:7400',
  MANEX_API_KEY: '0123456789',
  NORTHSCOPE_ENDPOINT: 'https://northscope.example/services/ActionCommand.svc/APIExecute',
  NORTHSCOPE_LOGIN: 'api@northscope.example',
  NORTHSCOPE_PASSWORD: 'northscope pass',
  NORTHSCOPE_COMPANY_SK: '1',
};

function issuesOf(environment: Environment): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('loadConfig', () => {
  it('reads every vendor, and keeps identifiers as text', () => {
    const config = loadConfig({ ...complete, NORTHSCOPE_COMPANY_SK: '007', WAYBILL_POLICY: '/etc/waybill.json' });
    expect(config.vendors.northscope.companySk).toBe('007');
    expect(config.vendors.manex).toEqual({ endpoint: 'http://127.0.0.1:7400', apiKey: '0123456789' });
    expect(config.vendors.claritum.msp).toBeNull();
    expect(config.policy).toBe('/etc/waybill.json');
    expect(config.documents).toBe(join(process.cwd(), '.waybill/documents'));
  });

  it('takes info for the log level, or what is named; anything else is told with what there is', () => {
    expect(loadConfig(complete).logLevel).toBe('info');
    expect(loadConfig({ ...complete, WAYBILL_LOG_LEVEL: 'debug' }).logLevel).toBe('debug');
    expect(issuesOf({ ...complete, WAYBILL_LOG_LEVEL: 'verbose' })).toEqual([
      'WAYBILL_LOG_LEVEL is none of trace, debug, info, warn, error',
    ]);
    expect(() => ownConfig({ WAYBILL_LOG_LEVEL: 'DEBUG' })).toThrow(ConfigError);
  });

  it('reads the msp role where both of its variables are set', () => {
    const config = loadConfig({ ...complete, CLARITUM_MSP_API_UID: 'MSP-1', CLARITUM_MSP_PASSWORD: 'x' });
    expect(config.vendors.claritum.msp).toEqual({ apiUid: 'MSP-1', password: 'x' });
  });

  it('reads iSync where all of its variables are set, and does without it where none is', () => {
    const isync = {
      ISYNC_ENDPOINT: 'https://sync.example/MessageService.svc',
      ISYNC_USERNAME: 'w',
      ISYNC_PASSWORD: 'x',
    };
    expect(loadConfig({ ...complete, ...isync }).vendors.isync).toEqual({
      endpoint: 'https://sync.example/MessageService.svc',
      username: 'w',
      password: 'x',
    });
    expect(loadConfig({ ...complete, ISYNC_USERNAME: '' }).vendors.isync).toBeNull();
  });

  it('tells a variable that nobody reads where it may stand for one that is not set', () => {
    const { CLARITUM_PASSWORD: password, ...without } = complete;
    expect(issuesOf({ ...without, CLARITUM_PASWORD: password, CLARITUM_AUTHENTIFICATION: 'basic' })).toEqual([
      'CLARITUM_PASSWORD is not set; give it the API password of the supplier',
      'CLARITUM_PASWORD is not used; did you mean CLARITUM_PASSWORD?',
      'CLARITUM_AUTHENTIFICATION is not used; did you mean CLARITUM_AUTHENTICATION?',
    ]);
    expect(issuesOf({ ...complete, WAYBILL_DOCUMENT: '/d', WAYBILL_ALOW_HTTP: 'true' })).toEqual([
      'WAYBILL_DOCUMENT is not used; did you mean WAYBILL_DOCUMENTS?',
      'WAYBILL_ALOW_HTTP is not used; did you mean WAYBILL_ALLOW_HTTP?',
    ]);
    const others = { CLARITUM_PASSWORD_OLD: 'x', MANEX_API_URL: 'x', NORTHSCOPE_USER: 'x', CLARITUM_PASWORD: 'x' };
    expect(loadConfig({ ...complete, ...others }).vendors.claritum.password).toBe('claritum pass');
  });

  const centra = { CENTRA_ENDPOINT: 'https://shop.example/api', CENTRA_USERNAME: 'c', CENTRA_PASSWORD: 'x' };

  it('reads Centra where all of its variables are set, and does without it where none is', () => {
    const access = { endpoint: 'https://shop.example/api', username: 'c', password: 'x' };
    expect(loadConfig({ ...complete, ...centra }).vendors.centra).toEqual({ ...access, markets: [] });
    expect(loadConfig({ ...complete, ...centra, CENTRA_MARKETS: ' 007, Retail-Sweden,,007' }).vendors.centra).toEqual({
      ...access,
      markets: ['007', 'Retail-Sweden'],
    });
    expect(loadConfig({ ...complete, CENTRA_MARKETS: '' }).vendors.centra).toBeNull();
  });

  it('tells what Centra lacks, markets without a shop included', () => {
    expect(issuesOf({ ...complete, ...centra, CENTRA_USERNAME: '' })).toEqual([
      'CENTRA_USERNAME is not set, but CENTRA_ENDPOINT is; set all of them or none',
    ]);
    expect(issuesOf({ ...complete, CENTRA_MARKETS: '1' })).toEqual([
      'CENTRA_MARKETS is set, but CENTRA_ENDPOINT is not; set both or neither',
    ]);
    expect(issuesOf({ ...complete, ...centra, CENTRA_PASSWORD: 'a\u0007b' })).toEqual([
      'CENTRA_PASSWORD holds control characters; copy it again',
    ]);
  });

  it('lists what a partly set group lacks, and the fault of an optional endpoint', () => {
    expect(issuesOf({ ...complete, ISYNC_USERNAME: 'w' })).toEqual([
      'ISYNC_ENDPOINT is not set, but ISYNC_USERNAME is; set all of them or none',
      'ISYNC_PASSWORD is not set, but ISYNC_USERNAME is; set all of them or none',
    ]);
    const isync = { ISYNC_ENDPOINT: 'http://sync.example/x', ISYNC_USERNAME: 'w', ISYNC_PASSWORD: 'x' };
    expect(issuesOf({ ...complete, ...isync })).toEqual([expect.stringMatching(/^ISYNC_ENDPOINT is plain http/)]);
  });

  it.each(['parameters', 'basic', 'ws-security'] as const)('lets Claritum’s credentials travel as %s', (way) => {
    expect(loadConfig({ ...complete, CLARITUM_AUTHENTICATION: way }).vendors.claritum.authentication).toBe(way);
  });

  it('knows Claritum as it is packaged, unless files say otherwise', () => {
    const asPackaged = { authentication: 'parameters', wsdl: null, fields: null };
    expect(loadConfig({ ...complete, CLARITUM_WSDL: '' }).vendors.claritum).toMatchObject(asPackaged);
    const files = { CLARITUM_WSDL: '/etc/claritum.wsdl', CLARITUM_FIELDS: 'fields.json' };
    expect(loadConfig({ ...complete, ...files }).vendors.claritum).toMatchObject({
      wsdl: '/etc/claritum.wsdl',
      fields: join(process.cwd(), 'fields.json'),
    });
  });

  it('refuses credentials that cannot travel', () => {
    const issues = issuesOf({
      ...complete,
      CLARITUM_API_UID: 'hunter:2',
      CLARITUM_PASSWORD: 'hunter2\u0007',
      CLARITUM_AUTHENTICATION: 'basic',
    });
    expect(issues).toEqual([
      'CLARITUM_PASSWORD holds control characters; copy it again',
      'CLARITUM_API_UID has a colon, which HTTP Basic does not allow; choose another CLARITUM_AUTHENTICATION',
    ]);
    expect(issuesOf({ ...complete, CLARITUM_AUTHENTICATION: 'digest' })).toEqual([
      'CLARITUM_AUTHENTICATION is not parameters, basic or ws-security',
    ]);
  });

  it('lists all nine missing variables at once, each with its fix', () => {
    const issues = issuesOf({});
    expect(new Set(issues.map((issue) => issue.split(' ')[0]))).toEqual(new Set(Object.keys(complete)));
    expect(issues).toHaveLength(9);
    for (const issue of issues) expect(issue).toMatch(/ is not set; give it the /);
  });

  it('takes a static token of NorthScope instead of the password, and not beside it', () => {
    const token = { ...complete, NORTHSCOPE_PASSWORD: '', NORTHSCOPE_TOKEN: '6f9619ff-8b86-d011-b42d-00c04fc964ff' };
    expect(loadConfig(token).vendors.northscope).toEqual({
      endpoint: complete['NORTHSCOPE_ENDPOINT'],
      login: 'api@northscope.example',
      companySk: '1',
      aliases: {},
      staticToken: '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    });
    expect(issuesOf({ ...token, NORTHSCOPE_PASSWORD: 'x' })).toEqual([
      'NORTHSCOPE_TOKEN and NORTHSCOPE_PASSWORD are both set; remove one of them',
    ]);
    expect(issuesOf({ ...complete, NORTHSCOPE_PASSWORD: ' ' })).toEqual([
      'NORTHSCOPE_PASSWORD is not set; give it the API password, or NORTHSCOPE_TOKEN a static token',
    ]);
    expect(issuesOf({ ...token, NORTHSCOPE_TOKEN: 'two words' })).toEqual([
      'NORTHSCOPE_TOKEN holds characters that no token has; copy it again, without spaces',
    ]);
  });

  it('reads what NorthScope calls its requests', () => {
    const names = ' ListUOMSchedules = NorthPacificUOMScheduleMaster ,ListSites=ListItems,ListItems=ListSites,';
    expect(loadConfig({ ...complete, NORTHSCOPE_REQUEST_NAMES: names }).vendors.northscope.aliases).toEqual({
      ListUOMSchedules: 'NorthPacificUOMScheduleMaster',
      ListSites: 'ListItems',
      ListItems: 'ListSites',
    });
  });

  it.each([
    ['ListSites', /is not written like/],
    ['ListSites=', /is not written like/],
    ['ListSites=a=b', /is not written like/],
    ['ListSites=</RequestName>', /is not written like/],
    ['{"ListSites":"x"}', /is not written like/],
    ['listSites=x', /renames none of GenerateSessionToken, .*, ListInventoryLots$/],
    ['ListSites=x,ListSites=y', /renames ListSites twice/],
    ['ListSites=ListItems', /has one name for two requests/],
  ])('refuses %s for the names of NorthScope’s requests', (names, fault) => {
    const issues = issuesOf({ ...complete, NORTHSCOPE_REQUEST_NAMES: names });
    expect(issues).toEqual([expect.stringMatching(fault)]);
    expect(issues.join()).toMatch(/^NORTHSCOPE_REQUEST_NAMES /);
  });

  it('takes an empty value for a missing one', () => {
    expect(issuesOf({ ...complete, MANEX_API_KEY: '' })).toEqual([
      'MANEX_API_KEY is not set; give it the Sales Order API key',
    ]);
  });

  it('tells faults of different kinds together', () => {
    const issues = issuesOf({
      ...complete,
      CLARITUM_ENDPOINT: 'http://claritum.example/soap.php',
      CLARITUM_MSP_PASSWORD: 'x',
      MANEX_API_KEY: undefined,
      NORTHSCOPE_COMPANY_SK: 'one',
      WAYBILL_ALLOW_HTTP: 'yes',
    });
    expect(issues.map((issue) => issue.split(' ')[0]).toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'CLARITUM_ENDPOINT',
      'CLARITUM_MSP_API_UID',
      'MANEX_API_KEY',
      'NORTHSCOPE_COMPANY_SK',
      'WAYBILL_ALLOW_HTTP',
    ]);
  });

  it.each([
    ['claritum.example', /is not a URL/],
    ['ftp://claritum.example/x', /is not https or http/],
    ['http://claritum.example/x', /plain http to another machine/],
    ['http://127.evil.example/x', /plain http to another machine/],
    ['https://user:hunter2@claritum.example/x', /holds credentials/],
    ['https://claritum.example/soap.php?wsdl', /query or fragment/],
  ])('refuses the endpoint %s', (url, fault) => {
    const [issue, ...others] = issuesOf({ ...complete, CLARITUM_ENDPOINT: url });
    expect(issue).toMatch(fault);
    expect(issue).toMatch(/^CLARITUM_ENDPOINT /);
    expect(others).toEqual([]);
  });

  it.each(['http://localhost:7400/x', 'http://127.0.0.1/x', 'http://[::1]:80/x'])('accepts loopback %s', (url) => {
    expect(loadConfig({ ...complete, CLARITUM_ENDPOINT: url }).vendors.claritum.endpoint).toBe(url);
  });

  it('accepts plain http elsewhere only when told so', () => {
    const url = 'http://sandbox:7400/api';
    expect(loadConfig({ ...complete, MANEX_ENDPOINT: url, WAYBILL_ALLOW_HTTP: 'true' }).vendors.manex.endpoint).toBe(
      url,
    );
  });

  it('never repeats a value in what it says: it may be a secret in the wrong place', () => {
    const message = issuesOf({
      ...complete,
      CLARITUM_ENDPOINT: 'https://user:hunter2@claritum.example/x',
      MANEX_API_KEY: 'hunter2 with blanks',
      NORTHSCOPE_COMPANY_SK: 'hunter2',
      WAYBILL_ALLOW_HTTP: 'hunter2',
    }).join('\n');
    expect(message.split('\n')).toHaveLength(4);
    expect(message).not.toContain('hunter2');
  });
});

describe('temporalEnvironment', () => {
  it('passes on what is Temporal’s and nothing of the vendors', () => {
    expect(
      temporalEnvironment({ ...complete, TEMPORAL_ADDRESS: 'host:7233', TEMPORAL_API_KEY: '', HOME: '/home/x' }),
    ).toEqual({ TEMPORAL_ADDRESS: 'host:7233', HOME: '/home/x' });
  });
});
