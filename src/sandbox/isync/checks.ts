import { compare } from '../../domain/values/decimal';
import { Refused } from './refused';
import { isValues, textOf } from '../values';
import type { Value, Values } from '../values';

/** A number as .NET has it: one that did not come is 0. */
export const numberOf = (values: Values, member: string): string => textOf(values, member) || '0';

/** @param where empty, or what the sentence begins with: `Line 2: ` */
export function checkTexts(values: Values, members: readonly string[], where = ''): void {
  const missing = members.find((member) => textOf(values, member).trim() === '');
  if (missing !== undefined) throw new Refused(`${where}${missing} is required.`);
}

export function checkStatus(values: Values, where = ''): void {
  if (!['1', '3'].includes(numberOf(values, 'StatusID'))) {
    throw new Refused(`${where}StatusID must be 1 (Pending) or 3 (Approved).`);
  }
}

export function checkAtLeastZero(values: Values, members: readonly string[], where: string): void {
  const wrong = members.find((member) => compare(numberOf(values, member), '0') < 0);
  if (wrong !== undefined) throw new Refused(`${where}${wrong} must be >= 0.`);
}

export function checkAboveZero(values: Values, members: readonly string[], where: string): void {
  const wrong = members.find((member) => compare(numberOf(values, member), '0') <= 0);
  if (wrong !== undefined) throw new Refused(`${where}${wrong} must be > 0.`);
}

/** A stock item needs a barcode; the document's own sample leaves that of a non-stock item empty. */
export function checkArticle(line: Values, where: string): void {
  checkAtLeastZero(line, ['CNTypeID'], where);
  if (numberOf(line, 'CNTypeID') === '0') checkTexts(line, ['ThirdPartyBarcode'], where);
}

/** The lines, with how a sentence about each begins. @throws Refused where there are none, or one is nil */
export function linesOf(list: Value | undefined): readonly { readonly line: Values; readonly where: string }[] {
  if (!Array.isArray(list) || list.length === 0) throw new Refused('LineItems is required.');
  return (list as readonly Value[]).map((line, index) => {
    if (!isValues(line)) throw new Refused('Object reference not set to an instance of an object.');
    return { line, where: `Line ${index + 1}: ` };
  });
}
