import type { VendorRequest } from '../../../src/sandbox/vendor';
import { parseXml, type XmlContent } from '../../../src/transport/formats/xml';
import { CentraClient } from '../../../src/vendors/centra/client';
import type { Accepted } from '../../../src/vendors/centra/answer';
import { isRepeatSafe, operations } from '../../../src/vendors/centra/operations';
import { calls, line, order } from './calls';
import { CentraWsdl, wsdlText } from './wsdl';
import { golden, goldenName, writtenRequest } from '../golden';
import { serve, type Served } from '../served';

const paths = {
  centra: '/ams/system/service/module/soap/api',
  'navision-soap': '/ams/system/service/module/navision/soap',
  'navision-api': '/ams/system/service/module/navision/api',
} as const;
const account = { username: 'erp & co', password: 'p<&>"w' };

let served: Served;
beforeAll(async () => {
  // What was asked is all that counts here, so every answer is a defect.
  served = await serve(() => ({ status: 500, headers: { 'content-type': 'text/html' }, body: 'no' }));
});
afterAll(async () => served.close());

const clientOf = (path: string): CentraClient =>
  new CentraClient({ endpoint: `${served.origin}${path}`, ...account, markets: ['007', 'Retail-Sweden'] });

async function requestOf(call: (centra: CentraClient) => Promise<unknown>, path: string): Promise<VendorRequest> {
  const before = served.requests.length;
  await expect(call(clientOf(path))).rejects.toMatchObject({ code: 'HTTP_500' });
  const [request, ...others] = served.requests.slice(before);
  if (request === undefined || others.length > 0) throw new Error('not one request');
  return request;
}

describe('what Centra is sent', () => {
  it.each(calls)('for %s, byte by byte', async (name, call) => {
    const text = writtenRequest(await requestOf(call, paths.centra));
    expect(text).toBe(golden('centra', `${goldenName(name)}.http`, text));
  });

  it.each(['navision-soap', 'navision-api'] as const)('by the endpoint %s, byte by byte', async (style) => {
    for (const [name, call] of calls.slice(0, 3)) {
      const text = writtenRequest(await requestOf(call, paths[style]));
      expect(text).toBe(golden('centra', `${style}/${goldenName(name)}.http`, text));
    }
  });

  it('covers every operation of the WSDL, and of the contract', () => {
    const named = new Set(calls.map(([name]) => name.replace('-cancel', '')));
    expect(named).toEqual(new Set(Object.keys(operations)));
    for (const file of ['centra', 'navision-soap', 'navision-api'] as const) {
      expect(new Set(new CentraWsdl(file).operations)).toEqual(named);
    }
  });

  it('is nothing at all where there is nothing to say', async () => {
    const before = served.requests.length;
    const centra = clientOf(paths.centra);
    expect(await centra.eventsDone({ ids: [] })).toEqual({ notices: [] });
    expect(await centra.ordersUpdate({ orders: [] })).toEqual({ notices: [] });
    expect(served.requests).toHaveLength(before);
  });
});

