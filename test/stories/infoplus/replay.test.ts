import type { Change } from '../../replay/changed-stories.js';
import { type Changes, testReplays } from '../replays.js';
import { infoplusScenarios } from './scenarios.js';

const order = (from: string, to: string): Change => ({ file: 'infoplus/order.ts', from, to });
const amending = (from: string, to: string): Change => ({ file: 'infoplus/amending.ts', from, to });
const stopping = (from: string, to: string): Change => ({ file: 'infoplus/stopping.ts', from, to });

const UNDO_ORDER = `  undo('the order is gone', async (sent) => {
    const undone = await ip.deleteOrder(want, known ?? null, sent);
    if (!undone.done && known !== undefined) await ip.askToCancel(want, known);
    return undone;
  });
`;
const MAKE_ORDER = '  const made = await once(ip.findOrder, ip.createOrder, want);\n';
const ITEMS = '  await itemsAreOnSale();\n';
const CUSTOMER =
  '  const customer = order.customerNo === undefined ? undefined : await once(ip.findCustomer, ip.createCustomer, want);\n';
const IMPORT_CAUSE = "import { causeOf, refuse } from '../cause.js';\n";

/** Changes that break orders which are under way, each with a path on which it does. */
const breaking: Changes['breaking'] = {
  'two steps swapped': { on: 'with-a-new-customer', change: order(ITEMS + CUSTOMER, CUSTOMER + ITEMS) },
  'items that are not checked': { on: 'happy', change: order(ITEMS, '') },
  'tags that are not set': {
    on: 'happy',
    change: order('    for (const tag of order.tags ?? []) await ip.addTag(want, made, tag);\n', ''),
  },
  'custom fields that stay away': {
    on: 'found-half-made',
    change: order('    if (!made.fieldsSet) await ip.setCustomFields(want, made);\n', ''),
  },
  'an undo registered after its step': {
    on: 'canceled-by-update-while-its-creation-is-lost',
    change: order(UNDO_ORDER + MAKE_ORDER, MAKE_ORDER + UNDO_ORDER),
  },
  'nobody is asked to cancel what cannot be deleted': {
    on: 'in-error-and-abandoned',
    change: order('    if (!undone.done && known !== undefined) await ip.askToCancel(want, known);\n', ''),
  },
  'tracking numbers that are not waited for': {
    on: 'tracking-shown-later',
    change: order('!ended || trackingIn(isUntracked(shipped), forMs) === undefined', 'true'),
  },
  'an order that shipped whole and is looked at again': {
    on: 'happy',
    change: {
      file: 'infoplus/standing.ts',
      from: 'wanted !== undefined && shipped >= wanted ? 0 : SETTLES_MS',
      to: 'SETTLES_MS',
    },
  },
  'an amendment that does not look first': {
    on: 'amended-twice-alike',
    change: amending('      await expectEditable();\n      const before', '      const before'),
  },
  'an amendment whose items are not checked': {
    on: 'amended',
    change: amending('      await ip.checkItems(after);\n', ''),
  },
  'a release that does not look first': {
    on: 'released',
    change: amending('      await expectEditable();\n      const { was }', '      const { was }'),
  },
  'a cancel that deletes nothing': {
    on: 'canceled-by-update-while-it-waits',
    change: stopping("await ip.deleteOrder(want, made, 'yes')", '{ done: false }'),
  },
  'a cancel that does not look what is left': {
    on: 'canceled-by-button-and-shipped',
    change: stopping('const left = await ip.readOrder(want, made)', 'const left = seen'),
  },
  'a tag that stays although the cancel is given up': {
    on: 'cancel-given-up',
    change: stopping('          await ip.askNoMore(want, asked);\n', ''),
  },
};

/** Changes that orders which are under way do not notice, beside those of what all stories share. */
const harmless: Changes['harmless'] = [
  { file: 'infoplus/steps.ts', from: "says: 'create the order'", to: "says: 'make the order'" },
  { file: 'infoplus/steps.ts', from: "done: () => 'amendment sent'", to: "done: () => 'sent'" },
  { file: 'infoplus/steps.ts', from: 'SETTLE = [5 * SECOND, 15 * SECOND', to: 'SETTLE = [7 * SECOND, 20 * SECOND' },
  { file: 'infoplus/steps.ts', from: 'LOOKS = [5 * SECOND, 15 * SECOND', to: 'LOOKS = [7 * SECOND, 20 * SECOND' },
  { file: 'infoplus/standing.ts', from: 'Infoplus does not show it', to: 'it is not shown' },
  stopping('only a person there can do it', 'a person there does it'),
  order(IMPORT_CAUSE, `import { log } from '@temporalio/workflow';\n${IMPORT_CAUSE}`),
  order(MAKE_ORDER, `  log.info('begins');\n${MAKE_ORDER}`),
];

testReplays(infoplusScenarios, { breaking, harmless });
