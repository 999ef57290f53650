import { feedPage } from '../../src/cli/orders/feed-page';
import { isMeant } from '../../src/cli/orders/open-decisions';
import { cancellationPage, casePage, invoicePage, orderPage, type WorkflowFacts } from '../../src/cli/orders/pages';
import type { AuditEntry, Decision } from '../../src/domain/case/decision';
import { newFeed } from '../../src/domain/feed/feed-state';
import type { InvoiceProgress } from '../../src/domain/invoice/progress';
import type { AwaitedProgress, Progress } from '../../src/domain/purchase-order/progress';

const now = Date.parse('2026-01-05T12:00:00Z');
beforeEach(() => jest.useFakeTimers({ now }));
afterEach(() => jest.useRealTimers());

const facts: WorkflowFacts = {
  workflowId: 'purchase-invoice:PI-1',
  status: 'running',
  startedAt: '2026-01-05T09:00:00Z',
  closedAt: null,
  customer: null,
  summary: null,
  pending: [],
};
const decision: Decision = {
  id: 'mismatch-1',
  kind: 'mismatch',
  topic: 'mismatched-invoice',
  about: null,
  question: 'Accept it?',
  facts: [],
  choices: ['accept', 'dispute'],
  approvers: [],
  excluded: [],
  needsName: false,
  openedAt: '2026-01-05T10:00:00Z',
  deadline: null,
  atDeadline: null,
  reminders: 0,
};
const entry: AuditEntry = {
  at: '2026-01-05T11:00:00Z',
  decision: 'mismatch-1',
  choice: 'accept',
  by: 'anna',
  reason: null,
  result: 'accepted',
  because: null,
};

const page = (changes: Partial<InvoiceProgress>): string =>
  String(
    invoicePage(facts, {
      uid: 'PI-1',
      invoiceNumber: 'INV-1',
      orderRef: 'CL-1',
      stage: 'mismatch',
      waitingFor: null,
      waitingSince: null,
      hangs: [],
      decisions: [],
      audit: [],
      tasks: [],
      steps: [],
      ...changes,
    }),
  );

describe('an open decision', () => {
  it.each<[Partial<Decision>, string]>([
    [{}, 'for anyone, open for 2 h'],
    [{ approvers: ['anna', 'bert'], reminders: 1 }, 'for anna, bert, open for 2 h, reminded of once'],
    [
      {
        excluded: ['carl'],
        needsName: true,
        reminders: 3,
        deadline: '2026-01-07T10:00:00Z',
        atDeadline: 'reject',
      },
      "for anyone, not for carl, only with a name, open for 2 h, reminded of 3 times, due 2026-01-07T10:00:00Z (then 'reject')",
    ],
    [{ deadline: '2026-01-07T10:00:00Z' }, 'for anyone, open for 2 h, due 2026-01-07T10:00:00Z'],
  ])('%j', (changes, line) => {
    expect(page({ decisions: [{ ...decision, ...changes }] }).split('\n')).toContain(`    ${line}`);
  });
});

describe('the audit', () => {
  it.each<[Partial<AuditEntry>, string]>([
    [{ reason: 'agreed by phone' }, "anna: 'accept' for mismatch-1, accepted (agreed by phone)"],
    [
      { result: 'refused', because: 'anna may not answer mismatch-1', reason: 'urgent' },
      "anna: 'accept' for mismatch-1, refused: anna may not answer mismatch-1 (urgent)",
    ],
    [
      { decision: null, result: 'refused', because: 'no open decision offers it' },
      "anna: 'accept' for no decision, refused: no open decision offers it",
    ],
    [
      { choice: 'reject', by: 'deadline', result: 'deadline', reason: 'nobody answered in time' },
      "the deadline: 'reject' for mismatch-1 (nobody answered in time)",
    ],
    [
      { choice: 'withdrawn', by: 'olga', reason: 'the order is cancelled' },
      'olga: mismatch-1 withdrawn (the order is cancelled)',
    ],
    [
      { choice: 'withdrawn', result: 'refused', because: 'no choice' },
      "anna: 'withdrawn' for mismatch-1, refused: no choice",
    ],
    [{ decision: 'x\u001b[2J', by: 'a\nb' }, "a b: 'accept' for x, accepted"],
  ])('%j', (changes, line) => {
    expect(page({ audit: [{ ...entry, ...changes }] }).split('\n')).toContain(`  2026-01-05T11:00:00Z  ${line}`);
  });
});

it('lists what an invoice leaves to do by hand', () => {
  expect(page({ tasks: [{ id: 'task-1', at: '2026-01-05T11:00:00Z', task: 'clear invoice INV-1' }] })).toMatch(
    /\nTo do by hand\n {2}2026-01-05T11:00:00Z {2}task-1 {2}clear invoice INV-1$/,
  );
});

