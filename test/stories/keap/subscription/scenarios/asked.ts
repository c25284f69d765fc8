import { reaches, shows } from '../../../watching.js';
import { expectEndedAfter, expectNothingLeft } from '../judge.js';
import type { Transport } from '../rig.js';
import { due, type Scenario, send, told, waitsFor, weekly } from '../scenario.js';
import { charged, completed } from './billed.js';

const three = { ...weekly, cycles: 3 };
const endedAfterOne = { outcome: 'completed', cycles: 1, left: [] };

const overBoth = (transport: Transport): Scenario[] => [
  {
    name: 'paused-and-resumed',
    variant: transport,
    order: { ...weekly, cycles: 2 },
    play: async (stage) => {
      const order = await stage.start();
      await waitsFor(order, 2);
      await send(order, 'pause', { reason: 'on holiday' });
      await reaches(order, shows('paused'));
      await send(order, 'resume', {});
      await due(stage, order, 2);
      return order;
    },
    ends: { ...completed, cycles: 2 },
    ledger: charged,
  },
  {
    name: 'ended-between-cycles',
    variant: transport,
    order: three,
    play: async ({ start }) => {
      const order = await start();
      await waitsFor(order, 2);
      await send(order, 'end', { reason: 'moved away' });
      return order;
    },
    ends: { ...endedAfterOne, end: 'ended' },
    ledger: (ledger) => expectEndedAfter(ledger, 1),
  },
  {
    name: 'ended-while-paused',
    variant: transport,
    order: three,
    play: async ({ start }) => {
      const order = await start();
      await waitsFor(order, 2);
      await send(order, 'pause', {});
      await send(order, 'end', {});
      return order;
    },
    ends: { ...endedAfterOne, end: 'ended' },
    ledger: (ledger) => expectEndedAfter(ledger, 1),
  },
  {
    name: 'stopped-at-keap',
    variant: transport,
    order: three,
    play: async (stage) => {
      const order = await stage.start();
      await waitsFor(order, 2);
      stage.sandbox.controls.stopSubscription({ subscriptionId: stage.sandbox.ledger().subscriptions[0]?.id ?? 0 });
      await told(stage);
      return order;
    },
    ends: { ...endedAfterOne, end: 'stopped at Keap' },
    ledger: (ledger) => expectEndedAfter(ledger, 1),
  },
  {
    name: 'unknown-field',
    variant: transport,
    order: { customFields: { 'No Such Field': 'x' } },
    ends: { outcome: 'failed', failure: 'Rejected', left: [] },
    ledger: expectNothingLeft,
  },
];

/** What is asked of a subscription, and what people do with it at Keap. */
export const asked: Scenario[] = [...overBoth('rest'), ...overBoth('xml-rpc')];
