import { XMLParser } from 'fast-xml-parser';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { call, control } from './http-caller';
import { inbound, soOrder } from './northscope-calls';
import { samplesOf, shapeOf, textsOf } from './samples';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 0, seed: 1, people: false, control: true });
});
afterAll(() => sandbox.close());
beforeEach(() => control(sandbox.origin, 'reset', { orders: 0, seed: 1 }));

/** What every sample with a head sends; those without one need it as well. */
const session = {
  NSLogin: 'TestAPIUser@NorthScope.example.com',
  NSAPISession: '00000000-0000-0000-0000-000000000000',
};
const contentTypes: readonly Record<string, string>[] = [
  {},
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'text/plain' },
];

/** The head of a sample, where it has one, and its body. Only the address is another. */
function parsed(request: string): { headers: Record<string, string>; body: string } {
  if (!request.startsWith('POST ')) return { headers: session, body: request };
  const end = request.indexOf('\n\n');
  const [first, ...lines] = request.slice(0, end).split('\n');
  expect(first).toBe('POST /services/ActionCommand.svc/APIExecute HTTP/1.1');
  const headers = lines.map((line) => line.split(': ', 2)).filter(([name]) => name !== 'Host');
  return { headers: Object.fromEntries(headers) as Record<string, string>, body: request.slice(end + 2) };
}

async function send(request: string, contentType: Record<string, string> = {}): Promise<string> {
  const { headers, body } = parsed(request);
  const url = `${sandbox.origin}/services/ActionCommand.svc/APIExecute`;
  const answer = await call(url, { headers: { ...headers, ...contentType }, body });
  expect(answer.status).toBe(200);
  return answer.body ?? '';
}

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => /^(Site|Schedule|CustomerShipTo)$/.test(name),
});

/** As text, because the order of members is the vendor's as well. */
const comparable = (answer: string): string =>
  JSON.stringify(shapeOf(answer.startsWith('<') ? parser.parse(answer) : JSON.parse(answer)));

const samples = samplesOf('northscope');
const requestOf = (name: string): string => {
  const [request] = samples.filter((sample) => sample.name === name).flatMap((sample) => textsOf(sample, 'request'));
  if (request === undefined) throw new Error(`no sample of ${name}`);
  return request;
};
const success = textsOf(
  samples.find(({ name }) => name === 'InsertInboundIntegration') ?? { name: '', parts: [] },
  'answer',
);

/** Name, request and the answer of that kind, of every sample that shows one. */
const answered = (kind: string): [string, string, string][] =>
  samples.flatMap((sample) =>
    textsOf(sample, kind).map((answer): [string, string, string] => [sample.name, requestOf(sample.name), answer]),
  );

test.each(answered('answer'))('%s as it stands gets the documented answer', async (_name, request, answer) => {
  for (const contentType of contentTypes) {
    expect(comparable(await send(request, contentType))).toBe(comparable(answer));
  }
});

test.each(answered('refusal'))(
  '%s with another password gets the documented refusal',
  async (_name, request, refusal) => {
    const answer = await send(request.replace('StrongPassword', 'another'));
    const timestamp = /\d{4}-\d{2}-\d{2}T[\d:.]+/;
    const plain = (text: string): string => text.replace(timestamp, '').replaceAll(/\s+/g, '');
    expect(plain(answer)).toBe(plain(refusal));
  },
);

test('what the document queues stays queued as it was sent, and ends as an error: its values are no real ones', async () => {
  await send(requestOf('InsertInboundIntegration'));
  await control(sandbox.origin, 'world', { tick: {} });
  const { value } = await control(sandbox.origin, 'ledger', undefined, 'GET');
  expect(value).toMatchObject({
    northscope: {
      inbound: [
        {
          SourceSystem: 'NS Test',
          SourceTransID: 'TransactionABC',
          TransactionType: 'IMTransferXYZ',
          Status: 'Error',
          Data: expect.stringMatching(/<TransactionUnits>5\.00000<.*<TransactionWeight>150\.5500</) as string,
        },
      ],
    },
  });
});

/** An order of two lines; the OrderItemSKs that stand for the document's 100 and 101. */
async function orderItems(): Promise<readonly string[]> {
  const line = '<Line><Item>0071</Item><Units>150</Units><UnitsUOM>Each</UnitsUOM></Line>';
  await send(inbound('A', 'SO Order', soOrder('A', { lines: line + line })));
  await control(sandbox.origin, 'world', { tick: {} });
  const list = await send(
    requestOf('ListUOMSchedules').replace('NorthPacificUOMScheduleMaster', 'NorthPacificSalesOrder'),
  );
  return [...list.matchAll(/<OrderItemSK>(\d+)</g)].map(([, sk = '']) => sk);
}

test.each(['AllocateSalesOrders (json)', 'AllocateSalesOrders (xml)'])('%s gets the generic answers', async (name) => {
  const request = requestOf(name);
  const refused = await send(request);
  expect(refused).toContain("OrderItemSK '100' does not exist.");
  const [first = '', second = ''] = await orderItems();
  const ours = request
    .replace(/\b100\b/, first)
    .replace(/\b101\b/, second)
    .replaceAll(/(LotSK\W+)1\b/g, '$1503')
    .replaceAll('Case', 'Box');
  const answer = await send(ours);
  const expected = name.includes('xml')
    ? comparable(success.join(''))
    : '{"NSResponse":{"Timestamp":"string","Success":"string"}}';
  expect(comparable(answer)).toBe(expected);
  expect(answer).toMatch(/Success>true<|"Success":"true"/);
});
