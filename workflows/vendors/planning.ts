import type { PlanningActivities } from '../../activities/planning';
import { taskQueues } from '../../src/domain/case/names';
import { activitiesOf } from '../case/activities';

/** It reads NorthScope's master data. */
const planning = activitiesOf<PlanningActivities>({ vendor: 'northscope', taskQueue: taskQueues.fulfilment });

export const resolveOrder = planning.reads(
  'Resolve customer, product, units, sites and dates',
  (on) => on.resolveOrder,
);
