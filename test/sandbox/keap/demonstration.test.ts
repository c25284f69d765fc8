import { expect, test } from 'vitest';
import { type KeapLedger, keapDemonstration, type LedgerOrder } from '../../../src/sandbox/index.js';

const order = (jobId: number, more: Partial<LedgerOrder> = {}) =>
  ({ jobId, deleted: false, lines: [{}, {}], payments: [], paid: 0, ...more }) as unknown as LedgerOrder;
const payment = (amount: number, status: string) => ({ amount, status }) as LedgerOrder['payments'][number];
const request = (operation: string) => ({ operation, admitted: true }) as KeapLedger['requests'][number];
const ledger = (orders: LedgerOrder[], requests: KeapLedger['requests']) => ({ orders, requests }) as KeapLedger;

test('what happened is told of the orders that came since, however they are named', () => {
  const before = ledger([order(1)], [request('orders.create')]);
  const after = ledger(
    [
      order(1),
      order(2, {
        payments: [payment(10.1, 'MANUAL_PAID'), payment(5, 'FAILED'), payment(-1, 'REFUNDED')],
        paid: 9.1,
      }),
      order(3, { deleted: true }),
    ],
    [
      request('orders.create'),
      request('orders.create'),
      request('orders.list'),
      request('InvoiceService.createBlankOrder'),
    ],
  );
  expect(keapDemonstration.happenedBetween(before, after)).toEqual({
    facts: { created: 2, deleted: 1, lines: 2, payments: 1, paid: '9.10', createRequests: 2 },
    requests: 3,
  });
});

test('a demonstration has a connection for each way to talk to Keap', () => {
  expect(Object.keys(keapDemonstration.connections('http://a'))).toEqual(['keap/sandbox', 'keap/sandbox-xml-rpc']);
});
