import { join } from 'node:path';
import { WSDL } from 'soap';
import { wsdlOf } from '../../../src/transport/formats/soap-wsdl';
import { readInPlace } from '../../../src/transport/reading/reading';
import { screenXml } from '../../../src/transport/formats/screen';
import { UnreadableText } from '../../../src/transport/formats/unreadable-text';
import { LINEAR, growth } from '../../growth';
import { envelopeOf } from '../reading/large';

const vendors = join(__dirname, '../../../src/vendors');
const answers = {
  claritum: ['claritum/claritum.wsdl', 'getPurchaseOrdersResponse'],
  centra: ['centra/centra.wsdl', 'events_Get'],
  isync: ['isync/isync.wsdl', 'ExecuteResponse'],
} as const;
type SoapVendor = keyof typeof answers;

const parsing = jest.spyOn(WSDL.prototype, 'xmlToObject');
beforeEach(() => parsing.mockClear());

async function read(vendor: SoapVendor, inside: string, beside = ''): Promise<unknown> {
  const [file, declared] = answers[vendor];
  const text = envelopeOf(`<ns1:${declared} xmlns:ns1="u">${inside}</ns1:${declared}>${beside}`);
  return readInPlace({ text }, { form: 'soap', wsdlFile: join(vendors, file), elements: { declared } });
}
const codeOf = async (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'read',
    (error: unknown) => (error instanceof UnreadableText ? error.code : String(error)),
  );

const objectOf = (id: string, members: number): string =>
  `<multiRef id="${id}">${Array.from({ length: members }, (_, i) => `<m${i}>x</m${i}>`).join('')}</multiRef>`;
const hrefs = (id: string, count: number, name = 'item'): string => `<${name} href="#${id}"/>`.repeat(count);
/** Each object holds the next one ten times. */
const chain = (length: number): string =>
  Array.from({ length }, (_, i) => `<multiRef id="r${i}">${hrefs(`r${i + 1}`, 10)}</multiRef>`).join('');

describe.each(['claritum', 'centra', 'isync'] as const)('what references make of an answer of %s', (vendor) => {
  it.each<[string, string, string, string]>([
    ['14,000 to one object of 9,900 members', hrefs('r', 14_000), objectOf('r', 9_900), 'TOO_MANY_VALUES'],
    [
      'the same, written with character references',
      hrefs('&#x72;', 14_000),
      objectOf('&#114;', 9_900),
      'TOO_MANY_VALUES',
    ],
    [
      'the same, in the object that nobody asked for',
      '',
      `<multiRef>${hrefs('r', 14_000)}</multiRef>${objectOf('r', 9_900)}`,
      'TOO_MANY_VALUES',
    ],
    ['ten times ten times ten', hrefs('r0', 1), chain(12), 'TOO_MANY_VALUES'],
    [
      'objects in objects that are referred to',
      hrefs('a', 300),
      `<multiRef id="a"><b id="b">${'<c/>'.repeat(300)}</b>${hrefs('b', 300)}</multiRef>`,
      'TOO_MANY_VALUES',
    ],
    [
      'many to one long text',
      hrefs('r', 1_000),
      `<multiRef id="r">${'x'.repeat(10_000)}</multiRef>`,
      'TOO_LONG_WRITTEN_OUT',
    ],
    [
      'a circle',
      hrefs('a', 1),
      `<multiRef id="a">${hrefs('b', 1)}</multiRef><multiRef id="b">${hrefs('a', 1)}</multiRef>`,
      'CIRCULAR_REFERENCE',
    ],
    ['an object in itself', hrefs('a', 1), `<multiRef id="a"><b>${hrefs('a', 1)}</b></multiRef>`, 'CIRCULAR_REFERENCE'],
    ['a reference that is its own object', '<item id="a" href="#a"/>', '', 'CIRCULAR_REFERENCE'],
    [
      'a long chain',
      hrefs('r0', 1),
      Array.from({ length: 5_000 }, (_, i) => `<multiRef id="r${i}" href="#r${i + 1}"/>`).join(''),
      'TOO_DEEP',
    ],
    ['one that may mean two', hrefs('a', 1), objectOf('a', 1) + objectOf('a', 2), 'AMBIGUOUS_REFERENCE'],
    [
      'SOAP 1.2 ones',
      '<item xmlns:enc="http://www.w3.org/2003/05/soap-encoding" enc:ref="a"/>',
      objectOf('a', 1),
      'DANGLING_REFERENCE',
    ],
    [
      'those of WCF',
      '<item xmlns:z="http://schemas.microsoft.com/2003/10/Serialization/" z:Ref="i1"/>',
      '',
      'DANGLING_REFERENCE',
    ],
    [
      'SOAP 1.2 ones, bound before',
      '<a xmlns:e="http://www.w3.org/2003/05/soap-encoding"><item e:ref="a"/></a>',
      '',
      'DANGLING_REFERENCE',
    ],
  ])('is counted before a parser makes it: %s', async (_, inside, beside, code) => {
    expect(await codeOf(read(vendor, inside, beside))).toBe(code);
    expect(parsing).not.toHaveBeenCalled();
  });

  it('is refused where it leads nowhere', async () => {
    expect(await codeOf(read(vendor, hrefs('none', 1)))).toBe('DANGLING_REFERENCE');
  });
});

