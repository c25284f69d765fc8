import { rejected } from '../../every-story.js';
import { foundPaths } from '../../paths/found.js';
import { expectCanceled, expectNone, expectShipped } from '../judge.js';
import { plainOrder, type WarehouseAccount } from '../rig.js';
import {
  BY_PHONE,
  cancelByHand,
  completed,
  expectStatuses,
  failed,
  goesOn,
  hint,
  makeByHand,
  type Scenario,
  scenario,
  shipped,
  shippedBesideIt,
  showNow,
  startBesideAnother,
  startWaiting,
  warehouse,
} from '../scenario.js';

const notBegun = rejected<WarehouseAccount>('WAPI', { warehouseCode: 7, colour: 'blue' }, expectNone);

/** What stands under the reference already, or comes to stand there, and runs that must not begin. */
export const found: Scenario[] = [
  ...foundPaths(warehouse),
  scenario({
    name: 'found-same',
    play: async (stage) => {
      await makeByHand(stage);
      return shipped(stage, await startWaiting(stage));
    },
    ends: { ...completed, requestIds: [] },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'found-same-beside-a-canceled-one',
    play: async (stage) => {
      cancelByHand(stage, await makeByHand(stage));
      await makeByHand(stage);
      return shippedBesideIt(stage, await stage.start());
    },
    ends: completed,
    ledger: expectStatuses('CAN', 'FIN'),
  }),
  scenario({
    name: 'found-dead',
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.controls.cancel({ reference: stage.input.reference });
      await hint(stage);
      await stage.ended(order);
      return stage.startBare();
    },
    ends: failed('Conflict'),
    ledger: expectCanceled(),
  }),
  scenario({
    name: 'held-and-retried',
    play: async (stage) => {
      const { order, other } = await startBesideAnother(stage);
      stage.sandbox.controls.editOrder({ orderId: other, note: String(stage.input.note) });
      showNow(stage);
      await stage.answer(order, 'retry');
      return goesOn(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'held-and-corrected',
    play: async (stage) => {
      const { order } = await startBesideAnother(stage);
      await stage.answer(order, 'retry', { input: { note: BY_PHONE } });
      return goesOn(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped({ ...plainOrder(), note: BY_PHONE }),
  }),
  ...notBegun,
];
