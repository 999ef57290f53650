import { asQuantity } from '../../src/domain/values/decimal';
import { asMarkdown, joined, lines, paragraphs, type Markdown } from '../../src/domain/values/markdown';
import { orderOperand } from '../../src/domain/case/names';
import type { Progress } from '../../src/domain/purchase-order/progress';
import { COMMA, questionDetails, taskDetails } from '../case/details';

/** The Markdown of the Web UI's current details: quantities, what it waits for, and exactly how to answer. */
export function orderDetails(progress: Progress): Markdown {
  const { poNumber, productCode, stage, waitingFor } = progress;
  return paragraphs([
    asMarkdown`### ${poNumber} · ${productCode} · ${stage}`,
    ...(waitingFor === null ? [] : [asMarkdown`**Waiting:** ${waitingFor}`]),
    ...progress.decisions.flatMap((decision) => questionDetails(orderOperand(progress.orderRef), decision)),
    quantities(progress),
    documents(progress),
    ...taskDetails(progress.tasks),
  ]);
}

function quantities({ ledger, totals, unitOfMeasure }: Progress): Markdown {
  const rows = ledger.deliveries.map(({ deliveryRef, ordered, allocated, despatched, received }) =>
    row([deliveryRef, ordered, allocated, despatched, received, '']),
  );
  return lines([
    row([unitOfMeasure, 'ordered', 'allocated', 'despatched', 'received', 'invoiced']),
    asMarkdown`| --- | ---: | ---: | ---: | ---: | ---: |`,
    ...rows,
    row([asMarkdown`**all**`, totals.ordered, totals.allocated, totals.despatched, totals.received, totals.invoiced]),
  ]);
}

function documents({ documents: { claritum, manex, northscope, documents: stored } }: Progress): Markdown {
  const inClaritum = [
    asMarkdown`${claritum.orderRef}${claritum.exported ? ', exported' : ''}`,
    ...claritum.receipts.map(({ receiptRef, quantity }) => asMarkdown`receipt ${receiptRef} (${asQuantity(quantity)})`),
    ...claritum.invoices.map(({ number, outcome }) => asMarkdown`invoice ${number} ${outcome}`),
  ];
  const orders = northscope.orders.map(({ orderId }) => orderId);
  const names = stored.map(({ name }) => name);
  return lines([
    asMarkdown`- Claritum: ${joined(inClaritum, COMMA)}`,
    asMarkdown`- ManEx: ${manex.soNo ?? '–'}${manex.closed ? ', closed' : ''}`,
    asMarkdown`- NorthScope: ${orders.length === 0 ? '–' : joined(orders, COMMA)}`,
    asMarkdown`- Documents: ${names.length === 0 ? '–' : joined(names, COMMA)}`,
  ]);
}

const CELLS = asMarkdown` | `;
const row = (cells: readonly (string | Markdown)[]): Markdown => asMarkdown`| ${joined(cells, CELLS)} |`;
