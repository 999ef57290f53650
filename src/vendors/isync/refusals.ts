import type { FaultRow } from '../../transport/soap/soap';
import type { Verdict } from '../../transport/http/outcome';
import { anyOf, beginningOf, cutShort, type Wording } from '../../transport/formats/wording';

// No text of iSync's is documented. It says no by a false flag and a ResponseText "which may include exception details"
// (contract.md §B.3), so the text must tell apart three things that a caller acts on differently.

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

/**
 * What a false flag with this text means; only the look-up of an order can be told that there is none. Of a text that is
 * longer than is matched, nobody knows what the rest says: unless its beginning blames the request, it proves nothing.
 */
export function verdictOf(told: string, isOrderLookup: boolean, known: KnownTexts): Verdict {
  const text = beginningOf(told);
  if ((known.refusedKey ?? refusedKey).test(text)) return 'session-refusal';
  if (isOrderLookup && (known.absentOrder ?? absentOrder).test(text)) return 'missing-record';
  if (ofTheRequest.test(text)) return 'vendor-refusal';
  return text.trim() === '' || provesNothing.test(text) ? 'inconclusive-fault' : 'vendor-refusal';
}

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
