import { isDecimal } from '../../domain/values/decimal';
import type { Merger } from './merge';
import { CentraRefused } from './refused';
import { idOf, recordsOf, textOf } from './values';
import type { Values } from './values';

/** What an update of a product asks of the rest of the shop. */
export interface ProductContext {
  readonly merger: Merger;
  /** The product a variation belongs to, also one of this very call; undefined for a new one. */
  readonly variationOwner: (id: string) => string | undefined;
}

const warehouseItems = (product: Values): readonly Values[] =>
  recordsOf(product, 'variations')
    .flatMap((variation) => recordsOf(variation, 'sizes'))
    .flatMap((size) => recordsOf(size, 'warehouseitems'));

/** The warehouses a product lies in. */
export const warehousesOf = (product: Values): readonly string[] => [
  ...new Set(warehouseItems(product).map((item) => textOf(item, 'id'))),
];

function checkVariations(id: string, before: Values, given: Values, { variationOwner }: ProductContext): void {
  for (const variation of recordsOf(given, 'variations')) {
    const variationId = textOf(variation, 'id');
    const owner = variationOwner(variationId);
    if (owner !== undefined && owner !== id) {
      throw new CentraRefused(`Product ${id}: variation ${variationId} belongs to product ${owner}`);
    }
    const known = recordsOf(before, 'variations').find((entry) => textOf(entry, 'id') === variationId) ?? {};
    const [had, wanted] = [idOf(known, 'sizetable'), idOf(variation, 'sizetable')];
    if (had !== '' && wanted !== '' && had !== wanted) {
      throw new CentraRefused(`Product ${id}: the sizetable of variation ${variationId} cannot be changed`);
    }
  }
}

function checkQuantities(id: string, given: Values): void {
  for (const item of warehouseItems(given)) {
    const qty = textOf(item, 'qty');
    if (item['qty'] !== undefined && !isDecimal(qty))
      throw new CentraRefused(`Product ${id}: qty '${qty}' is no number`);
  }
}

/**
 * One product of products_Update; an unknown id makes a product, also when all that was meant was its stock. `qty` is
 * absolute: what is free to allocate from now on (docs/vendors/centra.md#products_update).
 * @throws CentraRefused for a variation of another product, another sizetable, a quantity that is none
 */
export function updatedProduct(before: Values | undefined, given: Values, context: ProductContext): Values {
  const id = textOf(given, 'id');
  if (id === '') throw new CentraRefused('A product needs an id');
  const base = before ?? { id, status: 'inactive' };
  checkVariations(id, base, given, context);
  checkQuantities(id, given);
  return context.merger.merged('Product', base, given);
}
