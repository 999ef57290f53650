import type { RecordKind } from './watermark';

/** A record that nobody takes over, with the reason. */
export interface SetAside {
  readonly kind: RecordKind;
  /** Null where not even the uid could be read. */
  readonly uid: string | null;
  readonly reason: string;
}
