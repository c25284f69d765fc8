import type { KeapActivities } from '../../activities/keap/index.js';
import type { Steps } from '../steps.js';
import type { Telling } from '../telling.js';

const SECOND = 1_000;

/**
 * When to look again after a lost answer, in milliseconds after the attempt. Keap's REST lists come from a reporting
 * model that lags by up to a minute (fact of the field, not documented), so the last look is later than that.
 */
export const SETTLE = [2, 5, 10, 20, 40, 70].map((seconds) => seconds * SECOND);

/** When to look again until Keap shows an order as paid, in milliseconds: most at once, the slow ones within a quarter of an hour. */
export const STANDING_LOOKS = [2, 12, 42, 162, 762].map((seconds) => seconds * SECOND);

/** The steps of a Keap order: what they are called, how they behave, and what is told of them. */
export const keapSteps = (telling: Telling): Steps<KeapActivities> =>
  telling.steps<KeapActivities>(SETTLE, {
    preflight: { says: 'check the payment label and the custom fields', kind: 'read' },
    ensureContact: {
      says: 'find or update the contact',
      kind: 'set',
      done: ({ contactId }) => `contact ${contactId} is known`,
    },
    findProducts: { says: 'find the products by SKU', kind: 'read' },
    findOrder: { says: 'look for the order', kind: 'read', done: foundWord('order', (made) => made.orderId) },
    createOrder: {
      says: 'create the order',
      kind: 'create',
      resend: 2,
      done: ({ orderId, invoiceId }) =>
        `${orderId === undefined ? 'order' : `order ${orderId}`} created, invoice ${invoiceId}`,
    },
    readOrderId: {
      says: 'read the order id of the invoice',
      kind: 'read',
      done: ({ orderId }) => `it is order ${orderId}`,
    },
    markOrder: { says: 'put the reference on the order', kind: 'set' },
    findLine: { says: (_want, _made, line) => `look for line ${line}`, kind: 'read' },
    addLine: {
      says: (_want, _made, line) => `add line ${line}`,
      kind: 'create',
      resend: 2,
      done: ({ lineRef }) => `line ${lineRef} added`,
    },
    expectTotal: { says: 'check the total', kind: 'read' },
    findPayment: { says: 'look for the payment', kind: 'read', done: foundWord('payment', (paid) => paid.paymentId) },
    // A payment in full that is there is refused or skipped by Keap when it is sent again, so one more send is safe.
    takePayment: {
      says: 'take or record the payment',
      kind: 'create',
      resend: 1,
      done: ({ amount, by }) => `${amount} ${by === 'keap' ? 'charged' : 'recorded as paid'}`,
    },
    findFields: { says: 'look at the custom fields', kind: 'read' },
    setFields: { says: 'set the custom fields', kind: 'set', done: () => 'custom fields set' },
    readStanding: { says: 'read the order', kind: 'read' },
    deleteUnpaidOrder: { says: 'delete the unpaid order', kind: 'undo' },
    canReverse: { says: 'see whether the payment can be reversed', kind: 'read' },
    findReversal: { says: (_want, _made, entry) => `look for the ${entry} entry`, kind: 'read' },
    // A counter-entry is part of the balance: Keap refuses no second one.
    bookReversal: {
      says: (_want, _made, entry) => `book the ${entry} entry`,
      kind: 'create',
      resend: 0,
      done: (_booked, _want, _made, entry) => `${entry} entry booked`,
    },
  });

function foundWord<T>(what: string, idOf: (it: T) => string | undefined) {
  return (found: { readonly state: string; readonly it?: T }): string | undefined =>
    found.it === undefined ? undefined : `${what} ${idOf(found.it) ?? ''} found by reference`.replace('  ', ' ');
}
