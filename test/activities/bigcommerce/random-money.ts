import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BigcommerceLedgerOrder } from '../../../src/sandbox/index.js';
import { bigcommerceSeed } from '../../../src/sandbox/index.js';
import { bigcommerceOrderInput } from '../../../src/workflows/bigcommerce/input.js';
import { carryBigcommerceOrder } from '../../../src/workflows/bigcommerce/order.js';
import { expectKept, expectPaidOnce } from './due.js';
import { contentOf, type Money, type RandomOrder, randomOrder, seededOf } from './random-orders.js';
import { openShop, REFERENCE, type Shop } from './rig.js';
import { type Asked, type Played, play } from './without-temporal.js';

const HOUR_MS = 60 * 60_000;

/** Half of the thousand that the promise is about: the two halves run side by side. */
const ORDERS = 500;

/** A failure prints its seed and path; `WAYBILL_SEED=<seed>` plays the same orders again. */
const { WAYBILL_SEED } = process.env;
const seed = WAYBILL_SEED === undefined ? {} : { seed: Number(WAYBILL_SEED) };

let shop: Shop;
const payment = {
  kind: 'payments-api',
  payment_method_id: bigcommerceSeed.paymentMethods.card,
  instrument: { type: 'stored_card', token: bigcommerceSeed.instruments.good },
};

/** The input of an order, which the shop may have made before, and what its lines are called. */
function orderedOf(order: RandomOrder) {
  const head = { connection: 'bigcommerce/acme', reference: REFERENCE };
  if (order.money !== 'capture') {
    const input = bigcommerceOrderInput.parse({ ...head, order: contentOf(order), payment });
    return { input, refs: order.lines.map((_, i) => String(i + 1)) };
  }
  const { orderId, orderProductIds } = shop.sandbox.controls.seedOrder(seededOf(order));
  const input = bigcommerceOrderInput.parse({ ...head, orderId: String(orderId) });
  return { input, refs: orderProductIds.map(String) };
}

/** What leaves with each parcel. */
function parcelsOf({ lines: of, parcels }: RandomOrder, refs: readonly string[]): Asked[] {
  const left = of.map(({ of: product, quantity }) => (product === 'ebook' ? 0 : quantity));
  return parcels.flatMap((percents, n) => {
    const quantities = left.map((pieces, i) => Math.round((pieces * (percents[i] ?? 0)) / 100));
    quantities.forEach((quantity, i) => {
      left[i] = (left[i] ?? 0) - quantity;
    });
    const lines = quantities.flatMap((quantity, i) => (quantity > 0 ? [{ ref: refs[i] ?? '', quantity }] : []));
    return lines.length === 0 ? [] : [{ name: 'ship', value: { tracking_number: `1Z${n}`, lines } }];
  });
}

async function carried(order: RandomOrder): Promise<{ played: Played<object>; there: BigcommerceLedgerOrder }> {
  const { sandbox } = shop;
  sandbox.reset();
  sandbox.controls.settings({
    cardPayments: order.money === 'purchase' ? 'purchase' : 'authorization',
    settlementMs: order.settlesIn * HOUR_MS,
  });
  const { input, refs } = orderedOf(order);
  for (const operation of order.lost) sandbox.faults.add({ kind: 'reset-after', operation });
  if (order.refundDeclined) sandbox.controls.declineNext({ action: 'refund' });
  const played = await play(shop, carryBigcommerceOrder, input, parcelsOf(order, refs));
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
      { numRuns: ORDERS, endOnFailure: true, ...seed },
    );
    // Of each there are enough that nothing is proved of none.
    for (const times of Object.values(ends)) expect(times).toBeGreaterThan(ORDERS / 20);
  });
}
