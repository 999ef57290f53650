import { quote } from '../formats/secrets';
import { beginningOf, type Wording } from '../formats/wording';
import { answerError, type CallName } from './failure';
import type { Verdict } from './outcome';
import type { VendorError } from './vendor-error';

/** One line of a vendor's table of the sentences by which it says no; the first whose text is told counts. */
export interface RefusalRow {
  /** A short word for it, which callers act on. */
  readonly code: string;
  /** Of the beginning of the sentence, see {@link beginningOf}. */
  readonly text: Wording;
  /** The operations it counts for. @default all */
  readonly of?: RegExp;
  /** @default 'vendor-refusal': nothing took effect */
  readonly verdict?: Verdict;
}

/** What a vendor said no by. */
interface Refusal {
  readonly call: CallName;
  /** Its sentence, as it came. */
  readonly text: string;
  /** What must not be shown even where the sentence quotes it. */
  readonly secrets: readonly string[];
  /** Of the answer. @default a status of 200 */
  readonly answer?: { readonly status: number; readonly requestId?: string | undefined };
}

type Meaning = Pick<RefusalRow, 'code'> & { readonly verdict: Verdict };

/** What a sentence means by this table; one that no line knows is plainly REFUSED. */
export function meaningOf(rows: readonly RefusalRow[], operation: string, sentence: string): Meaning {
  const told = beginningOf(sentence);
  const row = rows.find(({ text, of }) => of?.test(operation) !== false && text.test(told));
  return { code: row?.code ?? 'REFUSED', verdict: row?.verdict ?? 'vendor-refusal' };
}

/** The error for a refusal, by the vendor's table of them; quotes what the vendor said. */
export function refusalError(rows: readonly RefusalRow[], { call, text, secrets, answer }: Refusal): VendorError {
  const { code, verdict } = meaningOf(rows, call.operation, text);
  return answerError(call, verdict, code, `refused: ${quote(text, secrets) || 'no reason given'}`, answer);
}
