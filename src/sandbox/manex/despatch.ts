import { add, isPositive, minimum, subtract, sum } from '../../domain/values/decimal';
import type { ManExDespatch } from '../despatch-action';
import { textOf } from './columns';
import type { Line, ManExState, Order } from './state';

/** An order by its number, by the number of a warehouse order made of it (`<SONO>-1`), or the orders of a PONO. */
export function ordersNamed(state: ManExState, reference: string): readonly Order[] {
  const order = state.order(reference) ?? state.order(reference.replace(/-\d+$/, ''));
  return order === undefined
    ? state.allOrders().filter(({ row }) => reference !== '' && textOf(row, 'PONO') === reference)
    : [order];
}

const isOpen = ({ row }: Line): boolean => !['CANCEL', 'CLOSED'].includes(textOf(row, 'STATUS'));

/** Ships up to `limit` of what a line still waits for. @returns the units shipped */
function shipLine(line: Line, limit: string | undefined): string {
  const balance = textOf(line.row, 'BALANCE');
  const units = limit === undefined ? balance : minimum(limit, balance);
  if (!isPositive(units)) return '0';
  const shipped = add(textOf(line.row, 'SHIPPEDQTY'), units);
  line.row = { ...line.row, SHIPPEDQTY: shipped, BALANCE: subtract(balance, units) };
  return units;
}

/**
 * ManEx's own shipping: SHIPPEDQTY rises and BALANCE falls, line by line in the order of their numbers, never beyond the
 * balance; the status stays, which no call can change any more once the balance is 0.
 * @returns the SONOs something left for; undefined for an unknown order
 */
export function despatch(state: ManExState, { references, units }: ManExDespatch): readonly string[] | undefined {
  const orders = references.map((reference) => ordersNamed(state, reference)).find((found) => found.length > 0);
  let left = units;
  return orders
    ?.filter((order) => {
      const lines = order.lines.filter(isOpen);
      const inOrder = lines.toSorted((a, b) => textOf(a.row, 'LINE_NO').localeCompare(textOf(b.row, 'LINE_NO'), 'en'));
      const shipped = sum(
        inOrder.map((line) => {
          const taken = shipLine(line, left);
          left = left && subtract(left, taken);
          return taken;
        }),
      );
      return isPositive(shipped);
    })
    .map(({ row }) => textOf(row, 'SONO'));
}
