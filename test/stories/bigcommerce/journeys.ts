import type { Journey } from '../tested.js';
import { reaches, tellToTheEnd } from '../watching.js';
import { expectCancelled, expectNone, expectPartly, expectRestocked, expectShipped, expectTakenBack } from './judge.js';
import { byApi, captured, uncounted } from './orders.js';
import { FIRST, type Going, pay, REST, released, send, shipTwice } from './people.js';
import type { BigcommerceAccount } from './rig.js';

const create = ['create the order', 'orders.create'] as const;
const book = ['write down the payment', 'orders.update'] as const;
const cancel = ['cancel the order', 'orders.update'] as const;
const takeByApi = [
  ['open the payment', 'paymentAccessTokens.create'],
  ['take the payment', 'payments.process'],
] as const;
const shipped = {
  statusId: 2,
  personInvolved: false,
  shipments: [{ trackingNumber: '1ZFIRST' }, { trackingNumber: '1ZREST' }],
};

/** What was refused for good was not made. */
const refused = { 'orders.create': { judge: expectNone } };

async function leavesInTwo(way: Going): Promise<void> {
  await released(way);
  await shipTwice(way);
  await tellToTheEnd(way);
}

/** One of two pieces leaves, and then nobody wants the other. */
async function canceledAfterOneParcel(way: Going): Promise<void> {
  await released(way);
  await send(way, 'ship', FIRST);
  await way.order.cancel();
  await tellToTheEnd(way);
}

/** All the ways in which an order writes to BigCommerce. */
export const journeys = {
  shipped: {
    name: 'shipped',
    variant: 'store',
    writes: [create, book, ['post a parcel', 'shipments.create'], ['post the rest', 'shipments.create']],
    async play(way) {
      await pay(way);
      await leavesInTwo(way);
    },
    ends: 'completed',
    result: { ...shipped, money: 'outside', paymentStatus: '' },
    judge: expectShipped(2, '1ZFIRST', '1ZREST'),
    refused,
  },
  captured: {
    name: 'captured',
    variant: 'store',
    order: captured,
    writes: [
      ['put the reference on the order', 'orders.update'],
      ['capture the payment', 'payments.capture'],
      ['post everything', 'shipments.create'],
    ],
    async play(way) {
      await released(way);
      await send(way, 'ship', REST);
      await tellToTheEnd(way);
    },
    ends: 'completed',
    result: { statusId: 2, money: 'capture', paymentStatus: 'captured', personInvolved: false },
    judge: expectShipped(2, '1ZREST'),
  },
  cancelledUnpaid: {
    name: 'unpaid',
    variant: 'store',
    writes: [create, cancel],
    async play({ order }) {
      await reaches(order, ({ phase }) => phase === 'waiting');
      await order.cancel();
    },
    ends: 'canceled',
    judge: expectCancelled,
    refused,
  },
  refunded: {
    name: 'refunded',
    variant: 'store',
    order: { ...byApi(), ...uncounted() },
    writes: [create, ...takeByApi, ['refund all', 'refunds.create']],
    async play(way) {
      await released(way);
      await way.order.cancel();
    },
    asked: 'retry',
    ends: 'canceled',
    judge: expectTakenBack,
    refused,
  },
  partly: {
    name: 'partly',
    variant: 'store',
    order: { ...byApi(), ...uncounted() },
    writes: [create, ...takeByApi, ['post a part', 'shipments.create'], ['refund the rest', 'refunds.create']],
    play: canceledAfterOneParcel,
    asked: 'retry',
    ends: 'completed',
    result: { outcome: 'partly', money: 'payments-api' },
    judge: expectPartly,
    refused,
  },
  restocked: {
    name: 'partly, and its stock corrected',
    variant: 'store',
    order: byApi(),
    writes: [
      create,
      ...takeByApi,
      ['post a part', 'shipments.create'],
      ['refund the rest', 'refunds.create'],
      ['claim the correction', 'metafields.create'],
      ['correct the stock', 'inventory.adjustRelative'],
      ['say that it was corrected', 'metafields.update'],
    ],
    play: canceledAfterOneParcel,
    asked: 'retry',
    leftOut: 'say that it was corrected',
    ends: 'completed',
    result: { outcome: 'partly', money: 'payments-api' },
    judge: expectRestocked,
    refused,
  },
} satisfies Record<string, Journey<BigcommerceAccount>>;

/** The shortest way to the end. */
export const inOneParcel: Journey<BigcommerceAccount> = {
  ...journeys.shipped,
  name: 'in one parcel',
  async play(way) {
    await pay(way);
    await released(way);
    await send(way, 'ship', REST);
  },
};
