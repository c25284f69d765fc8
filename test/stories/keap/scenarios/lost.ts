import { answered } from '../../every-story.js';
import type { Transport } from '../rig.js';
import { byHand, type Scenario } from '../scenario.js';
import { nothing, once, onePaid } from './judges.js';
import { placed } from './ordered.js';

const completed = { outcome: 'completed', left: [], undone: [] };

export const createOrder: Record<Transport, string> = {
  rest: 'orders.create',
  'xml-rpc': 'InvoiceService.createBlankOrder',
};
export const takePayment: Record<Transport, string> = {
  rest: 'orderPayments.create',
  'xml-rpc': 'InvoiceService.addManualPayment',
};

/** Once more than the payment may be sent again. */
const EVERY_SEND = 2;

const overBoth = (transport: Transport): Scenario[] => [
  {
    name: 'create-lost-and-adopted',
    variant: transport,
    faults: [{ kind: 'reset-after', operation: createOrder[transport] }],
    ends: completed,
    ledger: once,
  },
  {
    name: 'create-lost-and-sent-again',
    variant: transport,
    faults: [{ kind: 'reset-before', operation: createOrder[transport] }],
    ends: completed,
    ledger: once,
  },
  {
    name: 'payment-lost-and-adopted',
    variant: transport,
    faults: [{ kind: 'reset-after', operation: takePayment[transport] }],
    ends: completed,
    ledger: once,
  },
  {
    name: 'payment-lost-for-good-and-retried',
    variant: transport,
    faults: [{ kind: 'reset-before', operation: takePayment[transport], times: EVERY_SEND }],
    play: answered('retry'),
    ends: completed,
    ledger: once,
  },
  {
    name: 'payment-lost-for-good-and-abandoned',
    variant: transport,
    faults: [{ kind: 'reset-before', operation: takePayment[transport], times: EVERY_SEND }],
    play: answered('abandon'),
    ends: { outcome: 'failed', failure: 'OutcomeUnknown', left: [] },
    ledger: nothing,
  },
];

/** Answers that were lost, with and without the work behind them. */
export const lost: Scenario[] = [
  ...overBoth('rest'),
  ...overBoth('xml-rpc'),
  {
    name: 'line-lost-and-adopted',
    variant: 'xml-rpc',
    faults: [{ kind: 'reset-after', operation: 'InvoiceService.addOrderItem', nth: 2 }],
    ends: completed,
    ledger: once,
  },
  {
    name: 'line-lost-and-sent-again',
    variant: 'xml-rpc',
    faults: [{ kind: 'reset-before', operation: 'InvoiceService.addOrderItem' }],
    ends: completed,
    ledger: once,
  },
  {
    name: 'placed-lost-and-adopted',
    variant: 'xml-rpc',
    order: placed,
    faults: [{ kind: 'reset-after', operation: 'OrderService.placeOrder' }],
    ends: completed,
    ledger: onePaid,
  },
  {
    name: 'payment-lost-for-good-and-booked-by-hand',
    variant: 'rest',
    faults: [{ kind: 'reset-before', operation: takePayment.rest, times: EVERY_SEND }],
    play: async (stage) => {
      const { start, answer, held, sandbox } = stage;
      const order = await start();
      await held(order);
      const [made] = sandbox.ledger().orders;
      const payment = { payment_method_type: 'Check', payment_amount: 54.9, apply_to_commissions: true };
      await byHand(stage, `/orders/${made?.jobId}/payments`, payment);
      const [booked] = sandbox.ledger().orders[0]?.payments ?? [];
      await answer(order, 'accept', { id: String(booked?.id) });
      return order;
    },
    ends: completed,
    ledger: once,
  },
];
