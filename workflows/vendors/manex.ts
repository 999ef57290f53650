import type { ManExActivities } from '../../activities/manex';
import { activitiesOf } from '../case/activities';

const manex = activitiesOf<ManExActivities>({ vendor: 'manex' });

export const findSalesOrder = manex.reads('ManEx: look the sales order up', (on) => on.findSalesOrder);

export const placeSalesOrder = manex.writes('ManEx: create the sales order', (on) => on.placeSalesOrder);
export const addSalesOrderLine = manex.writes('ManEx: add the item', (on) => on.addSalesOrderLine);
export const addPrice = manex.writes('ManEx: add the price', (on) => on.addPrice);
export const addDueDate = manex.writes('ManEx: add a due date', (on) => on.addDueDate);
export const closeSalesOrderLine = manex.writes('ManEx: close the line', (on) => on.closeSalesOrderLine);
export const editSalesOrder = manex.writes('ManEx: change the sales order', (on) => on.editSalesOrder);
export const editSalesOrderLine = manex.writes(
  'ManEx: change the quantity or the title',
  (on) => on.editSalesOrderLine,
);
export const editPrice = manex.writes('ManEx: change the price', (on) => on.editPrice);
export const editDueDate = manex.writes('ManEx: change a due date', (on) => on.editDueDate);
export const removeDueDate = manex.writes('ManEx: delete a due date', (on) => on.removeDueDate);

/** Undoes {@link addDueDate}. */
export const removeDueDates = manex.undoes('ManEx: delete the due dates', (on) => on.removeDueDates);
/** Undoes {@link addPrice}. */
export const removePrices = manex.undoes('ManEx: delete the price', (on) => on.removePrices);
/** Undoes {@link addSalesOrderLine}. */
export const removeSalesOrderLine = manex.undoes('ManEx: delete the item', (on) => on.removeSalesOrderLine);
/** Undoes {@link placeSalesOrder}. */
export const withdrawSalesOrder = manex.undoes('ManEx: mark the sales order cancelled', (on) => on.withdrawSalesOrder);
