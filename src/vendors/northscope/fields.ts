import { z } from 'zod';
import { isDecimal, isPositive, isZero } from '../../domain/decimal';
import { isXmlText } from '../../transport/xml';

/** What the fields of our requests may hold: NorthScope cuts or refuses the rest, and neither would be noticed. */

/** varchar(longest) on one line. */
export const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .refine(isXmlText, 'holds what XML cannot carry');

export const CalendarDate = z.iso.date();

/** numeric(18,5) */
const fits = (value: string): boolean => isDecimal(value) && /^-?\d{1,13}(\.\d{1,5})?$/.test(value);
export const Units = z
  .string()
  .refine((value) => fits(value) && isPositive(value), 'is no positive number with at most five decimals');
export const SignedUnits = z
  .string()
  .refine((value) => fits(value) && !isZero(value), 'is no number but 0 with at most five decimals');
