import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BigcommerceLedgerOrder } from '../../../src/sandbox/index.js';
import { bigcommerceOrderInput } from '../../../src/workflows/bigcommerce/input.js';
import { carryBigcommerceOrder } from '../../../src/workflows/bigcommerce/order.js';
import { expectKept, expectPaidOnce } from './due.js';
import { parcelsOf, placed } from './placing.js';
import { type Money, type RandomOrder, randomOrder, seed } from './random-orders.js';
import { openShop, REFERENCE, type Shop } from './rig.js';
import { type Played, play } from './without-temporal.js';

const HOUR_MS = 60 * 60_000;

/** Half of the thousand that the promise is about: the two halves run side by side. */
const ORDERS = 500;

let shop: Shop;
async function carried(order: RandomOrder): Promise<{ played: Played<object>; there: BigcommerceLedgerOrder }> {
  const { sandbox } = shop;
  sandbox.reset();
  sandbox.controls.settings({
    cardPayments: order.money === 'purchase' ? 'purchase' : 'authorization',
    settlementMs: order.settlesIn * HOUR_MS,
  });
  const { members, refs } = placed(sandbox, order);
  const head = { connection: 'bigcommerce/acme', reference: REFERENCE };
  const input = bigcommerceOrderInput.parse({ ...head, ...members });
  for (const operation of order.lost) sandbox.faults.add({ kind: 'reset-after', operation });
  if (order.refundDeclined) sandbox.controls.declineNext({ action: 'refund' });
  const parcels = parcelsOf(order, refs).map((value) => ({ name: 'ship', value }));
  const played = await play(shop, carryBigcommerceOrder, input, parcels);
  const made = sandbox
    .ledger()
    .orders.filter(({ id, externalOrderId }) =>
      input.orderId === undefined ? externalOrderId === REFERENCE : String(id) === input.orderId,
    );
  expect(made).toHaveLength(1);
  return { played, there: made[0] as BigcommerceLedgerOrder };
}

/** Orders whose money is taken in these ways: each is paid for once, and what is not shipped is given back to the cent. */
export function testMoney(...ways: readonly Money[]): void {
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.stop());

  test(`of ${ORDERS} random orders each is paid for once, and what is not shipped is given back to the cent`, {
    // Half a minute where nothing else runs.
    timeout: 600_000,
  }, async () => {
    const ends = { stopped: 0, partly: 0, completed: 0 };
    await fc.assert(
      fc.asyncProperty(randomOrder(ways), async (order) => {
        const { played, there } = await carried(order);
        if (!order.refundDeclined) expect(played.questions).toEqual([]);
        expectPaidOnce(order, there);
        expectKept(order, there, played);
        ends[played.result === undefined ? 'stopped' : played.verdict === 'partly' ? 'partly' : 'completed']++;
      }),
      // Shrinking would take minutes; the seed finds this order again.
      { numRuns: ORDERS, endOnFailure: true, seed },
    );
    // Of each there are enough that nothing is proved of none.
    for (const times of Object.values(ends)) expect(times).toBeGreaterThan(ORDERS / 20);
  });
}
