import { compare } from '../../src/domain/values/decimal';
import type { Decision } from '../../src/domain/case/decision';
import type { Ledger, LineRow } from './auditor/evidence';

type Look = (ledger: Ledger, fact: (label: RegExp) => string, question: string) => boolean;

const line = (ledger: Ledger, soNo: string): LineRow | undefined =>
  ledger.manex.salesOrders.find(({ SONO }) => SONO === soNo)?.SODETAILList[0];

const SONO = /^SoNo$/i;

/** What to look for, by what the question is about; the first that fits. */
const looks: readonly { readonly about: RegExp; readonly look: Look }[] = [
  {
    about: /book the goods receipt/,
    look: ({ claritum }, fact) => claritum.goodsReceipts.some(({ receiptRef }) => receiptRef === fact(/^receiptRef$/)),
  },
  {
    about: /mark .* exported in Claritum/,
    look: ({ claritum }, fact) =>
      [...claritum.purchaseOrders, ...claritum.deliveries, ...claritum.purchaseInvoices].some(
        ({ uid, exported }) => uid === fact(/^uid$/) && exported,
      ),
  },
  {
    about: /create sales order .* in ManEx/,
    look: ({ manex }, fact) => manex.salesOrders.some(({ SONO: soNo }) => soNo === fact(SONO)),
  },
  {
    about: /add the price (\S+) to sales order/,
    look: (ledger, fact, question) => {
      const price = /add the price (\S+)/.exec(question)?.[1] ?? '';
      return line(ledger, fact(SONO))?.SOPRICESList.some(({ PRICE }) => compare(PRICE, price) === 0) === true;
    },
  },
  {
    about: /add the due date (\S+) \((\S+), delivery/,
    look: (ledger, fact, question) => {
      const [, day = '', quantity = ''] = /add the due date (\S+) \((\S+),/.exec(question) ?? [];
      const dates = line(ledger, fact(SONO))?.DueDateList ?? [];
      return dates.some(({ DUE_DTS, QTY }) => DUE_DTS.startsWith(day) && compare(QTY, quantity) === 0);
    },
  },
  {
    about: /change the quantity to (\S+) of sales order/,
    look: (ledger, fact, question) => {
      const quantity = /change the quantity to (\S+) of/.exec(question)?.[1] ?? '';
      return compare(line(ledger, fact(SONO))?.ORD_QTY ?? '0', quantity) === 0;
    },
  },
  {
    about: /change the due date \S+ to (\S+) \((\S+)\) of sales order/,
    look: (ledger, fact, question) => {
      const [, day = '', quantity = ''] = /change the due date \S+ to (\S+) \((\S+)\)/.exec(question) ?? [];
      const dates = line(ledger, fact(SONO))?.DueDateList ?? [];
      return dates.some(({ DUE_DTS, QTY }) => DUE_DTS.startsWith(day) && compare(QTY, quantity) === 0);
    },
  },
  { about: /close the line of sales order/, look: (ledger, fact) => isClosed(line(ledger, fact(SONO))) },
  { about: /add .* to sales order .* in ManEx/, look: (ledger, fact) => line(ledger, fact(SONO)) !== undefined },
  {
    about: /queue order .* in NorthScope/,
    look: ({ northscope }, fact) =>
      northscope.inbound.some(({ SourceTransID }) => SourceTransID === fact(/SourceTransactionID/)),
  },
  {
    about: /allocate .* to (\S+) in NorthScope/,
    look: ({ northscope }, fact, question) => {
      const orderId = / to (\S+) in NorthScope/.exec(question)?.[1];
      const found = northscope.salesOrders.find(({ OrderID }) => OrderID === orderId);
      const allocated = found?.SalesOrderDetailList[0]?.AllocatedUnits ?? '0';
      return compare(allocated, fact(/^allocated before$/) || '0') > 0;
    },
  },
];

const isClosed = (found: LineRow | undefined): boolean => found?.STATUS.trim().toUpperCase() === 'CLOSED';

/** Whether what a question asks about stands in the vendors' records; null where the question does not tell enough. */
export function tellsOf({ question, facts }: Pick<Decision, 'question' | 'facts'>, ledger: Ledger): boolean | null {
  const found = looks.find(({ about }) => about.test(question));
  if (found === undefined) return null;
  const fact = (label: RegExp): string => facts.find((each) => label.test(each.label))?.value ?? '';
  return found.look(ledger, fact, question);
}
