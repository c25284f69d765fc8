import type { FlxpointActivities } from '../../activities/flxpoint/index.js';
import type { Steps } from '../steps.js';
import type { Telling } from '../telling.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * When to look again after a lost answer, in milliseconds after the attempt. How long a read may lag is not published,
 * and a second line would ship: so the last look is minutes later.
 */
const SETTLE = [5 * SECOND, 30 * SECOND, 2 * MINUTE];

/** How long Flxpoint may take to show what it has taken in, and how often it is looked at meanwhile. */
export const SHOWN_WITHIN_MS = 2 * MINUTE;
export const SHOWN_AGAIN_MS = 10 * SECOND;

/** The steps of a Flxpoint order: what they are called, how they behave, and what is told of them. */
export const flxpointSteps = (telling: Telling): Steps<FlxpointActivities> =>
  telling.steps<FlxpointActivities>(SETTLE, {
    readOrder: { says: 'read the order', kind: 'read' },
    findVariant: { says: (_at, line) => `look up the product of line ${line.reference}`, kind: 'read' },
    rememberItems: { says: 'remember the lines that are there', kind: 'read' },
    findLine: {
      says: (_at, { line }) => `look for line ${line.reference}`,
      kind: 'read',
      done: (found) => ('it' in found ? `line ${found.it.reference} found as item ${found.it.orderItemId}` : undefined),
    },
    // Flxpoint takes the same line twice; so one more send is all that is ventured.
    addLine: {
      says: (_at, { line }) => `add line ${line.reference}`,
      kind: 'create',
      resend: 1,
      done: ({ reference, orderItemId }) => `line ${reference} added as item ${orderItemId}`,
    },
    tagLine: { says: (_at, { reference }) => `tag the order with line ${reference}`, kind: 'set' },
    acknowledge: {
      says: (_at, id) => `acknowledge fulfillment request ${id}`,
      kind: 'set',
      done: ({ refused }, _at, id) => (refused === undefined ? `fulfillment request ${id} acknowledged` : refused),
    },
    planShipment: { says: (_at, { trackingNumber }) => `see what ${trackingNumber} ships`, kind: 'read' },
    findShipment: { says: (_at, { trackingNumber }) => `look for shipment ${trackingNumber}`, kind: 'read' },
    // A tracking number is taken once for each fulfillment request, so a second send is refused.
    createShipment: {
      says: (_at, { trackingNumber }) => `post shipment ${trackingNumber}`,
      kind: 'create',
      resend: 1,
      done: (_made, _at, { trackingNumber }) => `shipment ${trackingNumber} posted`,
    },
    readResult: { says: 'read what was shipped', kind: 'read' },
    killLine: { says: (_at, { reference }) => `cancel line ${reference} where it was requested`, kind: 'undo' },
    cancelRequests: { says: 'cancel the fulfillment requests that hold nothing else', kind: 'undo' },
    holdOrder: {
      says: 'put the order on hold',
      kind: 'undo',
      done: () => 'the order is on hold for a person to cancel lines',
    },
    releaseOrder: { says: 'release the order', kind: 'undo', done: () => 'the order is as it was' },
    untagLine: { says: (_at, { reference }) => `take the tag of line ${reference} off`, kind: 'undo' },
  });
