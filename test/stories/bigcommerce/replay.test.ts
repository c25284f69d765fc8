import type { Change } from '../../replay/changed-stories.js';
import { type Changes, testReplays } from '../replays.js';
import { bigcommerceScenarios } from './scenarios.js';

const change =
  (file: string) =>
  (from: string, to: string): Change => ({ file: `bigcommerce/${file}.ts`, from, to });
const order = change('order');
const making = change('making');
const money = change('money');
const goods = change('goods');
const stopping = change('stopping');
const watching = change('watching');
const cancelling = change('cancelling');

const FORM_FIELDS = '  if (hasFormFields(course)) await bc.setFormFields(order, at);\n';
const READ_BACK = '  const made = await bc.readBack(order, at);\n  own =';
const READ_RESULT = '  const fulfilled = await bc.readResult(made.at, made.lines);\n';

/** Changes that break orders which are under way, each with a path on which it does. */
const breaking: Changes['breaking'] = {
  'two steps swapped': {
    on: 'with-form-fields-and-a-variant',
    change: making(FORM_FIELDS + READ_BACK, READ_BACK.replace('  own =', `${FORM_FIELDS}  own =`)),
  },
  'the end is not read': {
    on: 'happy',
    change: order(READ_RESULT, '  const fulfilled = {} as Awaited<ReturnType<typeof bc.readResult>>;\n'),
  },
  'a payment that is not written down': {
    on: 'taken-before',
    change: money('    await bc.bookPayment(at, { payment_provider_id, payment_method });\n', ''),
  },
  'an order that is taken over without a mark': {
    on: 'captured-and-its-answer-lost',
    change: making('  await bc.markOrder(at);\n', ''),
  },
  'a parcel that is posted without a look': {
    on: 'happy',
    change: goods(
      '    await telling.once(bc.findShipment, bc.createShipment, at, leaving);\n',
      '    await bc.createShipment(at, leaving);\n',
    ),
  },
  'a cancel that does not wait for the gateway': {
    on: 'canceled-while-the-capture-is-pending',
    change: stopping(
      '    const now = await pay.settled();\n    if',
      '    const now = { itemsShipped: 0 } as Awaited<ReturnType<typeof pay.settled>>;\n    if',
    ),
  },
  'the rest that is not refunded': {
    on: 'canceled-by-update-when-a-part-has-shipped',
    change: stopping("      : await pay.refund('unshipped');", "      : { given: '0.00' };"),
  },
  'stock that nobody looks at': {
    on: 'canceled-by-update-before-it-was-paid',
    change: cancelling('    await remember();\n    const { done', '    const { done'),
  },
  'a dispute that nobody is told of': {
    on: 'disputed-and-settled',
    change: watching('    if (held !== undefined) await askToPutRight(held);\n', ''),
  },
};

/** Changes that orders which are under way do not notice, beside those of what all stories share. */
const harmless: Changes['harmless'] = [
  { file: 'bigcommerce/steps.ts', from: "says: 'read the order back'", to: "says: 'look at the order'" },
  { file: 'bigcommerce/steps.ts', from: '[5 * SECOND, 30 * SECOND', to: '[7 * SECOND, 40 * SECOND' },
  { file: 'bigcommerce/standing.ts', from: "return 'it is archived';", to: "return 'archived';" },
  money('give it back there, and set', 'give it back, and set'),
  watching('Nothing ships meanwhile; ', ''),
];

testReplays(bigcommerceScenarios, { breaking, harmless });
