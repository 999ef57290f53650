import { compare } from '../../src/domain/values/decimal';
import type { Decision } from '../../src/domain/case/decision';
import type { SandboxLedger, LineRow } from './auditor/evidence';
import { callOf, factOf } from './facts';

type Look = (ledger: SandboxLedger, fact: (name: string) => string) => boolean;

const lineOf = (ledger: SandboxLedger, soNo: string): LineRow | undefined =>
  ledger.manex.salesOrders.find(({ SONO }) => SONO === soNo)?.SODETAILList[0];

/** What to look for, by the call that a question is about: those of which nothing but a person can tell whether they happened. */
const looks: Readonly<Record<string, Look>> = {
  'Claritum setGoodsReceipts': ({ claritum }, fact) =>
    claritum.goodsReceipts.some(({ receiptRef }) => receiptRef === fact('receiptRef')),
  'NorthScope InsertInboundIntegration': ({ northscope }, fact) =>
    northscope.inbound.some(({ SourceTransID }) => SourceTransID === fact('OrderID and SourceTransactionID')),
  'ManEx SO/ItemADD': (ledger, fact) => {
    const line = lineOf(ledger, fact('SoNo'));
    return line !== undefined && compare(line.ORD_QTY, fact('quantity')) === 0;
  },
  'ManEx SO/DueDateAdd': (ledger, fact) =>
    lineOf(ledger, fact('SoNo'))?.DueDateList.some(
      ({ DUE_DTS, QTY }) => DUE_DTS.startsWith(fact('due date')) && compare(QTY, fact('quantity')) === 0,
    ) === true,
};

/** Whether what a question asks about stands in the vendors' records; null where the question does not tell enough. */
export function tellsOf(asked: Pick<Decision, 'facts'>, ledger: SandboxLedger): boolean | null {
  const named: string[] = [];
  const fact = (name: string): string => {
    named.push(factOf(asked, name));
    return factOf(asked, name);
  };
  const stands = looks[callOf(asked)]?.(ledger, fact);
  return stands === undefined || named.includes('') ? null : stands;
}
