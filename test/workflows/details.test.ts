import * as fc from 'fast-check';
import type { Decision } from '../../src/domain/case/decision';
import { answerCommand } from '../../src/domain/values/command-line';
import { orderOperand } from '../../src/domain/case/names';
import { printable } from '../../src/domain/values/printable';
import type { InvoiceProgress } from '../../src/domain/invoice/progress';
import type { Progress } from '../../src/domain/purchase-order/progress';
import { invoiceDetails } from '../../workflows/invoice/details';
import { orderDetails } from '../../workflows/purchase-order/details';
import { hostileText } from '../domain/values/naughty';
import { elementNames, rendered, type Rendered } from '../domain/values/web-ui';
import { invoice } from '../domain/invoice/invoice-examples';

/** Texts of which something shows, as every one does that a vendor or a person would be asked for. */
const text = hostileText.filter((each) => printable(each) !== '');

const decisionOf = (texts: readonly string[]): Decision => {
  const [question = '', label = '', value = '', choice = '', approver = '', excluded = ''] = texts;
  return {
    id: 'mismatch-1',
    kind: 'mismatch',
    topic: 'mismatched-invoice',
    about: null,
    question,
    facts: [
      { label, value },
      { label: value, value: label },
    ],
    choices: [choice, 'it happened'],
    approvers: [approver, 'anna'],
    excluded: [excluded],
    needsName: false,
    openedAt: '2026-01-05T10:00:00Z',
    deadline: '2026-01-07T10:00:00Z',
    atDeadline: choice,
    reminders: 0,
  };
};

const progressOf = (texts: readonly string[]): Progress => {
  const [orderRef = '', poNumber = '', productCode = '', unit = '', waits = '', task = '', ref = '', name = ''] = texts;
  return {
    ...{ orderRef, poNumber, customerId: name, productCode, unitOfMeasure: unit },
    ...{ stage: 'received', waitingFor: waits, audit: [] },
    decisions: [decisionOf(texts.slice(8))],
    tasks: [{ id: 'task-1', at: '2026-01-05T11:00:00Z', task }],
    steps: [],
    ledger: {
      ...{ invoiced: '0', writtenOff: '0' },
      deliveries: [{ deliveryRef: ref, ordered: '1', allocated: '0', despatched: '0', received: '0' }],
    },
    totals: { ordered: '1', allocated: '0', despatched: '0', received: '0', invoiced: '0' },
    documents: {
      claritum: {
        ...{ orderRef, poNumber, uid: name, exported: true, deliveriesExported: [] },
        receipts: [{ uid: 'D', deliveryRef: ref, receiptRef: ref, quantity: '1' }],
        invoices: [{ uid: 'I', number: name, quantity: '1', outcome: 'settled' }],
      },
      manex: { soNo: orderRef, uniqueLn: null, closed: false },
      northscope: { orders: [{ orderId: poNumber, deliveryRef: ref }] },
      documents: [{ name, size: 1, ref: 'abc' }],
    },
  } as unknown as Progress;
};

const textsOf = (page: readonly Rendered[], wanted: string): readonly string[] =>
  page.flatMap(({ element, text: of, within }) => [...(element === wanted ? [of] : []), ...textsOf(within, wanted)]);
const shown = (texts: readonly string[]): readonly string[] => texts.map((each) => printable(each));

it('shows an order of hostile texts as those texts, and nothing that they would make of it', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 14, maxLength: 14 }), (texts) => {
      const page = rendered(orderDetails(progressOf(texts)).toString());
      const [orderRef, poNumber, productCode, unit, waits, task, ref, name] = shown(texts);
      const [question, label, value, choice, approver, excluded] = shown(texts.slice(8));
      expect(textsOf(page, 'h3')).toEqual([`${poNumber} · ${productCode} · received`]);
      expect(textsOf(page, 'h4')).toEqual(['Decision mismatch-1', 'To do by hand']);
      const operand = orderOperand(texts[0] ?? '');
      const commands = [texts[11] ?? '', 'it happened'].map((each) =>
        answerCommand(operand, 'mismatch-1', each, { by: 'you' }).toString(),
      );
      expect(textsOf(page, 'code')).toEqual(commands);
      expect(textsOf(page, 'p')).toEqual([
        `Waiting: ${waits}`,
        question,
        `For: ${approver}, anna, not ${excluded} · by 2026-01-07T10:00:00Z, then '${choice}'`,
        `Answer: ${commands.join(' or ')}.`,
      ]);
      expect(textsOf(page, 'li')).toEqual([
        `${label}: ${value}`,
        `${value}: ${label}`,
        `Claritum: ${orderRef}, exported, receipt ${ref} (1), invoice ${name} settled`,
        `ManEx: ${orderRef}`,
        `NorthScope: ${poNumber}`,
        `Documents: ${name}`,
        `${task} (task-1)`,
      ]);
      expect(textsOf(page, 'th')).toEqual([unit, 'ordered', 'allocated', 'despatched', 'received', 'invoiced']);
      expect(textsOf(page, 'td').slice(0, 6)).toEqual([ref, '1', '0', '0', '0', '']);
      expect(elementNames(page).join(' ')).toBe(
        'h3 p strong h4 p ul li li p p code code table thead tr th th th th th th tbody tr td td td td td td tr td strong td td td td td ul li li li li h4 ul li',
      );
    }),
    { numRuns: 100 },
  );
});

it('shows an invoice of hostile texts so too, and what a person needs to answer', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 9, maxLength: 9 }), (texts) => {
      const [invoiceNumber = '', orderRef = '', waitingFor = ''] = texts;
      const progress: InvoiceProgress = {
        ...{ uid: 'PI-1', invoiceNumber, orderRef, stage: 'mismatch', waitingFor, waitingSince: null },
        ...{ hangs: [], audit: [], tasks: [], steps: [] },
        decisions: [decisionOf(texts.slice(3))],
      };
      const given = invoiceDetails(progress, invoice({ invoiceNumber, orderRef }), 'purchase-invoice:PI-1');
      const page = rendered(given.toString());
      const [number, order, waits, question] = shown(texts);
      expect(textsOf(page, 'h3')).toEqual([`Invoice ${number} · mismatch`]);
      expect(textsOf(page, 'h4')).toEqual(['Decision mismatch-1']);
      expect(textsOf(page, 'p').slice(1, 3)).toEqual([`Waiting: ${waits}`, question]);
      expect(textsOf(page, 'p')[0]).toMatch(/^Net [\d.]+ GBP, order /);
      expect(textsOf(page, 'p')[0]?.endsWith(`, order ${order}`)).toBe(true);
      expect(textsOf(page, 'code')).toHaveLength(2);
      expect(elementNames(page).join(' ')).toBe('h3 p p strong h4 p ul li li p p code code');
    }),
    { numRuns: 100 },
  );
});
