import { XMLParser } from 'fast-xml-parser';
import { samplesOf, shapeOf, textsOf } from '../sandbox/samples';
import { describeWith, runProgram } from './foreign-client';
import { startWorld } from './sandbox-world';
import type { World } from './sandbox-world';

/** Nothing of the user's own `.curlrc`, no proxy, and an HTTP error ends with an error. */
const options = ['--disable', '--noproxy', '*', '--silent', '--show-error', '--fail', '--max-time', '20'];

describeWith('curl', 'the samples of the documents', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(0);
  });
  afterAll(() => world.close());
  const curl = (args: readonly string[], input = '') => runProgram('curl', [...options, ...args], input);

  describe('of NorthScope', () => {
    const answered = samplesOf('northscope').flatMap((sample) =>
      textsOf(sample, 'answer').flatMap((answer) =>
        textsOf(sample, 'request').map((request): [string, string, string] => [sample.name, request, answer]),
      ),
    );
    const parser = new XMLParser({
      parseTagValue: false,
      isArray: (name) => /^(Site|Schedule|CustomerShipTo)$/.test(name),
    });
    const comparable = (text: string): unknown => shapeOf(text.startsWith('<') ? parser.parse(text) : JSON.parse(text));
    /** Those that are printed without a head need a session as well as the others. */
    const session = [
      'NSLogin: TestAPIUser@NorthScope.example.com',
      'NSAPISession: 00000000-0000-0000-0000-000000000000',
    ];

    it.each(answered)('%s gets the documented answer', async (_, request, answer) => {
      const [head, body] = request.startsWith('POST ')
        ? [request.slice(0, request.indexOf('\n\n')), request.slice(request.indexOf('\n\n') + 2)]
        : [`POST\n${session.join('\n')}`, request];
      const headers = head
        .split('\n')
        .slice(1)
        .filter((line) => !line.startsWith('Host:'));
      const url = `${world.origin}/services/ActionCommand.svc/APIExecute`;
      const sent = await curl([...headers.flatMap((line) => ['--header', line]), '--data-binary', '@-', url], body);
      expect(comparable(sent)).toEqual(comparable(answer));
    });
  });

  describe('of ManEx', () => {
    interface Envelope {
      readonly Code: number;
      readonly Message: string;
      readonly ResponseObject: { readonly SONO?: string; readonly CUSTNO?: string } | null;
    }
    const so = async (action: string, ...args: readonly string[]): Promise<Envelope> => {
      const [query = '', ...rest] = args;
      const url = `${world.origin}/api/SO/${action}/1234567890${query}`;
      return JSON.parse(await curl([...rest, url])) as Envelope;
    };
    const [add] = samplesOf('manex').filter(({ name }) => name === 'Add');
    const sampleOf = (kind: string): string => (add === undefined ? '' : (textsOf(add, kind)[0] ?? ''));

    it('Add with its ?-joined query, and Get', async () => {
      const query = sampleOf('query').replace('=SONO', '=785').replace('=CUSTNO', '=0000000008');
      expect(query).toMatch(/^\?SoNo=785\?custNo=0000000008/);
      expect(await so('Add', query, '--request', 'POST')).toMatchObject({
        ...{ Code: 200, Message: 'Sales Order added successfully.', ResponseObject: null },
      });
      expect(await so('Get', '?SoNo=785')).toMatchObject({
        ...{ Code: 200, Message: 'Sales Order details:', ResponseObject: { SONO: '0000000785', CUSTNO: '0000000008' } },
      });
    });

    it('Add with its JSON, quotes and all, by -d', async () => {
      const body = sampleOf('body').replace("'SONO'", "'786'").replace("'CUSTNO'", "'0000000009'");
      expect(body).toContain("'");
      expect(await so('Add', '', '--data', body)).toMatchObject({ Code: 200 });
      expect((await so('Get', '?SoNo=786')).ResponseObject?.CUSTNO).toBe('0000000009');
    });
  });
});
