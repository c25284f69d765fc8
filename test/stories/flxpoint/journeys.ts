import type { Change, Journey } from '../tested.js';
import { reaches, shows, tell, tellToTheEnd, toTheEnd, waits } from '../watching.js';
import { expectCanceled, expectNone, expectPosted, expectShipped } from './judge.js';
import { acknowledge, added, cancelByHand, type Going, post, request, shipAll } from './people.js';
import { type FlxpointAccount, type LinesInput, line } from './rig.js';

const add = ['add a line', 'orders.addItem'] as const;
const tag = ['tag a line', 'orders.setTags'] as const;

const shipped = { lines: [{ shipped: 2, canceled: 0 }], personInvolved: false };

/** What was refused for good was not added. */
const refused = { 'orders.addItem': { judge: expectNone } };

async function leaves(way: Going): Promise<void> {
  await waits(way.order);
  shipAll(way);
  await tellToTheEnd(way);
}

async function requested(way: Going): Promise<{ fulfillmentRequestId: number }> {
  await waits(way.order);
  const made = request(way, { items: added(way).map(({ id }) => ({ orderItemId: id })) });
  acknowledge(way, made);
  await tell(way, shows('acknowledged'));
  return made;
}

/** All the ways in which an order writes to Flxpoint. */
export const journeys = {
  shipped: {
    name: 'shipped',
    variant: 'others-ship',
    writes: [add, tag],
    play: leaves,
    ends: 'completed',
    result: shipped,
    judge: expectShipped(),
    refused,
  },
  alike: {
    name: 'two lines alike',
    variant: 'others-ship',
    /** Other references each time: with the same lines, the order before would be meant. */
    get order() {
      return { lines: [line('MUG-B', 1, '24.95'), line('MUG-B', 1, '24.95')] };
    },
    writes: [add, tag, ['add a line like another', 'orders.addItem'], ['tag another line', 'orders.setTags']],
    play: leaves,
    ends: 'completed',
    result: { lines: [{ shipped: 1 }, { shipped: 1 }], personInvolved: false },
    judge: expectShipped(),
  },
  killed: {
    name: 'killed',
    variant: 'others-ship',
    writes: [
      add,
      tag,
      ['kill a line', 'fulfillmentRequests.adjust'],
      ['give its stock back', 'fulfillmentRequests.adjustCommittedStock'],
      // A crash may have come between, so what takes the line back asks for it once more.
      ['give its stock back once more', 'fulfillmentRequests.adjustCommittedStock'],
      ['take its tag off', 'orders.setTags'],
    ],
    async play(way) {
      await requested(way);
      await way.order.cancel();
    },
    ends: 'canceled',
    judge: expectCanceled,
    refused,
  },
  canceledByHand: {
    name: 'canceled by hand',
    variant: 'others-ship',
    writes: [
      add,
      tag,
      ['put the order on hold', 'orders.setStatus'],
      ['say that a line is to be canceled', 'orders.setTags'],
      ['release the order', 'orders.setStatus'],
      ['say it no more', 'orders.setTags'],
      ['take its tag off', 'orders.setTags'],
    ],
    async play(way) {
      await waits(way.order);
      await way.order.cancel();
      await reaches(way.order, ({ hold }) => hold !== undefined);
      cancelByHand(way);
      await tellToTheEnd(way);
    },
    asked: 'settles itself',
    ends: 'canceled',
    judge: expectCanceled,
  },
  posted: {
    name: 'shipped by us',
    variant: 'we-ship',
    writes: [
      add,
      tag,
      ['acknowledge a request', 'fulfillmentRequests.acknowledge'],
      ['post a shipment', 'shipments.create'],
    ],
    async play(way) {
      await waits(way.order);
      const made = request(way, { items: added(way).map(({ id }) => ({ orderItemId: id })) });
      way.sandbox.controls.process(made);
      await tell(way, shows('acknowledged'));
      const lines = way.input.lines.map(({ reference, quantity }) => ({ reference, quantity }));
      await post(way, { trackingNumber: '1ZOWN1', carrier: 'UPS', lines });
      await tellToTheEnd(way);
    },
    ends: 'completed',
    result: { ...shipped, shipments: [{ trackingNumber: '1ZOWN1' }] },
    judge: expectPosted,
    refused,
  },
} satisfies Record<string, Journey<FlxpointAccount>>;

/** One more line, whose reference is of the order's number. */
const more = ({ reference }: LinesInput) => ({
  ...line('MUG-B', 1, '24.95'),
  reference: `more.${reference}`,
});

/** Somebody wants one more line while it is under way. */
export const grownMeanwhile: Change<FlxpointAccount> = {
  update: 'addLines',
  journey: {
    ...journeys.shipped,
    async play(way) {
      await waits(way.order);
      await toTheEnd<Going>(shipAll)(way);
    },
  },
  wanted: (input) => ({ lines: [more(input)] }),
  judge: (ledger, input) => expectShipped([more(input)])(ledger, input),
};
