import { bounds } from '../../domain/values/bounds';
import { printable } from '../../domain/values/printable';
import { failure, type CallName } from '../../transport/http/failure';
import type { Verdict } from '../../transport/http/outcome';
import { hiding } from '../../transport/formats/secrets';
import type { SoapValue } from '../../transport/formats/soap-value';
import type { VendorError } from '../../transport/http/vendor-error';
import { verdictOf, type KnownTexts } from './refusals';

/** The failure that a readable HTTP answer turned out to mean. */
export const ended = (call: CallName, verdict: Verdict, code: string, reason: string): VendorError =>
  failure(call, { phase: 'sent', ending: 'answered', status: 200, verdict }, { code, reason });

/** What was asked, as far as its answer repeats it, and what must not be shown. */
export interface Asked {
  readonly call: CallName;
  readonly identifier: string;
  readonly secrets: readonly string[];
  readonly known: KnownTexts;
}

/** The ResultXml of a success, null where there is none; or a refused key. */
export type Executed = { readonly resultXml: string | null } | { readonly keyRefused: VendorError };

/**
 * Reads `ExecuteResult`. The guide, its table and real servers each spell its members in their own way (contract.md
 * §C.3-2 to 4), so names are compared without case and all three spellings of the flag count.
 *
 * @throws VendorError for every end but success and a refused key
 */
export function executed(asked: Asked, response: SoapValue): Executed {
  const { call, known, secrets } = asked;
  const members = membersOf(memberOf(response, 'executeresult'));
  const flag = flagOf(members);
  if (flag === undefined) throw ended(call, 'unreadable', 'NO_FLAG', 'the answer does not say whether it succeeded');
  assertOurs(asked, members);
  const text = textOf(members.get('responsetext')) ?? '';
  if (flag) {
    const body = members.has('resultxml') ? members.get('resultxml') : members.get('messagexml');
    return { resultXml: resultXmlOf(call, body) };
  }
  if (text.trim().toLowerCase() === 'ok')
    throw ended(call, 'unreadable', 'CONTRADICTION', 'a false flag with the text OK');
  const told = printable(hiding(secrets)(text), bounds.message) || 'no reason given';
  const verdict = verdictOf(text, call.operation === 'GetWebSalesOrder', known);
  const error = ended(call, verdict, codes[verdict] ?? 'REFUSED', `refused: ${told}`);
  if (verdict !== 'session-refusal') throw error;
  return { keyRefused: error };
}

const codes: Partial<Record<Verdict, string>> = {
  'session-refusal': 'SESSION_KEY',
  'missing-record': 'NOT_FOUND',
  'inconclusive-fault': 'SERVER_ERROR',
};

function membersOf(value: SoapValue | undefined): ReadonlyMap<string, SoapValue> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  const members = new Map<string, SoapValue>();
  for (const [name, member] of Object.entries(value)) {
    const known = name.toLowerCase();
    // In two spellings it is several, like an element that stands there twice.
    members.set(known, members.has(known) ? [members.get(known) ?? null, member] : member);
  }
  return members;
}

const memberOf = (value: SoapValue, name: string): SoapValue | undefined => membersOf(value).get(name);
const textOf = (value: SoapValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const flagNames = ['successflag', 'resultflag', 'success'] as const;
/** No plain object: every one of those has a `constructor`, which would be a yes. */
const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** @returns undefined where there is no flag, one is no boolean, or two contradict each other */
function flagOf(members: ReadonlyMap<string, SoapValue>): boolean | undefined {
  const found = flagNames
    .filter((name) => members.has(name))
    .map((name) => flags.get((textOf(members.get(name)) ?? '').trim().toLowerCase()));
  const [first] = found;
  return found.every((flag) => flag === first) ? first : undefined;
}

/** Every answer repeats what it answers; one that repeats something else is another request's. */
function assertOurs({ call, identifier }: Asked, members: ReadonlyMap<string, SoapValue>): void {
  const echoes = { messagetype: call.operation, identifier };
  for (const [name, sent] of Object.entries(echoes)) {
    const echo = textOf(members.get(name))?.trim() ?? '';
    if (echo !== '' && echo.toLowerCase() !== sent.trim().toLowerCase()) {
      throw ended(call, 'unreadable', 'WRONG_ANSWER', 'the answer belongs to another request');
    }
  }
}

function resultXmlOf(call: CallName, body: SoapValue | undefined): string | null {
  if (body === undefined || body === null) return null;
  if (typeof body !== 'string') throw ended(call, 'unreadable', 'BAD_RESULT', 'the result is no text');
  // A .NET stream turned into text keeps its byte order mark.
  const xml = body.replace(/^\uFEFF/, '');
  return xml.trim() === '' ? null : xml;
}
