import { at, call, found, told, type Mutant, type Tampered } from './tampering';

/** The buyer wants more: so the record reads for every call after this one. */
function amended(evidence: Tampered, n: number): void {
  const before = found(evidence.versions.find(({ uid }) => uid === 'PO-UID-7'));
  const content = { ...found(before.content ?? undefined), quantity: '350', shares: ['200', '150'] };
  evidence.versions.push({ ...before, since: n, from: n, content });
}

/** What the product might do wrong with news and with marks. */
export const newsMutants: readonly Mutant[] = [
  {
    mistake: 'the buyer amends while the mark settles, and it is sent again blindly',
    caughtBy: 'the version acknowledged is the version taken in',
    tamper: (evidence) => amended(evidence, call(evidence, 'markExported', 'PO-UID-7').n - 1),
  },
  {
    mistake: 'a record is marked that its owner never read',
    caughtBy: 'the version acknowledged is the version taken in',
    tamper: (evidence) => {
      at(told(evidence).acknowledged, 0).content = null;
    },
  },
  {
    mistake: 'an amendment within the second of the version before is never taken in',
    caughtBy: 'nothing seen is ignored without a trace',
    tamper: (evidence) => {
      amended(evidence, call(evidence, 'markExported', 'PO-UID-7').n + 1);
      evidence.ledger.calls.push({ ...call(evidence, 'getPurchaseOrders'), n: evidence.ledger.calls.length + 1 });
    },
  },
  {
    mistake: 'a corrected delivery is taken for the report that was booked',
    caughtBy: 'nothing seen is ignored without a trace',
    tamper: (evidence) => {
      const before = found(evidence.versions.find(({ uid }) => uid === 'DL-7-1'));
      evidence.versions.push({
        ...before,
        since: 22,
        from: 22,
        content: { ...found(before.content ?? undefined), quantity: '250' },
      });
      evidence.ledger.calls.push({ ...call(evidence, 'getPurchaseOrders'), operation: 'getDeliveries', n: 25 });
    },
  },
];
