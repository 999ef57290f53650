import { z } from 'zod';
import { id, listOf, reference, referencesOf, text, yesNo } from './fields';

const Warehouse = z.strictObject({
  id,
  /** Free to allocate: absolute, what is reserved already taken off (docs/vendors/centra.md#products_update). */
  qty: text,
  cog: text,
});

const Size = z.strictObject({
  id,
  qty: text,
  preorder: yesNo,
  description: text,
  comment: text,
  sku: text,
  ean: text,
  warehouseitems: listOf('warehouse', Warehouse).optional(),
});

const Display = z.strictObject({
  store: text,
  categories: referencesOf('category'),
  categoriesremove: referencesOf('category'),
  markets: referencesOf('market'),
  marketsremove: referencesOf('market'),
  minimumorderamount: text,
  orderdenominator: text,
});

const Variation = z.strictObject({
  /** Unique among all products, not in this one only. */
  id,
  /** The same value as `id`. */
  stockid: text,
  description: text,
  sku: text,
  status: text,
  /** Cannot be changed once it is created. */
  sizetable: reference,
  sizes: listOf('size', Size).optional(),
  displays: listOf('display', Display).optional(),
  cog: text,
});

const StoreMeta = z.strictObject({
  shortdescription: text,
  description: text,
  metatitle: text,
  metakeywords: text,
  metadescription: text,
  taxgroup: text,
  store: text,
});

/** A product, its stock, or both. A mistyped id creates a product, also in a mere stock update. */
export const ProductUpdate = z.strictObject({
  id,
  status: text,
  sku: text,
  description: text,
  folder: z.strictObject({ id: text, description: text }).optional(),
  brand: reference,
  collection: reference,
  harmcode: reference,
  countryoforigin: text,
  weight: z.strictObject({ value: text, unit: text }).optional(),
  variations: listOf('variation', Variation).optional(),
  media: listOf('image', z.strictObject({ id, image: text, variation: reference })).optional(),
  metadata: listOf('storemeta', StoreMeta).optional(),
  comment: text,
});
export type ProductUpdate = z.input<typeof ProductUpdate>;
