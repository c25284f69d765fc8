import { expect } from 'vitest';
import { RefusedError } from '../../../../src/client.js';
import { flxpointSeed } from '../../../../src/sandbox/index.js';
import { shows, tell, tellToTheEnd, waits } from '../../watching.js';
import { expectParts, expectPosted, expectShipped } from '../judge.js';
import { added, post } from '../people.js';
import { type LinesInput, type LinesOrder, line, orderIn } from '../rig.js';
import {
  acknowledged,
  answerLeft,
  completed,
  leftThere,
  ourSource,
  parcelOf,
  putRight,
  refusal,
  refusedWith,
  requestAdded,
  type Scenario,
  type Stage,
  shipped,
  startWaiting,
  toldHeld,
} from '../scenario.js';

/** The source that Waybill plays was sent a request of the lines, and has acknowledged it. */
async function startAsked(stage: Stage): Promise<LinesOrder> {
  const order = await startWaiting(stage);
  stage.sandbox.controls.process(requestAdded(stage));
  await tell({ ...stage, order }, shows('acknowledged'));
  return order;
}

/** The parcel leaves, and the order ends with it. */
async function leaves(stage: Stage, order: LinesOrder): Promise<LinesOrder> {
  await post({ ...stage, order }, parcelOf(stage.input));
  await tellToTheEnd({ ...stage, order });
  return order;
}

const postedOnce = { ...completed, shipments: [{ trackingNumber: '1ZOWN1' }] };

/** A line that leaves in several parcels. */
const TEA = { order: () => ({ lines: [line('TEA-1', 3, '9.90')] }) };
const part = (input: LinesInput, trackingNumber: string, quantity: number) => ({
  ...parcelOf(input, trackingNumber),
  lines: input.lines.map(({ reference }) => ({ reference, quantity })),
});

