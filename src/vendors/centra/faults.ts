import type { FaultRow } from '../../transport/soap/soap';
import { anyOf, cutShort } from '../../transport/formats/wording';

/** How a text about our own login reads; the vendor documents none, not even whether it comes as a fault. */
export const LOGIN_REFUSAL = anyOf(
  /\b(?:log(?:ged)?[ -]?in|user ?name|credentials?|authenticat\w{1,9}|(?:not |un)authori[sz]ed|access denied)\b/i,
  /^\W{0,9}(?:wrong|invalid|incorrect|bad) password\b/i,
);

/**
 * What Centra's faults mean; none is documented. PHP's `Server` and Zend's `Receiver` prove nothing by themselves: they
 * stand for whatever broke, unless their text says in so many words that it was not done. `Client` and `Sender` are
 * refusals by SOAP's own rules.
 */
export const faults: readonly FaultRow[] = [
  {
    code: /^(?:Receiver|Server)/i,
    text: anyOf(
      cutShort,
      /unknown error|internal (?:server )?error|exception|\bSQL|database|connection|deadlock|time[d -]{0,3}out|memory|fatal|unavailable|maintenance|temporar|try again/i,
    ),
    verdict: 'inconclusive-fault',
  },
  { text: LOGIN_REFUSAL, verdict: 'credentials-refusal' },
  { text: /\b(?:refused|rejected)\b/i, verdict: 'vendor-refusal' },
];
