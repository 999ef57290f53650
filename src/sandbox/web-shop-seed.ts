/**
 * What the web shop sells, as Centra and iSync both know it: the two sandboxes start from the same article list, and a
 * change here is a change in the example policy, which maps Centra's SKU to iSync's barcode.
 */
export interface WebShopArticle {
  /** Centra's full SKU: product, variation and size SKU one after the other; iSync's `SKU`. */
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

const sizes = {
  small: { sizeId: 'S', sizeSku: '-S', sizeDescription: 'Small' },
  medium: { sizeId: 'M', sizeSku: '-M', sizeDescription: 'Medium' },
  one: { sizeId: 'OS', sizeSku: '', sizeDescription: '' },
} as const;

/** A product with one colour; the variation has no SKU of its own, for Centra's orders do not show it. */
const product = (productSku: string, productDescription: string, variationDescription: string) => ({
  ...{ productId: `P-${productSku}`, productSku, productDescription },
  ...{ variationId: `V-${productSku}`, variationSku: '', variationDescription },
});

function article(centra: Cut, barcode: string, price: string, units: string): WebShopArticle {
  const words = [centra.productDescription, centra.variationDescription, centra.sizeDescription];
  return {
    sku: `${centra.productSku}${centra.variationSku}${centra.sizeSku}`,
    barcode,
    description: words.filter((word) => word !== '').join(', '),
    price,
    currency: 'SEK',
    units,
    centra,
  };
}

const black = product('TEE100BLK', 'Organic T-shirt', 'Black');
const white = product('TEE100WHT', 'Organic T-shirt', 'White');
const mug = product('0071', 'Enamel mug', 'White');
const parka = product('PRK900NVY', 'Winter parka', 'Navy');

/** The articles. One SKU and one barcode begin with zeros on purpose: both are text. The last one is scarce. */
export const webShopArticles: readonly WebShopArticle[] = [
  article({ ...black, ...sizes.small }, '7350001100017', '299.00', '120000'),
  article({ ...black, ...sizes.medium }, '7350001100024', '299.00', '200000'),
  article({ ...white, ...sizes.medium }, '7350001100031', '299.00', '80000'),
  article({ ...mug, ...sizes.one }, '0071000000017', '129.50', '45000'),
  article({ ...parka, ...sizes.medium }, '7350001100048', '2495.00', '12'),
];

/** The one warehouse the shop sells from, under the id both sides send. */
export const webShopWarehouse = { id: 'MAIN', description: 'Main warehouse' } as const;
