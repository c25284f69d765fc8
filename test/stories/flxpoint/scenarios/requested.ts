import { expect } from 'vitest';
import { flxpointSeed } from '../../../../src/sandbox/index.js';
import { shows, tell, tellToTheEnd, waits } from '../../watching.js';
import { expectCanceled, expectParts, expectShipped } from '../judge.js';
import { acknowledge, added, cancelByHand, request, there } from '../people.js';
import { addedIn, line, orderIn } from '../rig.js';
import {
  completed,
  failed,
  putRight,
  requestAdded,
  type Scenario,
  scenario,
  shipped,
  startWaiting,
  toldHeld,
} from '../scenario.js';

const OTHER_SOURCE = { sourceId: flxpointSeed.otherSourceId };

/** A source ships in full what it was asked for, and the order ends. */
const together: Scenario[] = [
  scenario({
    name: 'in-several-requests-and-the-rest-killed',
    order: () => ({ lines: [line('TEA-1', 5, '9.90')] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { controls } = stage.sandbox;
      const [item] = added(stage);
      const of = (quantity: number) => ({ items: [{ orderItemId: item?.id ?? 0, quantity }] });
      const both = [request(stage, of(2)), request(stage, { ...of(2), ...OTHER_SOURCE })];
      for (const each of both) acknowledge(stage, each);
      for (const each of both) controls.ship(each);
      await tell({ ...stage, order }, shows('4 of 5 shipped'));
      controls.cancelFulfillmentRequest({ ...request(stage, of(1)), killOrFillType: 'kill' });
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { outcome: 'completed', lines: [{ ordered: 5, shipped: 4, canceled: 1 }], shipments: [{}, {}] },
    ledger: expectParts({ shipped: 4, canceled: 1 }),
  }),
  scenario({
    name: 'partly-shipped-and-the-rest-canceled',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = request(stage, { items: added(stage).map(({ id }) => ({ orderItemId: id, quantity: 1 })) });
      acknowledge(stage, made);
      stage.sandbox.controls.ship(made);
      await tell({ ...stage, order }, shows('1 of 2 shipped'));
      cancelByHand(stage);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { outcome: 'completed', lines: [{ ordered: 2, shipped: 1, canceled: 1 }] },
    ledger: expectParts({ shipped: 1, canceled: 1 }),
  }),
  ...(['cross_docked', 'transferred'] as const).map((handle) =>
    scenario({
      name: handle.replace('_', '-'),
      play: async (stage) => {
        const order = await startWaiting(stage);
        const { controls } = stage.sandbox;
        const made = requestAdded(stage);
        controls.process(made);
        const { fulfillmentRequestId } = controls.crossDock({ ...made, handle, ...OTHER_SOURCE });
        await tell({ ...stage, order }, shows('-2 unprocessed'));
        acknowledge(stage, { fulfillmentRequestId });
        controls.ship({ fulfillmentRequestId });
        await tellToTheEnd({ ...stage, order });
        return order;
      },
      ends: { ...completed, fulfillmentRequests: [{ status: handle }, { status: 'acknowledged' }], shipments: [{}] },
      ledger: expectShipped(),
    }),
  ),
  ...(['cancelFulfillmentRequest', 'voidFulfillmentRequest'] as const).map((end) =>
    scenario({
      name: end === 'voidFulfillmentRequest' ? 'request-voided-and-made-anew' : 'request-canceled-and-made-anew',
      play: async (stage) => {
        const order = await startWaiting(stage);
        const made = requestAdded(stage);
        await tell({ ...stage, order }, shows('unprocessed'));
        stage.sandbox.controls[end]({ ...made, reason: 'out of stock' });
        await tell({ ...stage, order }, shows('no fulfillment request'));
        return shipped(stage, order);
      },
      ends: { ...completed, shipments: [{}] },
      ledger: expectShipped(),
    }),
  ),
];

/** Lines that their source knows by other names. */
const otherwise: Scenario[] = [
  scenario({
    name: 'bundle',
    order: () => ({ lines: [line('TEA-SET', 2, '54.00')] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { controls } = stage.sandbox;
      const made = requestAdded(stage);
      acknowledge(stage, made);
      await tell({ ...stage, order }, shows('acknowledged'));
      const [request] = there(stage).fulfillmentRequests;
      const tea = request?.items.find(({ quantity }) => quantity === 4);
      const orderItemId = added(stage)[0]?.id ?? 0;
      // All the tea, which alone is no set.
      controls.ship({ ...made, items: [{ orderItemId, quantity: 4, ...(tea && { sku: tea.sku }) }] });
      await stage.account.hint(stage.input.reference);
      await tell({ ...stage, order }, shows('acknowledged'));
      controls.ship(made);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { ...completed, shipments: [{}, {}] },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'another-product-in-its-place',
    order: () => ({ lines: [line('MUG-B', 2, '24.95')] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.controls.editLine({ orderItemId: added(stage)[0]?.id ?? 0, sku: 'MUG-R' });
      return shipped(stage, order);
    },
    ends: { outcome: 'completed', lines: [{ sku: 'MUG-R', ordered: 2, shipped: 2 }] },
    ledger: (ledger, input) => {
      expect(addedIn(orderIn(ledger, input))).toMatchObject([{ sku: 'MUG-R', quantity: 2, shippedQuantity: 2 }]);
    },
  }),
  scenario({
    name: 'canceled-by-people-at-flxpoint',
    play: async (stage) => {
      const order = await startWaiting(stage);
      cancelByHand(stage);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { outcome: 'completed', lines: [{ shipped: 0, canceled: 2 }], shipments: [] },
    ledger: expectParts({ shipped: 0, canceled: 2 }),
  }),
];

/** Statuses of a request that goes no further, and what they are called here. */
const STUCK = {
  'number-had-before': 'duplicate',
  'number-too-long': 'po_number_exceeds_max_length',
  'lacks-information': 'additional_info_required',
};

/** Requests that do not go their way. */
const stuck: Scenario[] = [
  ...Object.entries(STUCK).map(([name, handle]) =>
    scenario({
      name: `request-${name}-and-sent-again`,
      play: async (stage) => {
        const order = await startWaiting(stage);
        const made = requestAdded(stage);
        stage.sandbox.controls.process(made);
        stage.sandbox.controls.setHandle({ ...made, handle, error: 'feed refused' });
        await toldHeld(stage, order);
        expect((await stage.held(order)).question).toContain('feed refused');
        await putRight(stage, order, () => stage.sandbox.controls.resend(made));
        await waits(order);
        return shipped(stage, order);
      },
      ends: { ...completed, personInvolved: false },
      ledger: expectShipped(),
    }),
  ),
  scenario({
    name: 'stuck-at-its-source-and-retried',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = requestAdded(stage);
      stage.sandbox.controls.process(made);
      stage.sandbox.controls.failProcessing({ ...made, error: 'feed down' });
      await toldHeld(stage, order);
      // It is still down.
      await stage.answer(order, 'retry');
      await putRight(stage, order, () => stage.sandbox.controls.resend(made));
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'stuck-at-its-source-and-abandoned',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = requestAdded(stage);
      stage.sandbox.controls.process(made);
      stage.sandbox.controls.failProcessing({ ...made, error: 'no route' });
      await toldHeld(stage, order);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: { ...failed('Conflict'), undone: [expect.stringContaining('is canceled')] },
    ledger: expectCanceled,
  }),
  scenario({
    name: 'request-of-another-line-stuck',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { controls } = stage.sandbox;
      const theirs = there(stage).items.find(({ addedBy }) => addedBy === 'channel');
      const made = request(stage, { items: [{ orderItemId: theirs?.id ?? 0 }] });
      controls.process(made);
      controls.failProcessing({ ...made, error: 'no route' });
      const ours = requestAdded(stage);
      acknowledge(stage, ours);
      await tell({ ...stage, order }, shows('acknowledged'));
      controls.ship(ours);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'request-in-an-unknown-status',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = requestAdded(stage);
      stage.sandbox.controls.setHandle({ ...made, handle: 'quantum_state' });
      await tell({ ...stage, order }, shows('quantum_state'));
      stage.sandbox.controls.setHandle({ ...made, handle: 'processing' });
      await tell({ ...stage, order }, shows('processing'));
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
];

/** What the sources make of the fulfillment requests. */
export const requested: Scenario[] = [...together, ...otherwise, ...stuck];
