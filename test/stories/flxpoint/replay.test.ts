import type { Change } from '../../replay/changed-stories.js';
import { type Changes, testReplays } from '../replays.js';
import { flxpointScenarios } from './scenarios.js';

const order = (from: string, to: string): Change => ({ file: 'flxpoint/order.ts', from, to });
const takingBack = (from: string, to: string): Change => ({ file: 'flxpoint/taking-back.ts', from, to });

const UNDO_LINE = '    undo(lineIsCanceled(line.reference), (sent) => takeBackLine(want, sent));\n';
const ADD_LINE = '    const made = await addedOnce(want);\n';
const TAG_LINE = '    if (!tagged) await fl.tagLine(at, made);\n';
const FOLLOWED = "  await followed();\n  telling.noReturn('every line has shipped or was canceled');\n";
const READ_RESULT = '  const fulfilled = await fl.readResult(at, lines, order.include ?? []);\n';
const POST = '      await once(fl.findShipment, fl.createShipment, at, each);\n';
const KILL_ALL = '    for (const made of lines) refused.push(...(await kill(made)).refused);\n';

/** Changes that break orders which are under way, each with a path on which it does. */
const breaking: Changes['breaking'] = {
  'two steps swapped': { on: 'happy-others-ship', change: order(FOLLOWED + READ_RESULT, READ_RESULT + FOLLOWED) },
  'the end is not read': {
    on: 'happy-others-ship',
    change: order(READ_RESULT, '  const fulfilled = {} as Awaited<ReturnType<typeof fl.readResult>>;\n'),
  },
  'a line that is not tagged': {
    on: 'happy-others-ship',
    change: order(TAG_LINE, ''),
  },
  'an undo registered after its step': {
    on: 'canceled-by-update-while-an-answer-is-lost-others-ship',
    change: order(UNDO_LINE + ADD_LINE, ADD_LINE + UNDO_LINE),
  },
  'more lines although a cancel came first': {
    on: 'more-lines-after-a-cancel-others-ship',
    change: order('    if (closing) throw refuse(', '    if (closing && lines.length === 0) throw refuse('),
  },
  'a parcel that is posted without a look': {
    on: 'shipped-by-us-we-ship',
    change: order(POST, '      await fl.createShipment(at, each);\n'),
  },
  'a cancel that kills nothing first': {
    on: 'canceled-by-button-and-killed-others-ship',
    change: takingBack(KILL_ALL, ''),
  },
  'an order that may be requested while a person cancels its lines': {
    on: 'canceled-by-update-without-a-request-others-ship',
    change: takingBack('    await fl.holdOrder(at, which);\n', ''),
  },
  'an order that stays on hold': {
    on: 'cancel-given-up-others-ship',
    change: takingBack('    await release(...lines);\n', ''),
  },
  'a stuck request that nobody is told of': {
    on: 'stuck-at-its-source-and-retried-others-ship',
    change: order('      if (held !== undefined) await askToPutRight(held, (now) => whyHeld(now, lines));\n', ''),
  },
};

/** Changes that orders which are under way do not notice, beside those of what all stories share. */
const harmless: Changes['harmless'] = [
  { file: 'flxpoint/steps.ts', from: "says: 'read the order'", to: "says: 'look at the order'" },
  { file: 'flxpoint/steps.ts', from: "done: () => 'the order is as it was'", to: "done: () => 'released'" },
  { file: 'flxpoint/steps.ts', from: '[5 * SECOND, 30 * SECOND', to: '[7 * SECOND, 40 * SECOND' },
  { file: 'flxpoint/standing.ts', from: "? 'no fulfillment request'", to: "? 'nobody was asked'" },
  takingBack('a person has to cancel it in Flxpoint;', 'to be canceled in Flxpoint by a person;'),
  order(
    "import { causeOf, refuse } from '../cause.js';\n",
    "import { log } from '@temporalio/workflow';\nimport { causeOf, refuse } from '../cause.js';\n",
  ),
  order(ADD_LINE, `    log.info('adds');\n${ADD_LINE}`),
];

testReplays(flxpointScenarios, { breaking, harmless });
