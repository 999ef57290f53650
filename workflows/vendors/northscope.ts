import type { NorthScopeActivities } from '../../activities/northscope';
import { activitiesOf } from '../case/activities';

const northscope = activitiesOf<NorthScopeActivities>({ vendor: 'northscope' });

export const findWarehouseOrders = northscope.reads('NorthScope: look at the orders', (on) => on.findWarehouseOrders);
export const findLots = northscope.reads('NorthScope: find lots', (on) => on.findLots);

export const placeWarehouseOrder = northscope.writes(
  'InsertInboundIntegration',
  'NorthScope: queue the order',
  (on) => on.placeWarehouseOrder,
);
export const allocateLots = northscope.writes('AllocateSalesOrders', 'NorthScope: allocate', (on) => on.allocateLots);
