import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Order } from '../../../src/client/order.js';
import { OrderNotCompletedError } from '../../../src/client.js';
import type { KeapOrderResult } from '../../../src/contracts.js';
import type { KeapLedger } from '../../../src/sandbox/index.js';
import type { CancelAnswer, Outcome } from '../../../src/workflows/contract.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { FreeShops } from './free-shops.js';
import { expectNothingLeft, expectOnceAndWhole } from './judge.js';
import { openRig, type Rig, type Shop, until } from './rig.js';

let rig: Rig;
let free: FreeShops;
beforeAll(async () => {
  rig = await openRig((['rest', 'rest', 'xml-rpc', 'xml-rpc', 'xml-rpc'] as const).map((transport) => ({ transport })));
  free = new FreeShops(rig.shops);
});
afterAll(() => rig.close());

async function endOf(order: Order<KeapOrderResult>): Promise<Outcome> {
  try {
    return await order.result();
  } catch (error) {
    if (error instanceof OrderNotCompletedError && error.outcome !== undefined) return error.outcome;
    throw error;
  }
}

/** Stopped: no live order, or one whose payment was balanced by a Refund and a Credit. Too late: the whole order. */
function expectTrue(
  verdict: CancelAnswer['verdict'] | undefined,
  ledger: KeapLedger,
  input: { reference: string },
): void {
  if (verdict === 'too-late') {
    expectOnceAndWhole(ledger, input as never);
    return;
  }
  expect(verdict).toBe('stopped');
  const live = ledger.orders.filter(({ deleted }) => !deleted);
  if (live.length === 0) {
    expectNothingLeft(ledger);
    return;
  }
  expect(live).toHaveLength(1);
  const amounts = live[0]?.payments.map(({ type, amount }) => [type, amount]);
  expect(amounts).toEqual([
    ['Credit Card (Manual)', 54.9],
    ['Refund', -54.9],
    ['Credit', 54.9],
  ]);
}

/** Stops the order's k-th request on its way, asks for a cancel, and lets the request go. `undefined`: there is no k-th. */
async function cancelAt(shop: Shop, k: number, by: 'update' | 'button'): Promise<string | undefined> {
  const hold = shop.sandbox.hold({ operation: '*', nth: k });
  const input = shop.order();
  const order = await shop.start(input);
  const end = endOf(order);
  const at = await Promise.race([hold.reached, end.then(() => undefined)]);
  if (at === undefined) return undefined;
  const handle = rig.client.workflow.getHandle(order.workflowId);
  const asked = by === 'update' ? order.cancel() : handle.cancel();
  await until(order, ({ happenings }) => happenings.some(({ text }) => text === 'cancel asked for'));
  hold.release();
  await asked;
  const outcome = await end;
  const { status } = await handle.describe();
  expect(status.name).toBe(outcome.cancel?.verdict === 'stopped' ? 'CANCELLED' : 'COMPLETED');
  expectTrue(outcome.cancel?.verdict, shop.sandbox.ledger(), input);
  expect(await order.cancel()).toEqual(outcome.cancel);
  await expectNoFailedTask(rig.client, order.workflowId);
  return `${at.operation}: ${outcome.cancel?.verdict}`;
}

describe.concurrent.each(['rest', 'xml-rpc'] as const)('over %s', (transport) => {
  test.each(['update', 'button'] as const)(
    'a cancel by %s at any request is answered truly',
    (by) =>
      free.lend(transport, async (shop) => {
        const verdicts: string[] = [];
        for (let k = 1; ; k += 1) {
          shop.sandbox.reset();
          const verdict = await cancelAt(shop, k, by);
          if (verdict === undefined) break;
          verdicts.push(verdict);
        }
        // The first request is a cancel before anything; the last comes after the payment.
        expect(verdicts.length).toBeGreaterThan(6);
        expect(verdicts[0]).toContain('stopped');
        expect(verdicts.at(-1)).toContain(transport === 'rest' ? 'too-late' : 'stopped');
      }),
    120_000,
  );
});
