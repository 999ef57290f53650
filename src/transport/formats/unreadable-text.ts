/** Why a text from outside was not taken: it is not what it claims to be, or would harm the parser behind. */
export type UnreadableReason =
  | 'BAD_CHARSET'
  | 'EMPTY'
  | 'NOT_XML'
  | 'NOT_JSON'
  | 'NOT_SOAP'
  | 'TRUNCATED'
  | 'DOCTYPE'
  | 'HOSTILE_NAME'
  | 'TOO_DEEP'
  | 'TOO_MANY_PREFIXES'
  | 'TOO_MANY_NAMES'
  | 'REPEATED_NAME'
  | 'TAG_TOO_LONG'
  | 'WRONG_ROOT'
  | 'WRONG_OPERATION'
  | 'DANGLING_REFERENCE'
  | 'CIRCULAR_REFERENCE'
  | 'BAD_REFERENCE'
  | 'AMBIGUOUS_REFERENCE'
  | 'TOO_LONG_WRITTEN_OUT'
  | 'TOO_MANY_VALUES';

/** Thrown by the readers of this folder. Holds a word and not a character of the text, which may be a stranger's. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';

  constructor(readonly code: UnreadableReason) {
    super(`unreadable text: ${code}`);
  }
}
