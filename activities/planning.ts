import { planOrder, type PlanResult, type ReferenceData } from '../src/domain/purchase-order/order-plan';
import { customerOf, productOf } from '../src/domain/purchase-order/policy-entries';
import type { Policy } from '../src/domain/case/policy';
import type { PurchaseOrder } from '../src/domain/purchase-order/purchase-order';
import type { NorthScopeClient } from '../src/vendors/northscope/client';
import { equals } from '../src/vendors/northscope/where-clause';
import { reading } from './call';
import type { ReferenceCache } from './reference-cache';

export interface ResolveOrderInput {
  readonly order: PurchaseOrder;
  /** ISO instant of the workflow. */
  readonly now: string;
  /** Ask NorthScope again despite a cached answer: a person may have fixed the master data. */
  readonly fresh: boolean;
}

export function createPlanningActivities(northscope: NorthScopeClient, policy: Policy, cache: ReferenceCache) {
  async function referenceData({ order, fresh }: ResolveOrderInput): Promise<ReferenceData> {
    if (fresh) cache.clear();
    const options = reading();
    const customer = customerOf(policy, order);
    const product = productOf(policy, order);
    const [sites, uomConversions, items, addresses] = await Promise.all([
      cache.read('sites', () => northscope.listSites({}, options)),
      cache.read('uom', () => northscope.listUomSchedules({}, options)),
      product === undefined
        ? []
        : cache.read(`item ${product.itemId}`, () =>
            northscope.listItems({ where: equals('ItemID', product.itemId) }, options),
          ),
      customer === undefined
        ? []
        : cache.read(`customer ${customer.customerId}`, () =>
            northscope.listCustomerAddresses({ where: equals('CustomerID', customer.customerId) }, options),
          ),
    ]);
    return { sites, uomConversions, items, addresses };
  }

  return {
    /**
     * Resolves what the other systems call the order's customer, product, unit, site and dates, by the policy file of
     * this worker and NorthScope's master data (remembered for all orders), and holds it against what each system can hold.
     * What is missing or does not fit is listed, not thrown.
     *
     * Safe to repeat: yes, it only reads.
     * Looks up first: nothing.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async resolveOrder(input: ResolveOrderInput): Promise<PlanResult> {
      return planOrder(input.order, policy, await referenceData(input), input.now);
    },
  };
}
export type PlanningActivities = ReturnType<typeof createPlanningActivities>;
