import { cancelAt, canceledBeforeItsStart } from '../../../every-story.js';
import type { CancelBy } from '../../../scenario.js';
import { expectEndedAfter, expectNothingLeft } from '../judge.js';
import type { Club, Transport } from '../rig.js';
import { type Scenario, send, waitsFor, weekly } from '../scenario.js';
import { startBilledByKeap } from './billed.js';
import { heldAtTheSecond } from './declined.js';
import { writes } from './lost.js';

const three = { ...weekly, cycles: 3 };
const stopped = { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
const partly = { outcome: 'partly', left: [], cancel: { verdict: 'partly' }, cycles: 1, end: 'canceled' };

/** The cancel comes when a write is done, and not yet answered. */
const during = (
  what: string,
  write: keyof (typeof writes)[Transport],
  transport: Transport,
  by: CancelBy,
  end: Pick<Scenario, 'ends' | 'ledger'>,
): Scenario => ({
  name: `canceled-by-${by}-during-${what}`,
  variant: transport,
  order: three,
  play: cancelAt('done', writes[transport][write], by),
  ...end,
});

const overBoth = (transport: Transport, by: CancelBy): Scenario[] => [
  during('its-adding', 'add', transport, by, { ends: stopped, ledger: expectNothingLeft }),
  during('an-invoice', 'invoice', transport, by, { ends: stopped, ledger: expectNothingLeft }),
  during('a-charge', 'charge', transport, by, { ends: partly, ledger: (ledger) => expectEndedAfter(ledger, 1) }),
  {
    name: `canceled-by-${by}-between-cycles`,
    variant: transport,
    order: three,
    play: async ({ start, askCancel }) => {
      const order = await start();
      await waitsFor(order, 2);
      await askCancel(order, by);
      return order;
    },
    ends: partly,
    ledger: (ledger) => expectEndedAfter(ledger, 1),
  },
  {
    name: `canceled-by-${by}-while-paused`,
    variant: transport,
    order: three,
    play: async ({ start, askCancel }) => {
      const order = await start();
      await waitsFor(order, 2);
      await send(order, 'pause', {});
      await askCancel(order, by);
      return order;
    },
    ends: partly,
    ledger: (ledger) => expectEndedAfter(ledger, 1),
  },
  {
    name: `canceled-by-${by}-while-keap-bills`,
    variant: transport,
    order: { billing: 'keap' },
    play: async (stage) => {
      const order = await startBilledByKeap(stage);
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    ledger: expectNothingLeft,
  },
  {
    name: `canceled-by-${by}-in-a-held-cycle`,
    variant: transport,
    order: three,
    play: async (stage) => {
      const order = await heldAtTheSecond(stage);
      await stage.askCancel(order, by);
      return order;
    },
    ends: partly,
    ledger: (ledger) => expectEndedAfter(ledger, 1),
  },
];

/** Subscriptions that somebody wants stopped, by our update and by Temporal's own cancel. */
export const canceled: Scenario[] = (['update', 'button'] as const).flatMap((by) => [
  ...overBoth('rest', by),
  ...overBoth('xml-rpc', by),
  canceledBeforeItsStart<Club>('rest', by, expectNothingLeft),
]);
