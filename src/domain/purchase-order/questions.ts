/** What a purchase order may ask. */
import type { CataloguedQuestion } from '../case/question';

const GIVING_UP = 'undoes and cancels; offered while nothing is known to have left the warehouse';

export const approval = {
  topic: 'approval',
  kind: 'approval',
  question: '{what} {reasons}.',
  lookAt:
    'the order in Claritum, its stored specification, the price agreed with this customer, and with the warehouse whether the date can be met',
  choices: {
    approve: 'goes on: to the sales order, or with the amendment',
    reject:
      'an order ends `refused`: nothing was placed, it is marked in Claritum, and a task says to tell the buyer. Of an amendment nothing is carried out: the order is marked again, and a task says to tell the person who asked for it',
  },
} as const satisfies CataloguedQuestion;

const CANNOT_BE_PLACED =
  'cannot be placed as it stands, and nothing of it was sent to ManEx or NorthScope. Put right what the facts name: the order in Claritum, the policy file (then restart the worker) or the master data; then try again. Or take the other way out.';
const LOOK_AT_PLAN =
  "the policy file (`customers`, `products`, `units`; the worker reads it when it starts), NorthScope's items, sites, units of measure and ship-to addresses, and Claritum's record where its figures do not add up or a number is too long";
const TRY_PLAN_AGAIN =
  "reads the policy of the worker, NorthScope's master data and the order as it then stands, and asks again if something is still missing";

export const unplaceableOrder = {
  topic: 'unplaceable-order',
  kind: 'unmapped-record',
  question: `This order ${CANNOT_BE_PLACED}`,
  lookAt: LOOK_AT_PLAN,
  choices: { 'try again': TRY_PLAN_AGAIN, 'give up': GIVING_UP },
} as const satisfies CataloguedQuestion;

export const unplaceableAmendment = {
  topic: 'unplaceable-amendment',
  kind: 'unmapped-record',
  question: `This amendment ${CANNOT_BE_PLACED}`,
  lookAt: LOOK_AT_PLAN,
  choices: {
    'try again': TRY_PLAN_AGAIN,
    'keep it as it was': 'the amendment is not carried out, and *tell the buyer* is listed',
    'give up': GIVING_UP,
  },
} as const satisfies CataloguedQuestion;

export const noFreeNumber = {
  topic: 'no-free-number',
  kind: 'refused-call',
  question:
    'ManEx has sales orders of others under all {count} numbers that {orderRef} may have. Free one of them and try again, or give the order up.',
  lookAt: 'ManEx: the sales orders under these numbers, and who entered them',
  choices: { 'try again': 'tries all numbers once more', 'give up': GIVING_UP },
} as const satisfies CataloguedQuestion;

export const whoseSalesOrder = {
  topic: 'whose-sales-order',
  kind: 'mismatch',
  question:
    'ManEx has a sales order {soNo}, and nobody but you can tell whether it is that of {orderRef}: {because}. {sent} A header cannot be deleted. Look at it in ManEx, put right there what is wrong, then look again; or say whose it is.',
  lookAt:
    'ManEx: the order under that number, who entered it, its note, customer, PO number and lines; the question names what differs',
  choices: {
    'look again': 'looks and judges once more',
    'it is ours: go on with it':
      'sets customer, PO number and our marker in its header, goes on, and lists what else differs as a task; not offered where it is cancelled or closed',
    'it belongs to another: take the next number': 'leaves it alone and takes another number',
    'give up': 'undoes and cancels, with the task to cancel it by hand if it is ours',
  },
} as const satisfies CataloguedQuestion;

export const noLine = {
  topic: 'no-line',
  kind: 'unknown-outcome',
  question:
    "ManEx shows no line of sales order {soNo} with the note '{marker}'. Add it or its note by hand, then look again; or give the order up.",
  lookAt: 'ManEx: the line, and our marker in its note',
  choices: {
    'look again': 'looks once more: it is taken by its note, or as the only line of our content',
    'give up': GIVING_UP,
  },
} as const satisfies CataloguedQuestion;

