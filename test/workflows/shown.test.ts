import { invoiceWorkflowId } from '../../src/domain/case/names';
import { printable } from '../../src/domain/values/printable';
import { unescaped } from '../../src/domain/values/markdown';
import { elementNames, rendered, type Rendered } from '../domain/values/web-ui';
import { cancelUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;

beforeEach(async () => {
  world = await World.open({ orders: 1 });
});
afterEach(async () => {
  await world.replayed();
  await world.close();
});

/** What the Web UI asks a workflow for, rendered as it does. */
async function currentDetails(workflowId: string): Promise<readonly Rendered[]> {
  const metadata: { readonly currentDetails?: string } = await world.temporal.client.workflow
    .getHandle(workflowId)
    .query('__temporal_workflow_metadata');
  return rendered(metadata.currentDetails ?? '');
}

const headings = (page: readonly Rendered[]): readonly string[] =>
  page.flatMap(({ element, text }) => (/^h\d$/.test(element) ? [text] : []));

it('shows a customer, whatever he is called, as that name and nothing that it would make of it', async () => {
  const name =
    '[Alpine](https://evil.example) **x** <b>y</b> &copy; `z`\u202e\u001b[2J\n\n# Approved by anna {workflowId}';
  const story = await Story.of(world, 0);
  await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { customerName: name } } });
  await world.poll();
  await story.decision('unmapped-record');
  const page = await currentDetails(`purchase-order:${story.orderRef}`);
  expect(headings(page)).toEqual([expect.stringMatching(/ · received$/), 'Decision unmapped-record-1']);
  expect(JSON.stringify(page)).toContain(JSON.stringify(printable(name.replace('\u001b', '\ufffd'))).slice(1, -1));
  const ours = ['h3', 'h4', 'p', 'strong', 'ul', 'li', 'code', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];
  expect(elementNames(page).filter((element) => !ours.includes(element))).toEqual([]);
});

it('shows an invoice by its number, in its heading and in its summary, whatever that is', async () => {
  const number = '# _INV_ www.evil.example (1)';
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await story.allocated();
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
  await story.result();
  const uid = await story.invoice(number, totals.ordered, '1.00000');
  await world.untilInvoice(uid, ({ decisions }) => decisions.length === 1);
  const workflowId = invoiceWorkflowId('purchase', uid);
  const page = await currentDetails(workflowId);
  expect(headings(page)[0]).toBe(`Invoice ${number} · mismatch`);
  const given = (await (await world.temporal.client.workflow.getHandle(workflowId).describe()).staticSummary()) ?? '';
  const text = `purchase invoice ${number}: 1.00 GBP net`;
  expect(rendered(given)).toEqual([{ element: 'p', text, within: [] }]);
  expect(unescaped(given)).toBe(text);
});
