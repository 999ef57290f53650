import { newsMutants } from './news-mutants';
import { at, call, told, type Mutant, type Tampered } from './tampering';

const sales = ({ ledger }: Tampered, index = 0) => at(ledger.manex.salesOrders, index);
const line = (evidence: Tampered) => at(sales(evidence).SODETAILList, 0);
/** Puts a call right behind another one. */
function again({ ledger }: Tampered, operation: string, msLater: number): void {
  const index = ledger.calls.findIndex((each) => each.operation === operation);
  const first = at(ledger.calls, index);
  const repeated = { ...first, outcome: 'ok', effects: 1, at: new Date(Date.parse(first.at) + msLater).toISOString() };
  ledger.calls.splice(index + 1, 0, repeated);
  ledger.calls.forEach((each, place) => {
    each.n = place + 1;
  });
}

/** What the product might do wrong; at least one for each invariant. */
export const mutants: readonly Mutant[] = [
  {
    mistake: 'the header is sent twice under two numbers',
    caughtBy: 'one sales order per order',
    tamper: ({ ledger }) => ledger.manex.salesOrders.push({ ...sales({ ledger } as Tampered), SONO: '0000000077' }),
  },
  {
    mistake: 'the item is added twice',
    caughtBy: 'lines, prices and due dates as ordered',
    tamper: (evidence) => sales(evidence).SODETAILList.push(structuredClone(line(evidence))),
  },
  {
    mistake: 'the price is added blindly again',
    caughtBy: 'lines, prices and due dates as ordered',
    tamper: (evidence) => line(evidence).SOPRICESList.push({ PRICE: '42.50' }),
  },
  {
    mistake: 'a due date is forgotten',
    caughtBy: 'lines, prices and due dates as ordered',
    tamper: (evidence) => line(evidence).DueDateList.pop(),
  },
  {
    mistake: 'a quantity goes through a float',
    caughtBy: 'exact decimals',
    tamper: (evidence) => {
      at(line(evidence).DueDateList, 0).QTY = '200.00000000000003';
    },
  },
  {
    mistake: 'a price is written as a float writes it',
    caughtBy: 'exact decimals',
    tamper: (evidence) => {
      at(line(evidence).SOPRICESList, 0).PRICE = '4.25e1';
    },
  },
  {
    mistake: 'an unknown insertion is repeated: the queue makes two orders of it',
    caughtBy: 'one warehouse order per delivery',
    tamper: ({ ledger }) => ledger.northscope.inbound.push({ ...at(ledger.northscope.inbound, 0) }),
  },
  {
    mistake: 'boxes are ordered from the warehouse as single units',
    caughtBy: 'one warehouse order per delivery',
    tamper: ({ ledger }) => {
      const row = at(at(ledger.northscope.salesOrders, 0).SalesOrderDetailList, 0);
      row.OrderUnits = '200.00000';
      row.AllocatedUnits = '200.00000';
    },
  },
  {
    mistake: 'the same reference is sent with another content',
    caughtBy: 'same reference, same content',
    tamper: ({ ledger }) =>
      ledger.northscope.inbound.push({
        ...at(ledger.northscope.inbound, 0),
        Data: at(ledger.northscope.inbound, 1).Data,
      }),
  },
  {
    mistake: 'the allocation is added a second time',
    caughtBy: 'quantities are conserved',
    tamper: ({ ledger }) => {
      at(at(ledger.northscope.salesOrders, 0).SalesOrderDetailList, 0).AllocatedUnits = '6000.00000';
    },
  },
  {
    mistake: 'the order believes it has received what Claritum has not booked',
    caughtBy: 'quantities are conserved',
    tamper: (evidence) => {
      told(evidence).totals.received = '301';
    },
  },
  {
    mistake: 'a receipt is booked twice',
    caughtBy: 'receipts once',
    tamper: ({ ledger }) => ledger.claritum.goodsReceipts.push({ ...at(ledger.claritum.goodsReceipts, 0) }),
  },
  {
    mistake: 'a delivery is acknowledged and its receipt skipped',
    caughtBy: 'receipts once',
    tamper: ({ ledger }) => ledger.claritum.goodsReceipts.pop(),
  },
  {
    mistake: 'an invoice is settled twice',
    caughtBy: 'invoices once',
    tamper: (evidence) => told(evidence).invoices.push({ ...at(told(evidence).invoices, 0) }),
  },
  {
    mistake: 'the order is marked exported before its documents stand',
    caughtBy: 'exported after the documents stand',
    tamper: (evidence) => {
      call(evidence, 'markExported', 'PO-UID-7').n = call(evidence, 'SO/PriceAdd').n - 0.5;
    },
  },
  {
    mistake: 'a delivery is acknowledged before its receipt',
    caughtBy: 'delivery acknowledged after its receipt',
    tamper: (evidence) => {
      call(evidence, 'markExported', 'DL-7-1').n = call(evidence, 'setGoodsReceipts').n - 0.5;
    },
  },
  {
    mistake: 'the line is closed while invoices are open',
    caughtBy: 'closed last',
    tamper: (evidence) => {
      call(evidence, 'SO/ItemEdit').n = call(evidence, 'markExported', 'PI-7').n - 0.5;
    },
  },
  {
    mistake: 'an order over the limit is placed without asking',
    caughtBy: 'approved first',
    tamper: (evidence) => {
      told(evidence).questions = told(evidence).questions.filter(({ kind }) => kind !== 'approval');
    },
  },
  {
    mistake: 'the look-up is dropped: an unanswered call is simply sent again',
    caughtBy: 'looked before again',
    tamper: ({ ledger }) => {
      ledger.calls = ledger.calls.filter(({ operation }) => operation !== 'SO/Get');
    },
  },
  {
    mistake: 'a receipt of unknown outcome is sent again without a human',
    caughtBy: 'looked before again',
    tamper: (evidence) => again(evidence, 'setGoodsReceipts', 1_500),
  },
  {
    mistake: 'nobody waits for a vendor that commits late',
    caughtBy: 'settled first',
    tamper: (evidence) => again(evidence, 'SO/PriceAdd', 200),
  },
  {
    mistake: 'an order of the source is never taken',
    caughtBy: 'nothing lost',
    tamper: (evidence) => {
      evidence.orders = evidence.orders.filter(({ orderRef }) => orderRef !== 'CL-9');
    },
  },
  {
    mistake: 'an order ends without being acknowledged',
    caughtBy: 'nothing lost',
    tamper: ({ ledger }) => {
      at(ledger.claritum.purchaseOrders, 1).exported = false;
    },
  },
  {
    mistake: 'an order hangs',
    caughtBy: 'ended or asking',
    tamper: (evidence) => {
      told(evidence).isEnded = false;
      told(evidence).stage = 'invoicing';
    },
  },
  {
    mistake: 'a compensation is skipped',
    caughtBy: 'compensated',
    tamper: (evidence) => {
      sales(evidence, 1).SODETAILList = [{ ...structuredClone(line(evidence)), ORD_QTY: '12', DueDateList: [] }];
    },
  },
  {
    mistake: 'a line is left standing, and only the order of the warehouse is listed',
    caughtBy: 'compensated',
    tamper: (evidence) => {
      sales(evidence, 1).SODETAILList = [{ ...structuredClone(line(evidence)), ORD_QTY: '12', DueDateList: [] }];
      told(evidence, 'CL-8').tasks.push({ key: null, task: 'NorthScope: cancel order 0000000008-1 by hand' });
    },
  },
  {
    mistake: 'the cancelled header is left as it was',
    caughtBy: 'compensated',
    tamper: (evidence) => {
      sales(evidence, 1).SONOTE = 'waybill CL-8';
    },
  },
  {
    mistake: 'nobody is told to tell the buyer',
    caughtBy: 'compensated',
    tamper: (evidence) => {
      told(evidence, 'CL-8').tasks = [];
    },
  },
  {
    mistake: 'a worker that was stopped wakes up and sends after the end',
    caughtBy: 'nothing after the end',
    tamper: (evidence) => {
      call(evidence, 'SO/Edit', '0000000008').at = '2026-01-05T09:10:00.000Z';
    },
  },
  {
    mistake: 'a question speaks of a call that was never sent',
    caughtBy: 'questions tell the truth',
    tamper: ({ ledger }) => {
      ledger.calls = ledger.calls.filter(({ operation }) => operation !== 'setGoodsReceipts');
    },
  },
  {
    mistake: 'a question names another call than that which was sent',
    caughtBy: 'questions tell the truth',
    tamper: (evidence) => {
      at(at(told(evidence).questions, 1).facts, 0).value = 'NorthScope AllocateSalesOrders';
    },
  },
  {
    mistake: 'a question about a call does not say which',
    caughtBy: 'questions tell the truth',
    tamper: (evidence) => {
      at(told(evidence).questions, 3).facts.shift();
    },
  },
  {
    mistake: 'a call that was never sent is said to be unknown although its worker lived',
    caughtBy: 'questions tell the truth',
    tamper: (evidence) => {
      at(told(evidence).unknown, 1).isLost = false;
    },
  },
  {
    mistake: 'a question invents a refusal',
    caughtBy: 'questions tell the truth',
    tamper: (evidence) => {
      call(evidence, 'markExported', 'PO-UID-8').outcome = 'none';
    },
  },
  {
    mistake: 'somebody says that a call happened that did not',
    caughtBy: 'answers were true',
    tamper: (evidence) => {
      call(evidence, 'setGoodsReceipts').effects = 0;
    },
  },
  {
    mistake: 'a call that had taken effect is sent again',
    caughtBy: 'answers were true',
    tamper: (evidence) => {
      at(told(evidence).questions, 1).choice = 'send it again';
    },
  },
  ...newsMutants,
  {
    mistake: 'the engine repeats a call that doubles',
    caughtBy: 'one attempt',
    tamper: ({ histories }) => {
      at(at(histories, 0).starts, 0).attempt = 2;
    },
  },
  {
    mistake: 'a history grows without end',
    caughtBy: 'sound histories',
    tamper: ({ histories }) => {
      at(histories, 0).events = 10_000;
    },
  },
  {
    mistake: 'a credential reaches a history',
    caughtBy: 'secret-free',
    tamper: ({ histories }) => {
      at(histories, 0).text += 'password supplier-secret';
    },
  },
  {
    mistake: 'a fault never fell, and the run passes',
    caughtBy: 'faults fired',
    tamper: ({ expectations }) => {
      at(expectations.faults, 0).fired = 0;
    },
  },
];
