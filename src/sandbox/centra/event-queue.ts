import type { Values } from './values';

/** Something that changed in Centra. It stays in the queue until it is marked done; nothing else removes it. */
export interface QueuedEvent {
  readonly id: string;
  /** `order`, `customer`, … (docs/vendors/centra.md#events_get). */
  readonly type: string;
  /** The id of what changed. */
  readonly entry: string;
  /** Where it is kept among the records of its type; empty for what people made up. */
  readonly key: string;
  readonly mission: string;
  readonly at: Date;
  /** The record as it was then. */
  readonly data: Values;
}

/** The events in ascending order of their ids. */
export class EventQueue {
  private readonly all: QueuedEvent[] = [];
  private readonly open = new Map<string, QueuedEvent>();

  /** @param first the id of the first event */
  constructor(private readonly first: number) {}

  raise(event: Omit<QueuedEvent, 'id'>): string {
    const id = String(this.first + this.all.length);
    const raised = { ...event, id };
    this.all.push(raised);
    this.open.set(id, raised);
    return id;
  }

  /** @returns false for an id that is unknown or done already */
  done(id: string): boolean {
    return this.open.delete(id);
  }

  isDone(id: string): boolean {
    return !this.open.has(id);
  }

  /** At most `limit` of the oldest that wait and are wanted. */
  oldest(limit: number, isWanted: (event: QueuedEvent) => boolean): readonly QueuedEvent[] {
    const found: QueuedEvent[] = [];
    for (const event of this.open.values()) {
      if (found.length === limit) break;
      if (isWanted(event)) found.push(event);
    }
    return found;
  }

  /** Every event there ever was. */
  list(): readonly QueuedEvent[] {
    return this.all;
  }
}
