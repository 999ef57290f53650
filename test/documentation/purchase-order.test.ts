import { activityDocs, markdownTable } from '../architecture/activity-docs';
import { sourceText } from '../architecture/imports';
import { stages, waits as waitValues } from '../../src/cli/orders/stages';
import { assertAnswer } from '../../workflows/case/shapes';
import * as ofCases from '../../workflows/case/messages';
import * as ofFeeds from '../../workflows/feed/messages';
import * as ofInvoice from '../../workflows/invoice/messages';
import * as ofOrders from '../../workflows/purchase-order/messages';
import { assertAmendRequest } from '../../workflows/purchase-order/shapes';
import { purchaseOrder } from '../domain/examples';
import { catalogue } from '../../src/cli/orders/catalogue';
import { sectionOf } from './written-sources';

const messages = { ...ofCases, ...ofFeeds, ...ofInvoice, ...ofOrders };
const page = sourceText('docs/processes/purchase-order.md');
const decisions = sectionOf(page, '## Every decision') ?? '';
const examples: unknown[] = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));

describe('the page of the purchase order', () => {
  it('has every stage, in its table and in its diagram', () => {
    const rows = markdownTable(page, 'stage', 'what the order does there', '`WaitingFor`', '`Vendor`');
    expect(rows.map(([stage]) => stage)).toEqual(stages.map((stage) => `\`${stage}\``));
    const [, diagram = ''] = /```mermaid\n([\s\S]*?)```/.exec(page) ?? [];
    const drawn = new Set([...diagram.matchAll(/\b([a-z_]+)(?= -->|:|$)/gm)].map(([name]) => name));
    expect(stages.filter((stage) => !drawn.has(stage.replace('-', '_')))).toEqual([]);
  });

  it('says what `WaitingFor` and `Vendor` show in each stage', () => {
    const rows = markdownTable(page, 'stage', 'what the order does there', '`WaitingFor`', '`Vendor`');
    const source = sourceText('workflows/purchase-order/attributes.ts');
    const shown = (name: string): Map<string, string> => {
      const [, body = ''] = new RegExp(`const ${name}[^=]*= \\{([^}]+)\\}`).exec(source) ?? [];
      const entries = [...body.matchAll(/([a-z-]+)'?: ([^\n]*),\n/g)];
      const values = (text = ''): string => [...text.matchAll(/'([a-z]+)'/g)].map((match) => match[1]).join('`, `');
      return new Map(entries.map((match) => [`\`${match[1]}\``, values(match[2])]));
    };
    const cell = (value: string | undefined): string => (value ? `\`${value}\`` : '');
    const [waits, vendors] = [shown('waitsOf'), shown('vendorOf')];
    expect(waits.size).toBe(stages.length);
    // An order that waits for its approval waits for a decision, whatever else it waits for.
    waits.set('`approval`', 'decision');
    expect(rows.map(([stage = '', , wait, vendor]) => [stage, wait, vendor])).toEqual(
      rows.map(([stage = '']) => [stage, cell(waits.get(stage)), cell(vendors.get(stage))]),
    );
  });

  it('says what every value of `WaitingFor` means, and every stage of an invoice', () => {
    const section = sectionOf(page, '## The stages') ?? '';
    const [, union = ''] = /InvoiceStage = ('mismatch'[^;]+);/.exec(sourceText('src/domain/invoice/progress.ts')) ?? [];
    const ofInvoices = [...union.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');
    expect(ofInvoices.length).toBeGreaterThan(3);
    const values = [...waitValues, ...ofInvoices];
    expect(values.filter((value) => !section.includes(`\`${value}\``))).toEqual([]);
  });

  it('names the activities of the story, and no activity that does not exist', () => {
    const names = activityDocs().map(({ activity }) => activity);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('explains every kind of decision', () => {
    const headings = [...decisions.matchAll(/^### `(.+)`$/gm)].map((match) => match[1] ?? '');
    const kinds = new Set(Object.values(catalogue).flatMap((questions) => questions.map(({ kind }) => kind)));
    expect(headings.toSorted()).toEqual([...kinds].toSorted());
  });

  it('lists every message with its kind', () => {
    const rows = markdownTable(page, 'message', 'kind', 'to', 'payload');
    const listed = rows.flatMap(([names = '', kind = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map((match) => `${match[1]}: ${/^\w+/.exec(kind)?.[0] ?? ''}`),
    );
    const defined = Object.values(messages).map(({ name, type }) => `${name}: ${type}`);
    expect(listed.toSorted()).toEqual([...new Set(defined)].toSorted());
  });

  it('shows examples that are taken as they stand', () => {
    const answer = examples.find((example) => hasKey(example, 'choice'));
    const amendment = examples.find((example) => hasKey(example, 'order'));
    expect(() => assertAnswer(answer)).not.toThrow();
    expect(() => assertAmendRequest(amendment)).not.toThrow();
    const { order } = amendment as { order: object };
    expect(Object.keys(order)).toEqual(Object.keys(purchaseOrder()));
  });

  it('names settings that the example policy has', () => {
    const policy: unknown = JSON.parse(sourceText('waybill.policy.example.json'));
    const named = ['docs/processes/purchase-order.md', 'docs/promises.md'].flatMap((path) =>
      [...sourceText(path).matchAll(/`((?:approval|fulfilment|claritum|polling)\.[\w.]+)`/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    expect(named.length).toBeGreaterThan(8);
    // The example escalates to nobody.
    const known = named.filter((name) => !name.startsWith('approval.escalation.'));
    expect(known.filter((name) => valueAt(policy, name.split('.')) === undefined)).toEqual([]);
  });
});

const hasKey = (value: unknown, key: string): boolean => typeof value === 'object' && value !== null && key in value;

function valueAt(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return value;
  return typeof value === 'object' && value !== null ? valueAt(Reflect.get(value, first), rest) : undefined;
}