describe('an update', () => {
  const wsdl = new CentraWsdl('centra');
  const yesOrNo = new Set(['locked', 'preorder', 'paid', 'shipped', 'goodtogo', 'capture']);

  /** A value with every member that the WSDL knows, last first; lists as our callers write them. */
  const whole = (name: string, type: string): unknown => {
    if (type === 'xsd:boolean') return 'true';
    if (type === 'xsd:int') return '007';
    if (type === 'xsd:string') return yesOrNo.has(name) ? 'yes' : `${name}!`;
    const members = wsdl.members(type);
    const [only] = members;
    if (members.length === 1 && only?.repeats === true) return [whole(only.name, only.type)];
    return Object.fromEntries(
      members
        .filter((member) => member.name !== 'cancelled')
        .toReversed()
        .map((member) => {
          const value = whole(member.name, member.type);
          return [member.name, member.repeats ? [value] : value];
        }),
    );
  };
  /** Paths of all elements in document order, as the WSDL wants them. */
  const declared = (name: string, type: string): string[] => [
    name,
    ...wsdl
      .members(type)
      .filter((member) => member.name !== 'cancelled')
      .flatMap((member) => declared(member.name, member.type).map((path) => `${name}/${path}`)),
  ];
  const sent = (name: string, content: XmlContent): string[] => [
    name,
    ...(typeof content === 'object' && content !== null && !Array.isArray(content)
      ? Object.entries(content).flatMap(([child, value]) => sent(child, value).map((path) => `${name}/${path}`))
      : []),
  ];
  const updates = Object.keys(operations).filter((operation) => operation.endsWith('_Update'));

  it.each(updates)('%s knows every member of the WSDL, in its order', async (operation) => {
    const { element, members } = wsdl.request(operation);
    const [login, list] = members;
    if (list === undefined) throw new Error('no list');
    const method = operation.replace('_', '');
    const { body } = await requestOf(async (centra) => {
      const update: unknown = Reflect.get(centra, method);
      if (typeof update !== 'function') throw new Error(`no ${method}`);
      return Reflect.apply(update, centra, [{ [list.name]: whole(list.name, list.type) }]) as Promise<Accepted>;
    }, paths.centra);
    const content = parseXml(body, { root: 'Envelope' });
    const inBody = sent('Envelope', content).filter((path) => path.startsWith('Envelope/Body/'));
    const prefix = `Envelope/Body/${element}`;
    expect(inBody).toEqual([
      prefix,
      ...[login, list].flatMap((part) =>
        part === undefined ? [] : declared(part.name, part.type).map((path) => `${prefix}/${path}`),
      ),
    ]);
  });

  it.each<[string, object, RegExp]>([
    ['a member nobody told us of', { orders: [{ ...order, colour: 'red' }] }, /orders\.0: Unrecognized key: "colour"/],
    ['a number', { orders: [{ ...order, currencyrate: 10.4 }] }, /orders\.0\.currencyrate: /],
    ['a date', { orders: [{ ...order, created: new Date(0) }] }, /orders\.0\.created: /],
    [
      'a store that is not a number',
      { orders: [{ ...order, store: 'one' }] },
      /orders\.0\.store: is not a whole number/,
    ],
    ['an empty id', { orders: [{ ...order, id: '' }] }, /orders\.0\.id: is empty/],
    ['true for yes', { orders: [{ ...order, locked: 'true' }] }, /orders\.0\.locked: /],
    ['a cancellation, which may not be repeated', { orders: [{ ...order, cancelled: [line] }] }, /"cancelled"/],
    [
      'a control character',
      { orders: [{ ...order, other: 'a\u0001b' }] },
      /orders\.order\[0\]\.other holds characters that XML/,
    ],
    [
      'the opening of a CDATA section',
      { orders: [{ ...order, other: '<![CDATA[' }] },
      /other holds characters that XML/,
    ],
    ['half a character', { orders: [{ ...order, other: '\uD83D' }] }, /other holds characters that XML/],
    ['XML in the place of text', { orders: [{ ...order, other: { $xml: '<x/>' } }] }, /orders\.0\.other: /],
  ])('with %s is not sent, and says where', async (_, request, reason) => {
    const before = served.requests.length;
    const call: unknown = Reflect.apply(clientOf(paths.centra).ordersUpdate, clientOf(paths.centra), [request]);
    await expect(call).rejects.toMatchObject({
      type: 'VendorRejected',
      code: 'UNSENDABLE',
      message: expect.stringMatching(reason),
    });
    expect(served.requests).toHaveLength(before);
  });

  it('of events without a configured market is not sent', async () => {
    const centra = new CentraClient({ endpoint: `${served.origin}${paths.centra}`, ...account });
    await expect(centra.eventsGetByMarkets()).rejects.toMatchObject({ code: 'UNSENDABLE' });
  });

  it('may be repeated unless it cancels', () => {
    expect(Object.keys(operations).filter((name) => !isRepeatSafe(name as keyof typeof operations, true))).toEqual([
      'orders_Update',
    ]);
    expect(isRepeatSafe('orders_Update')).toBe(true);
  });
});

describe('the three endpoints', () => {
  it('differ in namespace and login, and in nothing else', () => {
    const comparable = (text: string): string =>
      text
        .replace(/<!--[^]*?-->/, '')
        .replaceAll('http://www.silkvms.com/webservices/', 'http://www.centra.com/webservices/')
        .replaceAll(/Centra(?:NavisionSoap|NavisionApi)"/g, 'Centra"')
        .replaceAll(/module\/navision\/(?:soap|api)"/g, 'module/soap/api"');
    const [current, soap, api] = [
      comparable(wsdlText('centra')),
      comparable(wsdlText('navision-soap')),
      comparable(wsdlText('navision-api')),
    ];
    expect(soap).toBe(current);
    const withoutLogin = (text: string): string =>
      text
        .replace(/ *<message name="loginHeader">[^]*?<\/message>\n/, '')
        .replaceAll(/ *<soap:header [^\n]*\n/g, '')
        .replaceAll(/ *<xsd:element name="login" [^\n]*\n/g, '');
    expect(withoutLogin(api)).toBe(withoutLogin(current));
    expect(api).not.toBe(current);
  });

  it.each([
    [paths.centra, 'www.centra.com', true],
    ['/proxy/shop', 'www.centra.com', true],
    [`${paths['navision-soap']}/`, 'www.silkvms.com', true],
    ['/ams/system/service/MODULE/Navision/API', 'www.silkvms.com', false],
  ])('are told by the path: %s', async (path, host, inBody) => {
    const { headers, body } = await requestOf(async (centra) => centra.eventsGet(), path);
    expect(headers['soapaction']).toBe(`"http://${host}/webservices/Events_Get"`);
    expect(/<login><username>.*<\/login><type>/.test(body)).toBe(inBody);
    expect(/<soap:Header><login xmlns=/.test(body)).toBe(!inBody);
    expect(headers['authorization'] === undefined).toBe(inBody);
  });

  it('refuse credentials that cannot travel', async () => {
    const config = { username: 'u', password: 'a\u0001b' };
    const inBody = new CentraClient({ ...config, endpoint: `${served.origin}${paths.centra}` });
    await expect(inBody.eventsGet()).rejects.toMatchObject({ code: 'UNSENDABLE' });
    expect(() => new CentraClient({ ...config, endpoint: `${served.origin}${paths['navision-api']}` })).toThrow(
      'the password holds characters that XML does not allow',
    );
  });
});
