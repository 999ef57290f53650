import { readFileSync } from 'node:fs';
import { send } from '../../transport/http/http';
import { UnreadableText } from '../../transport/formats/unreadable-text';
import { checkWsdl, type WsdlFinding, type WsdlUse } from '../../transport/wsdl/check';
import { importsOf } from '../../transport/wsdl/shape';
import { usedWhole } from '../../transport/wsdl/use';
import { bothTimes, secondTry, sentence, tryTwice } from './calls';
import { checksOf, type Finding, type Findings, type System } from './finding';

const LIMITS = { deadlineMs: 20_000, idleMs: 10_000, maxBytes: 5 << 20 };
/** A WSDL of .NET comes in a few pieces; more than these is something else. */
const MOST_PIECES = 20;

/** What a SOAP vendor's own WSDL is compared with. */
export interface WsdlQuestion {
  readonly system: System;
  readonly endpoint: string;
  readonly use: WsdlUse;
  /** What to do where a name differs. */
  readonly remedy: (finding: WsdlFinding) => string;
}

/** @param isNeeded whether nothing works without an operation @default every one is needed */
export const useOfPackaged = (wsdlFile: string, isNeeded?: (operation: string) => boolean): WsdlUse =>
  usedWhole(readFileSync(wsdlFile, 'utf8'), isNeeded);

/** Fetches the vendor's WSDL, and tells what we use of it that is missing or differs, one line each. */
export async function* examineWsdl(question: WsdlQuestion): Findings {
  const { system, endpoint } = question;
  const nothing = (why: string): Finding =>
    checksOf(system).notice('WSDL', why, 'nothing was compared; ask the vendor for the WSDL of this version');
  try {
    const read = await tryTwice(() => pieces(system, endpoint));
    if ('error' in read) {
      yield nothing(bothTimes(sentence(read.error, '?wsdl'), read.lost && sentence(read.lost, '?wsdl')));
      return;
    }
    if (read.lost !== undefined) yield secondTry(system, 'WSDL', read.lost);
    yield* compared('WSDL', question, read.answer);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    yield nothing(`?wsdl does not answer with a WSDL (${error.code})`);
  }
}

/**
 * What we use that these documents lack or describe otherwise: one line for all, and one for each difference.
 *
 * @throws UnreadableText for what is no WSDL
 */
export function compared(
  check: string,
  { system, use, remedy }: Pick<WsdlQuestion, 'system' | 'use' | 'remedy'>,
  documents: readonly string[],
): Finding[] {
  const { good, notice, bad } = checksOf(system);
  const { findings } = checkWsdl(use, ...documents);
  const faults = findings.filter(({ state }) => state !== 'there');
  const isOperation = ({ used }: WsdlFinding): boolean => !used.includes('.');
  const there = (what: (finding: WsdlFinding) => boolean): string => {
    const all = findings.filter((each) => what(each) && each.state !== 'unused');
    return `${all.filter(({ state }) => state === 'there').length} of ${all.length}`;
  };
  const says = `${there(isOperation)} operations and ${there((each) => !isOperation(each))} fields match`;
  const isBroken = faults.some(({ isRequired }) => isRequired);
  return [
    isBroken ? bad(check, says, 'see the lines below') : good(check, says),
    ...alike(faults, use).map(([fault, ...others]) =>
      (fault.isRequired ? bad : notice)(check, told(fault, others.length), remedy(fault)),
    ),
  ];
}

type Alike = readonly [WsdlFinding, ...WsdlFinding[]];

/** What is the same in many operations, like the credentials, is told once. */
function alike(faults: readonly WsdlFinding[], { operations }: WsdlUse): Alike[] {
  const groups = new Map<string, Alike>();
  for (const fault of faults) {
    const { used, state, path, candidates } = fault;
    const [owner = '', ...field] = used.split('.');
    const isPart = field.length > 0 && operations.some(({ name }) => name === owner);
    const key = isPart ? [state, field.join('.'), path, ...candidates].join(' ') : used;
    const known = groups.get(key);
    groups.set(key, known === undefined ? [fault] : [...known, fault]);
  }
  return [...groups.values()];
}

function told({ used, path, state, candidates }: WsdlFinding, others: number): string {
  const what = others === 0 ? used : `${used} and in ${others} more`;
  const beside = candidates.map((name) => `'${name}'`).join(', ');
  return {
    there: `${what} is there`,
    missing: `${what}: '${path}' not found${beside === '' ? '' : `; unknown to Waybill: ${beside}`}`,
    'other-shape': `${what}: '${path}' has another type there (text or record, one or a list)`,
    unused: `${what}: the WSDL asks for it, but Waybill does not send it`,
  }[state];
}

async function fetched(system: System, url: URL): Promise<string> {
  const { text } = await send({
    vendor: system,
    operation: '?wsdl',
    effect: 'read',
    url: url.href,
    method: 'GET',
    headers: {},
    secrets: [],
    contentTypes: /xml/i,
    readableStatuses: [200],
    limits: LIMITS,
    options: {},
  });
  return text;
}

/**
 * The WSDL and, where it comes in pieces, all of them. A server behind a proxy names itself as it is called inside; its
 * pieces are had where the first one was, and nowhere else.
 */
async function pieces(system: System, endpoint: string): Promise<string[]> {
  const wanted = [new URL(`${endpoint}?wsdl`).href];
  const texts: string[] = [];
  for (const url of wanted) {
    const text = await fetched(system, new URL(url));
    texts.push(text);
    for (const location of importsOf(text).filter((each) => URL.canParse(each, url))) {
      const { pathname, search } = new URL(location, url);
      const piece = new URL(`${pathname}${search}`, endpoint).href;
      if (!wanted.includes(piece) && wanted.length < MOST_PIECES) wanted.push(piece);
    }
  }
  return texts;
}
