import { expect } from 'vitest';
import type { KeapFault, KeapLedger } from '../../../../src/sandbox/index.js';
import { answered } from '../../every-story.js';
import type { Transport } from '../rig.js';
import type { Scenario } from '../scenario.js';
import { nothing, nothingSent, once, reversed } from './judges.js';
import { createOrder, takePayment } from './lost.js';
import { declinedCharge } from './ordered.js';

const refusal = (operation: string, nth = 1): KeapFault => ({ kind: 'business', operation, nth });

/** Where each step before the payment meets a refusal: the step's name, and the request that is refused. */
const beforePayment: Record<Transport, Record<string, KeapFault>> = {
  rest: {
    contact: refusal('contacts.list'),
    find: refusal('orders.list'),
    create: refusal(createOrder.rest),
    total: refusal('orders.get'),
    'find-payment': refusal('orderPayments.list'),
    payment: refusal(takePayment.rest),
  },
  'xml-rpc': {
    contact: refusal('ContactService.findByEmail'),
    find: refusal('DataService.query:Job'),
    create: refusal(createOrder['xml-rpc']),
    'order-id': refusal('DataService.load:Invoice'),
    mark: refusal('DataService.update:Job'),
    'find-line': refusal('DataService.query:OrderItem'),
    line: refusal('InvoiceService.addOrderItem'),
    'second-line': refusal('InvoiceService.addOrderItem', 2),
    total: refusal('InvoiceService.calculateAmountOwed'),
    'find-payment': refusal('InvoiceService.getPayments'),
    payment: refusal(takePayment['xml-rpc']),
  },
};

/** The steps after the payment: money has moved, so a refusal is held. */
const afterPayment: Record<Transport, Record<string, KeapFault>> = {
  rest: { standing: refusal('orders.get', 3) },
  'xml-rpc': {
    'find-fields': refusal('DataService.load:Job', 3),
    fields: refusal('DataService.update:Job', 2),
    standing: refusal('InvoiceService.calculateAmountOwed', 3),
  },
};

/** Refused once there is an order, with one line or all of them. */
export const halfMade: Record<Transport, KeapFault> = {
  rest: refusal('orders.get'),
  'xml-rpc': refusal('InvoiceService.addOrderItem', 2),
};
const remove: Record<Transport, string> = { rest: 'orders.delete', 'xml-rpc': 'InvoiceService.deleteInvoice' };
export const undoRefused = (transport: Transport): KeapFault => refusal(remove[transport]);
export const fieldsRefused = refusal('DataService.update:Job', 2);

const failed = { outcome: 'failed', failure: 'Rejected', left: [] };

function leftUnpaid(ledger: KeapLedger): void {
  const live = ledger.orders.filter(({ deleted }) => !deleted);
  expect(live).toHaveLength(1);
  expect(live[0]?.payments).toEqual([]);
}

function declined(ledger: KeapLedger): void {
  expect(ledger.orders).toHaveLength(1);
  expect(ledger.orders[0]).toMatchObject({ deleted: true, paid: 0 });
}

const overBoth = (transport: Transport): Scenario[] => [
  {
    name: 'unknown-field',
    variant: transport,
    order: { customFields: { 'No Such Field': 'x' } },
    ends: failed,
    ledger: nothingSent,
  },
  {
    name: 'unknown-product',
    variant: transport,
    order: { lines: [{ sku: 'NONE-1', quantity: 1, unitPrice: '54.90' }] },
    ends: failed,
    ledger: nothingSent,
  },
  ...Object.entries(beforePayment[transport]).map(
    ([step, fault]): Scenario => ({
      name: `refused-at-${step}`,
      variant: transport,
      faults: [fault],
      ends: failed,
      ledger: nothing,
    }),
  ),
  ...Object.entries(afterPayment[transport]).map(
    ([step, fault]): Scenario => ({
      name: `refused-at-${step}-and-retried`,
      variant: transport,
      faults: [fault],
      play: answered('retry'),
      ends: { outcome: 'completed', left: [] },
      ledger: once,
    }),
  ),
  { name: 'card-declined', variant: transport, order: { payment: declinedCharge }, ends: failed, ledger: declined },
  {
    name: 'undo-delayed',
    variant: transport,
    faults: [halfMade[transport], { kind: '500-before', operation: remove[transport] }],
    ends: failed,
    ledger: nothing,
  },
  {
    name: 'undo-refused-and-retried',
    variant: transport,
    faults: [halfMade[transport], undoRefused(transport)],
    play: answered('retry'),
    ends: failed,
    ledger: nothing,
  },
  {
    name: 'undo-refused-and-done-by-hand',
    variant: transport,
    faults: [halfMade[transport], undoRefused(transport)],
    play: async ({ start, held, answer, sandbox }) => {
      const order = await start();
      await held(order);
      sandbox.controls.deleteOrder({ orderId: sandbox.ledger().orders[0]?.jobId ?? 0 });
      await answer(order, 'done');
      return order;
    },
    ends: { ...failed, undone: ['the unpaid order is gone (by hand)'] },
    ledger: nothing,
  },
  {
    name: 'undo-refused-and-left',
    variant: transport,
    faults: [halfMade[transport], undoRefused(transport)],
    play: answered('leave'),
    ends: { ...failed, left: [{ what: 'the unpaid order is gone' }] },
    ledger: leftUnpaid,
  },
];

/** Refusals for good: at every step, and while taking back. */
export const refused: Scenario[] = [
  ...overBoth('rest'),
  ...overBoth('xml-rpc'),
  {
    name: 'refused-after-payment-and-abandoned',
    variant: 'xml-rpc',
    faults: [fieldsRefused],
    play: answered('abandon'),
    ends: failed,
    ledger: reversed,
  },
  {
    name: 'refused-after-payment-and-abandoned',
    variant: 'rest',
    faults: [refusal('orders.get', 3)],
    play: answered('abandon', 'leave'),
    ends: { ...failed, left: [{ what: 'the payment is reversed' }, { what: 'the unpaid order is gone' }] },
    ledger: once,
  },
];
