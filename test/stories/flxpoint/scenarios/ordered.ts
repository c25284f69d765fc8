import { reaches, shows, tell, tellToTheEnd, waits } from '../../watching.js';
import { expectPosted, expectShipped } from '../judge.js';
import { acknowledge, added, post, request } from '../people.js';
import { line } from '../rig.js';
import { completed, type Scenario, scenario, shipped, startWaiting } from '../scenario.js';

/** Long enough that the order has to wait, short enough for a test. */
const SOON_MS = 1_500;

/** Lines that go their way. */
export const ordered: Scenario[] = [
  scenario({
    name: 'happy',
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'two-lines-alike',
    order: () => ({ lines: [line('MUG-B', 1, '24.95'), line('MUG-B', 1, '24.95')] }),
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { outcome: 'completed', lines: [{ shipped: 1 }, { shipped: 1 }] },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'in-two-requests',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const orderItemId = added(stage)[0]?.id ?? 0;
      const one = request(stage, { items: [{ orderItemId, quantity: 1 }] });
      acknowledge(stage, one);
      stage.sandbox.controls.ship(one);
      await tell({ ...stage, order }, shows('1 of 2 shipped'));
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'more-lines-while-it-runs',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const lines = [{ ...line('KETTLE-E', 2, '89.00'), reference: 'MORE-1' }];
      await order.send('addLines', { lines });
      // Without a cache it takes longer than the sender waits.
      await reaches(order, ({ happenings }) => happenings.some(({ text }) => text === 'addLines: added: MORE-1'));
      return shipped(stage, order);
    },
    ends: { outcome: 'completed', lines: [{ shipped: 2 }, { reference: 'MORE-1', shipped: 2 }] },
    ledger: (ledger, input) => expectShipped([{ ...line('KETTLE-E', 2, '89.00'), reference: 'MORE-1' }])(ledger, input),
  }),
  scenario({
    name: 'on-hold-first',
    play: async (stage) => {
      const orderId = Number(stage.input.reference);
      stage.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'On Hold' });
      const order = await stage.start();
      await tell({ ...stage, order }, shows('On Hold'));
      stage.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Open' });
      await tell({ ...stage, order }, shows('no fulfillment request'));
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'starts-later',
    order: () => ({ startAt: new Date(Date.now() + SOON_MS).toISOString() }),
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'started-without-our-client',
    play: async (stage) => shipped(stage, await stage.startBare()),
    ends: completed,
    ledger: expectShipped(),
  }),
  {
    name: 'shipped-by-us',
    variant: 'we-ship',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const way = { ...stage, order };
      const made = request(stage, { items: added(stage).map(({ id }) => ({ orderItemId: id })) });
      stage.sandbox.controls.process(made);
      await tell(way, shows('acknowledged'));
      const lines = stage.input.lines.map(({ reference, quantity }) => ({ reference, quantity }));
      await post(way, { trackingNumber: '1ZOWN1', carrier: 'UPS', lines });
      await tellToTheEnd(way);
      return order;
    },
    ends: { ...completed, shipments: [{ trackingNumber: '1ZOWN1' }] },
    ledger: expectPosted,
  },
  scenario({
    name: 'stuck-at-its-source-and-sent-again',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const way = { ...stage, order };
      const made = request(stage);
      stage.sandbox.controls.process(made);
      stage.sandbox.controls.failProcessing({ ...made, error: 'feed down' });
      await tell(way, ({ hold }) => hold !== undefined);
      stage.sandbox.controls.resend(made);
      await tell(way, ({ hold }) => hold === undefined);
      stage.settled();
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
];
