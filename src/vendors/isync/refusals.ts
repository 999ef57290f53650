import type { FaultRow } from '../../transport/soap';
import type { Verdict } from '../../transport/outcome';

// No text of iSync's is documented. It says no by a false flag and a ResponseText "which may include exception details"
// (contract.md §B.3), so the text must tell apart three things that a caller acts on differently.

/** Where an installation's own words are known, in place of ours. */
export interface KnownTexts {
  /** Of a refused session key. A request refused so is taken for not carried out, and is sent once more. */
  readonly refusedKey?: RegExp;
  /** Of an order that `GetWebSalesOrder` does not find: taken for proof that it was not placed. */
  readonly absentOrder?: RegExp;
}

/** One sentence that says nothing of the inside of a program: an exception may have come after the effect. */
const isPlain = (text: string): boolean =>
  text.length <= 200 && !/[\r\n]|exception|\bat \S+\(|stack ?trace|\bsql\b|hibernate|database|transaction/i.test(text);

const refusedKey =
  /\b(?:invalid|expired|unknown|unrecogni[sz]ed|stale|missing|incorrect|wrong|inactive|no(?: valid| active)?) (?:\w+ )?session\b|\bsession\b.{0,60}\b(?:invalid|expired|unknown|not (?:valid|active|found|recogni[sz]ed)|no longer valid|invalidated|does not exist|terminated)\b|\bnot (?:logged in|authenticated|authori[sz]ed)\b|\bunauthori[sz]ed\b|\bauthentication (?:failed|required)\b|\blog ?in (?:first|again|required)\b/i;

const absentOrder =
  /^(?:the )?(?:(?:web )?(?:sales )?order )?not found\.?$|\b(?:order|PO ?number)\b.{0,120}\b(?:not (?:be )?found|does not exist|could not find|was not located|unknown)\b|\b(?:no|could not find|cannot find|unable to find|unknown) (?:such )?(?:an? |the |any )?(?:web ?)?(?:sales ?)?order\b/i;

/** Words of the database and the data contracts that say what is wrong with the request itself. */
const ofTheRequest =
  /violation of|cannot insert|conversion failed|would be truncated|(?:Serialization|Format|Argument\w*|Validation|Overflow|Xml)Exception/i;

/** Words of the machine: whatever was asked for may have been done before they came. */
const ofTheMachine =
  /\bSql\w*Exception|hibernate|login failed for user|timed? ?-?out|deadlock|\bconnection\b.{0,80}\b(?:closed|lost|refused|reset|failed|broken)|establish\w* a connection|transaction\b.{0,40}\babort|object reference not set|NullReference|out ?of ?memory|internal (?:server )?error|\b(?:service|server|system|database) (?:is )?(?:temporarily )?(?:unavailable|not available|down|busy)|maintenance|fatal error|unexpected error/i;

/** What a false flag with this text means; only the look-up of an order can be told that there is none. */
export function verdictOf(text: string, isOrderLookup: boolean, known: KnownTexts): Verdict {
  if (known.refusedKey?.test(text) ?? (isPlain(text) && refusedKey.test(text))) return 'session-refusal';
  if (isOrderLookup && (known.absentOrder?.test(text) ?? (isPlain(text) && absentOrder.test(text)))) {
    return 'missing-record';
  }
  if (!ofTheRequest.test(text) && (ofTheMachine.test(text) || text.trim() === '')) return 'inconclusive-fault';
  return 'vendor-refusal';
}

/**
 * SOAP faults are not iSync's way of saying no, but WCF's before it calls iSync (the request cannot be read, nothing was
 * done) or after something broke in it, which proves nothing; and perhaps a refused login's, which is undocumented.
 */
export const faults: readonly FaultRow[] = [
  { code: /^(?:ActionNotSupported|DeserializationFailed)/i, verdict: 'vendor-refusal' },
  { text: ofTheMachine, verdict: 'inconclusive-fault' },
  { text: plainly(refusedKey), verdict: 'session-refusal' },
  { text: plainly(/\b(?:password|credentials?|user ?name|log ?(?:in|on))\b/i), verdict: 'credentials-refusal' },
];

/** As {@link isPlain}, in one expression. */
function plainly({ source }: RegExp): RegExp {
  return new RegExp(`^(?=.{1,200}$)(?!.*(?:exception|\\bsql\\b|database|transaction)).*(?:${source})`, 'i');
}