/** Waybill plays the source: it acknowledges, and posts what leaves. */
export const posted: Scenario[] = [
  ourSource({
    name: 'shipped-by-us',
    play: async (stage) => leaves(stage, await startAsked(stage)),
    ends: postedOnce,
    ledger: expectPosted,
  }),
  ourSource({
    name: 'posted-twice-alike',
    ...TEA,
    play: async (stage) => {
      const order = await startAsked(stage);
      for (const quantity of [1, 1]) await post({ ...stage, order }, part(stage.input, '1Z-A', quantity));
      await post({ ...stage, order }, part(stage.input, '1Z-B', 2));
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { outcome: 'completed', lines: [{ shipped: 3 }], shipments: [{}, {}] },
    ledger: expectParts({ shipped: 3, canceled: 0 }),
  }),
  ourSource({
    name: 'posted-in-parcels-of-two-requests',
    ...TEA,
    play: async (stage) => {
      const order = await startWaiting(stage);
      const orderItemId = added(stage)[0]?.id ?? 0;
      for (const quantity of [1, 2]) {
        stage.sandbox.controls.process(requestAdded(stage, { items: [{ orderItemId, quantity }] }));
      }
      await tell({ ...stage, order }, shows('-2 acknowledged'));
      return leaves(stage, order);
    },
    ends: { outcome: 'completed', shipments: [{ trackingNumber: '1ZOWN1' }, { trackingNumber: '1ZOWN1' }] },
    ledger: expectParts({ shipped: 3, canceled: 0 }),
  }),
  ourSource({
    name: 'posting-lost-and-found',
    faults: [{ kind: 'reset-after', operation: 'shipments.create' }],
    play: async (stage) => leaves(stage, await startAsked(stage)),
    ends: postedOnce,
    ledger: expectPosted,
  }),
  ourSource({
    name: 'posting-lost-and-sent-again',
    faults: [{ kind: 'reset-before', operation: 'shipments.create' }],
    play: async (stage) => leaves(stage, await startAsked(stage)),
    ends: postedOnce,
    ledger: expectPosted,
  }),
  ourSource({
    name: 'posting-refused-by-flxpoint',
    faults: [refusal('shipments.create')],
    play: async (stage) => {
      const order = await startAsked(stage);
      await refusedWith(order, 'ship', parcelOf(stage.input), /Refused by the sandbox/);
      return leaves(stage, order);
    },
    ends: postedOnce,
    ledger: expectPosted,
  }),
  ourSource({
    name: 'posting-that-cannot-be',
    play: async (stage) => {
      const order = await startWaiting(stage);
      await refusedWith(order, 'ship', parcelOf(stage.input), /asked for 0 of 2 only/);
      stage.sandbox.controls.process(requestAdded(stage));
      await tell({ ...stage, order }, shows('acknowledged'));
      const strange = { trackingNumber: '1Z-G', lines: [{ reference: 'NOBODY', quantity: 1 }] };
      await refusedWith(order, 'ship', strange, /there is no line NOBODY/);
      await refusedWith(order, 'ship', part(stage.input, '1Z-G', 3), /asked for 2 of 3 only/);
      await expect(order.send('ship', { ...strange, lines: [] })).rejects.toThrow(/at least one line/);
      return leaves(stage, order);
    },
    ends: postedOnce,
    ledger: expectPosted,
  }),
  ourSource({
    name: 'posting-beside-other-goods-and-abandoned',
    ...TEA,
    play: async (stage) => {
      const order = await startAsked(stage);
      const orderItemId = added(stage)[0]?.id ?? 0;
      const { fulfillmentRequests } = orderIn(stage.sandbox.ledger(), stage.input);
      const fulfillmentRequestId = fulfillmentRequests[0]?.id ?? 0;
      const items = [{ orderItemId, quantity: 1 }];
      stage.sandbox.controls.ship({ fulfillmentRequestId, trackingNumber: '1ZOWN1', items });
      const asked = order.send('ship', part(stage.input, '1ZOWN1', 3)).catch((error: unknown) => error);
      expect((await stage.held(order)).question).toContain('holds other goods');
      await stage.answer(order, 'abandon');
      const answer = await asked;
      if (answer instanceof Error) expect(answer).toBeInstanceOf(RefusedError);
      // A part has left: what becomes of it is a person's.
      await answerLeft(order, 'leave');
      return order;
    },
    ends: leftThere('Conflict'),
    ledger: (ledger, input) => {
      const [request] = orderIn(ledger, input).fulfillmentRequests;
      expect(request?.shipments).toMatchObject([{ items: [{ quantity: 1 }] }]);
      expect(request?.items).toMatchObject([{ canceledQuantity: 2 }]);
    },
  }),
  ourSource({
    name: 'acknowledged-by-somebody-else',
    play: async (stage) => {
      const order = await startWaiting(stage);
      await acknowledged(stage, order);
      return leaves(stage, order);
    },
    ends: postedOnce,
    ledger: expectPosted,
  }),
  ourSource({
    name: 'acknowledgement-lost',
    faults: [{ kind: 'reset-after', operation: 'fulfillmentRequests.acknowledge' }],
    play: async (stage) => leaves(stage, await startAsked(stage)),
    ends: postedOnce,
    ledger: expectPosted,
  }),
  ourSource({
    name: 'acknowledgement-refused-and-made-by-hand',
    faults: [refusal('fulfillmentRequests.acknowledge')],
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = requestAdded(stage);
      stage.sandbox.controls.process(made);
      await toldHeld(stage, order);
      await putRight(stage, order, () => stage.sandbox.controls.acknowledge(made));
      await waits(order);
      return leaves(stage, order);
    },
    ends: { ...postedOnce, personInvolved: false },
    ledger: expectPosted,
  }),
  ourSource({
    name: 'acknowledgement-refused-and-retried',
    faults: [refusal('fulfillmentRequests.acknowledge')],
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.controls.process(requestAdded(stage));
      await toldHeld(stage, order);
      await stage.answer(order, 'retry');
      await tell({ ...stage, order }, shows('acknowledged'));
      return leaves(stage, order);
    },
    ends: { ...postedOnce, personInvolved: true },
    ledger: expectPosted,
  }),
  ourSource({
    name: 'of-another-source',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = requestAdded(stage, { sourceId: flxpointSeed.otherSourceId });
      stage.sandbox.controls.process(made);
      await tell({ ...stage, order }, shows('processed'));
      await refusedWith(order, 'ship', parcelOf(stage.input), /asked for 0 of 2 only/);
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
];
