/** Tells one kind of sentence of a vendor's from others: a pattern, or {@link anyOf} several. */
export interface Wording {
  test(text: string): boolean;
}

/** A sentence that one of these tells; short patterns can be checked, and read, one by one. */
export const anyOf = (...wordings: readonly Wording[]): Wording => ({
  test: (text) => wordings.some((wording) => wording.test(text)),
});

/** Most characters of a vendor's sentence that are matched: a message, not the stack trace behind it. */
export const LONGEST_MATCHED = 4_000;

/** What of a vendor's sentence is matched, so that it costs the same however long it is. */
export const beginningOf = (text: string): string => text.slice(0, LONGEST_MATCHED);

/** Is longer than its {@link beginningOf}. The rest, which is not read, may contradict it. */
export const cutShort: Wording = { test: (text) => text.length >= LONGEST_MATCHED };
