/**
 * What the web shop sells, as Centra and iSync both know it: the two sandboxes start from the same article list, and a
 * change here is a change in the example policy, which maps Centra's SKU to iSync's barcode.
 */
export interface WebShopArticle {
  /** Centra's full SKU: product, variation and size SKU one after the other (centra.md §4); iSync's `SKU`. */
  readonly sku: string;
  /** iSync's `ThirdPartyBarcode`, and Centra's `ean` of the size; digits, leading zeros included. */
  readonly barcode: string;
  /** What a person reads, product and variation. */
  readonly description: string;
  /** Selling price of one unit in `currency`, tax included. */
  readonly price: string;
  readonly currency: string;
  /** On hand at reset, in units. */
  readonly units: string;
  /** Where the SKU is cut for Centra, whose products have variations and sizes. */
  readonly centra: {
    readonly productId: string;
    readonly productSku: string;
    readonly productDescription: string;
    readonly variationId: string;
    readonly variationSku: string;
    readonly variationDescription: string;
    readonly sizeId: string;
    readonly sizeSku: string;
    readonly sizeDescription: string;
  };
}

type Cut = WebShopArticle['centra'];

const tee = (variationId: string, variationSku: string, variationDescription: string) => ({
  ...{ productId: 'P-TEE', productSku: 'TEE100', productDescription: 'Organic T-shirt' },
  ...{ variationId, variationSku, variationDescription },
});
const small = { sizeId: 'S', sizeSku: '-S', sizeDescription: 'S' };
const medium = { sizeId: 'M', sizeSku: '-M', sizeDescription: 'M' };
const mug = {
  ...{ productId: 'P-MUG', productSku: '0071', productDescription: 'Enamel mug' },
  ...{ variationId: 'V-MUG-WHT', variationSku: 'WHT', variationDescription: 'White' },
  ...{ sizeId: 'ONE', sizeSku: '', sizeDescription: 'One size' },
} satisfies Cut;
const parka = {
  ...{ productId: 'P-PARKA', productSku: 'PRK9', productDescription: 'Winter parka' },
  ...{ variationId: 'V-PARKA-NVY', variationSku: '-NVY', variationDescription: 'Navy' },
} as const;

function article(centra: Cut, barcode: string, price: string, units: string): WebShopArticle {
  return {
    sku: `${centra.productSku}${centra.variationSku}${centra.sizeSku}`,
    barcode,
    description: `${centra.productDescription}, ${centra.variationDescription}, ${centra.sizeDescription}`,
    price,
    currency: 'SEK',
    units,
    centra,
  };
}

const black = tee('V-TEE-BLK', '-BLK', 'Black');
const white = tee('V-TEE-WHT', '-WHT', 'White');

/** The articles. One SKU and one barcode begin with zeros on purpose: both are text. */
export const webShopArticles: readonly WebShopArticle[] = [
  article({ ...black, ...small }, '7350001100017', '299.00', '120'),
  article({ ...black, ...medium }, '7350001100024', '299.00', '200'),
  article({ ...white, ...medium }, '7350001100031', '299.00', '80'),
  article(mug, '0071000000017', '129.50', '45'),
  article({ ...parka, ...medium }, '7350001100048', '2495.00', '12'),
];

/** The one warehouse the shop sells from, under the id both sides send. */
export const webShopWarehouse = { id: 'MAIN', description: 'Main warehouse' } as const;
