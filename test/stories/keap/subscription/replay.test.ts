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
    change: subscription('        await telling.renew(now);\n', ''),
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

/** Changes that subscriptions which are under way do not notice, beside those of what all stories share. */
const harmless: Changes['harmless'] = [
  steps("says: 'add the subscription',", "says: 'make the subscription',"),
  steps("'nothing is due at Keap yet'", "'not due yet'"),
  steps('NOT_DUE_LOOKS = [10 * MINUTE, HOUR', 'NOT_DUE_LOOKS = [20 * MINUTE, 2 * HOUR'),
  { file: 'keap/steps.ts', from: '[2, 5, 10, 20, 40, 70]', to: '[3, 6, 12, 24, 48, 96]' },
  cycle("'leave: it stays unpaid, and the subscription goes on'", "'leave: nobody pays it'"),
  subscription("'nothing is billed until it is resumed'", "'it is paused'"),
];

testReplays(subscriptionScenarios, { breaking, harmless });
