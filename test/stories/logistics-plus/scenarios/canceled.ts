import { expect } from 'vitest';
import type { LogisticsPlusLedger } from '../../../../src/sandbox/index.js';
import { cancelAt } from '../../every-story.js';
import { canceledPaths } from '../../paths/canceled.js';
import { tooLate } from '../../paths/warehouse.js';
import type { Input } from '../../tested.js';
import { expectCanceled, expectNone, expectShipped, theOne } from '../judge.js';
import {
  askedToCancel,
  type CancelBy,
  canceledThere,
  canceledWithNote,
  expectStatuses,
  hint,
  refusal,
  type Scenario,
  scenario,
  shippedAllTheSame,
  startDoubled,
  startWaiting,
  stopped,
  warehouse,
} from '../scenario.js';

const inMorePhases = (by: CancelBy): Scenario[] => [
  scenario({
    name: `canceled-by-${by}-before-its-creation`,
    play: cancelAt('done', 'orders.search', by),
    ends: stopped,
    ledger: expectNone,
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

const inPart = scenario({
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
});

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

/** Orders that somebody wants stopped, and what the warehouse makes of it. */
export const canceled: Scenario[] = [
  ...canceledPaths(warehouse),
  ...(['update', 'button'] as const).flatMap(inMorePhases),
  inPart,
  ...byNote,
];
