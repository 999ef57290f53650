import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromWire, ownNames, toWire, wirePath, type FieldMapping } from '../../../src/vendors/claritum/field-mapping';
import { FieldMappingError, loadFieldMapping } from '../../../src/vendors/claritum/field-mapping-file';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-names-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const load = (content: unknown): FieldMapping => {
  const file = join(folder, 'names.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return loadFieldMapping(file);
};
const faultsOf = (content: unknown): readonly string[] => {
  try {
    load(content);
  } catch (error) {
    if (error instanceof FieldMappingError) return error.faults;
    throw error;
  }
  throw new Error('the file was accepted');
};

describe('a file of names', () => {
  it('that names nothing changes nothing', () => {
    expect(load({})).toEqual(ownNames);
    expect(load({ $schema: 'x', records: {}, operations: {}, credentials: {} })).toEqual(ownNames);
  });

  it('may be the one that the documentation shows', () => {
    const adr = readFileSync(join(__dirname, '../../../docs/adr/0013-names-of-an-installation.md'), 'utf8');
    const shown = /```json\n([^`]+)```/.exec(adr)?.[1] ?? '';
    expect(load(shown)).toEqual(JSON.parse(shown));
  });

  it('is told everything that is wrong with it at once', () => {
    const faults = faultsOf({
      listEntry: '1st',
      fields: {},
      credentials: { apiUid: 'x y', user: 'u' },
      operations: {
        getPurchaseOrders: { part: 'since' },
        getEverything: { name: 'all' },
        markExported: { name: 'attributes' },
      },
      records: {
        PurchaseOrder: { orderRef: 'order..ref', orderNumber: 'x', uid: null, quantity: { constant: '1' } },
        GoodsReceipt: { receiptRef: 7 },
        Adress: {},
        StockOrder: { contact: { constant: 'x' }, lines: { constant: '' }, status: { constant: 'pending', or: 'not' } },
      },
    });
    expect(faults.toSorted((a, b) => a.localeCompare(b))).toEqual(
      [
        'listEntry: must be a name: letters, digits and _, a letter first',
        'fields: unknown name',
        'credentials.apiUid: must be a name: letters, digits and _, a letter first',
        'credentials.user: unknown name',
        'operations.getPurchaseOrders.part: the operation has no part besides the credentials',
        'operations.getEverything: unknown name',
        'operations.markExported.name: must be a name: letters, digits and _, a letter first',
        'records.PurchaseOrder.orderRef: must be member names separated by dots, like "header.number"',
        'records.PurchaseOrder.orderNumber: unknown name',
        'records.PurchaseOrder.uid: is required: name the member that holds it',
        'records.PurchaseOrder.quantity: is an identifier or a quantity: a constant cannot replace it',
        'records.GoodsReceipt.receiptRef: must be a member name in quotes, null, or {"constant": "…"}',
        'records.Adress: unknown name',
        'records.StockOrder.contact: holds a record or a list: a constant cannot replace it',
        'records.StockOrder.lines: must be a member name in quotes, null, or {"constant": "…"}',
        'records.StockOrder.status: must be a member name in quotes, null, or {"constant": "…"}',
      ].toSorted((a, b) => a.localeCompare(b)),
    );
  });

  it.each<[string, unknown, string]>([
    [
      'two names for one place that is written',
      { records: { GoodsReceipt: { receiptRef: 'ref', orderRef: 'ref' } } },
      "records.GoodsReceipt.receiptRef: 'ref' is used by orderRef already",
    ],
    [
      'a member that has members',
      { records: { Address: { city: 'street.city' } } },
      "records.Address.city: 'street.city' is used by street already",
    ],
    [
      'one operation twice',
      { operations: { getStockOrders: { name: 'getPurchaseOrders' } } },
      'operations.getStockOrders.name: another operation has this name',
    ],
    [
      'a part of the credentials',
      { operations: { markExported: { part: 'password' } } },
      'operations.markExported.part: the credentials have a part with this name',
    ],
    [
      'one part for both credentials',
      { credentials: { apiUid: 'password' } },
      'credentials: both parts have the same name',
    ],
    ['no JSON', '{"records":', 'it is not JSON'],
    ['no object', [], 'the file: expected object, received array'],
    ['what every object has', '{"records":{"constructor":{}}}', 'records.constructor: unknown name'],
    ['a prototype', '{"records":{"__proto__":{"x":"y"}}}', 'records.__proto__: no setting is called so'],
  ])('with %s is refused', (_, content, fault) => {
    expect(faultsOf(content)).toEqual([expect.stringContaining(fault)]);
  });

  it('that is not there is told by name', () => {
    expect(() => loadFieldMapping('/nowhere/names.json')).toThrow(
      'the field names of Claritum in /nowhere/names.json are wrong:\n  file not found; set CLARITUM_FIELDS to its path, or remove the variable',
    );
  });

  it('may read two fields in one place', () => {
    expect(load({ records: { PurchaseOrder: { uid: 'orderRef' } } }).records).toEqual({
      PurchaseOrder: { uid: 'orderRef' },
    });
  });
});

describe('names', () => {
  const mapping = {
    ...ownNames,
    listEntry: 'entry',
    records: {
      PurchaseOrder: {
        orderRef: 'header.reference',
        deliveries: 'drops',
        supplierRef: null,
        currency: { constant: 'GBP' },
      },
      PurchaseOrderDelivery: { address: 'to' },
      Address: {
        postCode: 'zip',
        street: 'where.street',
        city: 'where.city',
        county: null,
        country: { constant: 'GB' },
      },
      Supplier: { users: 'people', fax: { constant: '-' } },
    },
  };

  it('read a record from where its members stand', () => {
    const drop = { deliveryRef: 'D', to: { zip: '007', where: { city: 'Oslo' }, county: 'no', country: 'NO' } };
    expect(
      fromWire(mapping, 'PurchaseOrder', {
        header: { reference: '0010231' },
        orderRef: 'not this one',
        drops: { drop: [drop, { to: null }, 'gone'] },
        supplierRef: 'nor this',
        currency: 'nor this',
        uid: null,
      }),
    ).toEqual(
      expect.objectContaining({
        orderRef: '0010231',
        currency: 'GBP',
        supplierRef: undefined,
        poNumber: undefined,
        uid: null,
        deliveries: [
          expect.objectContaining({
            deliveryRef: 'D',
            address: expect.objectContaining({
              postCode: '007',
              street: undefined,
              city: 'Oslo',
              county: undefined,
              country: 'GB',
            }),
          }),
          expect.objectContaining({ address: null }),
          'gone',
        ],
      }),
    );
  });

  it.each(['text', null, ['a'], undefined])('leave alone what is no record: %j', (value) => {
    expect(fromWire(mapping, 'PurchaseOrder', value)).toBe(value);
  });

  it('find nothing in what every object has', () => {
    const sly = { ...mapping, records: { Contact: { name: 'constructor.name', email: 'toString' } } };
    expect(fromWire(sly, 'Contact', {})).toEqual({ name: undefined, email: undefined, telephone: undefined });
  });

  it('write a record to where its members stand, in their order', () => {
    const address = {
      country: 'NO',
      postCode: '007',
      street: 'S',
      city: null,
      company: 'C',
      description: null,
      county: 'left out',
    };
    const supplier = {
      users: [{ name: 'Bo', email: null, telephone: null }],
      address,
      activities: [],
      externalId: 'S-1',
    };
    const wire = toWire(mapping, 'Supplier', supplier);
    expect(JSON.stringify(wire)).toBe(
      JSON.stringify({
        externalId: 'S-1',
        fax: '-',
        activities: { entry: [] },
        address: {
          description: null,
          company: 'C',
          where: { street: 'S', city: null },
          zip: '007',
          country: 'GB',
        },
        people: { entry: [{ name: 'Bo', email: null, telephone: null }] },
      }),
    );
  });

  it('tell a path as the vendor writes it', () => {
    const path = (...parts: (string | number)[]) => wirePath(mapping, 'PurchaseOrder', parts);
    expect(path('deliveries', 0, 'address', 'postCode')).toBe('drops.0.to.zip');
    expect(path('orderRef')).toBe('header.reference');
    expect([path('quantity'), path()]).toEqual([undefined, undefined]);
  });
});
