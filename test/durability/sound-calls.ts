import type { Call } from './auditor/evidence';

/** An instant of the sound run. */
export const at = (second: number): string => new Date(Date.UTC(2026, 0, 5, 9, 0, second)).toISOString();

/** second, vendor, operation, key, outcome, effects, fault */
type Row = readonly [number, string, string, string, string, number, string?];

export const SO7 = '0000000007';
const calls: readonly Row[] = [
  [1, 'claritum', 'getPurchaseOrders', '', 'ok', 0],
  [10, 'manex', 'SO/Add', SO7, 'ok', 1],
  [11, 'manex', 'SO/ItemADD', SO7, 'ok', 1],
  [12, 'manex', 'SO/PriceAdd', SO7, 'none', 0, '503'],
  [14, 'manex', 'SO/Get', SO7, 'ok', 0],
  [15, 'manex', 'SO/PriceAdd', SO7, 'ok', 1],
  [16, 'manex', 'SO/DueDateAdd', SO7, 'ok', 1],
  [17, 'manex', 'SO/DueDateAdd', SO7, 'ok', 1],
  [18, 'claritum', 'markExported', 'PO-UID-7', 'ok', 1],
  [18, 'northscope', 'InsertInboundIntegration', `${SO7}-2`, 'refused', 0, 'session-lost'],
  [19, 'northscope', 'InsertInboundIntegration', `${SO7}-1`, 'ok', 1],
  [20, 'northscope', 'InsertInboundIntegration', `${SO7}-2`, 'ok', 1],
  [21, 'northscope', 'AllocateSalesOrders', `${SO7}-1`, 'ok', 1],
  [22, 'northscope', 'AllocateSalesOrders', `${SO7}-2`, 'ok', 1],
  [23, 'claritum', 'setGoodsReceipts', 'CL-7', 'none', 1, 'drop'],
  [30, 'claritum', 'markExported', 'DL-7-1', 'ok', 1],
  [31, 'claritum', 'setGoodsReceipts', 'CL-7', 'ok', 1],
  [32, 'claritum', 'markExported', 'DL-7-2', 'ok', 1],
  [33, 'claritum', 'markExported', 'PI-7', 'ok', 1],
  [34, 'manex', 'SO/ItemEdit', SO7, 'ok', 1],
  [40, 'manex', 'SO/Add', '0000000008', 'ok', 1],
  [41, 'claritum', 'markExported', 'PO-UID-8', 'refused', 0, 'soap-fault'],
  [44, 'manex', 'SO/Edit', '0000000008', 'ok', 1],
  [45, 'claritum', 'markExported', 'PO-UID-8', 'ok', 1],
  [50, 'claritum', 'markExported', 'PO-UID-9', 'ok', 1],
];

/** What reached the vendors in a sound run. */
export const soundCalls: readonly Call[] = calls.map(
  ([second, vendor, operation, key, outcome, effects, fault = null], index) => ({
    n: index + 1,
    at: at(second),
    ...{ vendor, operation, key, outcome, effects, fault },
  }),
);
