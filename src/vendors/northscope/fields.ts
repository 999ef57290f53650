import { z } from 'zod';
import { isPositive, isZero } from '../../domain/values/decimal';
import { fittingFigure, limits, type TextLimit } from '../../domain/purchase-order/limits';
import { isXmlText } from '../../transport/formats/xml';

/** What the fields of our requests may hold: NorthScope cuts or refuses the rest, and neither would be noticed. */

/** varchar(longest) on one line. */
export const text = (longest: number | TextLimit) =>
  z
    .string()
    .min(1)
    .max(typeof longest === 'number' ? longest : longest.longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .refine(isXmlText, 'holds characters that XML does not allow');

export const CalendarDate = z.iso.date();

/** numeric(18,5), as it stands or without the zeros that make it too long. */
const units = (isMeant: (value: string) => boolean, fault: string) =>
  z.string().transform((value, context) => {
    const fitting = fittingFigure(limits.northscope.units, value);
    if (fitting !== undefined && isMeant(fitting)) return fitting;
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });
export const Units = units(isPositive, 'is not a positive number with at most five decimals');
export const SignedUnits = units((value) => !isZero(value), 'is not a number other than 0 with at most five decimals');

interface Measured {
  readonly units?: string | undefined;
  readonly unitsUom?: string | undefined;
  readonly weight?: string | undefined;
  readonly weightUom?: string | undefined;
}

/** A line with units, weight or both, each with its unit. */
export const measured = <T extends z.ZodType<Measured>>(line: T): T =>
  line
    .refine(({ units: given, unitsUom }) => (given === undefined) === (unitsUom === undefined), {
      path: ['unitsUom'],
      message: 'goes with units',
    })
    .refine(({ weight, weightUom }) => (weight === undefined) === (weightUom === undefined), {
      path: ['weightUom'],
      message: 'goes with weight',
    })
    .refine(({ units: given, weight }) => given !== undefined || weight !== undefined, {
      path: ['units'],
      message: 'or weight must be given',
    });
