import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { checkWsdl } from '../../../src/transport/wsdl/check';
import {
  toCustomerRequest,
  toGoodsReceiptRequest,
  toStockOrderStatusRequest,
  toSupplierRequest,
} from '../../../src/vendors/claritum/requests';
import { ownNames } from '../../../src/vendors/claritum/field-mapping';
import { records, type RecordName } from '../../../src/vendors/claritum/fields';
import * as wire from '../../../src/vendors/claritum/schema';
import { wsdlUse } from '../../../src/vendors/claritum/wsdl-use';

type Members = Record<string, unknown>;

/** A record with everything in it that fields.ts names, lists with one entry. */
function whole(record: RecordName): Members {
  const fields = Object.entries(records[record]).map(([name, { record: inner, isList }]): [string, unknown] => {
    const text = /Date$|^lastModified$/.test(name) ? '2026-01-05T09:00:00Z' : '1';
    const content = inner === undefined ? text : whole(inner);
    return [name, isList === true ? { item: content } : content];
  });
  return Object.fromEntries(fields);
}

interface Place {
  readonly path: string;
  readonly isRequired: boolean;
  /** Removes the member from a whole record. */
  remove(from: Members): void;
}

/** Every member of a record, and of the records in it. */
function placesIn(record: RecordName, path = '', inside = (root: Members): Members => root): readonly Place[] {
  return Object.entries(records[record]).flatMap(([name, { record: inner, isList, isRequired = false }]) => {
    const here: Place = {
      path: `${path}${name}`,
      isRequired,
      remove: (root) => {
        delete inside(root)[name];
      },
    };
    if (inner === undefined) return [here];
    const deeper = (root: Members): Members => {
      const content = inside(root)[name] as Members;
      return isList === true ? (content['item'] as Members) : content;
    };
    return [here, ...placesIn(inner, `${path}${name}.`, deeper)];
  });
}

const read = [
  ['PurchaseOrder', wire.PurchaseOrder],
  ['Delivery', wire.Delivery],
  ['Specification', wire.Specification],
  ['Attachment', wire.Attachment],
  ['PurchaseInvoice', wire.PurchaseInvoice],
  ['SalesInvoice', wire.SalesInvoice],
  ['StockOrder', wire.StockOrder],
] satisfies [RecordName, z.ZodType][];

describe('the table of fields', () => {
  it.each<[RecordName, z.ZodType]>(read)(
    'names what the schema of %s reads, and what it cannot do without',
    (record, schema) => {
      expect(Object.keys(schema.parse(whole(record)) as Members)).toEqual(Object.keys(records[record]));
      for (const { path, isRequired, remove } of placesIn(record)) {
        const without = whole(record);
        remove(without);
        expect([path, schema.safeParse(without).success]).toEqual([path, !isRequired]);
      }
    },
  );

  it('names what is written, in its order', () => {
    const address = whole('Address') as unknown as Parameters<typeof toSupplierRequest>[0]['address'];
    const contacts = [whole('Contact')] as unknown as [];
    const all = (record: RecordName) => ({ ...whole(record), address, contacts, users: contacts }) as unknown;
    const customer = toCustomerRequest({
      ...(all('Customer') as Parameters<typeof toCustomerRequest>[0]),
      creditStop: true,
    });
    const supplier = toSupplierRequest({
      ...(all('Supplier') as Parameters<typeof toSupplierRequest>[0]),
      customers: 'all',
    });
    const receipt = toGoodsReceiptRequest(all('GoodsReceipt') as Parameters<typeof toGoodsReceiptRequest>[0]);
    const despatch = toStockOrderStatusRequest(
      all('StockOrderStatus') as Parameters<typeof toStockOrderStatusRequest>[0],
    );
    expect([customer, supplier, receipt, despatch].map((entry) => Object.keys(entry ?? {}))).toEqual(
      (['Customer', 'Supplier', 'GoodsReceipt', 'StockOrderStatus'] as const).map((record) =>
        Object.keys(records[record]),
      ),
    );
    expect(Object.keys((customer as Members)['address'] as Members)).toEqual(Object.keys(records.Address));
    expect(Object.keys(((customer as Members)['contacts'] as Members[])[0] ?? {})).toEqual(
      Object.keys(records.Contact),
    );
    expect(supplier).toMatchObject({ customers: 'All' });
  });

  it('is all in the packaged WSDL, and nothing of its requests is left out', () => {
    const wsdl = readFileSync(join(__dirname, '../../../src/vendors/claritum/claritum.wsdl'), 'utf8');
    const { findings, imports } = checkWsdl(wsdlUse(ownNames, 'parameters'), wsdl);
    expect(findings.filter(({ state }) => state !== 'there')).toEqual([]);
    expect(imports).toEqual([]);
    const used = new Set(findings.map((finding) => finding.used));
    for (const [record, fields] of Object.entries(records)) {
      for (const field of Object.keys(fields)) expect(used).toContain(`${record}.${field}`);
    }
  });
});
