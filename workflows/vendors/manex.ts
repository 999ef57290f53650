import type { ManExActivities } from '../../activities/manex';
import { activitiesOf } from '../case/activities';

const manex = activitiesOf<ManExActivities>({ vendor: 'manex' });

export const findSalesOrder = manex.reads('ManEx: look the sales order up', (on) => on.findSalesOrder);

export const placeSalesOrder = manex.writes('SO/Add', 'ManEx: create the sales order', (on) => on.placeSalesOrder);
export const addSalesOrderLine = manex.writes('SO/ItemADD', 'ManEx: add the item', (on) => on.addSalesOrderLine);
export const addPrice = manex.writes('SO/PriceAdd', 'ManEx: add the price', (on) => on.addPrice);
export const addDueDate = manex.writes('SO/DueDateAdd', 'ManEx: add a due date', (on) => on.addDueDate);
export const closeSalesOrderLine = manex.writes('SO/ItemEdit', 'ManEx: close the line', (on) => on.closeSalesOrderLine);
export const editSalesOrder = manex.writes('SO/Edit', 'ManEx: change the sales order', (on) => on.editSalesOrder);
export const editSalesOrderLine = manex.writes(
  'SO/ItemEdit',
  'ManEx: change the quantity or the title',
  (on) => on.editSalesOrderLine,
);
export const editPrice = manex.writes('SO/PriceEdit', 'ManEx: change the price', (on) => on.editPrice);
export const editDueDate = manex.writes('SO/DueDateEdit', 'ManEx: change a due date', (on) => on.editDueDate);
export const removeDueDate = manex.writes('SO/DueDateDelete', 'ManEx: delete a due date', (on) => on.removeDueDate);

/** Undoes {@link addDueDate}. */
export const removeDueDates = manex.undoes('ManEx: delete the due dates', (on) => on.removeDueDates);
/** Undoes {@link addPrice}. */
export const removePrices = manex.undoes('ManEx: delete the price', (on) => on.removePrices);
/** Undoes {@link addSalesOrderLine}. */
export const removeSalesOrderLine = manex.undoes('ManEx: delete the item', (on) => on.removeSalesOrderLine);
/** Undoes {@link placeSalesOrder}. */
export const withdrawSalesOrder = manex.undoes('ManEx: mark the sales order cancelled', (on) => on.withdrawSalesOrder);
