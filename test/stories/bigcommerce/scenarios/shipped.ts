import { expect } from 'vitest';
import { bigcommerceSeed } from '../../../../src/sandbox/index.js';
import { answered, soonOver, startsSoon } from '../../every-story.js';
import { expectCancelled, expectShipped } from '../judge.js';
import { byApi, captured } from '../orders.js';
import { FIRST, PAYMENT, pay, send, there } from '../people.js';
import { content, orderIn } from '../rig.js';
import {
  completed,
  failed,
  refusedWith,
  type Scenario,
  type Stage,
  scenario,
  shipFirst,
  shipRest,
  startPaid,
  startReleased,
} from '../scenario.js';

const inTwo = expectShipped(2, '1ZFIRST', '1ZREST');
const inOne = expectShipped(2, '1ZREST');

const shipAll = (stage: Stage) => startReleased(stage).then((order) => shipRest(stage, order));

/** Orders that go their way, by each way of money. */
export const shipped: Scenario[] = [
  scenario({
    name: 'happy',
    play: async (stage) => shipRest(stage, await shipFirst(stage, await startPaid(stage))),
    ends: { ...completed, money: 'outside', personInvolved: false },
    ledger: inTwo,
  }),
  scenario({
    name: 'starts-later',
    order: startsSoon,
    play: async (stage) => shipRest(stage, await startPaid(stage)),
    ends: completed,
    ledger: inOne,
  }),
  scenario({
    name: 'started-without-our-client',
    play: async (stage) => shipRest(stage, await startPaid({ ...stage, start: () => stage.startBare() })),
    ends: completed,
    ledger: inOne,
  }),
  scenario({
    name: 'past-its-deadline-and-abandoned',
    account: soonOver,
    play: answered('retry', 'abandon'),
    ends: failed('Conflict'),
    ledger: expectCancelled,
  }),
  scenario({
    name: 'taken-before',
    order: { payment: { kind: 'taken', ...PAYMENT } },
    play: shipAll,
    ends: { ...completed, money: 'outside' },
    ledger: inOne,
  }),
  scenario({
    name: 'set-to-completed',
    order: { complete: true },
    play: async (stage) => shipRest(stage, await startPaid(stage)),
    ends: { ...completed, statusId: 10 },
    ledger: expectShipped(10, '1ZREST'),
  }),
  scenario({
    name: 'paid-by-the-payments-api',
    order: byApi(),
    play: shipAll,
    ends: { ...completed, money: 'payments-api', paymentStatus: 'captured' },
    ledger: inOne,
  }),
  scenario({
    name: 'authorized-by-the-payments-api-and-captured',
    account: { behaviour: { cardPayments: 'authorization' } },
    order: byApi(),
    play: shipAll,
    ends: { ...completed, money: 'payments-api', paymentStatus: 'captured' },
    ledger: inOne,
  }),
  scenario({
    name: 'captured',
    order: captured,
    play: shipAll,
    ends: { ...completed, money: 'capture', paymentStatus: 'captured' },
    ledger: inOne,
  }),
  scenario({
    name: 'captured-and-not-moved-by-the-store',
    account: { behaviour: { captureMovesStatus: false } },
    order: captured,
    play: shipAll,
    ends: { ...completed, money: 'capture' },
    ledger: inOne,
  }),
  scenario({
    name: 'captured-under-another-reference-of-the-store',
    order: captured,
    play: async (stage) => {
      const orderId = Number(stage.input.orderId);
      stage.sandbox.controls.editOrder({ orderId, changes: { external_order_id: 'ERP-77' } });
      const order = await startReleased(stage);
      return shipRest(stage, order);
    },
    ends: { ...completed, externalOrderId: 'ERP-77' },
    ledger(ledger, input) {
      inOne(ledger, input);
      expect(orderIn(ledger, input).externalOrderId).toBe('ERP-77');
      expect(ledger.metafields).toMatchObject([{ namespace: 'waybill', key: input.reference }]);
    },
  }),
  scenario({
    name: 'not-moved-by-the-store',
    account: { behaviour: { shipmentsMoveStatus: false } },
    play: async (stage) => {
      const order = await startPaid(stage);
      await send({ ...stage, order }, 'ship', FIRST);
      return shipRest(stage, order);
    },
    ends: completed,
    ledger: inTwo,
  }),
  scenario({
    name: 'reported-twice-over-and-corrected',
    play: async (stage) => {
      const order = await shipFirst(stage, await startPaid(stage));
      const way = { ...stage, order };
      expect(await order.send('ship', FIRST)).toMatchObject({ reason: expect.stringContaining('posted before') });
      const over = { tracking_number: '1ZOVER', lines: [{ ref: '1', quantity: 2 }] };
      await refusedWith(order.send('ship', over), /line 1: 1 of 2 is left to ship, not 2/);
      await refusedWith(order.send('ship', { tracking_number: '1Z', lines: [{ ref: 'X', quantity: 1 }] }), /no line X/);
      await refusedWith(order.send('ship', { ...FIRST, lines: [{ ref: '2', quantity: 1 }] }), /holds other goods/);
      await send(way, 'ship', { tracking_number: '1ZRIGHT', corrects: FIRST.tracking_number });
      await refusedWith(order.send('ship', { tracking_number: '1ZX', corrects: '1ZNONE' }), /no parcel was reported/);
      expect(there(stage).shipments).toMatchObject([{ trackingNumber: '1ZRIGHT' }]);
      return shipRest(stage, order);
    },
    ends: { ...completed, shipments: [{ trackingNumber: '1ZRIGHT' }, { trackingNumber: '1ZREST' }] },
    ledger(ledger, input) {
      const order = orderIn(ledger, input);
      expect(order.shipments.map(({ trackingNumber }) => trackingNumber)).toEqual(['1ZRIGHT', '1ZREST']);
      // The customer was told of the number that was reported first, once.
      expect(ledger.mails.map(({ trackingNumber }) => trackingNumber)).toEqual(['1ZFIRST', '1ZREST']);
    },
  }),
  scenario({
    name: 'word-of-the-payment-twice',
    play: async (stage) => {
      const order = await startPaid(stage);
      expect(await order.send('paid', PAYMENT)).toMatchObject({ reason: expect.stringContaining('before') });
      await refusedWith(order.send('paid', { payment_provider_id: 'pay_other' }), /it was paid by pay_7f3a19 already/);
      return shipRest(stage, order);
    },
    ends: completed,
    ledger: inOne,
  }),
  scenario({
    name: 'nothing-to-ship',
    order: () => ({
      total: undefined,
      complete: true,
      order: content({ products: [{ product_id: 117, quantity: 1, price_ex_tax: '12.00', price_inc_tax: '12.00' }] }),
    }),
    play: async (stage) => {
      const order = await stage.start();
      await pay({ ...stage, order });
      return order;
    },
    ends: { ...completed, statusId: 10 },
    ledger: (ledger, input) => expect(orderIn(ledger, input)).toMatchObject({ statusId: 10, shipments: [] }),
  }),
  scenario({
    name: 'with-form-fields-and-a-variant',
    order: () => ({
      total: undefined,
      order: content({
        products: [
          {
            product_id: 115,
            quantity: 1,
            product_options: [{ id: 200, value: '180' }],
            price_ex_tax: '25',
            price_inc_tax: '25',
          },
        ],
        billing_address: { ...content().billing_address, form_fields: [{ name: 'Gate', value: '7' }] },
      }),
    }),
    play: async (stage) => shipRest(stage, await startPaid(stage)),
    ends: completed,
    ledger(ledger, input) {
      const order = orderIn(ledger, input);
      expect(order.billingAddress.form_fields).toEqual([{ name: 'Gate', value: '7' }]);
      expect(order.lines).toMatchObject([{ sku: bigcommerceSeed.skus.variant, quantityShipped: 1 }]);
    },
  }),
];