export const unshownWarehouseOrders = {
  topic: 'unshown-warehouse-orders',
  kind: 'unknown-outcome',
  question:
    'NorthScope took {orderIds} into its inbound queue, but shows no such order. Look for an error in its queue, mend it there, then look again.',
  lookAt:
    "the error text of the row in NorthScope's inbound queue: mend what it complains of and reprocess the row there",
  choices: {
    'look again': 'waits `fulfilment.inboundWithin` once more',
    'give up': 'undoes and cancels, with the queued order as a task; offered while nothing has left',
    'do without': 'what it was for becomes a task; offered once goods have left',
  },
} as const satisfies CataloguedQuestion;

export const whoseWarehouseOrder = {
  topic: 'whose-warehouse-order',
  kind: 'mismatch',
  question:
    'NorthScope shows an order {orderId} that is not what Waybill sends for {orderRef}: {because}. Look at it in NorthScope, put right there what is wrong, then look again; or say whose it is.',
  lookAt: 'NorthScope: the order of that OrderID, who entered it, and its status; the question names what differs',
  choices: {
    'look again': 'looks and compares once more',
    'it is ours: go on with it':
      'goes on with it, and lists what differs as a task; not offered where its status says that it is gone',
    'it belongs to another: take the next number': 'leaves it alone and queues the same order as `<SoNo>-<sequence>.2`',
    'give up': 'undoes and cancels; offered while nothing has left',
    'do without': 'what it was for becomes a task; offered once goods have left',
  },
} as const satisfies CataloguedQuestion;

export const vanishedWarehouseOrders = {
  topic: 'vanished-warehouse-orders',
  kind: 'mismatch',
  question:
    'NorthScope has shown {orderIds} and shows it no longer as an order to ship. Was it deleted or cancelled there, or is its answer broken?',
  lookAt: 'NorthScope: is the order there, who deleted it; had its goods left',
  choices: {
    'look again': 'looks as long once more',
    'it was deleted': 'goes on without it, and a task says to despatch by hand what it was for',
  },
} as const satisfies CataloguedQuestion;

export const unexplainedStatus = {
  topic: 'unexplained-status',
  kind: 'mismatch',
  question:
    "Claritum lists purchase order {orderRef} with the status '{status}', which nobody has explained (policy: claritum.orderStatuses). Fulfil it, wait until the status changes, or give it up?",
  lookAt: 'what the word means in your Claritum; then name it in the policy under `claritum.orderStatuses`',
  choices: {
    'fulfil it all the same': 'goes on and does not ask about this status again',
    'wait until it changes':
      "waits for the buyer's next change, or a cancellation; once NorthScope has the orders, a task says to have them held there",
    'give up': GIVING_UP,
  },
} as const satisfies CataloguedQuestion;

export const olderVersion = {
  topic: 'older-version',
  kind: 'mismatch',
  question:
    'Claritum lists purchase order {orderRef} as it was at an earlier time than the version that was taken in{changes}. A wrong clock, or a restored backup? Take the older version in, or keep the order as it was?',
  lookAt: 'Claritum: was a backup restored, is its clock right',
  choices: {
    'take the older version in': 'the older version is an amendment',
    'keep it as it was': 'nothing changes, the older version is marked, and a task says to tell the buyer',
  },
} as const satisfies CataloguedQuestion;

export const impossibleAmendment = {
  topic: 'impossible-amendment',
  kind: 'mismatch',
  question: 'The amendment of {poNumber} cannot be carried out: {because}. {waysOut}',
  lookAt: 'what the buyer wants; what has left the warehouse',
  choices: {
    'keep it as it was':
      'nothing of the amendment is carried out: the order is marked again in Claritum, and a task says to tell the person who asked for it',
    'give up': GIVING_UP,
  },
} as const satisfies CataloguedQuestion;

export const anothersUid = {
  topic: 'anothers-uid',
  kind: 'mismatch',
  question:
    'This order was started as {orderRef} with the uid {uid}, but Claritum lists {foundRef} with the uid {foundUid}. They do not belong together, so nothing is marked: give it up.',
  lookAt: 'Claritum: which record the reference and the uid belong to',
  choices: { 'give up': 'undoes and cancels; nothing is marked' },
} as const satisfies CataloguedQuestion;

