/**
 * Every limit, once. Texts in characters (UTF-16 units), lists in entries. What the other systems take may be less:
 * that is looked at when an order is planned, where a person can be asked.
 */
export const bounds = {
  /** References, numbers, codes: workflow ids, search attributes and receipts are made of them, and all have an end. */
  identifier: 100,
  /** A currency or a place in a list: three letters, four digits. */
  code: 20,
  /** Decimals have 20 digits, 10 decimals, a point and a sign at most. */
  figure: 32,
  /** One line that people read: a name, a street, a town, a post code, a carrier, a status. */
  line: 200,
  /** Titles, names of files, addresses of mail, descriptions: file systems and mail end there or before. */
  title: 500,
  /** Instructions for a delivery: a page. The 1.2 MB that came once ended the order. */
  instructions: 2_000,
  /** What a vendor says, in a message or a log line of ours. */
  message: 300,
  /** Deliveries, or lines, of one record: each costs calls, events and state; a thousand are proved to fit. */
  lines: 1_000,
  /** Files of one order: each is read and stored before anything is placed, and named in the state. */
  attachments: 50,
  /**
   * Bytes of JSON of a whole record: with its ledger, plan and history, an order must fit into 256 KB when it continues as
   * new. An ordinary delivery has under 300.
   */
  recordBytes: 76_000,
  /** Deliveries, or lines, that must do with that; each one beyond may add `lineBytes`. */
  linesWithin: 250,
  lineBytes: 360,
} as const;

/** The end of a sentence that begins with the field. */
export const tooLong = (max: number): string => `is longer than ${max} characters`;

/** Bytes that a value takes as JSON in UTF-8: what Temporal counts. */
export function jsonBytes(value: unknown): number {
  const json = JSON.stringify(value) ?? '';
  let bytes = json.length;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    // A surrogate is half of a character of four bytes.
    if (code >= 0x800) bytes += code >= 0xd800 && code <= 0xdfff ? 1 : 2;
    else if (code >= 0x80) bytes += 1;
  }
  return bytes;
}

/**
 * The newest entries of a list that fit into so many bytes of JSON, in their order; the newest of all stays in any case.
 */
export function newest<T>(entries: readonly T[], mostBytes: number): T[] {
  let left = mostBytes;
  let from = entries.length;
  while (from > 0) {
    left -= jsonBytes(entries[from - 1]) + 1;
    if (left < 0 && from < entries.length) break;
    from -= 1;
  }
  return entries.slice(from);
}

/** What people write to us for people to read (reasons, names in the audit) is kept this far; nothing decides by it. */
const LONGEST_REMARK = 1_000;

/** Text that only people read, cut where it is too long; never for what anything is found or decided by. */
export const cut = (text: string, max: number = LONGEST_REMARK): string => {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1);
  // A half of a surrogate pair at the end is cut off.
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
};

/** As many as a person reads through; a list of thousands would not fit into an answer of Temporal's. */
const MOST_LISTED = 50;

/** A list that is shown as far as people read it, and how much longer it is. */
export interface Bounded<T> {
  /** The first ones, in their order. */
  readonly listed: readonly T[];
  /** How many there are beyond them. */
  readonly more: number;
}

/** The first fifty of a list, and how many more there are: what is shown stays small however much is set aside. */
export const bounded = <T>(list: readonly T[], most = MOST_LISTED): Bounded<T> => ({
  listed: list.slice(0, most),
  more: Math.max(0, list.length - most),
});
