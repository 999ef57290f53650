import { workerEnvironment } from '../../src/local/sandbox-environment';
import { createProgram } from '../../src/cli/program';
import { faultNames, readFaults } from '../../src/sandbox/fault-settings';
import { storyNames } from '../../src/sandbox/stories';
import { startSandbox } from '../../src/sandbox/server';
import type { Sandbox } from '../../src/sandbox/server';
import { worldActions } from '../../src/sandbox/world';
import { markdownTable } from '../architecture/activity-docs';
import { sourceText } from '../architecture/imports';
import { call, control } from '../sandbox/http-caller';
import { sectionOf } from './written-sources';

const page = sourceText('docs/sandbox.md');
const plain = (cell = ''): string => cell.replaceAll('`', '');
const faults = markdownTable(page, 'fault', 'what happens', 'example', 'what the caller saw', 'ledger');
const actions = markdownTable(page, 'action', 'who does what', 'example', 'ids');

describe('the page of the sandbox', () => {
  let sandbox: Sandbox;
  let index: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, orders: 6, seed: 1, people: false, control: true });
    index = JSON.parse((await call(`${sandbox.origin}/_sandbox`, { method: 'GET' })).body ?? '');
  });
  afterAll(() => sandbox.close());

  it('has every fault, and each example sets it', () => {
    expect(faults.map(([fault]) => plain(fault))).toEqual(faultNames);
    const vendors = index['vendors'] as readonly string[];
    const set = faults.map(([, , example]) => readFaults(JSON.parse(plain(example)), vendors).explicit[0]?.fault);
    expect(set).toEqual(faultNames);
  });

  it('has every action of the world, and each example is one of them', () => {
    expect(new Set(actions.map(([action]) => plain(action)))).toEqual(new Set(worldActions));
    expect(actions.map(([, , example]) => Object.keys(JSON.parse(plain(example)) as object))).toEqual(
      actions.map(([action]) => [plain(action)]),
    );
  });

  it('has examples of actions that are carried out, but for those on what a client must write first', async () => {
    // What NorthScope, iSync and Centra get to know by a client's call only; Centra knows the order, but no shipment.
    const missing: Readonly<Record<string, number>> = { despatch: 404, void: 404, ship: 404, refund: 400 };
    // The ids of events are counted, and the page's sandbox had raised more of them; there was nothing to tick.
    const counted = new Set(['event', 'tick']);
    const fixed: (readonly [example: string, answer: unknown, said: unknown])[] = [];
    expect(actions.length).toBeGreaterThan(worldActions.length);
    for (const [action, , example = '', ids] of actions) {
      const name = plain(action);
      const { status, value } = await control(sandbox.origin, 'world', plain(example));
      expect([name, status]).toEqual([name, missing[name] ?? 200]);
      if (!(name in missing) && !counted.has(name)) fixed.push([example, value, { ok: true, ids: [plain(ids)] }]);
    }
    expect(fixed.map(([example, answer]) => [example, answer])).toEqual(
      fixed.map(([example, , said]) => [example, said]),
    );
  });

  it('has every story', () => {
    expect(markdownTable(page, 'story', 'what happens').map(([story]) => plain(story))).toEqual(storyNames);
  });

  it('has every endpoint of the control', () => {
    const rows = markdownTable(sectionOf(page, '## Control') ?? '', 'endpoint', 'does');
    expect(rows.map(([endpoint]) => plain(endpoint)).toSorted()).toEqual(
      Object.keys(index['endpoints'] as object).toSorted(),
    );
  });

  it('has every list of the ledger', async () => {
    const { value } = await control(sandbox.origin, 'ledger', undefined, 'GET');
    const { calls: _, ...ledger } = value as Readonly<Record<string, object>>;
    const rows = markdownTable(page, 'vendor', 'lists');
    expect(rows.map(([vendor]) => plain(vendor)).toSorted()).toEqual(Object.keys(ledger).toSorted());
    const silent = rows.flatMap(([vendor, lists = '']) =>
      Object.keys(ledger[plain(vendor)] ?? {}).filter((name) => !lists.includes(`\`${name}\``)),
    );
    expect(silent).toEqual([]);
  });

  it('has the addresses and credentials that `npm start` gives the worker', () => {
    const surroundings = {
      environment: {},
      temporalAddress: '',
      sandboxOrigin: '',
      real: [],
      policy: '',
      documents: '',
    };
    const values = Object.entries(workerEnvironment(surroundings))
      .filter(([name, value]) => /^(CLARITUM|MANEX|NORTHSCOPE|CENTRA|ISYNC)_/.test(name) && value !== '')
      .map(([, value = '']) => value);
    const section = sectionOf(page, '## Addresses and credentials') ?? '';
    expect(values.length).toBeGreaterThan(12);
    expect(values.filter((value) => !section.includes(`\`${value}\``))).toEqual([]);
  });

  it('has every option of the command', () => {
    const command = createProgram().commands.find((candidate) => candidate.name() === 'sandbox');
    const options = command?.options.map(({ long }) => long).filter((long) => long !== '--control') ?? [];
    const rows = markdownTable(page, 'option', 'does');
    expect(rows.map(([option]) => plain(option))).toEqual(options);
  });
});