export const vanishedOrder = {
  topic: 'vanished-order',
  kind: 'mismatch',
  question:
    'Claritum has not listed purchase order {orderRef} for {absentFor}, and Waybill has not marked {what}. Did the buyer withdraw it, or did somebody else mark it exported?',
  lookAt: 'Claritum: is the order cancelled, or archived as exported, and by whom',
  choices: {
    'withdrawn: undo it': 'undoes and cancels',
    'marked by somebody else: go on': 'goes on without a mark',
    'look again': 'looks once more',
  },
} as const satisfies CataloguedQuestion;

export const lessDelivered = {
  topic: 'less-delivered',
  kind: 'mismatch',
  question:
    'Delivery {deliveryRef} was reported and booked with {booked}, and Claritum reports {reported} of it now. A receipt cannot be taken back: balance it in Claritum by hand, or look again once the report is corrected?',
  lookAt: 'Claritum: the delivery and its receipts; the delivery note',
  choices: {
    'balance it by hand':
      'it is due again as far as it is not invoiced, the delivery is marked, and a task says what to balance',
    'look again': 'looks at the report once more',
  },
} as const satisfies CataloguedQuestion;

export const moreDelivered = {
  topic: 'more-delivered',
  kind: 'mismatch',
  question:
    'Delivery {deliveryRef} reports {reported}, but only {due} is still due to it. Book what is due, or nothing?',
  lookAt: 'the delivery note; whether the surplus belongs to another delivery or order',
  choices: {
    'book what is due': 'a receipt of what is due to this delivery; it is marked, and the surplus is listed as a task',
    'book nothing': 'no receipt; the delivery is marked, and the surplus is listed as a task',
  },
} as const satisfies CataloguedQuestion;

export const nothingDue = {
  topic: 'nothing-due',
  kind: 'mismatch',
  question:
    'Delivery {deliveryRef} reports {reported}, but nothing is due to it{why}. Book nothing, or look again once the order is amended?',
  lookAt:
    'the delivery note; whether the goods belong to another delivery, for which they are never booked by themselves, or to another order',
  choices: {
    'book nothing': 'no receipt; the delivery is marked and its goods are listed as a task',
    'look again': 'asks again by what is due then, after an amendment for instance',
  },
} as const satisfies CataloguedQuestion;

export const deliveredUnshipped = {
  topic: 'delivered-unshipped',
  kind: 'mismatch',
  question:
    "Claritum says '{status}' of delivery {deliveryRef} ({quantity}), and NorthScope has shipped only {left} that is not received yet. Wait longer for NorthScope, or have the goods left without it?",
  lookAt: "NorthScope: the order's status; ManEx: were they shipped there",
  choices: {
    'wait for NorthScope':
      'asks again after `fulfilment.aheadWithin`; shipped after all, the goods take the question back',
    'they have left: book them': 'the goods count as left and are received, and a task says to correct NorthScope',
  },
} as const satisfies CataloguedQuestion;

export const shortDelivery = {
  topic: 'short-delivery',
  kind: 'short-delivery',
  question:
    '{missing} of this order left the warehouse and was never reported as delivered. Wait longer, or close the order short?',
  lookAt: 'the consignment with the carrier; whether the buyer has the goods and has not said so in Claritum',
  choices: {
    'wait longer': 'asks again after `fulfilment.deliveryWithin`',
    'close short':
      'nothing more is expected: the order goes on to the invoice of what came. A task says to clear it with the carrier, and to balance the receipt in Claritum once the order has ended',
  },
} as const satisfies CataloguedQuestion;

export const missingInvoice = {
  topic: 'missing-invoice',
  kind: 'mismatch',
  question:
    '{missing} of this order was received and no invoice has come for it. Wait longer, or close the order without an invoice for it?',
  lookAt: 'whether an invoice was disputed, or is still to come',
  choices: {
    'wait longer': 'asks again after `fulfilment.goodsWithin`',
    'close without an invoice': 'the order ends without an invoice for it, and a task says to clear it',
  },
} as const satisfies CataloguedQuestion;
