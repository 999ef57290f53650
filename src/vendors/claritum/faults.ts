import type { FaultRow } from '../../transport/soap/soap';
import { anyOf, cutShort } from '../../transport/formats/wording';

/**
 * What Claritum's faults mean. No text is documented. Its platform (Zend on PHP, vendors/claritum.md §2) answers
 * `Receiver: Unknown error` for whatever breaks, and `Receiver` with the message of an exception the vendor registered
 * for its callers: its own words, thrown on purpose. So a `Receiver` that speaks of the request is a refusal, and one
 * that speaks of the machine, like every `Server` (PHP itself), proves nothing. `Client` and `Sender` are refusals by
 * SOAP's own rules.
 */
export const faults: readonly FaultRow[] = [
  {
    code: /^(?:Receiver|Server)/i,
    text: anyOf(
      cutShort,
      /^\s*$/,
      /unknown error|internal (?:server )?error|exception|\bSQL|database|deadlock|time[d -]{0,3}out|connection|memory|fatal|unavailable|maintenance|temporar|try again/i,
    ),
    verdict: 'inconclusive-fault',
  },
  {
    text: /\b(?:credentials?|password|api uid|log(?:ged)? ?in|authenticat\w{1,9}|(?:not |un)authori[sz]ed|access denied|not available to the \w{1,30} role)\b/i,
    verdict: 'credentials-refusal',
  },
  {
    text: /^(?:uid|order|stock order|specification|attachment)\b.{0,100}\bdoes not exist\b/i,
    verdict: 'missing-record',
  },
  { code: /^Receiver/i, verdict: 'vendor-refusal' },
];
