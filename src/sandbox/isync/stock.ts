import { compare, isPositive, multiply, round, subtract } from '../../domain/values/decimal';
import { webShopArticles } from '../web-shop-seed';
import { serverTime, serverToday } from './clock';
import { withScale } from './numbers';
import type { Values } from '../values';

/** What an article is before there is stock of it. */
export interface StockArticle {
  readonly sku: string;
  /** `ThirdPartyBarcode`. */
  readonly barcode: string;
  readonly description: string;
  /** The product the SKU is a variation of. */
  readonly style: string;
  /** What tells the variations apart: colour, size. */
  readonly properties: readonly string[];
  /** Retail price of one unit, tax included. */
  readonly price: string;
  /** On hand at reset. */
  readonly units: string;
}

/** The goods of the web shop, as iSync keeps them. */
export const shopArticles: readonly StockArticle[] = webShopArticles.map((article) => ({
  sku: article.sku,
  barcode: article.barcode,
  description: article.description,
  style: article.centra.productSku,
  properties: [article.centra.variationDescription, article.centra.sizeDescription].filter((word) => word !== ''),
  price: article.price,
  units: article.units,
}));

interface StockItem {
  readonly productStockId: string;
  readonly jobProductId: string;
  readonly article: StockArticle;
  /** To sell: on hand less what web orders have reserved. Below zero when more was ordered than there was. */
  readonly units: string;
  /** Server time of the last change of units. */
  readonly changed: string;
}

/** What a list asks for; `barcodes` empty: any. */
export interface StockQuery {
  /** Server time; only what changed later is listed. */
  readonly changedAfter: string;
  readonly isToSellOnly: boolean;
  readonly barcodes: readonly string[];
}

const DAY_MS = 86_400_000;
/** The share of a price that is not tax: 1 / 1.25, which is exact. */
const NET_SHARE = '0.8';

/** What iSync has to sell, by SKU, in the order of the article list. */
export class Stock {
  private readonly items = new Map<string, StockItem>();
  private readonly skus = new Map<string, string>();

  constructor(
    articles: readonly StockArticle[],
    private readonly now: () => Date,
  ) {
    const changed = serverToday(new Date(now().getTime() - DAY_MS));
    const styles = [...new Set(articles.map(({ style }) => style))];
    const jobProductIds = new Map(styles.map((style, index) => [style, String(701 + index)]));
    for (const [index, article] of articles.entries()) {
      const jobProductId = jobProductIds.get(article.style) ?? '';
      const productStockId = String(1001 + index);
      this.items.set(article.sku, { productStockId, jobProductId, article, units: article.units, changed });
      this.skus.set(article.barcode, article.sku);
    }
  }

  /** @returns the ProductStockID of a barcode; undefined for one no article has */
  idOf(barcode: string): string | undefined {
    return this.items.get(this.skus.get(barcode) ?? '')?.productStockId;
  }

  /** A web order reserves units; a barcode no article has changes nothing. */
  reserve(barcode: string, units: string): void {
    const item = this.items.get(this.skus.get(barcode) ?? '');
    if (item !== undefined) this.put(item, subtract(item.units, units));
  }

  /** Somebody counts. @returns the ProductStockID; undefined for an unknown SKU */
  setUnits(sku: string, units: string): string | undefined {
    const item = this.items.get(sku);
    if (item !== undefined) this.put(item, units);
    return item?.productStockId;
  }

  private put(item: StockItem, units: string): void {
    if (compare(item.units, units) === 0) return;
    this.items.set(item.article.sku, { ...item, units, changed: serverTime(this.now()) });
  }

  private select({ changedAfter, isToSellOnly, barcodes }: StockQuery): readonly StockItem[] {
    const wanted = new Set(barcodes);
    return [...this.items.values()].filter(
      ({ changed, units, article }) =>
        changed > changedAfter &&
        (!isToSellOnly || isPositive(units)) &&
        (wanted.size === 0 || wanted.has(article.barcode)),
    );
  }

  /** `ProductStockUnits` records. */
  unitRows(query: StockQuery): readonly Values[] {
    return this.select(query).map(({ productStockId, article, units }) => ({
      ProductStockID: productStockId,
      SKU: article.sku,
      Units: withScale(units, 2),
    }));
  }

  /** `ProductStockCatalogue` records. */
  catalogueRows(query: StockQuery): readonly Values[] {
    return this.select(query).map(({ productStockId, jobProductId, article, units }) => ({
      AvailableUnits: withScale(units, 2),
      CustomFields: [],
      Description: article.description,
      JobProductID: jobProductId,
      Prices: [withScale(round(multiply(article.price, NET_SHARE), 4), 4)],
      ProductStockID: productStockId,
      ProductUDs: article.properties,
      RetailPrices: [withScale(article.price, 2)],
      SKU: article.sku,
      Style: article.style,
      ThirdPartyBarcode: article.barcode,
    }));
  }

  /** For the ledger: units, and the time the lists' AddedDate is compared with. */
  ledger(): readonly Values[] {
    return [...this.items.values()].map(({ productStockId, article, units, changed }) => ({
      ProductStockID: productStockId,
      SKU: article.sku,
      ThirdPartyBarcode: article.barcode,
      Units: units,
      AddedDate: changed,
    }));
  }
}
