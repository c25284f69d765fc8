import type { Change } from '../../replay/changed-stories.js';
import { type Changes, testReplays } from '../replays.js';
import { keapScenarios } from './scenarios.js';

const once = (from: string, to: string): Change => ({ file: 'once.ts', from, to });
const order = (from: string, to: string): Change => ({ file: 'keap/order.ts', from, to });

const UNDO_PAYMENT = "  undo('the payment is reversed', () => reversePayment());\n";
const TAKE_PAYMENT =
  '  const payment = Number(order.total) === 0 ? undefined : await once(keap.findPayment, keap.takePayment, want, made);\n';
const PREFLIGHT = '  const account = await keap.preflight(order);\n';
const FIND_PRODUCTS = '  const products = await keap.findProducts(order);\n';

/** Changes that break orders which are under way, each with a path on which it does. */
const breaking: Changes['breaking'] = {
  'two steps swapped': {
    on: 'happy-rest',
    change: order(PREFLIGHT + FIND_PRODUCTS, FIND_PRODUCTS + PREFLIGHT),
  },
  'an undo registered after its step': {
    on: 'payment-lost-for-good-and-abandoned-rest',
    change: order(UNDO_PAYMENT + TAKE_PAYMENT, TAKE_PAYMENT + UNDO_PAYMENT),
  },
  'no scope that a cancel cannot reach': {
    on: 'canceled-by-button-after-payment-rest',
    change: {
      file: 'story.ts',
      from: 'return CancellationScope.nonCancellable(() => tell(contract, body, input, root));',
      to: 'return tell(contract, body, input, root);',
    },
  },
  'an open outcome that a cancel can reach': {
    on: 'canceled-by-button-while-a-request-is-lost-rest',
    change: once('kit.cancel.shielded(() => lookAgain(subject, cause))', 'lookAgain(subject, cause)'),
  },
  'undone oldest first': {
    on: 'canceled-by-button-after-payment-xml-rpc',
    change: { file: 'saga.ts', from: 'run.undos.splice(0).reverse()', to: 'run.undos.splice(0)' },
  },
  'no pause before looking again': {
    on: 'create-lost-and-sent-again-rest',
    change: once(
      "    await kit.cancel.pause(end + paced(after, pace) - Date.now(), 'then look again whether it was done');\n",
      '',
    ),
  },
  'no look for doubles': {
    on: 'create-lost-and-sent-again-rest',
    change: once('if (open) kit.doubleChecks.push({ look: doubleCheck(subject), made: false });', ''),
  },
};

/** Changes that orders which are under way do not notice, beside those of what all stories share. */
const harmless: Changes['harmless'] = [
  { file: 'keap/steps.ts', from: "says: 'create the order',", to: "says: 'make the order'," },
  { file: 'keap/steps.ts', from: "done: () => 'custom fields set'", to: "done: () => 'the fields are set'" },
  { file: 'keap/steps.ts', from: '[2, 5, 10, 20, 40, 70]', to: '[3, 6, 12, 24, 48, 96]' },
  order(
    "import { causeOf } from '../cause.js';\n",
    "import { log } from '@temporalio/workflow';\nimport { causeOf } from '../cause.js';\n",
  ),
  order(PREFLIGHT, `  log.info('begins');\n${PREFLIGHT}`),
];

testReplays(keapScenarios, { breaking, harmless });
