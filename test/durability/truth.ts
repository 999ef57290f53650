import { compare, isDecimal, subtract, sum } from '../../src/domain/values/decimal';
import type { Decision } from '../../src/domain/case/decision';
import type { Ledger } from './auditor/evidence';
import type { Play } from './play';

interface Asked {
  readonly ledger: Ledger;
  readonly play: Pick<Play, 'keys' | 'cell' | 'mind'>;
  fact(label: string): string;
}

/** What each question without a call says, against the vendors' records: null where it is so, else what is not. */
const claims: readonly { readonly about: RegExp; readonly check: (asked: Asked) => string | null }[] = [
  {
    about: /has not listed purchase order/,
    check: ({ play }) => (play.mind.isAway || play.mind.isRestored ? null : 'it was listed all the time'),
  },
  {
    about: /amendment of .* cannot be carried out/,
    check: ({ ledger, play, fact }) => {
      const line = ledger.manex.salesOrders.find(({ SONO }) => SONO === play.keys.soNo)?.SODETAILList[0];
      return (
        isSaid(play.mind.wanted, fact('asked for').split(' at ')[0], 'the buyer wants') ??
        isSaid(line?.ORD_QTY ?? '0', fact('as it is').split(' at ')[0], 'ManEx has')
      );
    },
  },
  {
    about: /was reported and booked with/,
    check: ({ ledger: { claritum }, play: { keys }, fact }) => {
      const receipts = claritum.goodsReceipts.filter(({ receiptRef }) =>
        receiptRef.startsWith(`WB-${keys.deliveryUid}`),
      );
      const report = claritum.deliveries.find(({ uid }) => uid === keys.deliveryUid);
      return (
        isSaid(sum(receipts.map(({ quantity }) => quantity)), fact('booked'), 'Claritum has booked') ??
        isSaid(report?.quantity ?? '0', fact('reported now').split(' ')[0], 'Claritum reports')
      );
    },
  },
  {
    about: /left the warehouse and was never reported as delivered/,
    check: ({ ledger: { claritum, northscope }, play: { keys, cell }, fact }) => {
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
  },
];

const isSaid = (so: string, said: string | undefined, what: string): string | null =>
  said !== undefined && isDecimal(said) && compare(so, said) === 0 ? null : `${what} ${so}, and it says ${said}`;

/** The auditor judges what is said of calls; an approval is a matter of taste. */
const JUDGED_ELSEWHERE: readonly Decision['kind'][] = ['approval', 'unknown-outcome', 'refused-call'];

/** Whether a question says what is so when it is answered. @returns null, or what is not so */
export function isTrue({ kind, question, facts }: Decision, ledger: Ledger, play: Asked['play']): string | null {
  if (JUDGED_ELSEWHERE.includes(kind)) return null;
  const claim = claims.find(({ about }) => about.test(question));
  if (claim === undefined) return 'nobody expected to be asked this';
  return claim.check({
    ledger,
    play,
    fact: (label) => facts.find((each) => each.label === label)?.value ?? '',
  });
}
