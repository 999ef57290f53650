import { tellsOf } from './screens';
import { soundEvidence } from './sound-evidence';

const { ledger } = soundEvidence();

const told = (call: string, said: Readonly<Record<string, string>>) => ({
  facts: [{ label: 'call', value: call }, ...Object.entries(said).map(([label, value]) => ({ label, value }))],
});

const INBOUND = 'NorthScope InsertInboundIntegration';
const line = { SoNo: '0000000007', quantity: '300' };
const dueDate = { SoNo: '0000000007', 'due date': '2026-02-03', quantity: '100' };

it.each([
  ['Claritum setGoodsReceipts', { receiptRef: 'WB-DL-7-1' }, { receiptRef: 'WB-DL-7-3' }],
  [
    INBOUND,
    { 'OrderID and SourceTransactionID': '0000000007-1' },
    { 'OrderID and SourceTransactionID': '0000000007-3' },
  ],
  ['ManEx SO/ItemADD', line, { ...line, SoNo: '0000000008' }],
  ['ManEx SO/DueDateAdd', dueDate, { ...dueDate, quantity: '50' }],
])('tells whether %s happened, by what its question says', (call, happened, not) => {
  expect(tellsOf(told(call, happened), ledger)).toBe(true);
  expect(tellsOf(told(call, not), ledger)).toBe(false);
  expect(tellsOf(told(call, {}), ledger)).toBeNull();
});

it('tells nothing of what nobody should have to be asked about', () => {
  expect(tellsOf(told('ManEx SO/PriceAdd', { SoNo: '0000000007', price: '42.50' }), ledger)).toBeNull();
  expect(tellsOf({ facts: [] }, ledger)).toBeNull();
});
