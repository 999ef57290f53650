import { readFileSync } from 'node:fs';
import { send } from '../../transport/http';
import { UnreadableText } from '../../transport/unreadable-text';
import { VendorError } from '../../transport/vendor-error';
import { checkWsdl, type WsdlFinding, type WsdlReport, type WsdlUse } from '../../transport/wsdl-check';
import { usedWhole } from '../../transport/wsdl-use';
import { checksOf, type Finding, type Findings, type System } from './finding';

const LIMITS = { deadlineMs: 20_000, idleMs: 10_000, maxBytes: 5 << 20 };
/** A WSDL of .NET comes in a few pieces; more than these is something else. */
const MOST_IMPORTS = 20;

/** What a SOAP vendor's own WSDL is compared with. */
export interface WsdlQuestion {
  readonly system: System;
  readonly endpoint: string;
  readonly use: WsdlUse;
  /** What to do where a name differs. */
  readonly remedy: (finding: WsdlFinding) => string;
}

/** Everything in a packaged WSDL is used: only what Claritum's records hold is known more exactly. */
export const useOfPackaged = (wsdlFile: string): WsdlUse => usedWhole(readFileSync(wsdlFile, 'utf8'));

/** Fetches the vendor's WSDL, and tells what we use of it that is missing or differs, one line each. */
export async function* wsdl({ system, endpoint, use, remedy }: WsdlQuestion): Findings {
  const { good, notice, bad } = checksOf(system);
  let report: WsdlReport;
  try {
    const first = await fetched(system, new URL(`${endpoint}?wsdl`));
    report = checkWsdl(use, first);
    if (report.imports.length > 0)
      report = checkWsdl(use, first, ...(await imported(system, endpoint, report.imports)));
  } catch (error) {
    if (!(error instanceof VendorError || error instanceof UnreadableText)) throw error;
    yield notice(
      'WSDL',
      error instanceof VendorError ? error.message : `what ?wsdl answers is no WSDL (${error.code})`,
      'nothing could be compared; ask the vendor for the WSDL of this version',
    );
    return;
  }
  const { findings } = report;
  const faults = findings.filter(({ state }) => state !== 'there');
  const isOperation = ({ used }: WsdlFinding): boolean => !used.includes('.');
  const there = (what: (finding: WsdlFinding) => boolean): string => {
    const all = findings.filter((each) => what(each) && each.state !== 'unused');
    return `${all.filter(({ state }) => state === 'there').length} of ${all.length}`;
  };
  const says = `${there(isOperation)} operations and ${there((each) => !isOperation(each))} fields as we use them`;
  yield faults.some(({ isRequired }) => isRequired) ? bad('WSDL', says, 'see the lines below') : good('WSDL', says);
  for (const finding of faults) yield told(system, finding, remedy);
}

function told(system: System, finding: WsdlFinding, remedy: (finding: WsdlFinding) => string): Finding {
  const { notice, bad } = checksOf(system);
  const { used, path, state, candidates, isRequired } = finding;
  const says = {
    there: `${used} is there`,
    missing:
      `${used}: there is no '${path}'` +
      (candidates.length === 0 ? '' : `; beside it stand ${candidates.map((name) => `'${name}'`).join(', ')}`),
    'other-shape': `${used}: '${path}' is something else there (a text for a record, one for a list, or the reverse)`,
    unused: `${used}: the WSDL asks for it, and we do not send it`,
  }[state];
  return isRequired ? bad('WSDL', says, remedy(finding)) : notice('WSDL', says, remedy(finding));
}

async function fetched(system: System, url: URL): Promise<string> {
  const { text } = await send({
    vendor: system,
    operation: '?wsdl',
    effect: 'read',
    url: url.href,
    method: 'GET',
    headers: {},
    contentTypes: /xml/i,
    readableStatuses: [200],
    limits: LIMITS,
    options: {},
  });
  return text;
}

/** A server behind a proxy names itself as it is called inside; its documents are had where the first one was. */
async function imported(system: System, endpoint: string, locations: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const location of locations.slice(0, MOST_IMPORTS)) {
    if (!URL.canParse(location, endpoint)) continue;
    const { pathname, search } = new URL(location, endpoint);
    texts.push(await fetched(system, new URL(`${pathname}${search}`, endpoint)));
  }
  return texts;
}
