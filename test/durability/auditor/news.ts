import { effectsOf, isListed, type Case } from './case';
import { isSame } from './decimals';
import type { Content, Evidence, VersionRow } from './evidence';

/** An instant of the sandbox and one of a workflow may differ by a clock's tick. */
const TICK_MS = 50;

const LISTS = ['getPurchaseOrders', 'getDeliveries', 'getPurchaseInvoices'];

const uidsOf = ({ order, deliveries, invoices }: Case): readonly string[] => [
  order.uid,
  ...[...deliveries, ...invoices].map(({ uid }) => uid),
];

const written = ({ versions }: Evidence, uid: string): readonly VersionRow[] =>
  versions.filter((version) => version.uid === uid);

/** What a record may have said when a call arrived: of a call between two notes, both. */
function saidAt(versions: readonly VersionRow[], n: number): readonly Content[] {
  const certain = versions.findLastIndex(({ from }) => from < n);
  const possible = versions.filter(({ since }, index) => index === certain || (index > certain && since < n));
  return possible.flatMap(({ content }) => (content === null ? [] : [content]));
}

const isSameContent = (left: Content, right: Content): boolean =>
  isSame(left.quantity, right.quantity) &&
  (left.unitPrice === null || right.unitPrice === null || isSame(left.unitPrice, right.unitPrice)) &&
  (left.status ?? '').trim().toLowerCase() === (right.status ?? '').trim().toLowerCase() &&
  left.shares.length === right.shares.length &&
  left.shares.every((share, index) => isSame(share, right.shares[index] ?? ''));

const inWords = ({ quantity, unitPrice, status, shares }: Content): string =>
  [quantity, ...(unitPrice === null ? [] : [`at ${unitPrice}`]), status ?? '', ...shares].join(' ').trim();

/** The version acknowledged is the version taken in: what the source says at the mark is what its owner set out to mark. */
export function* acknowledgedAsTakenIn(judged: Case, evidence: Evidence): Iterable<string> {
  for (const uid of uidsOf(judged)) {
    for (const { n, at, fault } of effectsOf(judged, 'markExported', uid)) {
      // A delivery is marked by a local activity: of one that was killed with its worker no history tells. What was booked, does.
      if (fault === 'kill' && judged.deliveries.some((delivery) => delivery.uid === uid)) continue;
      const said = saidAt(written(evidence, uid), n);
      if (said.length === 0) continue;
      const until = new Date(Date.parse(at) + TICK_MS).toISOString();
      const meant = judged.told?.acknowledged.findLast((attempt) => attempt.uid === uid && attempt.at <= until);
      if (meant === undefined) yield `${uid} was marked by call ${n}, and no owner had set out to`;
      else if (meant.content === null)
        yield `${uid} was marked by call ${n} in a version that its owner was never told`;
      else if (!said.some((content) => isSameContent(content, meant.content ?? content)))
        yield `${uid} was marked by call ${n} as ${said.map(inWords).join(' or ')}, taken in as ${inWords(meant.content)}`;
    }
  }
}

/** Nothing seen is ignored without a trace: what a list showed last of a record is acknowledged, set aside, asked or a task. */
export function* nothingIgnored(judged: Case, evidence: Evidence): Iterable<string> {
  const { order, told, deliveries } = judged;
  const underWay = deliveries.filter(({ status }) => status.trim().toLowerCase() !== 'delivered');
  for (const uid of uidsOf(judged)) {
    if (underWay.some((delivery) => delivery.uid === uid)) continue;
    const version = written(evidence, uid).at(-1);
    if (version === undefined || version.content === null || !isSeen(version, evidence)) continue;
    const { content } = version;
    const isAcknowledged = told?.acknowledged.some(
      (attempt) => attempt.uid === uid && attempt.content !== null && isSameContent(attempt.content, content),
    );
    const isSetAside = evidence.setAside.some((record) => record.uid === uid);
    const isAsked = told?.open.some(({ facts }) => uid === order.uid || facts.some(({ value }) => value === uid));
    const isTraced = [isAcknowledged, isSetAside, isListed(told, uid), isAsked].includes(true);
    if (!isTraced) yield `${uid} was listed as ${inWords(content)}, and nothing was made of that`;
  }
}

/** Whether a list was answered while the record stood in it for certain. */
const isSeen = ({ from }: VersionRow, { ledger }: Evidence): boolean =>
  ledger.calls.some(({ operation, outcome, n }) => LISTS.includes(operation) && outcome === 'ok' && n > from);
