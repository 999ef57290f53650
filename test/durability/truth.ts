import { compare, isDecimal, subtract, sum } from '../../src/domain/values/decimal';
import type { Decision } from '../../src/domain/case/decision';
import type { SandboxLedger } from './auditor/evidence';
import { factOf } from './facts';
import type { Play } from './play';

interface Asked {
  readonly ledger: SandboxLedger;
  readonly play: Pick<Play, 'keys' | 'cell' | 'mind'>;
  fact(name: string): string;
}

/** What each question without a call says, by its topic, against the vendors' records: null where it is so, else what is not. */
const claims: Readonly<Record<string, (asked: Asked) => string | null>> = {
  'vanished-order': ({ play }) => (play.mind.isAway || play.mind.isRestored ? null : 'it was listed all the time'),
  'impossible-amendment': ({ ledger, play, fact }) => {
    const line = ledger.manex.salesOrders.find(({ SONO }) => SONO === play.keys.soNo)?.SODETAILList[0];
    return (
      isSaid(play.mind.wanted, fact('quantity asked for'), 'the buyer wants') ??
      isSaid(line?.ORD_QTY ?? '0', fact('quantity as it is'), 'ManEx has')
    );
  },
  'less-delivered': ({ ledger: { claritum }, play: { keys }, fact }) => {
    const receipts = claritum.goodsReceipts.filter(({ receiptRef }) => receiptRef.startsWith(`WB-${keys.deliveryUid}`));
    const report = claritum.deliveries.find(({ uid }) => uid === keys.deliveryUid);
    return (
      isSaid(sum(receipts.map(({ quantity }) => quantity)), fact('booked'), 'Claritum has booked') ??
      isSaid(report?.quantity ?? '0', fact('reported now'), 'Claritum reports')
    );
  },
  'short-delivery': ({ ledger: { claritum, northscope }, play: { keys, cell }, fact }) => {
    const lines = northscope.salesOrders
      .filter(({ OrderID }) => OrderID.startsWith(`${keys.soNo}-`))
      .flatMap(({ SalesOrderDetailList }) => SalesOrderDetailList);
    const booked = claritum.goodsReceipts.filter(({ orderRef }) => orderRef === keys.orderRef);
    const reported = claritum.deliveries.filter(
      ({ orderRef, status }) => orderRef === keys.orderRef && status === 'delivered',
    );
    // A receipt that is balanced by hand stands here all the same: then what is reported counts.
    const counted = cell.change === 'corrected-down' ? reported : booked;
    const received = sum(counted.map(({ quantity }) => quantity));
    const left = sum(lines.map(({ ShippedUnits }) => ShippedUnits));
    return (
      isSaid(received, fact('received'), 'Claritum has booked') ??
      isSaid(subtract(left, received), fact('missing'), 'on the road are')
    );
  },
};

const isSaid = (so: string, said: string, what: string): string | null =>
  isDecimal(said) && compare(so, said) === 0 ? null : `${what} ${so}, and it says ${said}`;

/** The auditor judges what is said of calls; an approval is a matter of taste. */
const JUDGED_ELSEWHERE: readonly Decision['kind'][] = ['approval', 'unknown-outcome', 'refused-call'];

/** Whether a question says what is so when it is answered. @returns null, or what is not so */
export function isTrue(asked: Decision, ledger: SandboxLedger, play: Asked['play']): string | null {
  if (JUDGED_ELSEWHERE.includes(asked.kind)) return null;
  const claim = claims[asked.topic];
  if (claim === undefined) return 'nobody expected to be asked this';
  return claim({ ledger, play, fact: (name) => factOf(asked, name) });
}
