import { add, compare, multiply, subtract } from '../../domain/values/decimal';
import { company } from '../seed';
import { itemOf, siteOf, unitOf } from './master-data';
import { Refused } from './refused';
import { availableUnits, type Lot, type NorthScopeState } from './state';
import { objectOf, objectsOf, textOf, type TreeObject } from './tree';

interface Movement {
  readonly lot: string;
  readonly itemId: string;
  /** In base units; negative where an adjustment takes away. */
  readonly units: string;
}

function site(header: TreeObject, name: string): string {
  const siteId = textOf(header, name);
  if (siteOf(siteId) === undefined) throw new Refused(`${name} '${siteId}' does not exist.`);
  return siteId;
}

function movement(detail: TreeObject): Movement {
  const item = itemOf(textOf(detail, 'ItemID'));
  if (item === undefined) throw new Refused(`ItemID '${textOf(detail, 'ItemID')}' does not exist.`);
  const units = textOf(detail, 'TransactionUnits');
  if (!/^-?\d{1,12}(\.\d{1,5})?$/.test(units)) throw new Refused(`TransactionUnits '${units}' is not valid.`);
  const unit = unitOf(item, textOf(detail, 'UnitsUOMID') || item.UnitsUOM);
  if (unit === undefined) throw new Refused(`UnitsUOMID '${textOf(detail, 'UnitsUOMID')}' is not valid.`);
  const lot = textOf(detail, 'Lot');
  if (lot === '') throw new Refused('Lot is required.');
  return { lot, itemId: item.ItemID, units: multiply(units, unit.factor) };
}

function transaction(data: TreeObject, type: string): { header: TreeObject; movements: Movement[] } {
  const header = objectOf(data, 'TransactionHeader');
  const named = textOf(header, 'TransactionType');
  if (named !== type) throw new Refused(`TransactionType '${named}' is not valid.`);
  const companyId = textOf(header, 'CompanyID');
  if (companyId !== company.companyId) throw new Refused(`CompanyID '${companyId}' does not exist.`);
  const details = objectsOf(header, 'TransactionDetail');
  if (details.length === 0) throw new Refused('TransactionDetail is required.');
  return { header, movements: details.map(movement) };
}

type Change = { readonly movement: Movement; readonly siteId: string; readonly units: string };

/** Applies changes of on-hand together: either every lot stays within what is available, or none changes. */
function apply(state: NorthScopeState, changes: readonly Change[]): void {
  const after = new Map<string, { lot: Lot | undefined; change: Change; total: string }>();
  for (const change of changes) {
    const { lot, itemId } = change.movement;
    const key = JSON.stringify([lot, itemId, change.siteId]);
    const total = add(after.get(key)?.total ?? '0', change.units);
    after.set(key, { lot: state.lot(lot, itemId, change.siteId), change, total });
  }
  for (const { lot, change, total } of after.values()) {
    const free = lot === undefined ? '0' : availableUnits(lot);
    if (compare(total, '0') < 0 && compare(add(free, total), '0') < 0) {
      throw new Refused(`Lot '${change.movement.lot}' has insufficient available inventory.`);
    }
  }
  for (const { lot, change, total } of after.values()) {
    if (lot === undefined) state.addLot(change.movement.lot, change.movement.itemId, change.siteId, total);
    else lot.onHand = add(lot.onHand, total);
  }
}

/** IM Adjustment: adds its units to what is on hand (docs/vendors/northscope.md#im-adjustment-and-im-transfer). */
export function adjustStock(state: NorthScopeState, data: TreeObject): void {
  const { header, movements } = transaction(data, 'Adjustment');
  const siteId = site(header, 'SiteID');
  apply(
    state,
    movements.map((one) => ({ movement: one, siteId, units: one.units })),
  );
}

/**
 * IM Transfer: from one site to another, the lot's number kept
 * (docs/vendors/northscope.md#im-adjustment-and-im-transfer).
 */
export function transferStock(state: NorthScopeState, data: TreeObject): void {
  const { header, movements } = transaction(data, 'Transfer');
  const [from, to] = [site(header, 'FromSiteID'), site(header, 'ToSiteID')];
  const isBackwards = movements.some(({ units }) => compare(units, '0') <= 0);
  if (isBackwards) throw new Refused('TransactionUnits must be greater than zero.');
  apply(
    state,
    movements.flatMap((one) => [
      { movement: one, siteId: from, units: subtract('0', one.units) },
      { movement: one, siteId: to, units: one.units },
    ]),
  );
}
