import type { Content, Evidence, OrderEvidence, Question } from './auditor/evidence';
import { at, SO7, soundCalls } from './sound-calls';

/** Three orders as a sound run leaves them, written by hand: one done with two deliveries, one cancelled, one refused. */
export function soundEvidence(): Evidence {
  return {
    ledger: {
      claritum: {
        purchaseOrders: [
          order('7', { quantity: '300', exported: true }, ['200', '100']),
          order('8', { quantity: '12', exported: true }, ['12']),
          order('9', { quantity: '5', exported: true }, ['5']),
        ],
        deliveries: [
          delivery('7', '1', '200', 'delivered', true),
          delivery('7', '2', '100', 'delivered', true),
          delivery('8', '1', '12', 'in progress', false),
        ],
        purchaseInvoices: [
          { uid: 'PI-7', invoiceNumber: 'INV-7', orderRef: 'CL-7', exported: true, lines: [{ quantity: '300' }] },
        ],
        goodsReceipts: [
          { orderRef: 'CL-7', receiptRef: 'WB-DL-7-1', quantity: '200' },
          { orderRef: 'CL-7', receiptRef: 'WB-DL-7-2', quantity: '100' },
        ],
      },
      northscope: {
        salesOrders: [warehouse('1', '3000.00000'), warehouse('2', '1500.00000')],
        inbound: [inbound('1', '3000'), inbound('2', '1500')],
      },
      manex: {
        salesOrders: [
          {
            SONO: '0000000007',
            PONO: 'PO-7',
            CUSTNO: '0000000008',
            SONOTE: 'waybill CL-7',
            ORD_TYPE: 'OPEN',
            IS_CLOSED: false,
            SODETAILList: [
              {
                UNIQUELN: '_L7',
                ORD_QTY: '300',
                STATUS: 'CLOSED',
                SOPRICESList: [{ PRICE: '42.50' }],
                DueDateList: [dueDate('200'), dueDate('100')],
              },
            ],
          },
          {
            SONO: '0000000008',
            PONO: 'PO-8',
            CUSTNO: '0000000008',
            SONOTE: 'CANCELLED waybill CL-8',
            ORD_TYPE: 'OPEN',
            IS_CLOSED: false,
            SODETAILList: [],
          },
        ],
      },
      calls: soundCalls,
    },
    orders: [done, cancelled, refused],
    histories: [
      {
        workflowId: 'purchase-order:CL-7',
        events: 110,
        failedTasks: [],
        starts: [
          { activity: 'addPrice', attempt: 1 },
          { activity: 'removePrices', attempt: 3 },
        ],
        text: 'nothing secret',
      },
    ],
    versions: [
      version('PO-UID-7', 0, '300', ['200', '100']),
      version('DL-7-1', 21, '200', []),
      version('PO-UID-8', 0, '12', ['12']),
      version('PO-UID-9', 0, '5', ['5']),
    ],
    setAside: [],
    logs: ['{"msg":"worker ready"}'],
    expectations: {
      faults: [{ cell: 'SO/PriceAdd drop once', operation: 'SO/PriceAdd', fault: 'drop', fired: 1 }],
      secrets: ['supplier-secret'],
      once: ['addPrice'],
      settleMs: 1_000,
      approvalAbove: '10000.00',
    },
  };
}

const order = (number: string, { quantity, exported }: { quantity: string; exported: boolean }, shares: string[]) => ({
  uid: `PO-UID-${number}`,
  orderRef: `CL-${number}`,
  poNumber: `PO-${number}`,
  quantity,
  unitPrice: '42.5',
  unitOfMeasure: 'boxes of 15',
  status: 'authorised',
  exported,
  deliveries: shares.map((share, index) => ({
    deliveryRef: `${number}-${index + 1}`,
    sequence: String(index + 1),
    quantity: share,
  })),
});

const content = (quantity: string, shares: readonly string[]): Content =>
  shares.length === 0
    ? { quantity, unitPrice: null, status: 'delivered', shares }
    : { quantity, unitPrice: '42.50', status: 'authorised', shares };

const version = (uid: string, n: number, quantity: string, shares: readonly string[]) => ({
  uid,
  since: n,
  from: n,
  content: content(quantity, shares),
});

const attempt = (uid: string, second: number, quantity: string, shares: readonly string[]) => ({
  uid,
  at: at(second),
  content: content(quantity, shares),
});

const delivery = (number: string, place: string, quantity: string, status: string, exported: boolean) => ({
  uid: `DL-${number}-${place}`,
  orderRef: `CL-${number}`,
  deliveryRef: `${number}-${place}`,
  quantity,
  status,
  exported,
});

const warehouse = (sequence: string, units: string) => ({
  OrderID: `0000000007-${sequence}`,
  PONumber: 'PO-7',
  StatusName: 'Shipped',
  SalesOrderDetailList: [{ OrderUnits: units, AllocatedUnits: units, ShippedUnits: units }],
});

