import { details, done, type Reply } from './answers';
import { newRow, priceColumns, textOf, wireRow, type Row } from './columns';
import { Refused, type Given } from './given';
import type { ManExOptions } from './options';
import { pricedRow, type Line, type ManExState, type Order } from './state';

/** The sale types of a fresh installation (contract.md §B.5, price parameters); one must exist before it is used. */
const saleTypes = [
  ...['CABLE/Harn', 'CONSULTING', 'LABOR', 'OTHER', 'PC ASSEMB.', 'PRIORITY'],
  ...['REPAIR', 'RESTOCKING', 'REWORK', 'SPARE PART', 'STENCILS', 'SYSTEM'],
];

/** The line a price or due-date call names by SoNo and uniqueLn; a line number does not do (manex.md §1). */
export function namedLine(state: ManExState, given: Given): { readonly order: Order; readonly line: Line } {
  const uniqueLn = given.text('UNIQUELN').trim();
  const soNo = given.soNo();
  const found = state.line(uniqueLn);
  if (found === undefined || found.order.row['SONO'] !== soNo) {
    throw new Refused(`Sales Order item with uniqueLn:'${uniqueLn}' does not exits in SO:'${soNo}'.`);
  }
  return found;
}

function saleType(given: Given): string {
  const wanted = given.text('SALETYPEID').trim();
  const known = saleTypes.find((name) => name.toUpperCase() === wanted.toUpperCase());
  if (wanted !== '' && known === undefined) throw given.refused('Sale type does not exists.');
  return known ?? '';
}

/** The columns a call sets; EXTENDED follows from price and quantity whatever the caller says [I]. */
function priceChanges(given: Given): Row {
  given.required('PRICE', 'Price');
  return {
    PRICE: given.decimal('PRICE') ?? '0',
    ...(given.has('TAXABLE') ? { TAXABLE: given.flag('TAXABLE') } : {}),
    ...(given.has('FLAT') ? { FLAT: given.flag('FLAT') } : {}),
    ...(given.has('RECORDTYPE') ? { RECORDTYPE: given.text('RECORDTYPE').trim() } : {}),
    ...(given.has('SALETYPEID') ? { SALETYPEID: saleType(given) } : {}),
  };
}

/** contract.md §B.5-8. A line takes any number of prices. */
export function addPrice(state: ManExState, given: Given): Reply {
  const { order, line } = namedLine(state, given);
  const changes = priceChanges(given);
  const identity = {
    ...{
      PLPRICELNK: state.generateKey(order),
      SONO: textOf(order.row, 'SONO'),
      UNIQUELN: textOf(line.row, 'UNIQUELN'),
    },
    ...{ RECORDTYPE: 'P', PL_GL_NBR: '4050000-00-00', COG_GL_NBR: '5090000-00-00' },
  };
  line.prices.push(newRow(priceColumns, { ...identity, ...changes }));
  return done('Sales Order Price added successfully.', 1);
}

/** contract.md §B.5-9. Succeeds with Code 403 in both generations of the vendor's documents (§C.5-1). */
export function editPrice(state: ManExState, given: Given, options: ManExOptions): Reply {
  const link = given.required('PLPRICELNK', 'PlPriceLnk');
  const { line } = namedLine(state, given);
  const index = line.prices.findIndex((row) => row['PLPRICELNK'] === link);
  const price = line.prices[index];
  if (price === undefined) throw new Refused('Sales Order Price does not exists.');
  const changed: Row = { ...price, ...priceChanges(given) };
  const effects = JSON.stringify(changed) === JSON.stringify(price) ? 0 : 1;
  line.prices[index] = changed;
  return done('Sales Order Price edited successfully.', effects, options.priceEditCode);
}

/** contract.md §B.5-10. One price, the first, although a line may have several. */
export function getPrice(state: ManExState, given: Given): Reply {
  const line = state.line(given.text('UNIQUELN').trim())?.line;
  const price = line?.prices[0];
  if (line === undefined || price === undefined) throw new Refused('Sales Order Price does not exists.');
  return details('Sales Order Price details:', wireRow(priceColumns, pricedRow(line, price)));
}

/** contract.md §B.5-11. */
export function deletePrice(state: ManExState, given: Given): Reply {
  const link = given.required('PLPRICELNK', 'PlPriceLnk');
  const found = state.line(given.text('UNIQUELN').trim());
  const index = found?.line.prices.findIndex((row) => row['PLPRICELNK'] === link) ?? -1;
  if (found === undefined || found.order.row['SONO'] !== given.soNo() || index === -1) {
    throw new Refused('Sales Order Price does not exists.');
  }
  found.line.prices.splice(index, 1);
  return done('Sales Order Price deleted successfully.', 1);
}
