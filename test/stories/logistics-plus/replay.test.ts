import type { Change } from '../../replay/changed-stories.js';
import { type Changes, testReplays } from '../replays.js';
import { logisticsPlusScenarios } from './scenarios.js';

const order = (from: string, to: string): Change => ({ file: 'logistics-plus/order.ts', from, to });

const UNDO_ORDER =
  "  undo('the order is canceled at the warehouse', (sent) => lp.seeCanceled(order, known ?? null, sent));\n";
const MAKE_ORDER = '  const made = await once(lp.findOrder, lp.createOrder, order);\n';
const EXPECT_EDITABLE = '    await expectEditable();\n    try {\n';
const PUT_NOTE = '    if (whyNotEditable(standingOf(seen, made)) === undefined) await lp.putStopNote(order, made);\n';
const FOLLOWED = "  await followed();\n  telling.noReturn('the warehouse has finished it');\n";
const READ_RESULT = '  const shipped = await lp.readResult(order, made);\n';

/** Changes that break orders which are under way, each with a path on which it does. */
const breaking: Changes['breaking'] = {
  'two steps swapped': { on: 'happy', change: order(FOLLOWED + READ_RESULT, READ_RESULT + FOLLOWED) },
  'the end is not read': {
    on: 'happy',
    change: order(READ_RESULT, '  const shipped = {} as Awaited<ReturnType<typeof lp.readResult>>;\n'),
  },
  'an undo registered after its step': {
    on: 'canceled-by-update-while-its-creation-is-lost',
    change: order(UNDO_ORDER + MAKE_ORDER, MAKE_ORDER + UNDO_ORDER),
  },
  'an amendment that does not look first': {
    on: 'amended-twice-alike',
    change: order(EXPECT_EDITABLE, '    try {\n'),
  },
  'a cancel that puts no note': {
    on: 'cancel-retried',
    change: order(PUT_NOTE, ''),
  },
  'a wait without audits': {
    on: 'happy',
    change: {
      file: 'wait.ts',
      from: 'wait.looks ?? [...timing.audits.filter((at) => at < run.deadline), run.deadline]',
      to: 'wait.looks ?? []',
    },
  },
  'what is told is not remembered': {
    on: 'happy',
    change: { file: 'listen.ts', from: '    kit.inbox.remember();\n', to: '' },
  },
};

/** Changes that orders which are under way do not notice, beside those of what all stories share. */
const harmless: Changes['harmless'] = [
  { file: 'logistics-plus/steps.ts', from: "says: 'create the order'", to: "says: 'make the order'" },
  { file: 'logistics-plus/steps.ts', from: "done: () => 'amendment sent'", to: "done: () => 'sent'" },
  { file: 'logistics-plus/steps.ts', from: '[15 * SECOND, 45 * SECOND', to: '[20 * SECOND, 50 * SECOND' },
  order('the warehouse does not show it', 'it is not shown'),
  order(': only a person there can do it. It is', ', which only a person there can do. It is'),
  order(
    "import { causeOf, refuse } from '../cause.js';\n",
    "import { log } from '@temporalio/workflow';\nimport { causeOf, refuse } from '../cause.js';\n",
  ),
  order(MAKE_ORDER, `  log.info('begins');\n${MAKE_ORDER}`),
];

testReplays(logisticsPlusScenarios, { breaking, harmless });
