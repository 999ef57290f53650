import { FailureType } from '../../../src/domain/case/failure-types';
import type { GoodsReceipt } from '../../../src/domain/purchase-order/goods-receipt';
import { ClaritumClient } from '../../../src/vendors/claritum/client';
import { toGoodsReceiptRequest } from '../../../src/vendors/claritum/requests';

const receipt: GoodsReceipt = {
  orderRef: 'CL-10231',
  receiptRef: 'WB-DL-1',
  receivedDate: '2027-01-25T09:00:00Z',
  quantity: '100',
  deliveryNoteNumber: null,
};

it('books whole numbers, and a calendar day as its noon', () => {
  const request = toGoodsReceiptRequest({ ...receipt, quantity: '100.00', receivedDate: '2027-01-25' });
  expect(request).toEqual({ ...receipt, quantity: '100', receivedDate: '2027-01-25T12:00:00Z' });
});

it.each([[{ quantity: '10.5' }], [{ quantity: '0' }], [{ quantity: '-1' }], [{ receiptRef: 'R'.repeat(51) }]])(
  'sends no receipt with %j',
  async (changes) => {
    const endpoint = 'http://127.0.0.1:9/soap.php';
    const claritum = new ClaritumClient({ endpoint, apiUid: 'SUP-1', password: 'secret', role: 'supplier' });
    await expect(claritum.setGoodsReceipts({ receipts: [{ ...receipt, ...changes }] })).rejects.toMatchObject({
      type: FailureType.VendorRejected,
      code: 'UNSENDABLE',
    });
  },
);
