/**
 * Everything the sandbox does later. A reset must not let an effect of the old world fall into the new one, and a
 * closed sandbox leaves nothing running, so every timer is kept here; none keeps the process alive.
 */
export class Later {
  private readonly timers = new Set<NodeJS.Timeout>();
  private isOver = false;

  /** @param report told of what an action throws: there is no caller left to tell, and the process must live on */
  constructor(private readonly report: (defect: unknown) => void) {}

  /** Runs `action` once, `ms` milliseconds from now, unless it is called off. @returns calls this one off */
  after(ms: number, action: () => void): () => void {
    if (this.isOver) return () => undefined;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      try {
        action();
      } catch (defect) {
        this.report(defect);
      }
    }, ms);
    timer.unref();
    this.timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.timers.delete(timer);
    };
  }

  /** Calls everything off, also what would still be asked for: whoever waits for its caller belongs to the old world. */
  end(): void {
    this.isOver = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
