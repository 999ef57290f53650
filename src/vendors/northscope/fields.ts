import { z } from 'zod';
import { isPositive, isZero } from '../../domain/decimal';
import { fittingFigure, limits, type TextLimit } from '../../domain/limits';
import { isXmlText } from '../../transport/xml';

/** What the fields of our requests may hold: NorthScope cuts or refuses the rest, and neither would be noticed. */

/** varchar(longest) on one line. */
export const text = (longest: number | TextLimit) =>
  z
    .string()
    .min(1)
    .max(typeof longest === 'number' ? longest : longest.longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .refine(isXmlText, 'holds what XML cannot carry');

export const CalendarDate = z.iso.date();

/** numeric(18,5) */
const fits = (value: string): boolean => fittingFigure(limits.northscope.units, value) === value;
export const Units = z
  .string()
  .refine((value) => fits(value) && isPositive(value), 'is no positive number with at most five decimals');
export const SignedUnits = z
  .string()
  .refine((value) => fits(value) && !isZero(value), 'is no number but 0 with at most five decimals');