describe('a plain answer with references', () => {
  it.each<[string, string, string, unknown]>([
    ['one object, twice', hrefs('a', 2), objectOf('a', 2), { item: Array(2).fill({ m0: 'x', m1: 'x' }) }],
    [
      'an object in the answer itself',
      `<item id="a"><b>1</b></item>${hrefs('a', 1)}`,
      '',
      { item: [{ b: '1' }, { b: '1' }] },
    ],
    ['a reference before its object, single quotes', `<item href='#a'/>`, objectOf('a', 1), { item: { m0: 'x' } }],
    [
      'references in references',
      hrefs('a', 1),
      `<multiRef id="a">${hrefs('b', 1, 'to')}</multiRef>${objectOf('b', 1)}`,
      { item: { to: { m0: 'x' } } },
    ],
    [
      'ids that nobody refers to',
      '<item id="a"><b>1</b></item><item id="a"><b>2</b></item>',
      '',
      { item: [{ b: '1' }, { b: '2' }] },
    ],
    ['an attribute that is called ref', '<item ref="a"><b>1</b></item>', '', { item: { b: '1' } }],
    [
      'an id with an ampersand',
      '<item href="#a&amp;b"/>',
      '<multiRef id="a&#38;b"><c>1</c></multiRef>',
      { item: { c: '1' } },
    ],
    ['five thousand orders with one address', hrefs('a', 5_000), objectOf('a', 8), { item: { length: 5_000 } }],
  ])('is read: %s', async (_, inside, beside, expected) => {
    expect(await read('claritum', inside, beside)).toMatchObject({ value: expected });
  });

  it('is read where every object stands beside the answer, each in the next', async () => {
    const count = 3_000;
    const orders = Array.from(
      { length: count },
      (_, i) => `<multiRef id="o${i}">${hrefs(`d${i}`, 1, 'drop')}</multiRef>`,
    );
    const drops = Array.from({ length: count }, (_, i) => `<multiRef id="d${i}">${hrefs(`a${i}`, 1, 'to')}</multiRef>`);
    const addresses = Array.from({ length: count }, (_, i) => objectOf(`a${i}`, 8));
    const items = Array.from({ length: count }, (_, i) => hrefs(`o${i}`, 1)).join('');
    const answer = await read('claritum', items, [...orders, ...drops, ...addresses].join(''));
    expect(answer).toMatchObject({ value: { item: { length: count } } });
  });

  it('is a fault all the same where the details of one stand elsewhere', async () => {
    const fault =
      '<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>no</faultstring><detail><e href="#a"/></detail></SOAP-ENV:Fault>';
    const [file, declared] = answers.claritum;
    const reading = { form: 'soap', wsdlFile: join(vendors, file), elements: { declared } } as const;
    expect(await readInPlace({ text: envelopeOf(fault + objectOf('a', 1)) }, reading)).toMatchObject({
      fault: { code: 'Server', text: 'no' },
    });
  });
});

describe('a document that is no SOAP', () => {
  const inXml = async (text: string): Promise<unknown> => readInPlace({ text }, { form: 'xml', root: 'R' });

  it.each([
    ['a reference that nobody follows', '<R><a href="#b"/><b id="b">1</b></R>', 'DANGLING_REFERENCE'],
    [
      'one of WCF',
      '<R xmlns:z="http://schemas.microsoft.com/2003/10/Serialization/"><a z:Ref="i1"/></R>',
      'DANGLING_REFERENCE',
    ],
    ['entities of its own', '<!DOCTYPE R [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><R>&b;</R>', 'DOCTYPE'],
  ])('is refused for %s', async (_, text, code) => {
    expect(await codeOf(inXml(text))).toBe(code);
  });

  it.each([
    ['a link', '<R><a href="https://example.com/x">here</a><b href="y"/></R>', { a: 'here', b: '' }],
    [
      'what is escaped twice, as it was escaped once',
      '<R><a>&amp;lt;&amp;#x41;&amp;amp;</a></R>',
      { a: '&lt;&#x41;&amp;' },
    ],
  ])('is read with %s', async (_, text, expected) => {
    expect(await inXml(text)).toEqual(expected);
  });
});

it('a type that every element names is described once', async () => {
  for (const [file] of Object.values(answers)) {
    const { definitions } = await wsdlOf(join(vendors, file));
    const types = Object.values(definitions.schemas).flatMap((schema) => Object.values(schema.complexTypes));
    expect(types.length).toBeGreaterThan(0);
    for (const type of types) {
      const describe = (): unknown => Reflect.apply(type.description, type, [definitions]);
      expect(describe()).toBe(describe());
    }
  }
});

it.each([
  ['references', (count: number) => `<a>${hrefs('r', count)}<b id="r"/></a>`],
  [
    'objects',
    (count: number) => `<a>${Array.from({ length: count }, (_, i) => `<b id="${i}"/>`).join('')}${hrefs('1', 1)}</a>`,
  ],
  ['attributes', (count: number) => `<a>${'<b x="1" y=\'2\' z = "3"/>'.repeat(count)}</a>`],
  ['blanks in a tag', (count: number) => `<a${' '.repeat(count)}/>`],
])('takes its time by length for %s', (_, made) => {
  const screened = (text: string): void => {
    try {
      screenXml(text);
    } catch (error) {
      if (!(error instanceof UnreadableText)) throw error;
    }
  };
  expect(growth(15_000, made, screened)).toBeLessThan(LINEAR);
});
