import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { orderQuery } from '../../workflows/purchase-order/messages';
import type { World } from '../workflows/world';
import { CommandDesk, refusal } from './command-desk';
import type { Ran } from './run-waybill';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(90_000);

let desk: CommandDesk;
let world: World;
/** In seed order: Alpine and Borealis by turns, the third and sixth with two deliveries. */
let orders: string[];
/** What the cancellation before its order said. */
let remembered: Ran;

const run = (...words: string[]): Promise<Ran> => desk.run(...words);
const json = <T>(...words: string[]): Promise<T> => desk.json<T>(...words);

interface Open {
  readonly id: string;
  readonly order: string;
  readonly orderRef: string;
  readonly openedAt: string;
}
const inbox = async (...filter: string[]): Promise<string[]> =>
  (await json<Open[]>('inbox', ...filter)).map(({ order }) => order);
const named = (indices: readonly number[]): string[] => indices.map((index) => orders[index] ?? '');
const sorted = (texts: readonly string[]): string[] => texts.toSorted((a, b) => a.localeCompare(b));
const present = (index: number): Promise<PurchaseOrder> => world.order(orders[index] ?? '').query(orderQuery);

beforeAll(async () => {
  desk = await CommandDesk.open(6);
  ({ world } = desk);
  orders = await world.orderRefs();
  remembered = await run('cancel', orders[4] ?? '', '--remember', '--by', 'olga', '--reason', 'other plans');
  await world.poll();
  for (const index of [0, 1, 2, 3, 5]) await asked(index, 'approval-1');
}, 120_000);

afterAll(() => desk.close());

const asked = (index: number, id: string) =>
  world.until(orders[index] ?? '', ({ decisions }) => decisions.some((decision) => decision.id === id));

/** In order: each step begins where the one before has left the orders. */
describe('a cancellation before its order', () => {
  it('has met its order: marked in Claritum, nothing placed, the buyer to be told', async () => {
    expect(remembered.stdout).toMatch(/: the cancellation was accepted, by olga: when the order comes, /);
    await world.until(orders[4] ?? '', ({ documents }) => documents.claritum.exported);
    await world.order(orders[4] ?? '').result();
    const [page, list] = await Promise.all([run('show', orders[4] ?? ''), run('list', '--stage', 'cancelled')]);
    expect(page.stdout).toContain('cancelled by olga before it came: other plans');
    expect(page.stdout).toMatch(/To do by hand\n.*tell the buyer that purchase order PO-\d+ is cancelled/);
    expect(list.stdout).toMatch(new RegExp(`^${orders[4]}\tcancelled\t`));
  });

  it('is remembered only where that is said, and only of what may be an order', async () => {
    const [typo, blank, colon, kept] = await Promise.all([
      run('cancel', 'CL-99999'),
      run('cancel', 'CL 10231', '--remember'),
      run('cancel', 'purchase-invoice:PI-1', '--remember'),
      json('cancel', 'CL-88888', '--remember', '--by', 'olga'),
    ]);
    expect(refusal(typo)).toBe(
      'waybill: purchase-order:CL-99999 not found. Nothing was cancelled. If the order is still to come, --remember cancels it when it arrives.\n',
    );
    expect([blank.code, blank.stderr]).toEqual([
      2,
      "waybill: 'CL 10231' is not an order reference (one word of at most 100 characters, without a colon). Nothing was remembered.\n",
    ]);
    expect([colon.code, colon.stdout]).toEqual([2, '']);
    expect(kept).toMatchObject({ workflowId: 'purchase-order:CL-88888', status: 'accepted', by: 'olga' });
  });

  it('is listed and shown while it waits; it can be neither amended nor cancelled again', async () => {
    const [shown, listed, again, amended] = await Promise.all([
      run('show', 'CL-88888'),
      json<{ orderNumber: string }[]>('list', '--waiting', 'order'),
      run('cancel', 'CL-88888'),
      run('amend', 'CL-88888', '--price', '2'),
    ]);
    expect(shown.stdout).toContain('waiting for  the order, to mark it in Claritum\n  Cancelled by olga');
    expect(listed.map(({ orderNumber }) => orderNumber)).toEqual(['CL-88888']);
    expect(refusal(again)).toBe('waybill: Refused: it is already cancelled, by olga.\n');
    expect(refusal(amended)).toBe(
      'waybill: purchase-order:CL-88888 was cancelled before it arrived: there is nothing to amend.\n',
    );
  });
});

