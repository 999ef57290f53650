import { FailureType } from '../../../src/domain/case/failure-types';
import { ClaritumClient } from '../../../src/vendors/claritum/client';
import { serve, type Served } from '../served';

const NS = 'https://yourserver.claritum.com/system/ws/1.3/soap.php';
type Members = Readonly<Record<string, string>>;
const elements = (members: Members): string =>
  Object.entries(members)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');

/** A purchase order as a vendor may write it: untyped, with members nobody told us of. */
const order = (change: Members = {}): string =>
  `<item>${elements({
    uid: 'PO-1',
    orderRef: '0010231',
    poNumber: '007',
    customerName: 'Alpine',
    status: 'authorised-by-robot',
    deliveryDate: 'TBC',
    productCode: 'LBL',
    quantity: ' 8 ',
    unitPrice: '42.50',
    unitOfMeasure: 'pallets of 3',
    currency: 'GBP',
    net: '340.00',
    tax: '0',
    gross: '340.00',
    carbonFootprint: '<kg>1</kg>',
    deliveries:
      '<item><deliveryRef>D1</deliveryRef><sequence>1</sequence><address><city>Oslo</city></address><quantity>8</quantity></item>',
    attachments: '',
    lastModified: '2026-01-05 09:00:00',
    ...change,
  })}</item>`;

let served: Served | undefined;
afterEach(async () => served?.close());

async function clientAnswered(operation: string, content: string): Promise<ClaritumClient> {
  const body =
    `<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="${NS}"><E:Body>` +
    `<n:${operation}Response>${content}</n:${operation}Response></E:Body></E:Envelope>`;
  served = await serve(() => ({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body }));
  return new ClaritumClient({ endpoint: served.origin, apiUid: 'u', password: 'secret', role: 'supplier' });
}

describe('a purchase order', () => {
  it('is read with unknown members and values, and with what is missing as null', async () => {
    const claritum = await clientAnswered('getPurchaseOrders', `<return>${order()}</return>`);
    expect(await claritum.getPurchaseOrders()).toEqual({
      records: [
        {
          uid: 'PO-1',
          orderRef: '0010231',
          poNumber: '007',
          projectTitle: null,
          customerName: 'Alpine',
          supplierRef: null,
          status: 'authorised-by-robot',
          authorisedDate: null,
          deliveryDate: null,
          productCode: 'LBL',
          quantity: '8',
          unitPrice: '42.50',
          unitOfMeasure: 'pallets of 3',
          currency: 'GBP',
          net: '340.00',
          tax: '0',
          gross: '340.00',
          buyer: null,
          deliveries: [
            {
              deliveryRef: 'D1',
              sequence: '1',
              address: {
                description: null,
                company: null,
                street: null,
                city: 'Oslo',
                county: null,
                postCode: null,
                country: null,
              },
              quantity: '8',
              requiredDate: null,
              instructions: null,
            },
          ],
          attachments: [],
          lastModified: '2026-01-05T09:00:00Z',
        },
      ],
      unreadable: [],
    });
  });

  it.each<[string, Members, string | null, string]>([
    ['quantity', { quantity: 'eight' }, 'PO-1', 'quantity: is not a decimal number'],
    ['orderRef', { orderRef: '' }, 'PO-1', 'orderRef is missing'],
    ['uid', { uid: '' }, null, "uid is missing (it has the orderRef '0010231')"],
    ['deliveries', { deliveries: '' }, 'PO-1', 'deliveries: is empty: nowhere to deliver to'],
    ['lastModified', { lastModified: '2026-02-31T00:00:00Z' }, 'PO-1', 'lastModified: is not a date'],
    [
      'delivery',
      {
        deliveries: '<item><deliveryRef>D1</deliveryRef><sequence>1</sequence><address/><quantity>8</quantity></item>',
      },
      'PO-1',
      'deliveries.0.address is missing',
    ],
  ])('without a usable %s is set aside by its uid and reason, and the rest goes on', async (_, change, uid, reason) => {
    const claritum = await clientAnswered(
      'getPurchaseOrders',
      `<return>${order({ uid: 'PO-0' })}${order(change)}${order({ uid: 'PO-2' })}</return>`,
    );
    const { records, unreadable } = await claritum.getPurchaseOrders();
    expect(records.map((record) => record.uid)).toEqual(['PO-0', 'PO-2']);
    expect(unreadable).toEqual([{ uid, reason }]);
  });

  it('that is no record at all is set aside too', async () => {
    const claritum = await clientAnswered('getPurchaseOrders', `<return><item>gone</item>${order()}</return>`);
    const { records, unreadable } = await claritum.getPurchaseOrders();
    expect([records.length, unreadable]).toEqual([
      1,
      [{ uid: null, reason: 'record: expected object, received string' }],
    ]);
  });
});

describe('an answer that says too little', () => {
  const receipt = {
    orderRef: 'o',
    receiptRef: 'r',
    receivedDate: '2026-01-05T09:00:00Z',
    quantity: '1',
    deliveryNoteNumber: null,
  };

  it.each<[string, string, FailureType, string]>([
    ['true', '<return>true</return>', FailureType.OutcomeUnknown, 'none'],
    ['1', '<return>1</return>', FailureType.OutcomeUnknown, 'none'],
    ['false', '<return>false</return>', FailureType.VendorRejected, 'FALSE'],
    ['perhaps', '<return>perhaps</return>', FailureType.OutcomeUnknown, 'BAD_RECORD'],
    ['nothing', '', FailureType.OutcomeUnknown, 'NO_RESULT'],
    ['two things', '<return>true</return><again>true</again>', FailureType.OutcomeUnknown, 'NO_RESULT'],
  ])('to a receipt: %s', async (_, content, type, code) => {
    const claritum = await clientAnswered('setGoodsReceipts', content);
    const end: unknown = await claritum.setGoodsReceipts({ receipts: [receipt] }).catch((error: unknown) => error);
    expect(end === undefined ? { code: 'none', type } : end).toMatchObject({ code, type });
  });

  it.each([
    ['no result', '', 'NO_RESULT'],
    ['half a specification', '<return><item><title>t</title></item></return>', 'BAD_RECORD'],
  ])('to a read: %s', async (_, content, code) => {
    const claritum = await clientAnswered('getSpecification', content);
    await expect(claritum.getSpecification({ orderRefs: ['1'] })).rejects.toMatchObject({
      type: FailureType.MalformedResponse,
      code,
    });
  });

  const attachment = (ref: string, size: string, content: string): string =>
    `<item>${elements({ attachmentRef: ref, fileName: 'a.txt', mimeType: 'text/plain', size, content })}</item>`;
  it.each([
    ['shorter than announced', attachment('A', '6', 'aGVsbG8='), 'BAD_CONTENT'],
    ['that is no base64', attachment('A', '5', 'aGVsb*8='), 'BAD_CONTENT'],
    ['of another reference', attachment('B', '5', 'aGVsbG8='), 'MISSING'],
  ])('to a read: an attachment %s', async (_, item, code) => {
    const claritum = await clientAnswered('getAttachments', `<return>${item}</return>`);
    await expect(claritum.getAttachments({ attachmentRefs: ['A'] })).rejects.toMatchObject({ code });
  });

  it('is none where base64 is wrapped and a file is empty', async () => {
    const items = attachment('A', '5', 'aGVs\r\nbG8=\r\n') + attachment('B', '0', '');
    const claritum = await clientAnswered('getAttachments', `<return>${items}</return>`);
    const files = await claritum.getAttachments({ attachmentRefs: ['A', 'B'] });
    expect(files.map(({ content }) => content.toString())).toEqual(['hello', '']);
  });
});
