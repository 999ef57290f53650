import { condition } from '@temporalio/workflow';
import { vanishedInvoice } from '../../src/domain/feed/questions';
import { milliseconds } from '../../src/domain/values/duration';
import type { Caller } from '../case/write';
import { mark, type Mark, type Marked } from './mark-exported';

export interface InvoiceMark extends Mark<'invoice'> {
  isOvertaken(): boolean;
  /** `claritum.absentFor` */
  readonly absentFor: string;
}

/** How the mark of an invoice ended: `withdrawn` where it is listed no longer and nobody has marked it. */
export type MarkedInvoice =
  Extract<Marked<'invoice'>, { kind: 'changed' }> | { readonly kind: 'marked' | 'withdrawn' | 'overtaken' };

/**
 * Marks an invoice in the version that was decided about. One that is listed no longer is looked at again after
 * `claritum.absentFor`, then put to a person.
 *
 * @throws ApplicationFailure `Withdrawn` or `Overtaken` where the invoice was changed meanwhile.
 */
export async function markInvoice(caller: Caller, wanted: InvoiceMark): Promise<MarkedInvoice> {
  for (let wasAbsent = false; ; wasAbsent = true) {
    const ended = await mark(caller, wanted);
    if (ended.kind === 'changed') return ended;
    if (wanted.isOvertaken()) return { kind: 'overtaken' };
    if (ended.kind !== 'absent') return { kind: 'marked' };
    if (wasAbsent) {
      const choice = await askAboutVanished(caller, wanted);
      if (choice !== 'look again') return { kind: choice === 'it was withdrawn' ? 'withdrawn' : 'marked' };
    } else {
      // One absence proves nothing.
      caller.waiting(`Claritum, which lists ${wanted.what} no longer: looked at again after ${wanted.absentFor}`);
      await condition(() => wanted.isOvertaken(), milliseconds(wanted.absentFor));
      caller.waiting(null);
    }
  }
}

/** Only a person can know why an invoice is gone that Waybill has not marked. */
async function askAboutVanished({ desk }: Caller, { what, uid, absentFor }: InvoiceMark) {
  const { choice } = await desk.ask({
    of: vanishedInvoice,
    about: uid,
    values: { what, absentFor },
    facts: [{ label: 'uid', value: uid }],
  });
  return choice;
}
