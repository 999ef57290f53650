import { z } from 'zod';
import { isDecimal, isWhole, plain } from '../../domain/values/decimal';

// The words of which the shapes we send are made: strict objects of text, members in the order of the WSDL. What is
// left out is not changed; an empty text blanks the field (docs/vendors/centra.md#what-an-update-leaves-out).

/** Identifies the record to be changed; an unknown one is created. */
export const id = z.string().min(1, 'is empty');
export const text = z.string().optional();
/** What the WSDL calls `int`, as text: `4.00` is sent as `4`. */
export const whole = z
  .string()
  .transform((value) => (isDecimal(value) && isWhole(value) ? plain(value) : value))
  .pipe(z.string().regex(/^-?\d{1,18}$/, 'is not a whole number'));
/** The vendor writes booleans in two ways; which field takes which: docs/vendors/centra.md#values. */
export const yesNo = z.enum(['yes', 'no']).optional();
export const trueFalse = z.enum(['true', 'false']).optional();

/** A list as callers know it, an element around repeated elements on the wire. */
export const listOf = <Entry extends z.ZodType>(name: string, entry: Entry) =>
  z
    .array(entry)
    .readonly()
    .transform((entries) => ({ [name]: entries }));

const Reference = z.strictObject({ id, description: text });
export const reference = Reference.optional();
export const referencesOf = (name: string) => listOf(name, Reference).optional();

export const Amount = z.strictObject({ subtotal: text, description: text, key: text, id: text });
export const amount = Amount.optional();

/** Who and where, in the order in which every record of the WSDL has it. */
export const person = {
  firstname: text,
  lastname: text,
  address1: text,
  address2: text,
  city: text,
  state: text,
  zipcode: text,
  country: text,
  email: text,
  telephone: text,
} as const;

export const Address = z.strictObject({
  id: text,
  description: text,
  company: text,
  attn: text,
  ...person,
  fax: text,
  vat: text,
  url: text,
  companyregistrationid: text,
});
export const address = Address.optional();

export const carrierInformation = z
  .strictObject({
    carrier: text,
    service: text,
    account: text,
    taxid: text,
    tracking: text,
    packages: whole.optional(),
  })
  .optional();

export const additionals = listOf('additional', z.strictObject({ key: text, value: text })).optional();

export const MasterSalesReps = listOf('salesrep', z.strictObject({ id, percent: text })).optional();
