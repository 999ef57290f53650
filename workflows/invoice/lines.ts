import type { Invoice } from '../../src/domain/invoice/invoice';
import type { SaidLines } from '../../src/domain/invoice/invoice-lines';
import { asMoney } from '../../src/domain/purchase-order/order-amounts';
import type { DecisionDesk } from '../case/decisions';
import { lineFacts, lineText } from './texts';
import type { ClaimAnswer } from './messages';
import { unclearLine } from '../../src/domain/invoice/questions';

/**
 * Asks a human about the first line of which its order could not say whether it is goods.
 *
 * @returns what was said of that line, or null where the invoice is disputed instead.
 */
export async function askAboutLine(
  desk: DecisionDesk,
  { invoiceNumber, lines, currency }: Invoice,
  { lines: kinds = [], order }: ClaimAnswer,
): Promise<SaidLines | null> {
  const index = kinds.indexOf('unclear');
  const shown = lines.slice(index, index + 1).map((line) => lineText(line, currency));
  const { choice } = await desk.ask({
    of: unclearLine,
    values: { number: String(index + 1), invoiceNumber, line: shown.join(''), orderRef: order.orderRef },
    facts: [
      { label: 'product', value: [order.productCode, order.title].filter(Boolean).join(', ') },
      { label: 'price', value: `${asMoney(order.unitPrice, order.currency)} ${order.currency}` },
      ...lineFacts({ lines, currency }, kinds),
    ],
  });
  return choice === 'dispute' ? null : { [String(index)]: choice === 'goods' ? 'goods' : 'charge' };
}