const inbound = (sequence: string, units: string) => ({
  SourceTransID: `0000000007-${sequence}`,
  Status: 'Completed',
  Data: `<SalesOrder><PurchaseOrder>PO-7</PurchaseOrder><Units>${units}</Units></SalesOrder>`,
});

const dueDate = (quantity: string) => ({ QTY: quantity, DUE_DTS: '2026-02-03T00:00:00' });

const question = (given: Partial<Question> & Pick<Question, 'id' | 'kind'>): Question => ({
  topic: given.kind,
  question: '',
  facts: [],
  openedAt: at(2),
  answeredAt: null,
  choice: null,
  ...given,
});

const nothing = { tasks: [], open: [], invoices: [], questions: [], acknowledged: [], unknown: [], steps: [] } as const;
const totals = { ordered: '300', despatched: '300', received: '300', invoiced: '300' };

const done: OrderEvidence = {
  ...nothing,
  orderRef: 'CL-7',
  uid: 'PO-UID-7',
  acknowledged: [attempt('PO-UID-7', 18, '300', ['200', '100']), attempt('DL-7-1', 30, '200', [])],
  stage: 'done',
  isEnded: true,
  endedAt: at(35),
  questions: [
    question({ id: 'approval-1', kind: 'approval', answeredAt: at(5), choice: 'approve' }),
    question({
      id: 'unknown-outcome-2',
      kind: 'unknown-outcome',
      question: 'Nobody knows whether this happened: book the goods receipt WB-DL-7-1 of 200 for CL-7 in Claritum.',
      facts: [
        { label: 'call', value: 'Claritum setGoodsReceipts' },
        { label: 'orderRef', value: 'CL-7' },
        { label: 'scheduled at', value: at(23) },
        { label: 'what came back', value: 'connection reset' },
      ],
      openedAt: at(25),
      answeredAt: at(28),
      choice: 'it happened',
    }),
    question({
      id: 'unknown-outcome-3',
      kind: 'unknown-outcome',
      question: `Nobody knows whether this happened: queue order ${SO7}-2 in NorthScope.`,
      facts: [
        { label: 'call', value: 'NorthScope InsertInboundIntegration' },
        { label: 'OrderID and SourceTransactionID', value: `${SO7}-2` },
        // A due date of its sales order took effect in the same instant: that is another call.
        { label: 'scheduled at', value: at(17) },
        { label: 'what came back', value: 'no answer within 3 seconds' },
      ],
      openedAt: at(18),
      answeredAt: at(19),
      choice: 'send it again',
    }),
    question({
      id: 'unknown-outcome-4',
      kind: 'unknown-outcome',
      question: 'Nobody knows whether this happened: book the goods receipt WB-DL-7-2 of 100 for CL-7 in Claritum.',
      facts: [
        { label: 'call', value: 'Claritum setGoodsReceipts' },
        { label: 'orderRef', value: 'CL-7' },
        // Its worker was lost before it sent anything.
        { label: 'scheduled at', value: at(28) },
        { label: 'what came back', value: 'no answer within 1 second' },
      ],
      openedAt: at(30),
      answeredAt: at(30),
      choice: 'send it again',
    }),
  ],
  unknown: [
    { activity: 'recordGoodsReceipt', at: at(24), isLost: false },
    { activity: 'recordGoodsReceipt', at: at(29), isLost: true },
  ],
  invoices: [{ uid: 'PI-7', quantity: '300', outcome: 'settled' }],
  totals,
};

const cancelled: OrderEvidence = {
  ...nothing,
  orderRef: 'CL-8',
  uid: 'PO-UID-8',
  acknowledged: [attempt('PO-UID-8', 41, '12', ['12']), attempt('PO-UID-8', 45, '12', ['12'])],
  stage: 'cancelled',
  isEnded: true,
  endedAt: at(46),
  tasks: [{ key: null, task: 'tell the buyer that purchase order PO-8 is cancelled' }],
  questions: [
    question({
      id: 'refused-call-1',
      kind: 'refused-call',
      question: 'Refused: mark purchase order CL-8 exported in Claritum.',
      facts: [
        { label: 'call', value: 'Claritum markExported' },
        { label: 'uid', value: 'PO-UID-8' },
      ],
      openedAt: at(42),
      answeredAt: at(43),
      choice: 'give up',
    }),
  ],
  totals: { ...totals, despatched: '0', received: '0', invoiced: '0' },
};

const refused: OrderEvidence = {
  ...cancelled,
  orderRef: 'CL-9',
  uid: 'PO-UID-9',
  acknowledged: [attempt('PO-UID-9', 50, '5', ['5'])],
  stage: 'refused',
  endedAt: at(51),
  tasks: [{ key: null, task: 'tell the buyer that purchase order PO-9 is refused' }],
  questions: [question({ id: 'approval-1', kind: 'approval', answeredAt: at(48), choice: 'reject' })],
};