describe('the inbox', () => {
  it('is oldest first, and takes every filter', async () => {
    const all = await json<Open[]>('inbox');
    expect(all.map(({ openedAt }) => openedAt)).toEqual(sorted(all.map(({ openedAt }) => openedAt)));
    expect(sorted(all.map(({ order }) => order))).toEqual(sorted(named([0, 1, 2, 3, 5])));
    const [alpine, borealis, forBert, forCarl] = await Promise.all([
      inbox('--customer', 'ALPINE', '--kind', 'approval'),
      inbox('--customer', 'borealis foods'),
      inbox('--approver', 'bert', '--older-than', '1s'),
      inbox('--approver', 'carl'),
    ]);
    expect(sorted(alpine)).toEqual(sorted(named([0, 2])));
    expect(sorted(borealis)).toEqual(sorted(named([1, 3, 5])));
    expect(sorted(forBert)).toEqual(sorted(named([0, 2])));
    expect(forCarl).toEqual([]);
    const [one, old] = await Promise.all([
      inbox('--order', orders[3] ?? '', '--customer', '0000000009'),
      run('inbox', '--older-than', '1h'),
    ]);
    expect(one).toEqual(named([3]));
    expect([old.code, old.stdout, old.stderr]).toEqual([0, '', expect.stringMatching(/^No open decision matches\.\n/)]);
  });
});

describe('an amendment', () => {
  it('before the approval replaces the order and asks anew; the next one is laid over it', async () => {
    const [order = ''] = orders;
    const before = await present(0);
    expect(await json('amend', order, '--quantity', '120', '--by', 'olga')).toEqual({
      workflowId: `purchase-order:${order}`,
      status: 'accepted',
      reason: expect.stringMatching(/^quantity \d+ → 120; delivery [\d-]+: \d+ → 120$/),
      by: 'olga',
    });
    await asked(0, 'approval-2');
    const { stdout } = await run('amend', order, '--price', '0.90', '--date', '2031-07-01', '--by', 'olga');
    expect(stdout).toMatch(new RegExp(`^${order}: the amendment was accepted, by olga: price 0.85 → 0.90; d.*\\.\n$`));
    await asked(0, 'approval-3');
    expect(await present(0)).toEqual({
      ...before,
      quantity: '120',
      unitPrice: '0.90',
      net: '108.00',
      tax: '21.60',
      gross: '129.60',
      deliveryDate: '2031-07-01T12:00:00Z',
      deliveries: [{ ...before.deliveries[0], quantity: '120', requiredDate: '2031-07-01T12:00:00Z' }],
    });
    const page = await run('show', order);
    expect(page.stdout).toContain('olga: approval-2 withdrawn (the order was amended: price 0.85 → 0.90; ');
    expect(page.stdout).toMatch(/approval-3 .*\n[^]*net: 108\.00 GBP\n[^]*for anna, bert, not for Morag Sinclair, /);
  });

  it('of several deliveries names the one it is about', async () => {
    const [, , order = ''] = orders;
    const [first, second] = (await present(2)).deliveries.map(({ deliveryRef }) => deliveryRef);
    const [none, wrong] = await Promise.all([
      run('amend', order, '--quantity', '9'),
      run('amend', order, '--quantity', '9', '--delivery', 'X'),
    ]);
    expect(refusal(none)).toBe(
      `waybill: The order has 2 deliveries (${first}, ${second}). Choose one with --delivery.\n`,
    );
    expect(refusal(wrong)).toBe(`waybill: The order has no delivery X; it has ${first}, ${second}.\n`);
    const taken = await run('amend', order, '--quantity', '9', '--delivery', second ?? '', '--by', 'olga');
    expect(taken.stdout).toMatch(new RegExp(`delivery ${second}: \\d → 9\\.\n$`));
  });

  it('by a file says what can never be, and what changes nothing', async () => {
    const [, order = ''] = orders;
    const whole = await present(1);
    const [other, foreign, same, unknown, broken] = await Promise.all([
      run('amend', order, '--file', desk.file('other.json', { ...whole, productCode: 'LBL-0071' })),
      run('amend', order, '--file', desk.file('foreign.json', { ...whole, orderRef: 'CL-1' })),
      run('amend', order, '--file', desk.file('same.json', whole), '--by', 'olga'),
      run('amend', 'CL-99999', '--price', '2'),
      run('amend', order, '--file', desk.file('broken.json', { ...whole, quantity: 'many' })),
    ]);
    expect(refusal(other)).toBe(
      "waybill: Refused: productCode changes from 'BRO-A4-16' to 'LBL-0071': that is another order.\n",
    );
    expect(refusal(foreign)).toBe(`waybill: Refused: it is for order CL-1, not ${order}.\n`);
    expect([same.code, same.stdout]).toEqual([0, `${order}: nothing to do, by olga: it changes nothing.\n`]);
    expect(refusal(unknown)).toMatch(/^waybill: purchase-order:CL-99999 not found\. /);
    expect(refusal(broken)).toMatch(/broken\.json is not a purchase order; nothing was amended:\n {2}quantity: /);
  });
});

