import { rejected } from '../../every-story.js';
import { expectNone, expectShipped, expectShippedTagged } from '../judge.js';
import { plainOrder, type SiteAccount } from '../rig.js';
import {
  canceledThere,
  completed,
  expectStatuses,
  failed,
  makeByHand,
  refusal,
  type Scenario,
  scenario,
  shipped,
  startWaiting,
  stopped,
} from '../scenario.js';

const notMade: Scenario[] = [
  scenario({
    name: 'refused-unknown-item',
    order: { lineItems: [{ sku: 'NO-SUCH', orderedQty: 1 }] },
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  scenario({
    name: 'refused-at-create',
    faults: [refusal('order.create')],
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
];

/** As often as a deletion is tried. */
const EVERY_DELETE = 3;

/** What an order can do without. */
const annotations: Scenario[] = [
  scenario({
    name: 'tag-refused',
    faults: [refusal('order.tag')],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, personInvolved: false },
    ledger: expectShippedTagged([]),
  }),
  scenario({
    name: 'custom-fields-refused',
    faults: [refusal('order.updateCustomFields')],
    play: async (stage) => {
      // Ours are made with their custom fields: only one that was found lacks them.
      await makeByHand(stage);
      return shipped(stage, await startWaiting(stage));
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped({ ...plainOrder(), customFields: {} }),
  }),
];

/** A refusal may come from a moment in which the order was being worked on. */
const notDeleted: Scenario[] = [
  scenario({
    name: 'delete-refused-and-sent-again',
    faults: [refusal('order.delete')],
    play: async (stage) => {
      const order = await startWaiting(stage);
      await stage.askCancel(order, 'update');
      return order;
    },
    ends: stopped,
    ledger: expectStatuses('deleted'),
  }),
  scenario({
    name: 'delete-refused-and-canceled-there',
    faults: [{ ...refusal('order.delete'), times: EVERY_DELETE }],
    play: async (stage) => {
      const order = await startWaiting(stage);
      await stage.askCancel(order, 'update');
      return canceledThere(stage, order);
    },
    ends: stopped,
    ledger: expectStatuses('Cancelled'),
  }),
];

const notBegun = rejected<SiteAccount>('v3.0', { lineItems: 7, colour: 'blue' }, expectNone);

/** What Infoplus refuses, and runs that must not begin. */
export const refused: Scenario[] = [...notMade, ...annotations, ...notDeleted, ...notBegun];
