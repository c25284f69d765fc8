import type { Change } from '../../../replay/changed-stories.js';
import { type Changes, testReplays } from '../../replays.js';
import { subscriptionScenarios } from './scenarios.js';

const subscription = (from: string, to: string): Change => ({ file: 'keap/subscription/subscription.ts', from, to });
const cycle = (from: string, to: string): Change => ({ file: 'keap/subscription/cycle.ts', from, to });
const steps = (from: string, to: string): Change => ({ file: 'keap/subscription/steps.ts', from, to });

const PREFLIGHT = '      const account = await keap.subscriptionPreflight(order);\n';
const CONTACT = '      const { contactId } = await keap.ensureContact(order);\n';

/** Changes that break subscriptions which are under way, or cycles of them, each with a run on which it does. */
const breaking: Changes['breaking'] = {
  'two steps swapped': { on: 'one-cycle-rest-run-1', change: subscription(PREFLIGHT + CONTACT, CONTACT + PREFLIGHT) },
  'a subscription that is not taken back': {
    on: 'first-charge-declined-rest',
    change: subscription(
      "      undo('the subscription is ended', (sent) => keap.endSubscription(wanted, known ?? null, sent));\n",
      '',
    ),
  },
  'no new run after a cycle': {
    on: 'three-cycles-xml-rpc-run-2',
    change: subscription('      if (end === undefined && now.cycles > 0) await telling.renew(now);\n', ''),
  },
  'a cycle that is given up and does not pause it': {
    on: 'later-charge-declined-and-abandoned-rest-run-2',
    change: subscription('      if (end !== undefined) return;\n', '      if (end === undefined) return;\n'),
  },
  'a part that a cancel does not reach': {
    on: 'canceled-by-button-in-a-held-cycle-rest',
    change: {
      file: 'parts.ts',
      from: 'void cancel\n        .interruptibly(',
      to: 'void CancellationScope\n        .nonCancellable(',
    },
  },
  'an invoice that is not taken back': {
    on: 'first-charge-declined-xml-rpc-part-1',
    change: cycle(
      "  undo('the unpaid invoice is gone', (sent) => keap.deleteUnpaidBill(cycle, known ?? null, sent));\n",
      '',
    ),
  },
  'an invoice that is charged unseen': {
    on: 'three-cycles-rest-part-3',
    change: cycle('        bill = await keap.expectBill(cycle, made);\n', ''),
  },
};

/** Changes that subscriptions which are under way do not notice: words, and how long something takes. */
const harmless: Changes['harmless'] = [
  steps("says: 'add the subscription',", "says: 'make the subscription',"),
  steps("'nothing is due at Keap yet'", "'not due yet'"),
  cycle("'leave: it stays unpaid, and the subscription goes on'", "'leave: nobody pays it'"),
  subscription("'nothing is billed until it is resumed'", "'it is paused'"),
  { file: 'status.ts', from: "['phase', run.phase],", to: "['where it stands', run.phase]," },
  { file: 'timing.ts', from: 'attempt: 90 * SECOND', to: 'attempt: 120 * SECOND' },
];

testReplays(subscriptionScenarios, { breaking, harmless });
