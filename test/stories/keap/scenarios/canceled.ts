import { cancelAt, canceledBeforeItsStart } from '../../every-story.js';
import type { Transport } from '../rig.js';
import type { CancelBy, Scenario } from '../scenario.js';
import { startHeld } from './held.js';
import { nothing, nothingSent, once, oneUnpaid, reversed } from './judges.js';
import { createOrder, takePayment } from './lost.js';
import { charge } from './ordered.js';
import { fieldsRefused } from './refused.js';

const stopped = { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
const tooLate = { outcome: 'too-late', left: [], cancel: { verdict: 'too-late' } };

const cancelDuring = (operation: string, by: CancelBy) => cancelAt('done', operation, by);

const overBoth = (transport: Transport, by: CancelBy): Scenario[] => [
  canceledBeforeItsStart(transport, by, nothingSent),
  {
    name: `canceled-by-${by}-before-payment`,
    variant: transport,
    play: cancelDuring(createOrder[transport], by),
    ends: stopped,
    ledger: nothing,
  },
  {
    name: `canceled-by-${by}-in-a-hold`,
    variant: transport,
    play: async (stage) => {
      const { order } = await startHeld(stage);
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    // What a person made under the reference is not ours to take back.
    ledger: oneUnpaid,
  },
  {
    name: `canceled-by-${by}-after-payment`,
    variant: transport,
    play: cancelDuring(takePayment[transport], by),
    ...(transport === 'rest' ? { ends: tooLate, ledger: once } : { ends: stopped, ledger: reversed }),
  },
];

const cancelInHoldAfterPayment = (by: CancelBy): Scenario => ({
  name: `canceled-by-${by}-in-a-hold-after-payment`,
  variant: 'xml-rpc',
  faults: [fieldsRefused],
  play: async (stage) => {
    const order = await stage.start();
    await stage.held(order);
    await stage.askCancel(order, by);
    return order;
  },
  ends: stopped,
  ledger: reversed,
});

/** Orders that somebody wants stopped, at every stage of their life, by our update and by Temporal's own cancel. */
export const canceled: Scenario[] = (['update', 'button'] as const).flatMap((by) => [
  ...overBoth('rest', by),
  ...overBoth('xml-rpc', by),
  cancelInHoldAfterPayment(by),
  {
    name: `canceled-by-${by}-after-a-charge`,
    variant: 'xml-rpc',
    order: { payment: charge },
    play: cancelDuring('InvoiceService.chargeInvoice', by),
    ends: tooLate,
    ledger: once,
  },
  {
    // Keap does not show the payment when it is looked for, to be reversed.
    name: `canceled-by-${by}-after-payment-shown-late`,
    variant: 'xml-rpc',
    account: { behaviour: { xmlrpcSearchLagMs: 60_000 } },
    play: cancelDuring(takePayment['xml-rpc'], by),
    ends: stopped,
    ledger: reversed,
  },
  {
    name: `canceled-by-${by}-while-an-answer-is-lost`,
    variant: 'rest',
    faults: [{ kind: 'reset-after', operation: createOrder.rest }],
    play: cancelDuring(createOrder.rest, by),
    ends: stopped,
    ledger: nothing,
  },
  {
    name: `canceled-by-${by}-while-a-request-is-lost`,
    variant: 'rest',
    faults: [{ kind: 'reset-before', operation: createOrder.rest }],
    play: cancelAt('arrival', createOrder.rest, by),
    ends: stopped,
    ledger: nothing,
  },
]);
