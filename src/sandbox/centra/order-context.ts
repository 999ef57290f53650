import type { Merger } from './merge';
import type { CentraOptions } from './options';

/** What an update of an order needs beside the order itself. */
export interface OrderContext {
  readonly merger: Merger;
  readonly options: CentraOptions;
  /** As orders write instants, with an offset. */
  readonly now: string;
  /** The number of a new row. */
  readonly nextOrderItem: () => string;
  /** The order a refund id belongs to, also one of this very call; undefined where nobody has it. */
  readonly refundOwner: (id: string) => string | undefined;
  /** Takes note of something the caller may like to know. */
  readonly notice: (text: string) => void;
}
