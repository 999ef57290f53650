import type { CallLine } from './calls';
import { systemCode } from './fields';
import type { Fault, FaultName } from './fault-settings';
import type { Later } from './later';
import { quotedAs } from './quoted-secrets';
import type { Reply } from './reply';
import type { CommitResult, ListDistortion, PreparedCall, VendorAnswer } from './vendor';

/** One call on its way through the front. */
export interface Exchange {
  readonly call: PreparedCall;
  readonly line: CallLine;
  readonly reply: Reply;
  readonly later: Later;
  /** What the vendor says to the same request now: after its session was voided, its own refusal. */
  readonly askAgain: () => PreparedCall | { readonly answer: VendorAnswer };
  /** Keeps what the call has changed over a restart; done before anyone is told of it. */
  readonly keep: () => void;
}

/** How long `late` waits for a caller without a deadline before it hangs up on it. */
const PATIENCE_MS = 30_000;

function commit({ call, line, keep }: Exchange): CommitResult {
  const result = call.commit();
  line.effects += result.effects;
  keep();
  return result;
}

function send({ reply, line }: Exchange, { answer, outcome }: Pick<CommitResult, 'answer' | 'outcome'>): void {
  if (reply.answer(answer)) line.outcome = outcome;
}

const titles = { '500': 'Internal Server Error', '502': 'Bad Gateway', '503': 'Service Unavailable' } as const;

/** An outage page of 400 KB without a single colon: the kind that stalls careless XML readers. */
function outagePage(status: keyof typeof titles): VendorAnswer {
  const title = `${status} ${titles[status]}`;
  const row = '<p>The service is not available at the moment. Please try again in a few minutes.</p>\n';
  const head = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1>\n`;
  const rows = row.repeat(Math.ceil((400 * 1024 - head.length) / row.length));
  const body = `${head}${rows}</body></html>\n`;
  return { status: Number(status), headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** An answer nobody can read a result from; the effect is there or not by `phase`. */
function unreadable(make: (exchange: Exchange, committed: CommitResult | undefined) => VendorAnswer) {
  return (exchange: Exchange, { phase }: Fault): void => {
    const committed = phase === 'after' ? commit(exchange) : undefined;
    exchange.reply.answer(make(exchange, committed));
  };
}

const outage = (status: keyof typeof titles) => unreadable(() => outagePage(status));

const truncated = (answer: VendorAnswer): VendorAnswer => ({
  ...answer,
  body: answer.body.slice(0, Math.floor(answer.body.length / 2)),
});

const refuseByVendor = (exchange: Exchange): void =>
  send(exchange, { answer: exchange.call.refusal(), outcome: 'refused' });

function quoteSecrets(exchange: Exchange, { form }: Fault): void {
  const quoted = quotedAs(form, exchange.call.credentials ?? []);
  send(exchange, { answer: exchange.call.refusal(` (${quoted.join(', ')})`), outcome: 'refused' });
}

const refuseByFault = (exchange: Exchange): void =>
  send(exchange, { answer: exchange.call.soapFault?.() ?? exchange.call.refusal(), outcome: 'refused' });

function loseSession(exchange: Exchange): void {
  exchange.call.loseSession?.();
  exchange.keep();
  const now = exchange.askAgain();
  send(exchange, { answer: 'answer' in now ? now.answer : exchange.call.refusal(), outcome: 'refused' });
}

const distort = (how: ListDistortion) => (exchange: Exchange) => {
  answerWith(exchange, exchange.call.distortList?.(how));
};

function answerWith(exchange: Exchange, distorted: CommitResult | undefined): void {
  const result = distorted ?? exchange.call.commit();
  exchange.line.effects += result.effects;
  send(exchange, result);
}

/** @returns false when there is no such process (any more) */
function signalled({ pid, signal }: Fault): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (['ESRCH', 'EPERM'].includes(String(systemCode(error)))) return false;
    throw error;
  }
}

/** Kills at the exact point; the line says so only if the signal was delivered. */
function kill(exchange: Exchange, fault: Fault): void {
  const early = fault.phase === 'before' && signalled(fault);
  const result = commit(exchange);
  const hit = early || (fault.phase === 'after' && signalled(fault));
  if (!hit) exchange.line.fault = null;
  send(exchange, result);
}

/** What each fault does (docs/sandbox.md#faults); every one commits at most once. */
const faults: Readonly<Record<FaultName, (exchange: Exchange, fault: Fault) => void>> = {
  refuse: ({ reply }) => reply.reset(),
  drop: (exchange) => {
    commit(exchange);
    exchange.reply.cut();
  },
  timeout: (exchange) => {
    commit(exchange);
  },
  'timeout-before': () => undefined,
  late: (exchange, { ms }) => {
    const { reply, later } = exchange;
    reply.onGivenUp(later, PATIENCE_MS, () => {
      later.after(ms, () => commit(exchange));
    });
  },
  slow: (exchange, { ms }) => {
    const { answer, outcome } = commit(exchange);
    exchange.later.after(ms, () =>
      exchange.reply.trickle(answer, (heard) => {
        if (heard) exchange.line.outcome = outcome;
        exchange.keep();
      }),
    );
  },
  '500': outage('500'),
  '502': outage('502'),
  '503': outage('503'),
  '429': (exchange, { retryAfter }) => {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'retry-after': retryAfter };
    send(exchange, { answer: { status: 429, headers, body: 'Too many requests.\n' }, outcome: 'refused' });
  },
  'soap-fault': refuseByFault,
  'refused-by-vendor': refuseByVendor,
  malformed: unreadable(({ call }, committed) => truncated(committed?.answer ?? call.refusal())),
  empty: unreadable((_, committed) => ({ status: 200, headers: committed?.answer.headers ?? {}, body: '' })),
  'wrong-answer': (exchange) => {
    commit(exchange);
    exchange.reply.answer(exchange.call.wrongAnswer());
  },
  'session-lost': loseSession,
  'duplicate-delivery': distort('duplicate-delivery'),
  reorder: distort('reorder'),
  'empty-list': distort('empty-list'),
  'empty-sublists': (exchange) => answerWith(exchange, exchange.call.emptySublists?.()),
  'hang-up': (exchange, { ms }) => {
    const { answer, outcome } = commit(exchange);
    if (exchange.reply.answerAndHangUp(answer, exchange.later, ms)) exchange.line.outcome = outcome;
  },
  'quote-secrets': quoteSecrets,
  kill,
};

/** Carries one call out, with the fault that falls on it, and completes its ledger line. */
export function carryOut(exchange: Exchange, fault: Fault | undefined): void {
  if (fault === undefined) {
    send(exchange, commit(exchange));
    return;
  }
  exchange.line.fault = fault.fault;
  faults[fault.fault](exchange, fault);
}