describe('a cancellation', () => {
  it('is taken once; what has ended can be neither cancelled nor amended', async () => {
    const [, , , , , order = ''] = orders;
    expect(await json('cancel', order, '--by', 'olga', '--reason', 'too late')).toEqual({
      workflowId: `purchase-order:${order}`,
      status: 'accepted',
      reason: 'nothing has been placed, and nothing will be',
      by: 'olga',
    });
    expect((await world.order(order).result()).stage).toBe('cancelled');
    const [again, amended, unremembered, page] = await Promise.all([
      run('cancel', order),
      run('amend', order, '--quantity', '1'),
      run('cancel', order, '--remember'),
      run('show', order),
    ]);
    const ended = `waybill: purchase-order:${order} has ended (cancelled): it can no longer be`;
    expect(refusal(again)).toBe(`${ended} cancelled.\n`);
    expect(refusal(unremembered)).toBe(`${ended} cancelled.\n`);
    expect(refusal(amended)).toBe(`${ended} amended.\n`);
    expect(page.stdout).toContain('olga: approval-1 withdrawn (the order is cancelled)');
    expect(page.stdout).toContain('cancellation asked for by olga: too late');
  });
});

describe('deciding many', () => {
  const many = (...words: string[]): string[] => ['decide', '--all', '--kind', 'approval', ...words];

  it('answers nothing unasked, mistyped or where nothing fits', async () => {
    const [unasked, mistyped, none] = await Promise.all([
      run(...many('--choice', 'approve')),
      run(...many('--choice', 'aprove', '--yes')),
      run(...many('--choice', 'reject', '--older-than', '1h', '--yes')),
    ]);
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      'waybill: No terminal to confirm on. Nothing was answered. --yes answers without confirmation.\n',
    ]);
    expect(refusal(mistyped)).toBe(
      "waybill: None of 4 open decisions offers 'aprove'; they offer 'approve', 'reject'.\n",
    );
    expect([none.code, none.stdout, none.stderr]).toEqual([0, '', 'No open decision matches. Nothing was answered.\n']);
    expect((await asked(3, 'approval-1')).audit).toEqual([]);
  });

  it('answers what may be answered, one line each, and fails for what was refused', async () => {
    // Then the orders stop again, at ManEx, with the amendments of the next test waiting.
    await world.sandbox.fault({ vendor: 'manex', operation: 'SO/DueDateAdd', fault: 'refused-by-vendor', times: -1 });
    const { code, stdout, stderr } = await run(...many('--choice', 'approve', '--by', 'bert', '--yes'));
    expect(sorted(stdout.trim().split('\n'))).toEqual(
      sorted([
        `${orders[0]}: 'approve' was accepted for approval-3, by bert.`,
        `${orders[1]}: approval-1 refused it: bert may not decide on an order of their own.`,
        `${orders[2]}: 'approve' was accepted for approval-2, by bert.`,
        `${orders[3]}: approval-1 refused it: bert may not decide on an order of their own.`,
      ]),
    );
    expect(stderr).toBe('waybill: 2 of 4 were refused.\n');
    expect(code).toBe(1);
    const answered = await json<unknown[]>(
      ...many('--choice', 'approve', '--by', 'anna', '--yes', '--order', orders[3] ?? ''),
    );
    expect(answered).toEqual([
      {
        workflowId: `purchase-order:${orders[3]}`,
        order: orders[3],
        decision: 'approval-1',
        status: 'accepted',
        reason: null,
      },
    ]);
    const { stdout: page } = await run('show', orders[3] ?? '');
    expect(page).toContain("bert: 'approve' for approval-1, refused: bert may not decide on an order of their own");
    expect(page).toContain("anna: 'approve' for approval-1, accepted");
  });

  it('leaves an amendment that still waits as the base of the next', async () => {
    await world.until(orders[3] ?? '', ({ decisions }) => decisions.some(({ kind }) => kind === 'refused-call'));
    const first = await run('amend', orders[3] ?? '', '--quantity', '1000', '--by', 'olga');
    expect(first.code).toBe(0);
    const second = await json<{ reason: string }>('amend', orders[3] ?? '', '--price', '0.80', '--by', 'olga');
    expect(second.reason).toMatch(/quantity \d+ → 1000; price 0\.85 → 0\.80; /);
    expect(await present(3)).toMatchObject({ quantity: '1000', unitPrice: '0.80', net: '800.00', tax: '160.00' });
  });
});

