import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Decision } from '../../../src/domain/case/decision';
import { decideUpdate } from '../../../workflows/case/messages';
import type { Way } from './carry-out-cells';
import type { Book } from './small-vendor';

const LOOKED: Readonly<Record<string, (isThere: boolean) => string>> = {
  'unknown-outcome': (isThere) => (isThere ? 'it happened' : 'send it again'),
  'refused-call': () => 'try again',
  'silent-vendor': () => 'keep trying',
};

/** Answers whatever is asked, each question once, after a look at the vendor's own records. */
export class CarefulPerson {
  readonly #answered = new Set<string>();

  constructor(
    private readonly client: Client,
    private readonly bookOf: (ref: string) => Book,
  ) {}

  async answer(ref: string, open: readonly Decision[]): Promise<void> {
    for (const asked of open) {
      const id = `${ref}/${asked.id}`;
      if (this.#answered.has(id)) continue;
      this.#answered.add(id);
      await this.#decide(ref, asked);
    }
  }

  async #decide(ref: string, asked: Decision): Promise<void> {
    const book = this.bookOf(ref);
    book.arrive();
    const choice = choiceOf(book, asked);
    book.entries.push({ kind: 'question', asked }, { kind: 'answer', topic: asked.topic, choice });
    try {
      const handle = this.client.workflow.getHandle(ref);
      await handle.executeUpdate(decideUpdate, { args: [{ decision: asked.id, choice, by: 'olga' }] });
    } catch (error) {
      // Taken back while it was being answered, or the case has ended meanwhile.
      if (!(error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError)) throw error;
      book.takeBack(asked.topic, choice);
    }
  }
}

function choiceOf(book: Book, { topic, choices }: Decision): string {
  const way: Way | undefined = book.cell?.way;
  if (way === 'on and on, given up' && choices.includes('give up')) return 'give up';
  if (way === 'on and on, done by hand') {
    if (book.standing.length === 0) book.effects.push({ by: 'person', from: Date.now(), isRemoved: false });
    if (choices.includes('done by hand')) return 'done by hand';
  }
  const choice = LOOKED[topic]?.(book.standing.length > 0);
  if (choice === undefined) throw new Error(`nobody expects to be asked about ${topic}`);
  return choice;
}
