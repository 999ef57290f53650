import { colour } from '../colour';
import type { Progress } from '../../domain/progress';
import { isTerminal, print, printable } from '../output';

/** Shows how orders go: a line per order, drawn anew, on a terminal; else a plain line per event. */
export class LiveView {
  readonly #begun = Date.now();
  readonly #lines = new Map<string, string>();
  readonly #stepsSeen = new Map<string, number>();
  #drawn = 0;

  constructor(
    orders: readonly string[],
    private readonly terminal: boolean = isTerminal(),
  ) {
    for (const order of orders) this.#lines.set(order, `${colour.bold(order)}  ${colour.dim('waits to be picked up')}`);
    this.#draw();
  }

  /** Takes in where an order stands now. */
  show(order: string, progress: Progress): void {
    const seen = this.#stepsSeen.get(order) ?? 0;
    this.#stepsSeen.set(order, progress.steps.length);
    const fresh = progress.steps.slice(seen);
    if (!this.terminal) {
      for (const { text } of fresh) print(`${this.#clock()}  ${order}  ${printable(text)}`);
      return;
    }
    const last = progress.steps.at(-1)?.text ?? 'picked up';
    const paint =
      progress.stage === 'done' ? colour.green : progress.decisions.length > 0 ? colour.yellow : colour.cyan;
    const text = printable(progress.waitingFor ?? last).slice(0, Math.max(20, (process.stdout.columns ?? 100) - 30));
    const line = `${colour.bold(order)}  ${paint(progress.stage.padEnd(12))}  ${text}`;
    if (this.#lines.get(order) === line) return;
    this.#lines.set(order, line);
    this.#draw();
  }

  /** Something that stays on the screen. */
  event(text: string): void {
    this.#erase();
    print(`${colour.dim(this.#clock())}  ${text}`);
    this.#draw();
  }

  #clock(): string {
    return `${((Date.now() - this.#begun) / 1000).toFixed(1).padStart(5)} s`;
  }

  #erase(): void {
    if (this.#drawn > 0) process.stdout.write(`\u001b[${this.#drawn}A\u001b[J`);
    this.#drawn = 0;
  }

  #draw(): void {
    if (!this.terminal) return;
    this.#erase();
    for (const line of this.#lines.values()) print(line);
    this.#drawn = this.#lines.size;
  }
}
