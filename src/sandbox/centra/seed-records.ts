import { webShopWarehouse } from '../web-shop-seed';
import type { WebShopArticle } from '../web-shop-seed';
import type { Values } from './values';

const customer = (id: string, firstname: string, lastname: string, address1: string, zipcode: string, city: string) => {
  const email = `${firstname}.${lastname}@example.com`.toLowerCase();
  const person = { firstname, lastname, address1, address2: '', city, state: '', zipcode, country: 'SE' };
  const values: Values = {
    ...{ id, store: '1', type: 'retail', status: 'active' },
    ...{ ...person, email, telephone: `+46 8 555 010 ${id}` },
  };
  return values;
};

/** Three people who have bought before; retail customers originate in Centra. */
export const seedCustomers: readonly Values[] = [
  customer('20', 'Elin', 'Sandberg', 'Hornsgatan 14', '118 20', 'Stockholm'),
  customer('21', 'Björn', 'Åkerlund & Co', 'Södra vägen 3', '412 54', 'Göteborg'),
  customer('22', 'Noor', 'Haddad', 'Stora Nygatan 61', '211 37', 'Malmö'),
];

const ADDRESS = [
  'firstname',
  'lastname',
  'address1',
  'address2',
  'city',
  'state',
  'zipcode',
  'country',
  'email',
] as const;

/** Ten thousand orders of three customers have three addresses. */
const addresses = new WeakMap<Values, Values>();

/** A customer's address as an order carries it. */
export function addressOf(person: Values): Values {
  const known = addresses.get(person);
  if (known !== undefined) return known;
  const address = Object.fromEntries([...ADDRESS, 'telephone'].map((member) => [member, person[member] ?? '']));
  addresses.set(person, address);
  return address;
}

export const retailMarket = { id: 'Retail-Sweden', description: 'Sweden' } as const;
export const brand = { id: 'NORTHWAY', description: 'Northway' } as const;

const size = ({ centra, barcode, units }: WebShopArticle): Values => ({
  id: centra.sizeId,
  description: centra.sizeDescription,
  sku: centra.sizeSku,
  ean: barcode,
  warehouseitems: [{ id: webShopWarehouse.id, qty: units }],
});

function variation(articles: readonly WebShopArticle[], { centra }: WebShopArticle): Values {
  const isOneSize = centra.sizeSku === '';
  return {
    ...{ id: centra.variationId, stockid: centra.variationId, description: centra.variationDescription },
    ...{ sku: centra.variationSku, status: 'active', sizetable: { id: isOneSize ? 'OneSize' : 'SML' } },
    sizes: articles.filter((article) => article.centra.variationId === centra.variationId).map(size),
  };
}

/** The first article of each, by what they have in common. */
const distinct = (articles: readonly WebShopArticle[], member: 'productId' | 'variationId') => [
  ...new Map(articles.toReversed().map((article) => [article.centra[member], article])).values(),
];

/** The shared articles as Centra keeps them: products, their variations, their sizes. */
export const seedProducts = (articles: readonly WebShopArticle[]): readonly Values[] =>
  distinct(articles, 'productId')
    .toReversed()
    .map(({ centra }) => {
      const own = articles.filter((article) => article.centra.productId === centra.productId);
      return {
        ...{ id: centra.productId, status: 'active', sku: centra.productSku, description: centra.productDescription },
        ...{ brand, countryoforigin: 'PT', weight: { value: '0.350', unit: 'kg' } },
        variations: distinct(own, 'variationId')
          .toReversed()
          .map((article) => variation(own, article)),
      };
    });
