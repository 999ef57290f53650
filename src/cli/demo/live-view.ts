import { printable } from '../../domain/values/printable';
import type { Progress } from '../../domain/purchase-order/progress';
import {
  colour,
  eraseLines,
  isTerminal,
  padded,
  print,
  say,
  terminalWidth,
  type Printable,
} from '../../terminal/output';

/** Shows how orders go: a line per order, drawn anew, on a terminal; else a plain line per event. */
export class LiveView {
  readonly #begun = Date.now();
  readonly #lines = new Map<string, Printable>();
  readonly #stepsSeen = new Map<string, number>();
  #drawn = 0;

  constructor(
    orders: readonly string[],
    private readonly terminal: boolean = isTerminal(),
  ) {
    for (const order of orders) this.#lines.set(order, say`${colour.bold(order)}  ${colour.dim('waits for the feed')}`);
    this.#draw();
  }

  /** Takes in where an order stands now. */
  show(order: string, progress: Progress): void {
    const seen = this.#stepsSeen.get(order) ?? 0;
    this.#stepsSeen.set(order, progress.steps.length);
    const fresh = progress.steps.slice(seen);
    if (!this.terminal) {
      for (const { text } of fresh) print(say`${this.#clock()}  ${order}  ${text}`);
      return;
    }
    const last = progress.steps.at(-1)?.text ?? 'taken over';
    const paint =
      progress.stage === 'done' ? colour.green : progress.decisions.length > 0 ? colour.yellow : colour.cyan;
    const text = printable(progress.waitingFor ?? last, Math.max(20, terminalWidth(100) - 30));
    const line = say`${colour.bold(order)}  ${paint(padded(progress.stage, 12))}  ${text}`;
    if (this.#lines.get(order)?.toString() === line.toString()) return;
    this.#lines.set(order, line);
    this.#draw();
  }

  /** Something that stays on the screen. */
  event(text: Printable): void {
    this.#erase();
    print(say`${colour.dim(this.#clock())}  ${text}`);
    this.#draw();
  }

  #clock(): Printable {
    return padded(say`${((Date.now() - this.#begun) / 1000).toFixed(1)} s`, -7);
  }

  #erase(): void {
    eraseLines(this.#drawn);
    this.#drawn = 0;
  }

  #draw(): void {
    if (!this.terminal) return;
    this.#erase();
    for (const line of this.#lines.values()) print(line);
    this.#drawn = this.#lines.size;
  }
}
