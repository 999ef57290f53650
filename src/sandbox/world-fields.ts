import { isDecimal, isPositive } from '../domain/values/decimal';
import type { Fields } from './fields';

/** Thrown for a world action that cannot be carried out; nothing has changed. */
export class WorldRefused extends Error {
  override readonly name = 'WorldRefused';

  constructor(
    readonly status: 400 | 404,
    message: string,
  ) {
    super(message);
  }
}

export function text(fields: Fields, name: string): string {
  const value = fields[name] ?? '';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') throw new WorldRefused(400, `${name} must be a string`);
  return value;
}

export function given(fields: Fields, name: string): string {
  const value = text(fields, name);
  if (value === '') throw new WorldRefused(400, `${name} is missing`);
  return value;
}

export function decimal(fields: Fields, name: string): string {
  const value = given(fields, name);
  if (!isDecimal(value)) throw new WorldRefused(400, `${name} must be a decimal number`);
  return value;
}

export function positive(fields: Fields, name: string): string {
  const value = decimal(fields, name);
  if (!isPositive(value)) throw new WorldRefused(400, `${name} must be above zero`);
  return value;
}

export function count(fields: Fields, name: string): string {
  const value = positive(fields, name);
  if (!/^\d+$/.test(value)) throw new WorldRefused(400, `${name} must be a whole number`);
  return value;
}

/** As {@link count}, and 0. */
export function whole(fields: Fields, name: string): string {
  const value = given(fields, name);
  if (!/^\d+$/.test(value)) throw new WorldRefused(400, `${name} must be a whole number`);
  return value;
}

export function flag(fields: Fields, name: string, otherwise: boolean): boolean {
  const value = fields[name] ?? otherwise;
  if (typeof value !== 'boolean') throw new WorldRefused(400, `${name} must be true or false`);
  return value;
}

export const optional = (fields: Fields, name: string, read: (fields: Fields, name: string) => string): string =>
  text(fields, name) === '' ? '' : read(fields, name);

export function isCalendarDate(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === value;
}
