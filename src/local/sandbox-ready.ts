import { z } from 'zod';

const Ready = z.object({ origin: z.url(), references: z.object({ purchaseOrders: z.array(z.string()) }) });

/** What the sandbox's ready line says. */
export interface SandboxReady {
  /** `http://127.0.0.1:7400`. */
  readonly origin: string;
  /** References of the purchase orders it began with. */
  readonly purchaseOrders: readonly string[];
}

export function parseSandboxReady(line: string): SandboxReady {
  const { origin, references } = Ready.parse(JSON.parse(line));
  return { origin, purchaseOrders: references.purchaseOrders };
}
