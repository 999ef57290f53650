import { add, compare } from '../../domain/values/decimal';
import { readDate, stored } from './calendar';
import type { Parameters } from './parameters';

/** numeric(14,5), assumed: a product of two still fits exact arithmetic. */
const numeric = /^-?\d{1,9}(\.\d{1,5})?$/;

/** Thrown when the vendor says no; its message is the envelope's Message. Nothing has been changed by then. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const flags = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
]);

/** One call's parameters, read by type. Reasons the documents do not give are invented in their manner. */
export class Given {
  /** @param failure what the vendor puts before a reason, for example `Sales Order add failed.` */
  constructor(
    private readonly values: Parameters,
    private readonly failure: string,
  ) {}

  /** A refusal with this operation's prefix. */
  refused(reason: string): Refused {
    return new Refused(this.failure + reason);
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** '' where it is missing. */
  text(name: string): string {
    return this.values.get(name) ?? '';
  }

  /** @throws Refused `<label> not provided.` when missing or blank. */
  required(name: string, label: string): string {
    const value = this.text(name).trim();
    if (value === '') throw new Refused(`${label} not provided.`);
    return value;
  }

  /** A plain decimal of at least 0, or undefined where it is missing or blank. */
  quantity(name: string): string | undefined {
    const value = this.decimal(name);
    if (value !== undefined && compare(value, '0') < 0) throw this.refused(`${name} is not valid.`);
    return value;
  }

  /** A plain decimal of up to nine digits and five decimals, or undefined where it is missing or blank. */
  decimal(name: string): string | undefined {
    const value = this.text(name).trim();
    if (value === '') return undefined;
    if (!numeric.test(value)) throw this.refused(`${name} is not valid.`);
    return add(value, '0');
  }

  flag(name: string): boolean {
    const value = this.text(name).trim().toLowerCase();
    const flag = value === '' ? false : flags.get(value);
    if (flag === undefined) throw this.refused(`${name} is not valid.`);
    return flag;
  }

  /** A stored date (`2014-11-13T00:00:00`), or undefined where it is missing or blank. */
  date(name: string): string | undefined {
    const value = this.text(name).trim();
    if (value === '') return undefined;
    const date = readDate(value);
    if (date === undefined) throw this.refused(`${name} is not a valid date.`);
    return stored(date);
  }

  /** SoNo as it is stored: ten digits, padded with zeros; '' where it is missing or blank. */
  soNo(): string {
    const value = this.text('SONO').trim();
    return value === '' ? '' : value.padStart(10, '0');
  }
}
