import { FailureType } from '../../domain/case/failure-types';
import { answerError, type CallName } from '../../transport/http/failure';
import { refusalError, type RefusalRow } from '../../transport/http/refusal';
import type { Attempt } from '../../transport/http/session';
import { VendorError } from '../../transport/http/vendor-error';
import type { FaultRow } from '../../transport/soap/soap';
import type { SoapValue } from '../../transport/formats/soap-value';
import { anyOf, cutShort, type Wording } from '../../transport/formats/wording';
import { loginCall } from './operations';

/** What was asked, as far as its answer repeats it, and what must not be shown. */
export interface Asked {
  readonly call: CallName;
  readonly identifier: string;
  readonly secrets: readonly string[];
  readonly known: KnownTexts;
}

/**
 * Reads `ExecuteResult`. The guide, its table and real servers each spell its members in their own way
 * (docs/vendors/isync.md#execute), so names are compared without case and all three spellings of the flag count.
 *
 * @returns the ResultXml of a success, null where there is none; or a refused key
 * @throws VendorError for every other end
 */
export function readExecuted(asked: Asked, response: SoapValue): Attempt<string | null> {
  const { call, known, secrets } = asked;
  const members = membersOf(memberOf(response, 'executeresult'));
  const flag = flagOf(members);
  if (flag === undefined)
    throw answerError(call, 'unreadable', 'NO_FLAG', 'the answer does not say whether it succeeded');
  assertOurs(asked, members);
  const text = textOf(members.get('responsetext')) ?? '';
  if (flag) {
    const body = members.has('resultxml') ? members.get('resultxml') : members.get('messagexml');
    return { answer: resultXmlOf(call, body) };
  }
  if (text.trim().toLowerCase() === 'ok')
    throw answerError(
      call,
      'unreadable',
      'CONTRADICTION',
      'the answer contradicts itself: it says false, and its text says OK',
    );
  const error = refusalError(refusalsOf(known), { call, text, secrets });
  if (error.code !== KEY_REFUSED) throw error;
  return { keyRefused: error };
}

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
      throw answerError(call, 'unreadable', 'WRONG_ANSWER', 'the answer belongs to another request');
    }
  }
}

function resultXmlOf(call: CallName, body: SoapValue | undefined): string | null {
  if (body === undefined || body === null) return null;
  if (typeof body !== 'string') throw answerError(call, 'unreadable', 'BAD_RESULT', 'the result is not text');
  // A .NET stream turned into text keeps its byte order mark.
  const xml = body.replace(/^\uFEFF/, '');
  return xml.trim() === '' ? null : xml;
}

// No text of iSync's is documented. It says no by a false flag and a ResponseText "which may include exception details"
// (docs/vendors/isync.md#execute), so the text must tell apart three things that a caller acts on differently.

/** Where an installation's own words are known, in place of ours. */
export interface KnownTexts {
  /** Of a refused session key. A request refused so is taken for not carried out, and is sent once more. */
  readonly refusedKey?: Wording;
  /** Of an order that `GetWebSalesOrder` does not find: taken for proof that it was not placed. */
  readonly absentOrder?: Wording;
}

/** Longer is more than one sentence. */
const LONGEST_SENTENCE = 200;

/** One sentence that says nothing of the inside of a program: an exception may have come after the effect. */
const isPlain = (text: string): boolean => text.length <= LONGEST_SENTENCE && !ofAProgram.test(text);

