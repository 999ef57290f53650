import { filterFault, MOST_FILTER_VALUES } from '../../domain/purchase-order/limits';

/**
 * The columns each list may be filtered by. Only ListSites documents them; for the others the document prints `????`
 * and the response members are assumed (docs/vendors/northscope.md#whereclause). ListSalesOrders filters on the header,
 * never on details.
 */
export const whereColumns = {
  ListSites: [
    'SiteSK',
    'SiteID',
    'SiteName',
    'CompanyID',
    'DataEntityCompanySK',
    'AddressLine1',
    'AddressLine2',
    'City',
    'State',
    'Zip',
    'Country',
    'Phone1',
    'Fax',
  ],
  ListUOMSchedules: ['ScheduleSK', 'FromUOMID', 'ToUOMID', 'ConversionValue'],
  ListSalesOrders: [
    'OrderHeaderSK',
    'OrderID',
    'OrderType',
    'StatusName',
    'CustomerSK',
    'CustomerID',
    'CustomerName',
    'ShipToAddressID',
    'SiteSK',
    'SiteID',
    'CompanyID',
    'DataEntityCompanySK',
    'PONumber',
    'OrderDate',
    'ShipByDate',
    'CarrierID',
  ],
  ListItems: [
    'ItemSK',
    'ItemID',
    'ItemDescription',
    'ItemClassID',
    'ItemType',
    'ManagedBy',
    'LotTracked',
    'UOMScheduleSK',
    'UnitsUOM',
    'WeightUOM',
    'CompanyID',
    'DataEntityCompanySK',
    'InactiveFlag',
  ],
  ListCustomerAddresses: [
    'CustomerSK',
    'CustomerID',
    'CustomerName',
    'AddressID',
    'AddressName',
    'AddressLine1',
    'AddressLine2',
    'City',
    'State',
    'Zip',
    'Country',
    'AddressTypeEN',
    'CompanyID',
  ],
  ListInventoryLots: [
    'LotSK',
    'Lot',
    'ItemSK',
    'ItemID',
    'SiteSK',
    'SiteID',
    'Owner',
    'OnHandUnits',
    'AllocatedUnits',
    'AvailableUnits',
    'UnitsUOM',
  ],
} as const;

/** The list requests that take a WhereClause. */
export type FilteredList = keyof typeof whereColumns;
export type WhereColumn<L extends FilteredList> = (typeof whereColumns)[L][number];

const comparisons = { equals: '=', above: '>', atLeast: '>=', below: '<', atMost: '<=' } as const;
type Comparison = keyof typeof comparisons;

/** A filter for the list `L`, as plain data: nothing in it is SQL until {@link renderWhereClause} writes it. */
export type Condition<C extends string> =
  | { readonly is: Comparison; readonly column: C; readonly value: string }
  | { readonly is: 'oneOf'; readonly column: C; readonly values: readonly string[] }
  | { readonly is: 'startsWith'; readonly column: C; readonly prefix: string }
  | { readonly is: 'all'; readonly conditions: readonly Condition<C>[] }
  | { readonly is: 'any'; readonly conditions: readonly Condition<C>[] };

const compare =
  (is: Comparison) =>
  <C extends string>(column: C, value: string): Condition<C> => ({ is, column, value });

export const equals = compare('equals');
export const above = compare('above');
export const atLeast = compare('atLeast');
export const below = compare('below');
export const atMost = compare('atMost');

export const oneOf = <C extends string>(column: C, values: readonly string[]): Condition<C> => ({
  is: 'oneOf',
  column,
  values,
});

/** As many values as one {@link oneOf} takes, or fewer, at a time; none for none. */
export const portions = <T>(values: readonly T[], most = MOST_FILTER_VALUES): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / most) }, (_, index) => values.slice(index * most, (index + 1) * most));

/** `LIKE 'prefix%'`; wildcards in the prefix are taken literally. */
export const startsWith = <C extends string>(column: C, prefix: string): Condition<C> => ({
  is: 'startsWith',
  column,
  prefix,
});

export const all = <C extends string>(...conditions: readonly Condition<C>[]): Condition<C> => ({
  is: 'all',
  conditions,
});
export const any = <C extends string>(...conditions: readonly Condition<C>[]): Condition<C> => ({
  is: 'any',
  conditions,
});

/** Thrown when a condition cannot be written safely: the request is then never sent. */
export class UnsafeCondition extends Error {
  override readonly name = 'UnsafeCondition';
}

const longestClause = 8_000;
const deepestNesting = 8;

function literal(value: string): string {
  const fault = filterFault(value);
  if (fault !== undefined) throw new UnsafeCondition(`a value ${fault}`);
  return `'${value.replaceAll("'", "''")}'`;
}

/** T-SQL's own way to mean a wildcard literally: a class of one character. */
const withoutWildcards = (prefix: string): string => prefix.replace(/[%_[]/g, '[$&]');

function prefixLiteral(prefix: string): string {
  if (prefix === '') throw new UnsafeCondition('an empty prefix matches everything');
  literal(prefix);
  return `'${withoutWildcards(prefix).replaceAll("'", "''")}%'`;
}

function render<C extends string>(columns: readonly string[], condition: Condition<C>, depth: number): string {
  if (depth > deepestNesting) throw new UnsafeCondition(`nested deeper than ${deepestNesting}`);
  if (condition.is === 'all' || condition.is === 'any') {
    if (condition.conditions.length === 0) throw new UnsafeCondition(`'${condition.is}' without conditions`);
    const joined = condition.conditions.map((part) => render(columns, part, depth + 1));
    const text = joined.join(condition.is === 'all' ? ' AND ' : ' OR ');
    return depth === 0 ? text : `(${text})`;
  }
  const column = columns.find((name) => name === condition.column);
  if (column === undefined) throw new UnsafeCondition('this list does not have such a column');
  switch (condition.is) {
    case 'oneOf':
      if (condition.values.length === 0 || condition.values.length > MOST_FILTER_VALUES) {
        throw new UnsafeCondition(`'oneOf' takes 1 to ${MOST_FILTER_VALUES} values`);
      }
      return `${column} IN (${condition.values.map(literal).join(', ')})`;
    case 'startsWith':
      return `${column} LIKE ${prefixLiteral(condition.prefix)}`;
    default:
      return `${column} ${comparisons[condition.is]} ${literal(condition.value)}`;
  }
}

/**
 * Writes a condition as the SQL predicate NorthScope expects (docs/vendors/northscope.md#whereclause). The text still
 * has to be escaped for XML by the writer.
 *
 * @throws UnsafeCondition when a column is not of this list, or a value could be read as anything but one literal.
 */
export function renderWhereClause<L extends FilteredList>(list: L, condition: Condition<WhereColumn<L>>): string {
  const text = render(whereColumns[list], condition, 0);
  if (text.length > longestClause) throw new UnsafeCondition(`longer than ${longestClause} characters`);
  return text;
}
