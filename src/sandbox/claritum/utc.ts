/** UTC as the vendor writes it: whole seconds and `Z`. */
export const utc = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
