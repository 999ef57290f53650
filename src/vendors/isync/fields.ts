import { z } from 'zod';
import { add, compare, isDecimal, isPositive } from '../../domain/values/decimal';
import { isXmlText } from '../../transport/formats/xml';

// What the members of our requests may hold: WCF takes what it cannot read for 0 or nothing, or refuses all of it.

export const Text = z.string().refine(isXmlText, 'holds characters that XML does not allow');
export const RequiredText = Text.refine((text) => text.trim() !== '', 'is blank');
/** Left out where it is null: an empty element is text of no length, and for an int or a date a format fault. */
export const optional = <T extends z.ZodType>(field: T) => field.nullable().transform((value) => value ?? undefined);

const MAX_INT = '2147483647';
export const Int = z
  .string()
  .refine(
    (text) => /^\d{1,20}$/.test(text) && compare(text, MAX_INT) <= 0,
    'is not a whole number from 0 to 2147483647',
  );

const decimal = z.string().refine(isDecimal, 'is not a decimal number');
export const NotNegative = decimal.refine((text) => !isDecimal(text) || !text.startsWith('-'), 'is less than 0');
export const Positive = decimal.refine((text) => isDecimal(text) && isPositive(text), 'is not more than 0');
export const Percentage = NotNegative.refine(
  (text) => !isDecimal(text) || compare(text, '100') <= 0,
  'is more than 100',
);

/** An int on the wire: `4.00` is sent as `4` (docs/vendors/isync.md#persistwebsalesorder). */
export const WholeUnits = Positive.transform((text) => add(text, '0')).pipe(Int);

/** `YYYY-MM-DD` or zone-less `YYYY-MM-DDTHH:mm:ss`; sent as the latter. */
export const LocalDateTime = z
  .union([z.iso.date(), z.iso.datetime({ local: true, precision: 0 }).regex(/\d$/, 'has a zone')], {
    error: 'is not a date, with or without a time, and without a time zone',
  })
  .transform((text) => (text.length === 10 ? `${text}T00:00:00` : text));

export const Flag = z.boolean().transform(String);
