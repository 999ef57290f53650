import type { Allocation, Lot, WarehouseOrder, WarehouseOrderRequest } from '../src/domain/stock/inventory';
import type { NorthScopeClient } from '../src/vendors/northscope/client';
import { all, equals, oneOf, portions } from '../src/vendors/northscope/where-clause';
import { reading, writing } from './call';

export interface PlaceWarehouseOrderInput {
  readonly request: WarehouseOrderRequest;
  readonly sourceSystem: string;
  /** ISO instant. */
  readonly createdAt: string;
}

export interface FindWarehouseOrdersInput {
  readonly orderIds: readonly string[];
}

export interface FindLotsInput {
  readonly itemId: string;
  readonly siteId: string;
}

export interface AllocateLotsInput {
  readonly orderId: string;
  readonly allocations: readonly Allocation[];
}

export function createNorthScopeActivities(northscope: NorthScopeClient) {
  return {
    /**
     * Puts an SO Order into NorthScope's inbound queue; done means queued, not created.
     *
     * Safe to repeat: no, and never sent again by itself (docs/vendors/northscope.md#so-order).
     * Looks up first: findWarehouseOrders, by OrderID, before the first sending and until it shows; it must be what we send.
     * Undone by: nothing by API; a listed task to bypass it in the UI.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async placeWarehouseOrder({ request, sourceSystem, createdAt }: PlaceWarehouseOrderInput): Promise<void> {
      return northscope.insertInboundIntegration(
        {
          transactionType: 'SOOrder',
          data: request,
          sourceSystem,
          sourceTransactionId: request.orderId,
          created: createdAt,
        },
        writing(),
      );
    },

    /**
     * Reads our orders in NorthScope by their OrderIDs, many of them in portions; those not there yet are missing from the
     * answer.
     *
     * Safe to repeat: yes, it only reads.
     * Looks up first: nothing.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async findWarehouseOrders({ orderIds }: FindWarehouseOrdersInput): Promise<WarehouseOrder[]> {
      const found: WarehouseOrder[][] = [];
      for (const portion of portions(orderIds)) {
        found.push(await northscope.listSalesOrders({ where: oneOf('OrderID', portion) }, reading()));
      }
      return found.flat();
    },

    /**
     * Reads the lots of an item at a site, oldest LotSK first.
     *
     * Safe to repeat: yes, it only reads.
     * Looks up first: nothing.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async findLots({ itemId, siteId }: FindLotsInput): Promise<Lot[]> {
      const lots = await northscope.listInventoryLots(
        { where: all(equals('ItemID', itemId), equals('SiteID', siteId)) },
        reading(),
      );
      return lots.toSorted((left, right) => left.lotSk.localeCompare(right.lotSk, 'en', { numeric: true }));
    },

    /**
     * Allocates lots to an order line in NorthScope, all or nothing.
     *
     * Safe to repeat: no, it adds to what is allocated (docs/vendors/northscope.md#allocatesalesorders).
     * Looks up first: findWarehouseOrders, by the allocated units of the line.
     * Undone by: nothing by API; a listed task.
     * Fails for good with: VendorRejected (also when another order was quicker), VendorUnauthorized.
     */
    async allocateLots({ allocations }: AllocateLotsInput): Promise<void> {
      return northscope.allocateSalesOrders({ allocations }, writing());
    },
  };
}
export type NorthScopeActivities = ReturnType<typeof createNorthScopeActivities>;
