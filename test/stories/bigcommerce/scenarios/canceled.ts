import { expect } from 'vitest';
import { cancelAt, canceledBeforeItsStart } from '../../every-story.js';
import type { CancelBy } from '../../scenario.js';
import { PACE } from '../../serving.js';
import { skipDays } from '../../skip-time.js';
import { reaches, shows, tell, tellToTheEnd } from '../../watching.js';
import { expectCancelled, expectNone, expectPartly, expectShipped, expectTakenBack } from '../judge.js';
import { byApi, captured } from '../orders.js';
import { type BigcommerceAccount, orderIn, stockOf } from '../rig.js';
import {
  answerLeft,
  completed,
  inTheStore,
  type Scenario,
  type Stage,
  scenario,
  shipFirst,
  shipRest,
  startPaid,
  startReleased,
  startUnpaid,
  stopped,
  toldHeld,
} from '../scenario.js';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

const tooLate = { ...completed, outcome: 'too-late', cancel: { verdict: 'too-late' } };
const partly = { outcome: 'partly', left: [], cancel: { verdict: 'partly' } };

/** Asks for a cancel at each stage of an order's life. */
const inEveryPhase = (by: CancelBy): Scenario[] => [
  canceledBeforeItsStart<BigcommerceAccount>('store', by, expectNone),
  scenario({
    name: `canceled-by-${by}-before-it-was-made`,
    play: cancelAt('done', 'orders.list', by),
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-while-it-is-made`,
    play: cancelAt('done', 'orders.create', by),
    ends: stopped,
    ledger: expectCancelled,
  }),
  scenario({
    name: `canceled-by-${by}-before-it-was-paid`,
    play: async (stage) => {
      const order = await startUnpaid(stage);
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    ledger: expectCancelled,
  }),
  scenario({
    name: `canceled-by-${by}-when-it-was-paid`,
    order: byApi(),
    play: async (stage) => {
      const order = await startReleased(stage);
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    ledger: expectTakenBack,
  }),
  scenario({
    name: `canceled-by-${by}-in-a-hold`,
    order: byApi(),
    play: async (stage) => {
      const order = await startReleased(stage);
      inTheStore(stage, 'requireVerification');
      await toldHeld(stage, order);
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    ledger: expectTakenBack,
  }),
  scenario({
    name: `canceled-by-${by}-when-a-part-has-shipped`,
    order: byApi(),
    play: async (stage) => {
      const order = await shipFirst(stage, await startReleased(stage));
      await stage.askCancel(order, by);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: partly,
    ledger: expectPartly,
  }),
];

const cancelPaid = async (stage: Stage) => {
  const order = await startReleased(stage);
  await stage.askCancel(order, 'update');
  return order;
};

/** Cancels, and what becomes of the money and the stock. */
export const canceled: Scenario[] = [
  ...inEveryPhase('update'),
  ...inEveryPhase('button'),
  scenario({
    name: 'canceled-when-shipped',
    play: async (stage) => {
      const order = await shipFirst(stage, await startPaid(stage));
      const place = stage.sandbox.hold({ operation: 'shipments.create', at: 'done' });
      void order.send('ship', { tracking_number: '1ZREST' }).catch(() => undefined);
      await place.reached;
      await stage.askCancel(order, 'update');
      place.release();
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: tooLate,
    ledger: expectShipped(2, '1ZFIRST', '1ZREST'),
  }),
  scenario({
    name: 'canceled-while-a-parcel-is-posted',
    order: byApi(),
    play: async (stage) => {
      const order = await startReleased(stage);
      const place = stage.sandbox.hold({ operation: 'shipments.create', at: 'arrival' });
      void order
        .send('ship', { tracking_number: '1ZFIRST', lines: [{ ref: '1', quantity: 1 }] })
        .catch(() => undefined);
      await place.reached;
      await stage.askCancel(order, 'update');
      place.release();
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: partly,
    ledger: expectPartly,
  }),
  scenario({
    name: 'canceled-when-paid-outside',
    play: async (stage) => {
      const order = await startPaid(stage);
      await stage.askCancel(order, 'update');
      await answerLeft(order, 'done');
      return order;
    },
    ends: { ...stopped, undone: expect.arrayContaining(['the money taken outside is given back (by hand)']) },
    ledger: expectCancelled,
  }),
  scenario({
    name: 'canceled-when-a-part-has-shipped-and-it-was-paid-outside',
    play: async (stage) => {
      const order = await shipFirst(stage, await startPaid(stage));
      await stage.askCancel(order, 'update');
      await stage.answer(order, 'done');
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { ...partly, statusId: 2 },
    ledger(ledger, input) {
      expect(orderIn(ledger, input)).toMatchObject({ statusId: 2, shipments: [{ trackingNumber: '1ZFIRST' }] });
      expect(stockOf(ledger, 'TEA-1')).toBe(499);
    },
  }),
  scenario({
    name: 'cancel-given-up-when-a-part-has-shipped',
    play: async (stage) => {
      const order = await shipFirst(stage, await startPaid(stage));
      await stage.askCancel(order, 'update');
      await stage.answer(order, 'leave');
      return shipRest(stage, order);
    },
    ends: tooLate,
    ledger: expectShipped(2, '1ZFIRST', '1ZREST'),
  }),
  scenario({
    name: 'canceled-while-the-capture-is-pending',
    order: captured,
    play: async (stage) => {
      stage.sandbox.controls.holdGateways({ held: true });
      const order = await stage.start();
      await tell({ ...stage, order }, ({ waitingFor }) => waitingFor?.includes('capture pending') === true);
      await stage.askCancel(order, 'update');
      stage.sandbox.controls.holdGateways({ held: false });
      stage.sandbox.controls.settleGateways();
      await tell({ ...stage, order }, ({ happenings }) => happenings.some(({ text }) => text.includes('refunded')));
      return order;
    },
    ends: stopped,
    ledger(ledger, input) {
      const { taken, refunded, externalOrderId } = ledger.orders.find(({ id }) => String(id) === input.orderId) ?? {};
      expect(refunded).toBe(taken);
      expect(externalOrderId).toBe('');
    },
  }),
  scenario({
    name: 'authorized-and-voided',
    account: { behaviour: { cardPayments: 'authorization' } },
    order: byApi(),
    play: cancelAt('done', 'payments.process', 'update'),
    ends: stopped,
    ledger(ledger, input) {
      expectTakenBack(ledger, input);
      expect(orderIn(ledger, input)).toMatchObject({ statusId: 5, paymentStatus: 'void', taken: 0 });
    },
  }),
  scenario({
    name: 'refund-declined-and-given-back-by-hand',
    order: byApi(),
    play: async (stage) => {
      stage.sandbox.controls.declineNext({ action: 'refund' });
      const order = await cancelPaid(stage);
      await answerLeft(order, 'done');
      return order;
    },
    ends: { ...stopped, undone: expect.arrayContaining(['the payment is given back (by hand)']) },
    ledger: (ledger, input) => expect(orderIn(ledger, input)).toMatchObject({ statusId: 5, refunded: 0 }),
  }),
  scenario({
    name: 'refund-declined-and-retried',
    order: byApi(),
    play: async (stage) => {
      stage.sandbox.controls.declineNext({ action: 'refund' });
      const order = await cancelPaid(stage);
      await answerLeft(order, 'retry');
      return order;
    },
    ends: stopped,
    ledger: expectTakenBack,
  }),
  scenario({
    name: 'refunded-once-the-gateway-has-settled',
    account: { behaviour: { settlementMs: 2.5 * HOUR_MS } },
    order: byApi(),
    play: async (stage) => {
      const order = await cancelPaid(stage);
      for (let hours = 1; hours <= 3; hours++) {
        await reaches(order, shows('The transaction has not been settled yet'));
        await skipDays(stage.rig.client, order, (PACE * HOUR_MS) / DAY_MS, (ms) =>
          stage.sandbox.clock.advance(ms / PACE),
        );
      }
      return order;
    },
    ends: stopped,
    ledger: expectTakenBack,
  }),
  scenario({
    name: 'stock-that-the-store-does-not-give-back',
    account: { behaviour: { inventory: { refund_order_stock_adjustment: false } } },
    play: async (stage) => {
      const order = await startUnpaid(stage);
      await stage.askCancel(order, 'update');
      return order;
    },
    ends: stopped,
    ledger: expectCancelled,
  }),
  scenario({
    name: 'stock-correction-with-its-answer-lost',
    account: { behaviour: { inventory: { refund_order_stock_adjustment: false } } },
    faults: [{ kind: 'reset-after', operation: 'inventory.adjustRelative' }],
    play: async (stage) => {
      const order = await startUnpaid(stage);
      await stage.askCancel(order, 'update');
      await answerLeft(order, 'done');
      return order;
    },
    ends: stopped,
    ledger: expectCancelled,
  }),
  scenario({
    name: 'captured-then-canceled-and-left-to-the-store',
    order: captured,
    play: async (stage) => {
      const order = await startReleased(stage);
      await stage.askCancel(order, 'update');
      return order;
    },
    ends: stopped,
    ledger(ledger, input) {
      const { taken, refunded } = ledger.orders.find(({ id }) => String(id) === input.orderId) ?? {};
      expect(refunded).toBe(taken);
    },
  }),
];
