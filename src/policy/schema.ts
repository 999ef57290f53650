import { z } from 'zod';
import { limits } from '../domain/purchase-order/limits';
import { ANONYMOUS, isAnonymous, isBlankName, unclearName } from '../domain/case/person-names';
import type { Policy } from '../domain/case/policy';

const text = (longest: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(longest, `must have at most ${longest} characters`)
    .regex(/^(?:\S(?:[\s\S]*\S)?)?$/, 'must not begin or end with a blank');

const { manex, northscope } = limits;

const money = z
  .string({ error: 'must be a decimal in quotes, like "10000.00"' })
  .regex(/^\d{1,15}(\.\d{1,5})?$/, 'must be a decimal of at least 0, like "10000.00"');

const duration = z
  .string({ error: 'must be a duration in quotes, like "30 seconds"' })
  .regex(
    /^[1-9]\d{0,5} (millisecond|second|minute|hour|day|week)s?$/,
    'must be a duration like "30 seconds", "15 minutes" or "5 days"',
  );

/** No vendor likes to be asked more often. */
const interval = z
  .string({ error: 'must be a duration in quotes, like "30 seconds"' })
  .regex(
    /^(?:[1-9]\d{3,5} milliseconds?|[1-9]\d{0,5} (?:second|minute|hour|day|week)s?)$/,
    'must be a duration of at least 1 second, like "30 seconds" or "15 minutes"',
  );

const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like "GBP"');
const days = z.int().min(0, 'must not be negative').max(366, 'must be at most 366');

const personName = text(100)
  .refine((name) => !isBlankName(name), 'must not be blank')
  .refine((name) => !isAnonymous(name), `must not be ${ANONYMOUS}: that is what an answer without a name is called`);
/** Who may answer is told by the very name, so it must be one that can be told. */
const approverName = personName.check((context) => {
  const unclear = unclearName(context.value);
  if (unclear !== undefined) context.issues.push({ code: 'custom', message: unclear, input: context.value });
});
const approvers = z
  .array(approverName)
  .default([])
  .meta({ description: 'Who may decide, by these names (case and outer blanks do not matter); empty means anyone.' });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const company = z.strictObject({
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone like "Europe/London"')
    .meta({ description: 'In this zone instants become calendar dates.' }),
  companyId: text(northscope.companyId.longest).meta({ description: "NorthScope's CompanyID." }),
  sourceSystem: text(northscope.sourceSystem.longest).meta({ description: 'A SourceSystem value NorthScope knows.' }),
});

const approval = z.strictObject({
  limits: z.array(z.strictObject({ currency, above: money, approvers })).meta({
    description: 'Bands by currency; the highest one exceeded by the larger of net amount and quantity × price counts.',
  }),
  onPriceDifference: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether a price that differs from the agreed one needs a person.' }),
  onLateDate: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether a required date that cannot be met needs a person.' }),
  approvers,
  remindEvery: duration
    .nullable()
    .default(null)
    .meta({ description: 'How often any open decision is reminded of; null for never.' }),
  escalation: z
    .strictObject({ after: duration, approvers: z.array(approverName).min(1, 'must name at least one approver') })
    .nullable()
    .default(null)
    .meta({ description: 'After how long these may decide too; null for never.' }),
  deadline: duration.meta({ description: 'How long an approval may wait.' }),
  atDeadline: z.enum(['remind', 'reject']).default('remind').meta({ description: 'What happens then.' }),
});

const customer = z.strictObject({
  name: text(200).meta({ description: 'customerName of the Claritum order.' }),
  custNo: z
    .string({ error: 'must be text in quotes, like "0000000008"' })
    .regex(/^\d{10}$/, 'must be ten digits, like "0000000008"')
    .meta({ description: "ManEx's customer number." }),
  customerId: text(northscope.customerId.longest).meta({ description: "NorthScope's CustomerID." }),
  addresses: z
    .record(text(50), text(northscope.addressId.longest))
    .refine((addresses) => Object.keys(addresses).length > 0, 'must name at least one address; "*" means all others')
    .meta({
      description: 'NorthScope ship-to AddressID per Claritum delivery post code; "*" for all others.',
      minProperties: 1,
    }),
  excludedApprovers: z.array(personName).default([]).meta({
    description: 'Names that belong to this customer and must not approve its orders, nor any that look like them.',
  }),
});

const product = z.strictObject({
  productCode: text(100).meta({ description: 'productCode of the Claritum order.' }),
  partNumber: text(manex.partNumber.longest).meta({ description: "ManEx's part number." }),
  revision: text(manex.revision.longest).nullable().meta({ description: "ManEx's revision; null for a part without." }),
  saleTypeId: text(manex.saleTypeId.longest).meta({ description: "ManEx's sale type of the price." }),
  itemId: text(northscope.itemId.longest).meta({ description: "NorthScope's ItemID." }),
  siteId: text(northscope.siteId.longest).meta({ description: 'The NorthScope site it ships from.' }),
  agreedPrice: money.nullable().meta({ description: 'The agreed price of one agreedUnit; null where none is agreed.' }),
  agreedUnit: text(50).optional().meta({
    description:
      "Claritum's unit of measure the agreed price is for, as it stands under units. Without it, the largest of those units that NorthScope's schedule of the item knows. An order in another unit is compared by the schedule's factors, exactly.",
  }),
  currency,
});

const unit = z.strictObject({
  claritum: text(50).meta({ description: "Claritum's unit of measure: 'single units', 'boxes of 15'." }),
  manex: text(manex.unitOfMeasure.longest).meta({ description: 'ManEx uOfMeas of the same unit.' }),
  northscope: text(20).meta({ description: 'NorthScope UOM of the same unit.' }),
});

const fulfilment = z.strictObject({
  receiptOn: z
    .enum(['delivered', 'despatch'])
    .default('delivered')
    .meta({ description: 'When goods count as received: when delivered, or already when they leave the warehouse.' }),
  leadDays: days.meta({ description: 'Working days from order to the earliest despatch.' }),
  transitDays: days.meta({ description: 'Working days between despatch and delivery.' }),
  defaultDueDays: days.meta({ description: 'Days from order to the due date where the buyer named none.' }),
  look: z
    .strictObject({ first: duration.optional(), longest: duration.default('1 hour') })
    .prefault({})
    .meta({
      description:
        'An order that waits for the warehouse looks there when `feed:northscope` tells it that something has changed, and by itself after `longest` without news. `first` is of earlier versions, and not used.',
    }),
  settle: duration.meta({ description: 'How long an unknown outcome settles before it is looked up.' }),
  longestPause: duration.default('30 minutes').meta({
    description:
      'The longest pause between two tries of a call that does no harm when it is repeated: pauses double up to it.',
  }),
  askAfter: duration.default('4 hours').meta({
    description:
      'How long a call is tried that does no harm when it is repeated, before a person is asked. It is tried on all the same.',
  }),
  inboundWithin: duration.meta({ description: "How long an order in NorthScope's inbound queue may take to show." }),
  aheadWithin: duration.default('1 day').meta({
    description:
      'How long a delivery may be reported whose goods NorthScope has not shipped, before a person is asked.',
  }),
  deliveryWithin: duration.meta({ description: 'How long after the last despatch before a person is asked.' }),
  goodsWithin: duration.meta({
    description:
      'How long an invoice may wait for its goods, or goods received for their invoice, before a person is asked.',
  }),
  longestHistory: z
    .int()
    .min(50, 'must be at least 50')
    .max(10_000, 'must be at most 10000')
    .default(4_000)
    .meta({ description: 'At this many events a long order continues as new.' }),
  calls: z
    .strictObject({ write: duration, read: duration })
    .meta({ description: 'Time limits of vendor calls that write and that read.' }),
  invoiceTolerance: money.meta({ description: 'Net difference an invoice may show against quantity × price.' }),
  invoiceCharges: z
    .array(z.strictObject({ currency, upTo: money }))
    .optional()
    .meta({
      description:
        'Other charges (carriage, a surcharge) that one invoice may carry without a person, net and all together, by currency. Without it, each is asked about.',
    }),
});

const statuses = z.array(text(50)).max(50, 'must name at most 50').default([]);

const claritum = z
  .strictObject({
    absentFor: duration.default('1 minute').meta({
      description:
        'How long an order must stay away from the list, seen by a later look too, before it counts as withdrawn.',
    }),
    manyAbsent: z
      .strictObject({
        atLeast: z.int().min(2, 'must be at least 2').default(3),
        oneIn: z.int().min(1, 'must be at least 1').max(100, 'must be at most 100').default(3),
      })
      .prefault({})
      .meta({
        description:
          'Orders that vanish at once are one question instead of cancellations, from `atLeast` on and where they are more than one in `oneIn` of all.',
      }),
    orderStatuses: z
      .strictObject({
        go: statuses.meta({ description: "Fulfilled like 'authorised'." }),
        wait: statuses.meta({ description: 'Held until the status changes.' }),
      })
      .prefault({})
      .meta({
        description:
          "What a purchase order's status means beside 'authorised' and 'cancelled'; any other is asked about.",
      }),
    deliveryStatuses: z
      .strictObject({
        delivered: statuses.meta({ description: "The goods have arrived, like 'delivered'." }),
        underWay: statuses.meta({ description: 'The goods have not arrived yet.' }),
      })
      .prefault({})
      .meta({
        description: "What a delivery's status means beside 'delivered' and the usual ones; any other is set aside.",
      }),
  })
  .prefault({})
  .meta({ description: "What Claritum's words and gaps mean; may be left out." });

/**
 * The policy file, key by key; what needs more than one key to be judged is in `faults.ts`. What is said here by a pattern, a limit
 * or a list stands in `waybill.policy.schema.json` too, which is made of it; a `refine` or `check` only the loader knows.
 */
export const PolicyFile = z
  .strictObject({
    $schema: z.string().optional(),
    company,
    approval,
    customers: z.array(customer).min(1, 'must name at least one customer'),
    products: z.array(product).min(1, 'must name at least one product'),
    units: z.array(unit).min(1, 'must name at least one unit'),
    fulfilment,
    claritum,
    polling: z.strictObject({
      claritum: interval.meta({ description: 'How often Claritum is asked for what is new.' }),
      northscope: interval.default('5 seconds').meta({
        description: 'How often NorthScope is asked what has changed for the orders that wait for the warehouse.',
      }),
    }),
  })
  .meta({
    description:
      'Only the program itself checks: keys that stand twice; names that are alike; time zones; whether the names of people can be told apart; characters beyond U+FFFF, which count as two; and what one entry says against another.',
  }) satisfies z.ZodType<Policy>;
export type PolicyFile = z.infer<typeof PolicyFile>;
