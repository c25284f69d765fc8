import { expect } from 'vitest';
import { bigcommerceSeed } from '../../../../src/sandbox/index.js';
import { rejected } from '../../every-story.js';
import { expectCancelled, expectNone, expectShipped } from '../judge.js';
import { byApi, captured } from '../orders.js';
import { type BigcommerceAccount, content, orderIn } from '../rig.js';
import { failed, type Scenario, scenario, shipRest, startReleased } from '../scenario.js';

/** What cannot be carried, and what is declined. */
export const refused: Scenario[] = [
  ...rejected<BigcommerceAccount>('store', { order: { ...content(), external_id: 'x' } }, expectNone),
  scenario({
    name: 'out-of-stock',
    order: () => ({
      total: undefined,
      order: content({ products: [{ product_id: 115, variant_id: 422, quantity: 1 }] }),
    }),
    play: async (stage) => {
      const order = await stage.start();
      const { happenings } = await order.result().then(
        () => order.status(),
        () => order.status(),
      );
      expect(happenings.map(({ text }) => text).join()).toContain('product 115');
      return order;
    },
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  scenario({
    name: 'too-few-of-a-product',
    order: () => ({ total: undefined, order: content({ products: [{ product_id: 116, quantity: 1 }] }) }),
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  scenario({
    name: 'another-total-than-was-said',
    order: () => ({
      total: '12.00',
      order: content({ products: [{ product_id: 113, quantity: 1 }] }),
    }),
    ends: failed('Conflict'),
    ledger: expectCancelled,
  }),
  scenario({
    name: 'card-refused',
    order: byApi(bigcommerceSeed.instruments.refused),
    ends: failed('Rejected'),
    ledger: expectCancelled,
  }),
  scenario({
    name: 'not-authorized',
    order: captured,
    play: async ({ start, sandbox, input }) => {
      sandbox.controls.capture({ orderId: Number(input.orderId) });
      sandbox.controls.settleGateways();
      sandbox.controls.refund({ orderId: Number(input.orderId) });
      sandbox.controls.settleGateways();
      return start();
    },
    ends: failed('Rejected'),
    ledger: (ledger, input) => expect(orderIn(ledger, input).externalOrderId).toBe(''),
  }),
  scenario({
    name: 'capture-declined-and-retried',
    order: captured,
    play: async (stage) => {
      stage.sandbox.controls.declineNext({ action: 'capture' });
      const order = await stage.start();
      await stage.answer(order, 'retry');
      await startReleasedAs(order);
      return shipRest(stage, order);
    },
    ends: { outcome: 'completed', personInvolved: true, paymentStatus: 'captured' },
    ledger: expectShipped(2, '1ZREST'),
  }),
];

async function startReleasedAs(order: Awaited<ReturnType<typeof startReleased>>): Promise<void> {
  await startReleased({ start: async () => order } as Parameters<typeof startReleased>[0]);
}