describe('the customer of an order', () => {
  const progress: Progress = {
    ...{ orderRef: 'CL-1', poNumber: 'PO-1', customerId: null, productCode: '0071', unitOfMeasure: 'EACH' },
    ...{
      stage: 'received',
      waitingFor: null,
      waitingSince: null,
      hangs: [],
      decisions: [],
      audit: [],
      tasks: [],
      steps: [],
    },
    ledger: { invoiced: '0', writtenOff: '0', deliveries: [] },
    totals: { ordered: '1', allocated: '0', despatched: '0', received: '0', invoiced: '0' },
    documents: {
      claritum: {
        ...{ orderRef: 'CL-1', poNumber: 'PO-1', uid: 'U', exported: false },
        ...{ receipts: [], deliveriesExported: [], invoices: [] },
      },
      manex: { soNo: null, uniqueLn: null, closed: false },
      northscope: { orders: [] },
      documents: [],
    },
  };
  const shown = (customer: string | null, customerId: string | null): string | undefined =>
    /^ {2}customer +(.*)$/m.exec(String(orderPage({ ...facts, customer }, { ...progress, customerId })))?.[1];

  it('shows where its invoices stand, and what they wait for', () => {
    const documents = structuredClone(progress.documents);
    const invoices = [
      { uid: 'PI-1', number: 'INV-1', quantity: '5', outcome: 'settled' as const },
      { uid: 'PI-2', number: 'INV-2', quantity: '0', outcome: 'mismatch' as const, waitingFor: 'a decision' },
    ];
    const written = String(
      orderPage(facts, { ...progress, documents: { ...documents, claritum: { ...documents.claritum, invoices } } }),
    );
    expect(written).toMatch(/invoice INV-1: 5, settled\n +invoice INV-2: 0, mismatch \(a decision\)\n/);
  });

  it.each([
    ['0000000008', 'ALPINE', 'ALPINE in NorthScope, 0000000008 in ManEx'],
    [null, 'ALPINE', 'ALPINE in NorthScope'],
    ['0000000008', null, '0000000008 in ManEx'],
    [null, null, '–'],
  ])('ManEx %s, NorthScope %s', (customer, customerId, text) => {
    expect(shown(customer, customerId)).toBe(text);
  });
});

it('of an order that was cancelled before it came says what it waits for, and who cancelled it', () => {
  const awaited: AwaitedProgress = {
    ...{ orderRef: 'CL-9', stage: 'cancelled', waitingFor: 'the order, to mark it in Claritum', waitingSince: null },
    ...{
      hangs: [],
      decisions: [],
      audit: [],
      tasks: [],
      steps: [],
      endedBecause: 'cancelled by olga before it came: late',
    },
  };
  const held = { ...facts, workflowId: 'purchase-order:CL-9', summary: 'Cancelled by olga before it came: late' };
  const text = String(cancellationPage(held, awaited));
  expect(text).toContain('waiting for  the order, to mark it in Claritum\n  Cancelled by olga before it came: late');
});

describe('isMeant', () => {
  const approval: Decision = { ...decision, kind: 'approval', approvers: ['anna', 'bert'], excluded: ['bert'] };
  it.each([
    [decision, {}, true],
    [decision, { kind: 'mismatch' }, true],
    [decision, { kind: 'approval' }, false],
    [decision, { olderThan: 7_200_000 }, true],
    [decision, { olderThan: 7_200_001 }, false],
    [decision, { approver: 'anybody' }, true],
    [{ ...decision, needsName: true }, { approver: 'web-ui' }, false],
    [approval, { approver: 'anna' }, true],
    [approval, { approver: 'bert' }, false],
    [approval, { approver: 'carl' }, false],
    [approval, { approver: 'anna', kind: 'mismatch' }, false],
  ])('%#', (open, filter, expected) => {
    expect(isMeant(open, filter, now)).toBe(expected);
  });
});

it('shows of a feed whether it reads, and all that is set aside, or where the rest is', () => {
  const one = {
    kind: 'delivery',
    uid: 'DL-1',
    reason: 'no running order takes it',
    since: '2026-01-05T10:00:00Z',
  } as const;
  const feedShown = (count: number, ref: string | null): string =>
    String(
      feedPage(
        { ...facts, workflowId: 'feed:claritum' },
        {
          ...newFeed,
          ...{ source: 'claritum', orderRef: null, stage: 'looking', waitingFor: null, waitingSince: null },
          ...{ hangs: [], decisions: [], audit: [], tasks: [], steps: [] },
          readAt: '2026-01-05T11:00:00Z',
          setAside: { count, listed: [one], stored: ref === null ? null : { ref } },
        },
      ),
    );
  expect(feedShown(1, null).split('\n')).toEqual([
    'feed:claritum  looking  running',
    '  waiting for  –',
    '  read at      2026-01-05T11:00:00Z',
    '  set aside    1',
    '  2026-01-05T10:00:00Z  delivery DL-1: no running order takes it',
  ]);
  expect(feedShown(501, 'a.json')).toMatch(/\n {2}and 500 more \(all of them in the document a\.json\)$/);
});

it('shows what every case says of itself, of a process that has no page of its own', () => {
  const step = { at: '2026-01-05T09:30:00Z', text: 'found, adopted: create the order in ManEx' };
  const shown = casePage(
    { ...facts, workflowId: 'sample:1', summary: 'Sample 1' },
    {
      ...{ stage: 'asking', waitingFor: 'the warehouse', waitingSince: step.at, hangs: [], audit: [entry] },
      ...{ decisions: [decision], tasks: [], steps: [step] },
    },
  );
  for (const text of ['sample:1', 'asking', 'Sample 1', 'the warehouse', 'Accept it?', "anna: 'accept'", step.text])
    expect(String(shown)).toContain(text);
});
