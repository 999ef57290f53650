import type { PurchaseOrder, PurchaseOrderDelivery } from './purchase-order';

/**
 * Another version of an order, written as what differs from the one it is kept beside: an amendment of a thousand
 * deliveries takes as much room as what it changes. Plain data.
 */
export type OrderVersion =
  | { readonly whole: PurchaseOrder }
  | {
      readonly changed: Partial<PurchaseOrder>;
      /** In the order of this version. */
      readonly deliveries: readonly DeliveryVersion[];
    };

type DeliveryVersion =
  /** The place of the delivery in the other order: as it is there, or with what differs. */
  | number
  | { readonly at: number; readonly changed: Partial<PurchaseOrderDelivery> }
  | { readonly whole: PurchaseOrderDelivery };

/** `version` as what differs from `base`; {@link readVersion} gives it back. */
export function writeVersion(base: PurchaseOrder, version: PurchaseOrder): OrderVersion {
  const all = differences(base, version);
  if (all === undefined) return { whole: version };
  const { deliveries: _, ...changed } = all;
  const places = new Map(base.deliveries.map((delivery, at) => [delivery.deliveryRef, { delivery, at }]));
  const deliveries = version.deliveries.map((delivery): DeliveryVersion => {
    const known = places.get(delivery.deliveryRef);
    const different = known && differences(known.delivery, delivery);
    if (known === undefined || different === undefined) return { whole: delivery };
    return Object.keys(different).length === 0 ? known.at : { at: known.at, changed: different };
  });
  return { changed, deliveries };
}

/** @throws RangeError where `base` is not the order that the version was written against */
export function readVersion(base: PurchaseOrder, version: OrderVersion): PurchaseOrder {
  if ('whole' in version) return version.whole;
  const deliveries = version.deliveries.map((delivery) => {
    if (typeof delivery === 'number') return deliveryAt(base, delivery);
    return 'whole' in delivery ? delivery.whole : { ...deliveryAt(base, delivery.at), ...delivery.changed };
  });
  return { ...base, ...version.changed, deliveries };
}

function deliveryAt({ deliveries }: PurchaseOrder, at: number): PurchaseOrderDelivery {
  const delivery = deliveries[at];
  if (delivery === undefined) throw new RangeError('a version of another order');
  return delivery;
}

/** The members of `version` that differ; undefined where it lacks one of `base`, which no difference could say. */
function differences<T extends object>(base: T, version: T): Partial<T> | undefined {
  for (const name in base) if (!(name in version)) return undefined;
  const changed: Partial<T> = {};
  for (const name in version) {
    if (JSON.stringify(base[name]) !== JSON.stringify(version[name])) changed[name] = version[name];
  }
  return changed;
}
