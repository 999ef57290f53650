import { checksOf, type Finding } from './finding';
import { byName, firstOf, meant, unsaid, type PolicyName } from './names';
import type { PolicyThere } from './surroundings';

const { notice, unchecked } = checksOf('manex');

/** Those of a fresh installation, as its documents print them, cut at ten characters (docs/vendors/manex.md). */
const saleTypes = [
  ...['CABLE/Harn', 'CONSULTING', 'LABOR', 'OTHER', 'PC ASSEMB.', 'PRIORITY'],
  ...['REPAIR', 'RESTOCKING', 'REWORK', 'SPARE PART', 'STENCILS', 'SYSTEM'],
];

/** The API reads sales orders only: of all that the policy names there, only what its documents print can be compared. */
export function* namesAtManEx({ policy: { customers, products, units }, path }: PolicyThere): Iterable<Finding> {
  const listed = (all: readonly PolicyName[]): string => {
    const names = [...byName(all).keys()];
    return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  };
  const named = (list: string, key: string, names: readonly (string | null)[]): PolicyName[] =>
    names.flatMap((name, index) => (name === null ? [] : [{ place: `${list}[${index}].${key}`, name }]));
  const custNos = named(
    'customers',
    'custNo',
    customers.map(({ custNo }) => custNo),
  );
  const parts = named(
    'products',
    'partNumber',
    products.map(({ partNumber, revision }) => (revision === null ? partNumber : `${partNumber} revision ${revision}`)),
  );
  const uoms = named(
    'units',
    'manex',
    units.map(({ manex }) => manex),
  );
  yield unchecked(
    'policy: names',
    `customers (${listed(custNos)}), parts (${listed(parts)}) and units (${listed(uoms)}) cannot be checked: the API has no lists of them`,
    'compare each with ManEx’s own screens; if one is wrong, ManEx refuses the order and Waybill asks a person',
  );
  const types = byName(
    named(
      'products',
      'saleTypeId',
      products.map(({ saleTypeId }) => saleTypeId),
    ),
  );
  const others = [...types].filter(([name]) => !saleTypes.some((known) => known.toUpperCase() === name.toUpperCase()));
  yield* firstOf(others, ([name, [{ place }]]) =>
    notice(
      'policy: sale types',
      `${place}: '${name}' is not one of the sale types of a new ManEx${meant(name, saleTypes)}`,
      `check whether ManEx has it, or fix ${place} in ${path}`,
    ),
  );
  yield* unsaid('manex', 'policy: sale types', others.length, 'notice');
}
