import type { ClaritumActivities } from '../../activities/claritum';
import { activitiesOf } from '../case/activities';

const claritum = activitiesOf<ClaritumActivities>({ vendor: 'claritum' });

export const storeDocuments = claritum.reads(
  'Claritum: store specification and attachments',
  (on) => on.storeDocuments,
);
export const findPurchaseOrder = claritum.reads('Claritum: look for a newer version', (on) => on.findPurchaseOrder);
export const findDelivery = claritum.reads('Claritum: look at the delivery', (on) => on.findDelivery);
export const recordGoodsReceipt = claritum.writes(
  'setGoodsReceipts',
  'Claritum: book the goods receipt',
  (on) => on.recordGoodsReceipt,
);
export const markExported = claritum.acknowledges(
  'markExported',
  'Claritum: look, and mark exported',
  (on) => on.markExported,
);
