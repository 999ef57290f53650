import { add, compare, isDecimal, isPositive, multiply, round, wholeTimes } from './decimal';
import type { PurchaseOrder } from './purchase-order';

type Amounts = Pick<PurchaseOrder, 'net' | 'tax' | 'gross'>;

const netOf = ({ quantity, unitPrice }: PurchaseOrder): string => round(multiply(quantity, unitPrice), 2);

/**
 * The amounts of an order with another quantity or price: net is quantity × price, tax stays in proportion (a penny may
 * be lost). Where the known order's amounts cannot be reckoned with, or its net is not quantity × price, they stay.
 *
 * @param known an order whose amounts are right.
 */
export function amountsLike(known: PurchaseOrder, order: PurchaseOrder): Amounts {
  const { net, tax, gross } = known;
  const isReckoned = [net, tax].every(isDecimal) && isPositive(net) && compare(net, netOf(known)) === 0;
  const isSame = compare(known.quantity, order.quantity) === 0 && compare(known.unitPrice, order.unitPrice) === 0;
  if (!isReckoned || isSame) return { net, tax, gross };
  const changed = netOf(order);
  const pence = wholeTimes(multiply(tax, changed), multiply(net, '0.01'));
  const changedTax = round(multiply(pence, '0.01'), 2);
  return { net: changed, tax: changedTax, gross: round(add(changed, changedTax), 2) };
}