const ofAProgram = /[\r\n]|exception|\bat \S{1,200}\(|stack ?trace|\bsql\b|hibernate|database|transaction/i;

const plainly = (wording: Wording): Wording => ({ test: (text) => isPlain(text) && wording.test(text) });

const refusedKey = plainly(
  anyOf(
    /\b(?:invalid|expired|unknown|unrecogni[sz]ed|stale|missing|incorrect|wrong|inactive|no(?: valid| active)?) (?:\w{1,50} )?session\b/i,
    /\bsession\b.{0,60}\b(?:invalid|expired|unknown|not (?:valid|active|found|recogni[sz]ed)|no longer valid|invalidated|does not exist|terminated)\b/i,
    /\bnot (?:logged in|authenticated|authori[sz]ed)\b|\bunauthori[sz]ed\b/i,
    /\bauthentication (?:failed|required)\b|\blog ?in (?:first|again|required)\b/i,
  ),
);

const absentOrder = plainly(
  anyOf(
    /^(?:the )?(?:(?:web )?(?:sales )?order )?not found\.?$/i,
    /\b(?:order|PO ?number)\b.{0,120}\b(?:not (?:be )?found|does not exist|could not find|was not located|unknown)\b/i,
    /\b(?:no|could not find|cannot find|unable to find|unknown) (?:such )?(?:an? |the |any )?(?:web ?)?(?:sales ?)?order\b/i,
  ),
);

/** Words of the database and the data contracts that say what is wrong with the request itself. */
const ofTheRequest = anyOf(
  /violation of|cannot insert|conversion failed|would be truncated/i,
  /(?:Serialization|Format|Argument\w{0,20}|Validation|Overflow|Xml)Exception/i,
);

/** Words of the machine: whatever was asked for may have been done before they came. */
const ofTheMachine = anyOf(
  /\bSql\w{0,30}Exception|hibernate|login failed for user|timed? ?-?out|deadlock/i,
  /\bconnection\b.{0,80}\b(?:closed|lost|refused|reset|failed|broken)|establish\w{0,4} a connection|transaction\b.{0,40}\babort/i,
  /object reference not set|NullReference|out ?of ?memory|internal (?:server )?error|maintenance|fatal error|unexpected error/i,
  /\b(?:service|server|system|database) (?:is )?(?:temporarily )?(?:unavailable|not available|down|busy)/i,
);

const provesNothing = anyOf(ofTheMachine, cutShort);

const KEY_REFUSED = 'SESSION_KEY';

/**
 * What a false flag with a text means; only the look-up of an order can be told that there is none. Of a text that is
 * longer than is matched, nobody knows what the rest says: unless its beginning blames the request, it proves nothing.
 */
export const refusalsOf = (known: KnownTexts): readonly RefusalRow[] => [
  { code: KEY_REFUSED, text: known.refusedKey ?? refusedKey, verdict: 'session-refusal' },
  { code: 'NOT_FOUND', of: /^GetWebSalesOrder$/, text: known.absentOrder ?? absentOrder, verdict: 'missing-record' },
  { code: 'REFUSED', text: ofTheRequest },
  { code: 'SERVER_ERROR', text: anyOf(/^\s*$/, provesNothing), verdict: 'inconclusive-fault' },
];

/**
 * SOAP faults are not iSync's way of saying no, but WCF's before it calls iSync (the request cannot be read, nothing was
 * done) or after something broke in it, which proves nothing; and perhaps a refused login's, which is undocumented.
 */
export const faults: readonly FaultRow[] = [
  { code: /^(?:ActionNotSupported|DeserializationFailed)/i, verdict: 'vendor-refusal' },
  { text: provesNothing, verdict: 'inconclusive-fault' },
  { text: refusedKey, verdict: 'session-refusal' },
  { text: plainly(/\b(?:password|credentials?|user ?name|log ?(?:in|on))\b/i), verdict: 'credentials-refusal' },
];

/** Undocumented is how a login is refused. */
export const loginRefusedError = (): VendorError =>
  answerError(loginCall, 'credentials-refusal', 'INVALID_LOGIN', 'iSync gave no session key for this login');

/** At once, everybody would meet again. */
const soon = (): number => 200 + Math.floor(Math.random() * 1_800);

/** Refused with a key that was good a moment ago: another process has logged in since. Nothing was carried out. */
export const contendedError = ({ vendor, operation }: CallName, { requestId }: VendorError): VendorError =>
  new VendorError({
    type: FailureType.VendorUnavailable,
    vendor,
    operation,
    code: 'SESSION_CONTENDED',
    message: `${vendor} ${operation}: nothing was carried out: the new session was refused too; somebody else logs in as the same user`,
    status: 200,
    retryAfterMs: soon(),
    ...(requestId === undefined ? {} : { requestId }),
  });
