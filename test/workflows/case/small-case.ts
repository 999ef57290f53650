/** The smallest case there is: it adds an entry at its vendor in one of the modes, and then a second one. */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineSignal,
  proxySinks,
  setHandler,
  type Sinks,
} from '@temporalio/workflow';
import type { Decision } from '../../../src/domain/case/decision';
import type { CasePolicy } from '../../../src/domain/case/policy';
import type { CaseProgress } from '../../../src/domain/case/progress';
import { asMarkdown, type Markdown } from '../../../src/domain/values/markdown';
import { activitiesOf, untilAnswered } from '../../../workflows/case/activities';
import { carryOut } from '../../../workflows/case/carry-out';
import { Case, openCase, type CaseState } from '../../../workflows/case/case';
import { GIVE_UP, isLeaving, isOvertaken, runToItsEnd } from '../../../workflows/case/leaving';
import { listenToCancellation, listenToPeople } from '../../../workflows/case/listen';
import { accepted } from '../../../workflows/case/receipts';
import { compensate, onFailure, type Compensation, type SagaHost, type Undoing } from '../../../workflows/case/saga';
import { carryOutTogether } from '../../../workflows/case/together';
import { CANNOT_TELL, type Write } from '../../../workflows/case/write';
import type { Mode } from './carry-out-cells';
import type { SmallActivities } from './small-activities';

export interface SmallInput {
  readonly ref: string;
  readonly mode: Mode;
  /** Whether it can be given up; past the point of no return a call can only be done by hand. */
  readonly mayGiveUp: boolean;
  readonly policy: CasePolicy;
  /** Where its activities run. */
  readonly queue: string;
}

type Stage = 'working' | 'done' | 'given up' | 'overtaken' | 'refused';

export type SmallProgress = CaseProgress<Stage>;

/** Tells the people of the test what is asked, at once. */
export interface People extends Sinks {
  people: { asked(ref: string, open: readonly Decision[]): void };
}

/** It is no longer wanted so. */
export const overtakeSignal = defineSignal('overtake');

interface Removal extends Undoing {
  readonly undo: 'remove';
  readonly ref: string;
}

class SmallCase extends Case<CaseState<Stage>> implements SagaHost<Removal> {
  readonly compensations: Compensation<Removal>[] = [];
  readonly vendor;
  isOvertaken = false;
  #cancelledBy: string | null = null;

  constructor(readonly input: SmallInput) {
    super(openCase('working'), input.policy);
    const small = activitiesOf<SmallActivities>({ vendor: 'manex', taskQueue: input.queue });
    this.vendor = {
      write: small.writes<string, void>('add', 'add', (on) => on.add),
      acknowledge: small.acknowledges<string, void>('add', 'acknowledge', (on) => on.acknowledge),
      find: small.reads<string, boolean>('find', (on) => on.find),
      remove: small.undoes<string, void>('remove', (on) => on.remove),
    };
  }

  get interruption(): string | null {
    return this.mayGiveUp ? this.#cancelledBy : null;
  }

  get mayGiveUp(): boolean {
    return this.input.mayGiveUp && this.state.stage === 'working';
  }

  get readWayOut(): typeof GIVE_UP | null {
    return this.mayGiveUp ? GIVE_UP : null;
  }

  reach(): Promise<void> {
    return untilAnswered(() => this.vendor.find.awaited(this, this.input.ref));
  }

  undo({ ref }: Removal): Promise<void> {
    return this.vendor.remove(this, ref);
  }

  override show(): void {
    proxySinks<People>().people.asked(this.input.ref, this.state.decisions.open);
    super.show();
  }

  listen(): void {
    listenToPeople(this);
    listenToCancellation(this, (by = 'nobody') => {
      this.#cancelledBy = by;
      this.desk.withdrawAll(by, 'the case is cancelled');
      return accepted('what was added is removed');
    });
    setHandler(overtakeSignal, () => {
      this.isOvertaken = true;
    });
  }

  protected attributes() {
    return { Vendor: 'manex', Customer: '' } as const;
  }

  protected numbers(): readonly string[] {
    return [this.input.ref];
  }

  protected details(): Markdown {
    return asMarkdown`${this.input.ref}`;
  }

  progress(): SmallProgress {
    return this.caseProgress();
  }
}

export function smallCase(input: SmallInput): Promise<SmallProgress> {
  const running = new SmallCase(input);
  running.listen();
  return CancellationScope.nonCancellable(() =>
    runToItsEnd(
      async () => end(running, await story(running)),
      async (left) => end(running, await leave(running, left)),
    ),
  );
}

async function story(running: SmallCase): Promise<Stage> {
  const { ref, mode } = running.input;
  onFailure(running, { undo: 'remove', vendor: 'manex', what: `the entry ${ref}`, ref });
  try {
    await addFirst(running, firstOf(running));
  } catch (error) {
    if (mode.refused !== 'throw' || isLeaving(error) || !(error instanceof ApplicationFailure)) throw error;
    running.note(`the vendor will not have it: ${error.message}`);
    return 'refused';
  }
  running.checkpoint();
  const second = `${ref}/second`;
  await carryOut(running, {
    ...common(second),
    call: running.vendor.write,
    send: async () => running.vendor.write(running, second),
    otherwise: 'send again',
    assumed: async () => undefined,
  });
  return 'done';
}

async function addFirst(running: SmallCase, write: Write<true>): Promise<void> {
  if (running.input.mode.together === true) await carryOutTogether(running, [{ write, keep: () => undefined }]);
  else await carryOut(running, write);
}

const common = (ref: string) => ({
  what: `add ${ref}`,
  facts: [{ label: 'ref', value: ref }],
});

function firstOf(running: SmallCase): Write<true> {
  const { vendor, input } = running;
  const { ref, mode } = input;
  const send = {
    write: vendor.write,
    acknowledge: vendor.acknowledge,
    'acknowledge locally': vendor.acknowledge.local,
  }[mode.by];
  const find = async (): Promise<true | undefined | typeof CANNOT_TELL> => {
    const isThere = await vendor.find(running, ref);
    if (mode.find === 'not enough') return CANNOT_TELL;
    return isThere ? true : undefined;
  };
  return {
    ...common(ref),
    call: mode.by === 'write' ? vendor.write : vendor.acknowledge,
    send: async () => {
      await send(running, ref);
      return true;
    },
    ...(mode.find === null ? {} : { find }),
    ...(mode.lookFirst === undefined ? {} : { lookFirst: mode.lookFirst }),
    ...(mode.refused === undefined ? {} : { refused: mode.refused }),
    isOvertaken: () => running.isOvertaken,
    otherwise: mode.otherwise,
    assumed: async () => true,
  };
}

async function leave(running: SmallCase, left: ApplicationFailure): Promise<Stage> {
  running.note(left.message);
  if (isOvertaken(left)) return 'overtaken';
  await compensate(running);
  return 'given up';
}

async function end(running: SmallCase, stage: Stage): Promise<SmallProgress> {
  running.enter(stage);
  running.show();
  await condition(allHandlersFinished);
  return running.progress();
}
