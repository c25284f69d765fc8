import { expect } from 'vitest';
import { cancelAt, canceledBeforeItsStart } from '../../every-story.js';
import { expectCanceledAsAsked, expectDeleted, expectNone, expectShipped } from '../judge.js';
import { reaches, tellToTheEnd } from '../people.js';
import type { SiteAccount, SiteOrder } from '../rig.js';
import {
  type CancelBy,
  cancelByHand,
  canceledThere,
  expectStatuses,
  type Scenario,
  type Stage,
  scenario,
  startProcessed,
  startWaiting,
  stopped,
  tooLate,
} from '../scenario.js';
import { startHeld } from './found.js';

/** Asks for a cancel of an order that is processed, until a person is asked. */
async function askedToCancel(stage: Stage, by: CancelBy = 'update'): Promise<SiteOrder> {
  const order = await startProcessed(stage);
  await stage.askCancel(order, by);
  expect((await stage.held(order)).choices).toEqual(['retry', 'accept', 'leave']);
  return order;
}

/** The parcel leaves all the same. */
async function leaves(stage: Stage, order: SiteOrder): Promise<SiteOrder> {
  stage.sandbox.controls.ship({ reference: stage.input.reference });
  await tellToTheEnd({ ...stage, order });
  return order;
}

const inEveryPhase = (by: CancelBy): Scenario[] => [
  canceledBeforeItsStart<SiteAccount>('v3.0', by, expectNone),
  scenario({
    name: `canceled-by-${by}-during-its-creation`,
    play: cancelAt('done', 'order.create', by),
    ends: stopped,
    ledger: expectStatuses('deleted'),
  }),
  scenario({
    name: `canceled-by-${by}-while-its-creation-is-lost`,
    faults: [{ kind: 'reset-before', operation: 'order.create' }],
    play: cancelAt('arrival', 'order.create', by),
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-while-an-answer-is-lost`,
    faults: [{ kind: 'reset-after', operation: 'order.create' }],
    play: cancelAt('done', 'order.create', by),
    ends: stopped,
    ledger: expectStatuses('deleted'),
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
    ledger: expectStatuses('On Order'),
  }),
  scenario({
    name: `canceled-by-${by}-while-it-waits`,
    play: async (stage) => {
      const order = await startWaiting(stage);
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    ledger: expectDeleted,
  }),
  scenario({
    name: `canceled-by-${by}-by-the-warehouse`,
    play: async (stage) => canceledThere(stage, await askedToCancel(stage, by)),
    ends: stopped,
    ledger: expectCanceledAsAsked,
  }),
  scenario({
    name: `canceled-by-${by}-and-shipped`,
    play: async (stage) => leaves(stage, await askedToCancel(stage, by)),
    ends: { ...tooLate, personInvolved: false },
    ledger: expectStatuses('Shipped'),
  }),
];

/** What may be answered to the question whether the warehouse cancels it. */
const answered: Scenario[] = (['accept', 'retry'] as const).map((answer) =>
  scenario({
    name: answer === 'accept' ? 'cancel-accepted' : 'cancel-retried',
    play: async (stage) => {
      const order = await askedToCancel(stage);
      await expect(order.resolve({ hold: 'hold-1', answer })).rejects.toThrow(/not cancelled yet/);
      cancelByHand(stage);
      await stage.answer(order, answer);
      return order;
    },
    ends: stopped,
    ledger: expectCanceledAsAsked,
  }),
);

/** Orders that somebody wants stopped, at every stage of their life, by our update and by Temporal's own cancel. */
export const canceled: Scenario[] = [
  ...(['update', 'button'] as const).flatMap(inEveryPhase),
  ...answered,
  scenario({
    name: 'cancel-given-up',
    play: async (stage) => {
      const order = await askedToCancel(stage);
      await stage.answer(order, 'leave');
      await reaches(order, ({ phase }) => phase === 'waiting');
      return leaves(stage, order);
    },
    ends: { ...tooLate, personInvolved: true },
    ledger: expectShipped(),
  }),
];
