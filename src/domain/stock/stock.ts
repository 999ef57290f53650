/**
 * What iSync holds of one SKU (docs/vendors/isync.md#getproductstockunits); `publishStock` brings it to the web shop.
 */
export interface StockUnits {
  readonly productStockId: string | null;
  readonly sku: string;
  /** Decimal, with the vendor's own decimals (`4.00`); below nothing where more is sold than there is. */
  readonly units: string;
}

/** One SKU of iSync's catalogue (`GetProductStockCatalogue`); nothing but the SKU is promised by any source. */
export interface CatalogueProduct {
  readonly sku: string;
  readonly jobProductId: string | null;
  readonly style: string | null;
  /** Decimal. */
  readonly availableUnits: string | null;
  /** Every other member under the vendor's own name. */
  readonly details: Readonly<Record<string, CatalogueDetail>>;
}

/** Text as it was written, null for nil, a list, or a record. */
export type CatalogueDetail = string | null | readonly CatalogueDetail[] | { readonly [name: string]: CatalogueDetail };

/** Since when iSync is asked for changes: of units only, so what else changed shows in a whole dump at the latest. */
export interface StockQuery {
  /** Zone-less `YYYY-MM-DDTHH:mm:ss` by the clock of the vendor's server; far in the past for everything. */
  readonly addedDate: string;
  /** Only what is (true) or is not available to sell; undocumented beyond that, so leave it out. */
  readonly availableUnits?: boolean;
}
