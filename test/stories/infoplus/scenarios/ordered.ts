import { expect } from 'vitest';
import { answered, soonOver } from '../../every-story.js';
import { orderedPaths } from '../../paths/ordered.js';
import { overduePaths } from '../../paths/overdue.js';
import { expectShipped, expectTakenBack } from '../judge.js';
import { tell } from '../people.js';
import type { SiteOrder } from '../rig.js';
import {
  canceledThere,
  completed,
  expectStatuses,
  failed,
  goesOn,
  hint,
  type Scenario,
  type Stage,
  scenario,
  startWaiting,
  warehouse,
} from '../scenario.js';

/** Infoplus could not complete it. */
async function startInError(stage: Stage): Promise<SiteOrder> {
  const order = await startWaiting(stage);
  stage.sandbox.controls.setStatus({ reference: stage.input.reference, status: 'Error' });
  await hint(stage);
  expect((await stage.held(order)).choices).toEqual(['retry', 'abandon']);
  return order;
}

const repaired = ({ sandbox, input }: Stage): void => {
  sandbox.controls.setStatus({ reference: input.reference, status: 'On Order' });
};

const inError: Scenario[] = [
  scenario({
    name: 'in-error-and-settled',
    play: async (stage) => {
      const order = await startInError(stage);
      repaired(stage);
      await tell({ ...stage, order }, ({ hold }) => hold === undefined);
      stage.settled();
      return goesOn(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'in-error-and-retried',
    play: async (stage) => {
      const order = await startInError(stage);
      await stage.answer(order, 'retry');
      // Still in Error.
      await stage.held(order);
      repaired(stage);
      await stage.answer(order, 'retry');
      return goesOn(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'in-error-and-abandoned',
    play: async (stage) => {
      const order = await startInError(stage);
      const place = stage.sandbox.hold({ operation: 'order.delete' });
      await stage.answer(order, 'abandon');
      await place.reached;
      // It is processed meanwhile: only the warehouse takes it back.
      stage.sandbox.controls.setStatus({ reference: stage.input.reference, status: 'Processed' });
      place.release();
      return canceledThere(stage, order);
    },
    ends: failed('Conflict'),
    ledger: expectStatuses('Cancelled'),
  }),
];

/** Orders that go their way, whatever the warehouse makes of them. */
export const ordered: Scenario[] = [
  ...orderedPaths(warehouse),
  ...overduePaths(warehouse),
  scenario({
    name: 'past-its-deadline-and-abandoned',
    account: soonOver,
    play: answered('abandon'),
    ends: failed('Conflict'),
    ledger: expectTakenBack,
  }),
  ...inError,
];
