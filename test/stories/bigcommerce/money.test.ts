import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import type { BigcommerceLedgerOrder } from '../../../src/sandbox/index.js';
import { expectKept, expectPaidOnce } from '../../activities/bigcommerce/due.js';
import { parcelsOf, placed } from '../../activities/bigcommerce/placing.js';
import { type Money, type RandomOrder, randomOrder, seed } from '../../activities/bigcommerce/random-orders.js';
import { endOf } from '../endings.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { tellToTheEnd } from '../watching.js';
import { released, send, there } from './people.js';
import { type BigcommerceAccount, type BigcommerceRig, openBigcommerces } from './rig.js';

/** A thousand more are played without Temporal. */
const ORDERS = 20;

/** Each store plays its orders one after the other, so that it is known whose answers are lost. */
const STORES = ['purchase', 'authorization', 'capture', 'purchase'] as const satisfies readonly Money[];

let rig: BigcommerceRig;
beforeAll(async () => {
  rig = await openBigcommerces(
    STORES.map((money) => ({ options: { cardPayments: money === 'purchase' ? 'purchase' : 'authorization' } })),
  );
});
afterAll(() => rig.close());

/** Tells the order whole: it is paid, its parcels leave, and what is left then is canceled. */
async function carry(account: BigcommerceAccount, random: RandomOrder): Promise<void> {
  const { sandbox } = account;
  sandbox.reset();
  const { members, refs } = placed(sandbox, random);
  for (const operation of random.lost) sandbox.faults.add({ kind: 'reset-after', operation });
  const input = account.order({ order: undefined, total: undefined, ...members });
  const order = await account.start(input);
  const way = { account, sandbox, input, order };
  for (const parcel of parcelsOf(random, refs)) await send(way, 'ship', parcel);
  if (!isOver(random, refs)) {
    await released(way);
    await order.cancel();
  }
  await tellToTheEnd(way);
  const { outcome, cancel, ...end } = await endOf(order);
  const made: BigcommerceLedgerOrder = there(way);
  expectPaidOnce(random, made);
  expectKept(random, made, {
    ...(cancel && { verdict: cancel.verdict }),
    ...(outcome === 'canceled' ? {} : { result: end }),
    questions: [],
  });
  await expectNoFailedTask(rig.client, order.workflowId);
}

/** All that can be shipped has left. */
function isOver({ lines, ...order }: RandomOrder, refs: readonly string[]): boolean {
  const pieces = lines.reduce((sum, { of, quantity }) => sum + (of === 'ebook' ? 0 : quantity), 0);
  const left = parcelsOf({ lines, ...order }, refs).flatMap((parcel) => parcel.lines);
  return left.reduce((sum, { quantity }) => sum + quantity, 0) === pieces;
}

test(`twenty random orders are carried to the cent (WAYBILL_SEED=${seed})`, async () => {
  await Promise.all(
    STORES.map(async (money, i) => {
      const orders = fc.sample(randomOrder([money]), { seed: seed + i, numRuns: ORDERS / STORES.length });
      for (const order of orders) {
        // When gateways settle, and what they decline, is for the tests of these.
        await carry(rig.accounts[i] as BigcommerceAccount, { ...order, refundDeclined: false, settlesIn: 0 });
      }
    }),
  );
});
