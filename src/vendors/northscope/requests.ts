import { z } from 'zod';
import { limits } from '../../domain/purchase-order/limits';
import { writeDocument, type InboundDocument } from './documents';
import type { Message } from './answer';
import { CalendarDate, Units, text } from './fields';

/** What the two writing requests take, and how it is written (contract.md §B.4). */

const Allocation = z
  .strictObject({
    orderItemSk: text(25),
    lotSk: text(25),
    units: Units.optional(),
    unitsUom: text(limits.northscope.unitsUom).optional(),
    weight: Units.optional(),
    weightUom: text(25).optional(),
  })
  .refine(({ units, unitsUom }) => (units === undefined) === (unitsUom === undefined), {
    path: ['unitsUom'],
    message: 'goes with units',
  })
  .refine(({ weight, weightUom }) => (weight === undefined) === (weightUom === undefined), {
    path: ['weightUom'],
    message: 'goes with weight',
  })
  .refine(({ units, weight }) => units !== undefined || weight !== undefined, {
    path: ['units'],
    message: 'or weight must be given',
  });
const Allocations = z.strictObject({ allocations: z.array(Allocation).min(1).readonly() });

/** Units, weight or both, by how the item is managed; positive decimal strings in the unit named beside them. */
export type AllocateSalesOrdersInput = z.input<typeof Allocations>;

/** @throws z.ZodError when a key is missing or neither units nor weight are given. */
export function writeAllocations(input: AllocateSalesOrdersInput): Message['content'] {
  return {
    Allocation: Allocations.parse(input).allocations.map(
      ({ orderItemSk, lotSk, units, unitsUom, weight, weightUom }) => ({
        OrderItemSK: orderItemSk,
        LotSK: lotSk,
        AllocateUnits: units,
        UnitsUOM: unitsUom,
        AllocateWeight: weight,
        WeightUOM: weightUom,
      }),
    ),
  };
}

const Queued = z.strictObject({
  sourceSystem: text(limits.northscope.sourceSystem),
  sourceTransactionId: text(limits.northscope.sourceTransactionId),
  created: z.union([CalendarDate, z.iso.datetime({ local: true, offset: true })]),
});

/** A document for the inbound queue, and under which name it is queued. */
export type InsertInboundIntegrationInput = InboundDocument & {
  /** A value NorthScope knows; at most 25 characters. */
  readonly sourceSystem: string;
  /** Our own number of the document; at most 25 characters. NorthScope does not refuse one it has seen. */
  readonly sourceTransactionId: string;
  /** ISO date, or instant of which the date is sent: the queue's times have no zone. */
  readonly created: string;
};

/** @throws z.ZodError when a field is missing, too long for its column, or no date or number. */
export function writeInboundIntegration(input: InsertInboundIntegrationInput): Message['content'] {
  const { sourceSystem, sourceTransactionId, created, ...document } = input;
  const queued = Queued.parse({ sourceSystem, sourceTransactionId, created });
  return {
    InboundIntegration: {
      Created: queued.created.slice(0, 10),
      SourceSystem: queued.sourceSystem,
      SourceTransactionID: queued.sourceTransactionId,
      TransactionType: document.transactionType,
      Data: writeDocument(document),
    },
  };
}
