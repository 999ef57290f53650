/** How long the event loop was held, in milliseconds: half of the times, all but one in a thousand, and at most. */
export interface Held {
  readonly usual: number;
  readonly rare: number;
  readonly longest: number;
}

/** To a part: what it is to be. */
export type PartOrder =
  | { readonly as: 'vendor'; readonly operation: string }
  | { readonly as: 'reader'; readonly operation: string; readonly origin: string }
  | { readonly as: 'idle' };

export const isOrder = (value: unknown): value is PartOrder =>
  typeof value === 'object' &&
  value !== null &&
  'as' in value &&
  ['vendor', 'reader', 'idle'].includes(String(value.as));

/** What the reader found out. */
export interface ReadFigures {
  readonly records: number;
  readonly seconds: number;
  /** Of all threads. */
  readonly processorSeconds: number;
  readonly restingMebibytes: number;
  /** Resident at most, since the process began. */
  readonly mostMebibytes: number;
  readonly held: Held;
}

/** From a part. */
export type Told =
  | { readonly is: 'serving'; readonly origin: string; readonly bytes: number }
  | { readonly is: 'idle' }
  | { readonly is: 'begun' }
  | ({ readonly is: 'read' } & ReadFigures)
  | { readonly is: 'idled'; readonly held: Held }
  | { readonly is: 'failed'; readonly reason: string };
