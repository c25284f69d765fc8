import type { BigcommerceActivities } from '../../activities/bigcommerce/index.js';
import type { Steps } from '../steps.js';
import type { Telling } from '../telling.js';

const SECOND = 1_000;

/**
 * When to look again after a lost answer, in milliseconds after the attempt. The search by reference may lag by half a
 * minute, and a second order would ship: the last look comes after twice that.
 */
const SETTLE = [5 * SECOND, 30 * SECOND, 60 * SECOND];

/** How long stock may take to come back after a cancel, and how often it is looked at meanwhile. */
export const STOCK_WITHIN_MS = 60 * SECOND;
export const STOCK_AGAIN_MS = 10 * SECOND;

/** The steps of a BigCommerce order: what they are called, how they behave, and what is told of them. */
export const bigcommerceSteps = (telling: Telling): Steps<BigcommerceActivities> =>
  telling.steps<BigcommerceActivities>(SETTLE, {
    readStore: { says: 'read what the store does with stock', kind: 'read' },
    findOrder: {
      says: 'look for the order',
      kind: 'read',
      done: (found) => ('it' in found ? `order ${found.it.orderId} found by reference` : undefined),
    },
    createOrder: {
      says: 'create the order',
      kind: 'create',
      resend: 2,
      done: ({ orderId }) => `order ${orderId} created`,
    },
    setFormFields: {
      says: 'set the form fields of the addresses',
      kind: 'set',
      done: ({ set }) => `${set} form fields set`,
    },
    readBack: { says: 'read the order back', kind: 'read' },
    readLines: { says: 'read the lines', kind: 'read' },
    expectPayable: { says: 'see whether the order can be captured', kind: 'read' },
    markOrder: {
      says: 'put the reference on the order',
      kind: 'set',
      done: ({ place }, { orderId }) => `order ${orderId} carries the reference as ${place}`,
    },
    readOrder: { says: 'read the order', kind: 'read' },
    bookPayment: { says: 'write down the payment', kind: 'set', done: () => 'the payment is written down' },
    setStatus: { says: (_at, _from, to) => `set the order to status ${to}`, kind: 'set' },
    readMoney: { says: 'read the money of the order', kind: 'read' },
    findPayment: { says: 'look for the payment', kind: 'read' },
    // A payment that went through moves the order out of Incomplete, and the Payments API refuses any other order.
    takePayment: { says: 'take the payment', kind: 'create', resend: 1, done: () => 'the payment is sent' },
    findCapture: { says: 'see whether the payment is captured', kind: 'read' },
    // Refused by the platform once the payment has moved.
    startCapture: { says: 'capture the payment', kind: 'create', resend: 1, done: () => 'the capture has begun' },
    findVoid: { says: 'see whether the payment is voided', kind: 'read' },
    startVoid: { says: 'void the payment', kind: 'create', resend: 1, done: () => 'the void has begun' },
    planRefund: { says: (_at, of) => `ask what a refund of ${of} comes to`, kind: 'read' },
    findRefund: { says: 'look for the refund', kind: 'read' },
    // Of all that is left a second refund is refused.
    refundAll: {
      says: (_at, { amount }) => `refund all of ${amount}`,
      kind: 'create',
      resend: 1,
      done: ({ refundId, amount }) => `refund ${refundId} over ${amount} has begun`,
    },
    // Of a part a second refund would be taken: it is never sent again.
    refundUnshipped: {
      says: (_at, { amount }) => `refund ${amount} for what does not ship`,
      kind: 'create',
      resend: 0,
      done: ({ refundId, amount }) => `refund ${refundId} over ${amount} has begun`,
    },
    readRefund: { says: (_at, id) => `see how refund ${id} stands`, kind: 'read' },
    planShipment: { says: (_at, _made, { tracking_number }) => `see what ${tracking_number} ships`, kind: 'read' },
    findShipment: { says: (_at, { tracking_number }) => `look for shipment ${tracking_number}`, kind: 'read' },
    // It looks once more before it sends; more than what is left of a line is refused by the platform.
    createShipment: {
      says: (_at, { tracking_number }) => `post shipment ${tracking_number}`,
      kind: 'create',
      resend: 1,
      done: ({ shipmentId }, _at, { tracking_number }) => `shipment ${shipmentId} posted, ${tracking_number}`,
    },
    correctShipment: { says: (_at, { tracking_number }) => `correct a number to ${tracking_number}`, kind: 'set' },
    readStock: { says: 'read the stock', kind: 'read' },
    correctStock: { says: 'give the stock back', kind: 'undo', done: () => 'the stock was corrected' },
    cancelOrder: { says: ({ orderId }) => `cancel order ${orderId}`, kind: 'undo' },
    isDouble: { says: (_order, { orderId }) => `compare order ${orderId} with ours`, kind: 'read' },
    archiveDouble: {
      says: ({ orderId }) => `archive order ${orderId}, a double`,
      kind: 'undo',
      done: ({ archived }, { orderId }) => (archived ? `order ${orderId}, a double, is archived` : undefined),
    },
    unmarkOrder: { says: 'take the reference off the order', kind: 'undo' },
    readResult: { says: 'read what was shipped', kind: 'read' },
  });
