import { age, say, tableLines, type Piece } from '../../src/terminal/output';
import { answerCommand } from '../../src/domain/values/command-line';
import { listQuery } from '../../src/cli/orders/list';

const rows = [
  ['CL-1', { text: 'approval', paint: (text: Piece) => say`<${text}>` }, 'a long question that will not fit'],
  ['CL-10231', 'done', ''],
];

const shownTable = (...given: Parameters<typeof tableLines>): string => tableLines(...given).join('\n');

describe('table', () => {
  it('is one line with tabs per row, without heading or paint, where it is no terminal', () => {
    expect(shownTable(['ORDER', 'STAGE', 'QUESTION'], rows, { terminal: false, width: 20 })).toBe(
      'CL-1\tapproval\ta long question that will not fit\nCL-10231\tdone\t',
    );
  });

  it('aligns on a terminal, paints after measuring, and shortens the last column', () => {
    expect(shownTable(['ORDER', 'STAGE', 'QUESTION'], rows, { terminal: true, width: 36 })).toBe(
      ['ORDER     STAGE     QUESTION', 'CL-1      <approval>  a long question…', 'CL-10231  done'].join('\n'),
    );
  });

  it('lets no foreign text move the cursor or forge a line', () => {
    const text = 'x\u001b[2Jy\nCL-9\tdone\u202e';
    expect(shownTable(['A'], [[text]], { terminal: false, width: 80 })).toBe('x y CL-9 done');
    expect(say`<${text}>`.toString()).toBe('<x y CL-9 done>');
  });
});

describe('age', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3_599, '59 min'],
    [7_200, '2 h'],
    [200_000, '2 d'],
  ])('%i seconds', (seconds, text) => {
    expect(age(new Date(1_000_000_000_000 - seconds * 1000), 1_000_000_000_000)).toBe(text);
  });
});

describe('listQuery', () => {
  it('asks for orders only, and for cancellations that wait for theirs', () => {
    expect(listQuery({})).toBe('WorkflowType = "fulfilPurchaseOrder"');
  });

  it('takes what is typed as a value, never as a part of the query', () => {
    expect(listQuery({ stage: 'despatch', waiting: 'x" OR Stage = "done' })).toBe(
      'WorkflowType = "fulfilPurchaseOrder" AND Stage = "despatch" AND ExecutionStatus = "Running" AND WaitingFor = "x\\" OR Stage = \\"done"',
    );
  });

  it('means decisions where nothing is named', () => {
    expect(listQuery({ waiting: true })).toMatch(/WaitingFor = "decision"$/);
  });

  it('finds an order by a number as it is kept, however it is typed', () => {
    expect(listQuery({ number: ' po-10231' })).toMatch(/ AND `Keys` = "PO-10231"$/);
  });

  it('finds what hangs on a vendor beside a question too', () => {
    expect(listQuery({ waiting: 'manex' })).toMatch(/ AND \(WaitingFor = "manex" OR SilentVendor = "manex"\)$/);
  });
});

describe('answerCommand', () => {
  it.each([
    ['approve', 'npx waybill approve CL-1 --decision approval-1'],
    ['dispute', 'npx waybill decide CL-1 approval-1 dispute'],
    ['it happened', "npx waybill decide CL-1 approval-1 'it happened'"],
  ])('%s', (choice, command) => {
    expect(answerCommand('CL-1', 'approval-1', choice).toString()).toBe(command);
  });
});
