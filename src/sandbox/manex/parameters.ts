import type { VendorRequest } from '../vendor';
import { readLenientJson } from './lenient-json';

/** One call's parameters by canonical name: the vendor's reply column in upper case. */
export type Parameters = ReadonlyMap<string, string>;

/** The other names the documents use for the same parameter (docs/vendors/manex.md#names-of-parameters). */
const aliases = new Map([
  ['BILLACCOUNT', 'BILLACOUNT'],
  ['SOAPPRVINIT', 'SOAPPRVINT'],
  ['PLPRICELINK', 'PLPRICELNK'],
  ['PART_NO', 'PART_NUM'],
  ['U_OF_MEAS', 'UOFMEAS'],
  ['TRANSFER_DAYS', 'TRANS_DAYS'],
  ['SALESTYPEID', 'SALETYPEID'],
  ['UNIQLN', 'UNIQUELN'],
  ['DUE_DTS', 'DUE_DTS1'],
  ['DUEDATEUNIQ', 'DUEDT_UNIQ'],
]);

function canonical(name: string): string {
  const upper = name.trim().toUpperCase();
  return aliases.get(upper) ?? upper;
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch (error) {
    // ASP.NET leaves a broken escape as it stands.
    if (error instanceof URIError) return spaced;
    throw error;
  }
}

/**
 * Splits on `&` and on `?`: the documents join their samples with either. They also forget to join
 * (`PART_NUM=Xrevision=Y`) and close a brace that nothing opened.
 */
function pairs(query: string): [string, string][] {
  return query
    .replace(/^([^{]*)\}$/, '$1')
    .split(/[&?]/)
    .flatMap(apart)
    .filter((part) => part.includes('='))
    .map((part) => {
      const mark = part.indexOf('=');
      return [canonical(decoded(part.slice(0, mark))), decoded(part.slice(mark + 1)).trimEnd()];
    });
}

/** `PART_NUM=X`, `revision=Y`: a part of which the next name is glued to the value before it. */
function apart(part: string): string[] {
  const parts: string[] = [];
  let taken = 0;
  for (const { index } of part.matchAll(/revision=/gi)) {
    const mark = part.lastIndexOf('=', index);
    if (mark < taken || mark === index - 1) continue;
    parts.push(part.slice(taken, index));
    taken = index;
  }
  return [...parts, part.slice(taken)];
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return readLenientJson(body);
    throw error;
  }
}

function members(body: string): [string, string][] {
  const value = readJson(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object');
  return Object.entries(value).flatMap(([name, member]: [string, unknown]): [string, string][] =>
    typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean'
      ? [[canonical(name), String(member).trimEnd()]]
      : [],
  );
}

/**
 * The parameters of a call from its query and its body (JSON, or a form); names in any case, the body wins.
 *
 * @throws SyntaxError for a body that is neither.
 */
export function readParameters(request: VendorRequest): Parameters {
  const body = request.body.replace(/^\uFEFF/, '').trim();
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  // curl calls everything a form that it is not told about.
  const fromBody = body === '' ? [] : isForm && /^[\w$.%-]+=/.test(body) ? pairs(body) : members(body);
  return new Map([...pairs(request.query), ...fromBody]);
}
