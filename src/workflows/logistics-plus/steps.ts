import type { LogisticsPlusActivities } from '../../activities/logistics-plus/index.js';
import type { Steps } from '../steps.js';
import type { Telling } from '../telling.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * When to look again after a lost answer, in milliseconds after the attempt. A read may lag behind a write by an unknown
 * time, and a second order under the reference would ship: so the last look is minutes later.
 */
const SETTLE = [15 * SECOND, 45 * SECOND, 2 * MINUTE, 5 * MINUTE];

/** When to look whether an amendment is shown, in milliseconds after it was sent: shipments follow the order later. */
export const AMENDMENT_LOOKS = [5 * SECOND, 15 * SECOND, 45 * SECOND, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE];

/** The steps of a Logistics Plus order: what they are called, how they behave, and what is told of them. */
export const logisticsPlusSteps = (telling: Telling): Steps<LogisticsPlusActivities> =>
  telling.steps<LogisticsPlusActivities>(SETTLE, {
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
    readOrder: { says: 'read the order', kind: 'read' },
    amendOrder: { says: 'amend the order', kind: 'set', done: () => 'amendment sent' },
    readAmendment: { says: 'see whether the amendment is shown', kind: 'read' },
    putStopNote: {
      says: 'ask the warehouse by a note to stop',
      kind: 'set',
      done: ({ put }) => (put ? 'stop note put on the order' : undefined),
    },
    readResult: { says: 'read what was shipped', kind: 'read' },
    seeCanceled: { says: 'see whether the order is canceled', kind: 'undo' },
  });
