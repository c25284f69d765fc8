import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bigcommerceOrderInput } from '../../../src/workflows/bigcommerce/input.js';
import { carryBigcommerceOrder } from '../../../src/workflows/bigcommerce/order.js';
import { openShop, REFERENCE, type Shop } from './rig.js';
import { play } from './without-temporal.js';

const HOUR_MS = 60 * 60_000;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.sandbox.reset());
afterAll(() => shop.stop());

/** An order is captured, and canceled before anything has left. */
async function canceled(settlementMs: number) {
  shop.sandbox.controls.settings({ settlementMs });
  const { orderId } = shop.sandbox.controls.seedOrder();
  const head = { connection: 'bigcommerce/acme', reference: REFERENCE, orderId: String(orderId) };
  const { questions } = await play(shop, carryBigcommerceOrder, bigcommerceOrderInput.parse(head), []);
  const { refunded, taken } = shop.there(orderId);
  expect(refunded).toBe(taken);
  return { questions, tries: shop.asked().filter((name) => name === 'refunds.create').length };
}

test('a refund that the gateway does not make yet is tried once an hour, and nobody is asked', async () => {
  // The first try comes at once, the seventh after six hours.
  expect(await canceled(5.5 * HOUR_MS)).toEqual({ questions: [], tries: 7 });
});

test('after three days a person is asked', async () => {
  const { questions, tries } = await canceled(80.5 * HOUR_MS);
  expect(questions[0]).toMatch(/^the captured payment is given back: .* 422: The transaction has not been settled yet/);
  // Seventy-three in three days; a person has it tried again at once, and once an hour until it settles.
  expect(tries).toBe(73 + 10);
});
