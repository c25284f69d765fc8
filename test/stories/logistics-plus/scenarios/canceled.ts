import { expect } from 'vitest';
import type { LogisticsPlusLedger } from '../../../../src/sandbox/index.js';
import { cancelAt, canceledBeforeItsStart } from '../../every-story.js';
import type { Input } from '../../tested.js';
import { STOP } from '../journeys.js';
import { expectCanceled, expectNone, expectShipped, theOne } from '../judge.js';
import { waits } from '../people.js';
import { plainOrder, type WarehouseAccount, type WarehouseOrder } from '../rig.js';
import {
  type CancelBy,
  cancelByHand,
  canceledThere,
  expectStatuses,
  hint,
  refusal,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  shippedAllTheSame,
  startWaiting,
} from '../scenario.js';
import { startDoubled, startHeld } from './found.js';

const stopped = { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
const tooLate = { outcome: 'too-late', fulfillment: 'SHIPPED', left: [], cancel: { verdict: 'too-late' } };

const STOP_NOTE = `${STOP} ${plainOrder().note}`;
const canceledWithNote = expectCanceled(STOP_NOTE);
const shippedWithNote = expectShipped({ ...plainOrder(), note: STOP_NOTE });

/** Asks for a cancel while the order waits, until a person is asked. */
async function askedToCancel(stage: Stage, by: CancelBy = 'update'): Promise<WarehouseOrder> {
  const order = await startWaiting(stage);
  await stage.askCancel(order, by);
  await stage.held(order);
  return order;
}

const inEveryPhase = (by: CancelBy): Scenario[] => [
  canceledBeforeItsStart<WarehouseAccount>('WAPI', by, expectNone),
  scenario({
    name: `canceled-by-${by}-before-its-creation`,
    play: cancelAt('done', 'orders.search', by),
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-during-its-creation`,
    play: async (stage) => canceledThere(stage, await cancelAt('done', 'orders.create', by)(stage)),
    ends: stopped,
    ledger: canceledWithNote,
  }),
  scenario({
    name: `canceled-by-${by}-while-its-creation-is-lost`,
    faults: [{ kind: 'reset-before', operation: 'orders.create' }],
    play: cancelAt('arrival', 'orders.create', by),
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-while-an-answer-is-lost`,
    faults: [{ kind: 'reset-after', operation: 'orders.create' }],
    play: async (stage) => canceledThere(stage, await cancelAt('done', 'orders.create', by)(stage)),
    ends: stopped,
    ledger: canceledWithNote,
  }),
  scenario({
    name: `canceled-by-${by}-in-a-hold`,
    play: async (stage) => {
      const { order } = await startHeld(stage);
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    // What a person made under the reference is not ours to take back.
    ledger: expectStatuses('PRS'),
  }),
  scenario({
    name: `canceled-by-${by}-while-it-waits`,
    play: async (stage) => canceledThere(stage, await askedToCancel(stage, by)),
    ends: { ...stopped, undone: ['the order is canceled at the warehouse'] },
    ledger: canceledWithNote,
  }),
  scenario({
    name: `canceled-by-${by}-and-shipped`,
    play: async (stage) => shippedAllTheSame(stage, await askedToCancel(stage, by)),
    ends: { ...tooLate, personInvolved: false },
    ledger: shippedWithNote,
  }),
  scenario({
    name: `canceled-by-${by}-beside-a-double`,
    play: async (stage) => {
      const { order } = await startDoubled(stage);
      await stage.askCancel(order, by);
      // The hold of the double has given way to the one of the cancel.
      stage.settled();
      return canceledThere(stage, order);
    },
    ends: stopped,
    ledger: expectStatuses('CAN', 'CAN'),
  }),
  scenario({
    name: `canceled-by-${by}-when-shipped`,
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      stage.sandbox.controls.pick({ reference });
      stage.sandbox.controls.finalize({ reference });
      // The look that the hint leads to, and the one for the result.
      const place = stage.sandbox.hold({ operation: 'orders.search', nth: 2 });
      await hint(stage);
      await place.reached;
      await stage.askCancel(order, by);
      place.release();
      return order;
    },
    ends: tooLate,
    ledger: expectShipped(),
  }),
];

/** What may be answered to the question whether the warehouse cancels it. */
const answered: Scenario[] = [
  scenario({
    name: 'cancel-accepted',
    play: async (stage) => {
      const order = await askedToCancel(stage);
      await expect(order.resolve({ hold: 'hold-1', answer: 'accept' })).rejects.toThrow(/not canceled yet/);
      cancelByHand(stage);
      await stage.answer(order, 'accept');
      return order;
    },
    ends: stopped,
    ledger: canceledWithNote,
  }),
  scenario({
    name: 'cancel-retried',
    play: async (stage) => {
      const order = await askedToCancel(stage);
      await expect(order.resolve({ hold: 'hold-1', answer: 'retry' })).rejects.toThrow(/not canceled yet/);
      cancelByHand(stage);
      await stage.answer(order, 'retry');
      return order;
    },
    ends: stopped,
    ledger: canceledWithNote,
  }),
  scenario({
    name: 'cancel-given-up',
    play: async (stage) => {
      const order = await askedToCancel(stage);
      await stage.answer(order, 'leave');
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...tooLate, personInvolved: true },
    ledger: shippedWithNote,
  }),
  scenario({
    name: 'canceled-in-part',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      const { controls } = stage.sandbox;
      const [parcel] = controls.split({ reference, lines: [{ line: '10', quantity: 1 }] });
      await stage.askCancel(order, 'update');
      await stage.held(order);
      controls.cancel({ reference, shipmentId: parcel?.shipmentId });
      return shippedAllTheSame(stage, order);
    },
    ends: { outcome: 'partly', fulfillment: 'PARTLY_CANCELED', left: [], cancel: { verdict: 'partly' } },
    ledger: (ledger, input) => {
      expect(
        theOne(ledger, input)
          .shipments.map(({ status }) => status)
          .sort(),
      ).toEqual(['CAN', 'FIN']);
    },
  }),
];

function canceledUnchanged(ledger: LogisticsPlusLedger, input: Input): void {
  expectCanceled()(ledger, input);
  expect(theOne(ledger, input).patches).toEqual([]);
}

/** Whether a note asks the warehouse to stop. */
const byNote: Scenario[] = [
  scenario({
    name: 'stop-note-lost',
    faults: [{ kind: 'reset-after', operation: 'orders.update' }],
    play: async (stage) => canceledThere(stage, await askedToCancel(stage)),
    ends: stopped,
    ledger: canceledWithNote,
  }),
  scenario({
    name: 'stop-note-refused',
    faults: [refusal('orders.update')],
    play: async (stage) => canceledThere(stage, await askedToCancel(stage)),
    ends: stopped,
    ledger: canceledUnchanged,
  }),
  scenario({
    name: 'stop-note-not-agreed',
    account: { settings: { stopNote: undefined } },
    play: async (stage) => canceledThere(stage, await askedToCancel(stage)),
    ends: stopped,
    ledger: canceledUnchanged,
  }),
  scenario({
    name: 'stop-note-too-late',
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.controls.pick({ reference: stage.input.reference });
      await stage.askCancel(order, 'update');
      return canceledThere(stage, order);
    },
    ends: stopped,
    ledger: canceledUnchanged,
  }),
];

/** Orders that somebody wants stopped, at every stage of their life, by our update and by Temporal's own cancel. */
export const canceled: Scenario[] = [...(['update', 'button'] as const).flatMap(inEveryPhase), ...answered, ...byNote];
