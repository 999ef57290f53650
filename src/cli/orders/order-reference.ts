/**
 * Whether it may be an order reference: one word of at most 100 printable characters, with a letter or digit among them.
 * A colon would make it a workflow id.
 */
export const isOrderReference = (text: string): boolean =>
  /^[^\s:\p{C}]{1,100}$/u.test(text) && /[\p{L}\p{N}]/u.test(text);

/** What {@link isOrderReference} asks for, in words. */
export const ORDER_REFERENCE = 'one word of at most 100 characters, without a colon';