describe('an invoice', () => {
  let invoice: string;

  it('asks in the same inbox, found by its order and its customer', async () => {
    const [, , , , , order = ''] = orders;
    await world.sandbox.world({
      invoice: { kind: 'purchase', orderRef: order, number: 'INV-7', quantity: 1, net: '1.00' },
    });
    await world.poll();
    const uid = (await world.sandbox.ledger()).claritum.purchaseInvoices[0]?.uid ?? '';
    invoice = `purchase-invoice:${uid}`;
    await world.untilInvoice(uid, ({ decisions }) => decisions.length === 1);
    const [byOrder, byCustomer, byOther] = await Promise.all([
      json<Open[]>('inbox', '--order', order),
      inbox('--customer', 'BOREALIS', '--kind', 'mismatch'),
      inbox('--customer', 'ALPINE', '--kind', 'mismatch'),
    ]);
    expect(byOrder).toMatchObject([{ id: 'mismatch-1', order: invoice, orderRef: order, workflowId: invoice }]);
    expect(byCustomer).toEqual([invoice]);
    expect(byOther).toEqual([]);
  });

  it('is not cancelled; it is answered with the others, and says what is left to do', async () => {
    expect(refusal(await run('cancel', invoice))).toBe(
      `waybill: ${invoice} is a settleInvoice, which cannot be cancelled.\n`,
    );
    const all = ['decide', '--all', '--kind', 'mismatch', '--choice', 'dispute', '--by', 'anna', '--yes'];
    const { code, stdout } = await run(...all);
    expect([code, stdout]).toEqual([0, `${invoice}: 'dispute' was accepted for mismatch-1, by anna.\n`]);
    await world.untilInvoice(invoice.split(':')[1] ?? '', ({ stage }) => stage === 'disputed');
    const { stdout: page } = await run('show', invoice);
    expect(page).toMatch(/To do by hand\n.*clear invoice INV-7 with the supplier/);
    expect(page).toContain("anna: 'dispute' for mismatch-1, accepted");
  });
});
