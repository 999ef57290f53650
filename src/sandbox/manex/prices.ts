import { details, done, type Reply } from './answers';
import { newRow, priceColumns, textOf, wireRow, type Row } from './columns';
import { Refused, type Given } from './given';
import type { ManExOptions } from './options';
import { pricedRow, type Line, type ManExState, type Order } from './state';

/** The sale types of a new installation; one must exist before it is used (docs/vendors/manex.md#sopriceadd). */
const saleTypes = [
  ...['CABLE/Harn', 'CONSULTING', 'LABOR', 'OTHER', 'PC ASSEMB.', 'PRIORITY'],
  ...['REPAIR', 'RESTOCKING', 'REWORK', 'SPARE PART', 'STENCILS', 'SYSTEM'],
];

/** The line that a call names by SoNo and uniqueLn; a line number will not do (docs/vendors/manex.md#sopriceadd). */
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

/** The columns a call sets; EXTENDED follows from price and quantity whatever the caller says. Assumed. */
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

/** docs/vendors/manex.md#sopriceadd. A line takes any number of prices. */
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

/** docs/vendors/manex.md#sopriceedit. Succeeds with Code 403 in both sets of the vendor's documents. */
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

/** docs/vendors/manex.md#sopriceget. One price, the first, although a line may have several. */
export function getPrice(state: ManExState, given: Given): Reply {
  const line = state.line(given.text('UNIQUELN').trim())?.line;
  const price = line?.prices[0];
  if (line === undefined || price === undefined) throw new Refused('Sales Order Price does not exists.');
  return details('Sales Order Price details:', wireRow(priceColumns, pricedRow(line, price)));
}

/** docs/vendors/manex.md#sopricedelete. */
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
