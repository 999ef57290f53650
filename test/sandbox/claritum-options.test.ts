import { ClaritumSandbox } from '../../src/sandbox/claritum/sandbox';
import type { ClaritumOptions } from '../../src/sandbox/claritum/options';
import { envelope, roles } from './claritum-caller';

const [msp, supplier] = [roles.msp, roles.supplier];

/** A sandbox of one order with one address, spoken to without a network. */
function claritumWith(options: Partial<ClaritumOptions>) {
  const sandbox = new ClaritumSandbox(options);
  sandbox.reset({ seed: 1, orders: 1 });
  const ask = (body: string, headers: Readonly<Record<string, string>> = {}) => {
    const request = { method: 'POST', path: '/system/ws/1.3/soap.php', query: '', headers, body, origin: 'http://x' };
    const prepared = sandbox.prepare(request);
    if ('answer' in prepared) return { status: prepared.answer.status, effects: 0, body: prepared.answer.body };
    const { answer, effects } = prepared.commit();
    return { status: answer.status, effects, body: answer.body };
  };
  return {
    ask,
    ledger: () => sandbox.ledger() as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>,
  };
}

const item = (content: string): string => `<item>${content}</item>`;

describe('a batch with one bad record', () => {
  const batch = [
    '<externalId>C-1</externalId><name>A</name>',
    '<externalId>C-2</externalId>',
    '<externalId>C-3</externalId><name>C</name>',
  ];
  const call = envelope('setCustomers', `<customers>${batch.map(item).join('')}</customers>`, msp);
  const refusal = expect.stringContaining('Customer C-2: name expected but not supplied');

  it.each([
    [{}, 0, []],
    [{ refusedBatch: 'the rest' as const }, 2, ['C-1', 'C-3']],
  ])('is refused, and leaves behind what %j says', (options, effects, stored) => {
    const claritum = claritumWith(options);
    expect(claritum.ask(call)).toEqual({ status: 500, effects, body: refusal });
    expect(claritum.ledger()['customers']?.map(({ externalId }) => externalId)).toEqual(stored);
  });
});

describe('a receipt of too much', () => {
  const receipt = item(
    '<orderRef>CL-10231</orderRef><receivedDate>2026-01-05</receivedDate><quantity>100000</quantity>',
  );
  const call = envelope('setGoodsReceipts', `<goodsReceipts>${receipt}</goodsReceipts>`, supplier);

  it('is refused, or booked on the last address', () => {
    const [strict, lenient] = [claritumWith({}), claritumWith({ overReceipt: 'last address' })];
    expect([strict.ask(call).status, strict.ledger()['goodsReceipts']]).toEqual([500, []]);
    expect([lenient.ask(call).status, lenient.ledger()['goodsReceipts']]).toEqual([
      200,
      [expect.objectContaining({ allocations: [{ deliveryRef: '10231-1', quantity: '100000' }] })],
    ]);
  });
});

describe('credentials', () => {
  const [uid, password] = supplier;
  const bare = (header = ''): string =>
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">${header}<e:Body><getDeliveries/></e:Body></e:Envelope>`;
  const token =
    `<e:Header><w:Security xmlns:w="urn:w"><w:UsernameToken><w:Username>${uid}</w:Username>` +
    `<w:Password>${password}</w:Password></w:UsernameToken></w:Security></e:Header>`;
  const ways = {
    parameters: [envelope('getDeliveries', ''), {}],
    basic: [bare(), { authorization: `Basic ${Buffer.from(`${uid}:${password}`).toString('base64')}` }],
    'ws-security': [bare(token), {}],
  } as const;

  it.each(['any', 'parameters', 'basic', 'ws-security'] as const)(
    'are understood where the vendor looks for them: %s',
    (way) => {
      const claritum = claritumWith({ authentication: way });
      const understood = Object.entries(ways).filter(
        ([, [body, headers]]) => claritum.ask(body, headers).status === 200,
      );
      expect(understood.map(([name]) => name)).toEqual(way === 'any' ? Object.keys(ways) : [way]);
    },
  );
});
