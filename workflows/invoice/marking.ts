import { condition } from '@temporalio/workflow';
import { milliseconds } from '../../src/domain/values/duration';
import { versionOf } from '../../src/domain/case/news';
import { isWithdrawn } from '../case/leaving';
import { mark } from '../vendors/mark-exported';
import type { Settlement } from './settlement';
import { vanishedInvoice } from '../../src/domain/invoice/questions';

const MARKED = 'marked by somebody else';
const LOOK_AGAIN = 'look again';

/** How it ends: only the version that was matched is acknowledged, and another one is matched anew. */
export async function settle(settlement: Settlement): Promise<'settled' | 'disputed'> {
  for (;;) {
    const claimed = await settlement.claim();
    const { invoiceNumber } = settlement.invoice;
    if (claimed === 'disputed') {
      settlement.task(
        `clear invoice ${invoiceNumber} with the supplier, then mark it exported in Claritum: it is disputed`,
      );
      return 'disputed';
    }
    const marked = await unlessChanged(settlement, markExported(settlement));
    if (marked === 'marked') return 'settled';
    if (marked === 'withdrawn') {
      settlement.task(`invoice ${invoiceNumber} was withdrawn before it was settled: nothing of it is booked`);
      return 'disputed';
    }
  }
}

/** A question of the marking that the changed invoice took back leads to the matching again. */
async function unlessChanged<T>(settlement: Settlement, marking: Promise<T>): Promise<T | 'changed'> {
  try {
    return await marking;
  } catch (error) {
    if (!isWithdrawn(error) || !settlement.isChanged) throw error;
    return 'changed';
  }
}

/**
 * Marks the invoice as it was matched: `changed` where Claritum lists other content, which has been taken in; `withdrawn`
 * where it is listed no longer and nobody has marked it.
 */
async function markExported(settlement: Settlement): Promise<'marked' | 'changed' | 'withdrawn'> {
  settlement.enter('marking');
  for (let wasAbsent = false; ;) {
    const { uid, invoiceNumber, orderRef } = settlement.invoice;
    const { digest } = versionOf(settlement.invoice);
    const what = `invoice ${invoiceNumber}`;
    const ended = await mark(settlement, { kind: 'invoice', uid, orderRef: orderRef ?? '', digest, what });
    if (ended.kind === 'changed') settlement.takeIn(ended.record);
    if (settlement.isChanged) return 'changed';
    if (ended.kind !== 'absent') return 'marked';
    const { absentFor } = settlement.policy.claritum;
    if (wasAbsent) {
      const choice = await vanished(settlement, absentFor);
      if (choice !== LOOK_AGAIN) return choice === MARKED ? 'marked' : 'withdrawn';
    } else {
      // One absence proves nothing.
      settlement.waiting(`Claritum, which lists ${what} no longer: looked at again after ${absentFor}`);
      await condition(() => settlement.isChanged, milliseconds(absentFor));
      settlement.waiting(null);
    }
    wasAbsent = true;
  }
}

/** Only a human can know why an invoice is gone that Waybill has not marked. */
async function vanished({ invoice, desk }: Settlement, absentFor: string): Promise<string> {
  const { invoiceNumber, uid } = invoice;
  const { choice } = await desk.ask({
    of: vanishedInvoice,
    values: { invoiceNumber, absentFor },
    facts: [{ label: 'uid', value: uid }],
  });
  return choice;
}
