import type { CataloguedQuestion } from '../../domain/case/question';
import * as ofCases from '../../domain/case/questions';
import * as ofFeeds from '../../domain/feed/questions';
import * as ofInvoices from '../../domain/invoice/questions';
import * as ofOrders from '../../domain/purchase-order/questions';

/** Every question that a workflow may ask, by whose it is (docs/decisions.md). */
export const catalogue: Readonly<Record<string, readonly CataloguedQuestion[]>> = {
  'Purchase orders': Object.values<CataloguedQuestion>(ofOrders),
  Invoices: Object.values<CataloguedQuestion>(ofInvoices),
  'Lists of a source': Object.values<CataloguedQuestion>(ofFeeds),
  'Any call': Object.values<CataloguedQuestion>(ofCases),
};

/** The question of a topic; undefined where a newer version of Waybill asks. */
export const questionOf = (topic: string): CataloguedQuestion | undefined =>
  Object.values(catalogue)
    .flat()
    .find((question) => question.topic === topic);

/** Every kind of decision, for the filter. */
export const decisionKinds: readonly string[] = [
  ...new Set(
    Object.values(catalogue)
      .flat()
      .map(({ kind }) => kind),
  ),
];
