import { reaches, shows, tell, tellToTheEnd } from '../people.js';
import type { SiteOrder } from '../rig.js';
import {
  completed,
  expectStatuses,
  type Scenario,
  type Stage,
  scenario,
  startWaiting,
  stopped,
  tooLate,
} from '../scenario.js';

/** There are mugs in stock, and no lamp. */
const A_LAMP_TOO = {
  lineItems: [
    { sku: 'MUG-B', orderedQty: 2 },
    { sku: 'LAMP-3', orderedQty: 1 },
  ],
};

/** An order in two: what is in stock, and its back order. */
interface Split {
  readonly order: SiteOrder;
  readonly root: string;
  readonly child: string;
}

/** What is in stock is processed; the lamp is on back order. */
async function startSplit(stage: Stage): Promise<Split> {
  const order = await startWaiting(stage);
  const root = String((await order.status()).ids?.order);
  const child = `${root}.001`;
  stage.sandbox.controls.process({ orderNo: root });
  await tell({ ...stage, order }, shows(`order ${child} Back Order`));
  return { order, root, child };
}

/** The lamp has come in, and is processed too. */
async function startBothProcessed(stage: Stage): Promise<Split> {
  const split = await startSplit(stage);
  stage.sandbox.controls.receiveStock({ sku: 'LAMP-3', quantity: 1 });
  stage.sandbox.controls.process({ orderNo: split.child });
  await tell({ ...stage, order: split.order }, shows(`order ${split.child} Processed`));
  return split;
}

/** A cancel is asked for, and then the warehouse ships these of the two and cancels those. */
const canceledThen =
  (
    start: (stage: Stage) => Promise<Split>,
    shipped: readonly ('root' | 'child')[],
    canceled: readonly ('root' | 'child')[],
  ) =>
  async (stage: Stage): Promise<SiteOrder> => {
    const split = await start(stage);
    const { controls } = stage.sandbox;
    await stage.askCancel(split.order, 'update');
    await stage.held(split.order);
    for (const which of shipped) controls.ship({ orderNo: split[which] });
    for (const which of canceled) controls.cancel({ orderNo: split[which] });
    await tellToTheEnd({ ...stage, order: split.order });
    return split.order;
  };

const inTwoParts = scenario({
  name: 'shipped-in-two-parts',
  order: A_LAMP_TOO,
  play: async (stage) => {
    const { order, root, child } = await startSplit(stage);
    const { controls } = stage.sandbox;
    controls.ship({ orderNo: root });
    await tell({ ...stage, order }, shows(`order ${root} Shipped, order ${child} Back Order`));
    controls.receiveStock({ sku: 'LAMP-3', quantity: 1 });
    await tell({ ...stage, order }, shows(`order ${child} On Order`));
    controls.process({ orderNo: child });
    controls.ship({ orderNo: child });
    await tellToTheEnd({ ...stage, order });
    return order;
  },
  ends: {
    ...completed,
    ...{ backOrders: [{ status: 'Shipped' }], withoutTracking: [], personInvolved: false },
    lines: [
      { sku: 'MUG-B', ordered: 2, shipped: 2 },
      { sku: 'LAMP-3', ordered: 1, shipped: 1 },
    ],
  },
  ledger: expectStatuses('Shipped', 'Shipped'),
});

const partly = { outcome: 'partly', fulfillment: 'PARTLY_CANCELED', left: [], cancel: { verdict: 'partly' } };

const whileSplit: Scenario[] = [
  scenario({
    name: 'canceled-in-back-order',
    account: { behaviour: { afterPending: 'Back Order' } },
    play: async (stage) => {
      const order = await stage.start();
      await reaches(order, shows('Back Order'));
      await stage.askCancel(order, 'update');
      return order;
    },
    ends: { ...stopped, undone: ['the order is gone'] },
    ledger: expectStatuses('deleted'),
  }),
  scenario({
    name: 'canceled-with-a-back-order-and-canceled-there',
    order: A_LAMP_TOO,
    play: canceledThen(startSplit, [], ['root']),
    ends: stopped,
    ledger: expectStatuses('Cancelled', 'deleted'),
  }),
  scenario({
    name: 'canceled-with-a-back-order-and-shipped',
    order: A_LAMP_TOO,
    play: canceledThen(startSplit, ['root'], []),
    ends: partly,
    ledger: expectStatuses('Shipped', 'deleted'),
  }),
];

const whenBothAreProcessed: Scenario[] = [
  scenario({
    name: 'canceled-when-both-are-processed-and-canceled-there',
    order: A_LAMP_TOO,
    play: canceledThen(startBothProcessed, [], ['child', 'root']),
    ends: stopped,
    ledger: expectStatuses('Cancelled', 'Cancelled'),
  }),
  scenario({
    name: 'canceled-when-both-are-processed-and-one-shipped',
    order: A_LAMP_TOO,
    play: canceledThen(startBothProcessed, ['root'], ['child']),
    ends: partly,
    ledger: expectStatuses('Cancelled', 'Shipped'),
  }),
  scenario({
    name: 'canceled-when-both-are-processed-and-both-shipped',
    order: A_LAMP_TOO,
    play: canceledThen(startBothProcessed, ['root', 'child'], []),
    ends: tooLate,
    ledger: expectStatuses('Shipped', 'Shipped'),
  }),
];

/** Orders of which not all is in stock: the rest becomes an order of its own. */
export const backOrdered: Scenario[] = [inTwoParts, ...whileSplit, ...whenBothAreProcessed];
