import type { Client } from '@temporalio/client';
import type * as sandboxEnvironment from '../../src/local/sandbox-environment';
import type * as config from '../../src/config';
import type * as server from '../../src/sandbox/server';
import type * as registry from '../../worker/vendors';
import { policy } from '../domain/examples';
import { run } from '../activities/attempt';
import type * as activityDocs from './activity-docs';
import { markdownTable } from './activity-docs';
import { isAllowed, roomOf } from './walls';
import { importsOf, sourceText } from './imports';
import { changedFiles, newFiles, SixthVendor } from './sixth-vendor';
import { askSandbox } from '../sandbox/ask-sandbox';

const TYPE_CHECKS_MS = 180_000;

const page = sourceText('docs/add-a-vendor.md');
const steps = (heading: string): string[] =>
  markdownTable(page, heading, 'what stands there', 'forgotten, it is told by').flatMap(([file = '']) =>
    [...file.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );

interface Consignment {
  readonly number: string;
  readonly reference: string;
}
const request = { reference: 'CL-10231-1', postCode: 'SW1A 1AA', packages: '3' };

const copy = new SixthVendor();
afterAll(() => copy.remove());

describe('a sixth vendor that has a name and nothing else', () => {
  it(
    'is missed by the compiler in every place the steps name',
    async () => {
      copy.nameIt();
      const missed = markdownTable(page, 'with the name alone, the compiler misses', 'because it wants').map(
        ([file = '']) => file,
      );
      expect([...(await copy.complaints()).keys()].map((file) => `\`${file}\``).toSorted()).toEqual(missed.toSorted());
      expect(missed.length).toBeGreaterThan(3);
    },
    TYPE_CHECKS_MS,
  );
});

describe('a sixth vendor added by the steps', () => {
  beforeAll(() => copy.addIt());

  it('has no file and no line that the steps do not name', () => {
    expect(newFiles.filter((file) => file.includes('acme'))).toEqual(
      steps('new file')
        .filter((file) => !/^(?:test|docs)\//.test(file))
        .toSorted(),
    );
    expect([...changedFiles].toSorted()).toEqual(
      steps('changed file')
        .filter((file) => file.endsWith('.ts'))
        .toSorted(),
    );
  });

  it(
    'pleases the compiler',
    async () => {
      expect(Object.fromEntries(await copy.complaints())).toEqual({});
    },
    TYPE_CHECKS_MS,
  );

  it('keeps to the walls without a rule of its own', () => {
    const files = [...newFiles, ...changedFiles];
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
    const imports = files.flatMap((file) => importsOf(file, copy.text(file)));
    expect(imports.length).toBeGreaterThan(50);
    expect(imports.filter((each) => !isAllowed(each))).toEqual([]);
  });

  it('has activities that say of themselves what all others do', () => {
    const { activityDocs: docsOf, labels } = copy.load('test/architecture/activity-docs.ts') as typeof activityDocs;
    const own = docsOf().filter(({ activity }) => activity.endsWith('Consignment'));
    expect(own.map(({ activity }) => activity)).toEqual(['bookConsignment', 'findConsignment']);
    expect(own.flatMap(({ lines }) => labels.filter((label) => !lines[label]))).toEqual([]);
  });

  it('is read from the environment like any other', () => {
    const { readVendors } = copy.load('src/config.ts') as typeof config;
    const { acme } = readVendors({ ACME_ENDPOINT: 'http://acme.example' }) as unknown as {
      readonly acme: { readonly issues: readonly string[] };
    };
    expect(acme.issues).toEqual([
      'ACME_API_KEY is not set; give it the API key',
      expect.stringMatching(/^ACME_ENDPOINT is plain http to another machine/),
    ]);
  });
});

describe('the sandbox of a sixth vendor', () => {
  let sandbox: server.Sandbox;

  beforeAll(async () => {
    const { startSandbox } = copy.load('src/sandbox/server.ts') as typeof server;
    sandbox = await startSandbox({ port: 0, orders: 1, seed: 1, people: false, control: true });
  });
  afterAll(() => sandbox.close());

  const booked = async (): Promise<readonly Consignment[]> => {
    const { acme } = await askSandbox<{ readonly acme: { readonly consignments: readonly Consignment[] } }>(
      sandbox.origin,
      'GET',
      'ledger',
    );
    return acme.consignments;
  };
  beforeEach(() => askSandbox(sandbox.origin, 'POST', 'reset', {}));

  /** By the registry, as the worker makes them, with the values `npm start` would give them. */
  function activities() {
    const local = copy.load('src/local/sandbox-environment.ts') as typeof sandboxEnvironment;
    const { loadConfig } = copy.load('src/config.ts') as typeof config;
    const { createActivities } = copy.load('worker/vendors.ts') as typeof registry;
    const environment = local.workerEnvironment({
      environment: {},
      temporalAddress: '127.0.0.1:1',
      sandboxOrigin: sandbox.origin,
      real: [],
      policy: 'policy.json',
      documents: copy.path('documents'),
    });
    const never = new AbortController().signal;
    const all = createActivities(loadConfig(environment), policy(), {} as Client, never) as unknown as Record<
      'acme',
      Acme
    >;
    return all.acme;
  }
  interface Acme {
    bookConsignment(input: { readonly request: typeof request }): Promise<Consignment>;
    findConsignment(input: { readonly reference: string }): Promise<Consignment>;
  }

  it('is called by an activity of its own queue, and has kept what it booked', async () => {
    const { bookConsignment, findConsignment } = activities();
    const consignment = await run(bookConsignment, { request });
    expect(consignment).toEqual({ ...request, number: 'A1' });
    expect(await run(findConsignment, { reference: request.reference })).toEqual(consignment);
    await expect(run(findConsignment, { reference: 'CL-0-1' })).rejects.toMatchObject({ type: 'DocumentNotFound' });
    expect(await askSandbox(sandbox.origin, 'GET', 'ledger')).toMatchObject({
      calls: [
        { vendor: 'acme', operation: 'CreateConsignment', key: 'CL-10231-1', outcome: 'ok', effects: 1 },
        { vendor: 'acme', operation: 'GetConsignment', outcome: 'ok', effects: 0 },
        { vendor: 'acme', operation: 'GetConsignment', outcome: 'refused' },
      ],
    });
  });

  it.each([
    ['refuse', 'OutcomeUnknown', 0],
    ['drop', 'OutcomeUnknown', 1],
    ['503', 'OutcomeUnknown', 1],
    ['429', 'VendorThrottled', 0],
    ['refused-by-vendor', 'VendorRejected', 0],
    ['malformed', 'OutcomeUnknown', 1],
    ['empty', 'OutcomeUnknown', 1],
    ['wrong-answer', 'OutcomeUnknown', 1],
  ])('has the fault %s without a line for it: a booking ends as %s, with %i made', async (fault, type, effects) => {
    await askSandbox(sandbox.origin, 'POST', 'faults', {
      vendor: 'acme',
      operation: 'CreateConsignment',
      fault,
      phase: 'after',
    });
    await expect(run(activities().bookConsignment, { request })).rejects.toMatchObject({ type });
    expect(await booked()).toHaveLength(effects);
  });

  it('is looked at by the doctor', async () => {
    const { examineAcme } = copy.load('src/cli/doctor/acme.ts') as {
      examineAcme(access: object): AsyncIterable<{ readonly state: string }>;
    };
    const states: string[] = [];
    const access = { endpoint: `${sandbox.origin}/acme`, apiKey: 'acme-key' };
    for await (const { state } of examineAcme(access)) states.push(state);
    expect(states).toEqual(['good', 'good', 'good', 'good']);
  });
});
