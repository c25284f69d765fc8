import type { InfoplusActivities } from '../../activities/infoplus/index.js';
import type { Steps } from '../steps.js';
import type { Telling } from '../telling.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * When to look again after a lost answer, in milliseconds after the attempt. How far the search lags behind a create is
 * documented nowhere: half a minute is taken for it, and a second order under the reference would ship. So the last look
 * comes after three times that.
 */
const SETTLE = [5 * SECOND, 15 * SECOND, 45 * SECOND, 90 * SECOND];

/** When to look whether an amendment is shown, in milliseconds after it was sent. A read by number does not lag; the last ones are for a bad day. */
export const AMENDMENT_LOOKS = [5 * SECOND, 15 * SECOND, 45 * SECOND, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE];

/** The steps of an Infoplus order: what they are called, how they behave, and what is told of them. */
export const infoplusSteps = (telling: Telling): Steps<InfoplusActivities> =>
  telling.steps<InfoplusActivities>(SETTLE, {
    lookUp: { says: 'look up line of business, warehouse and carrier', kind: 'read' },
    checkItems: { says: 'check the items', kind: 'read' },
    findCustomer: {
      says: 'look for the customer',
      kind: 'read',
      done: (found) => ('it' in found ? knownAs(found.it) : undefined),
    },
    createCustomer: {
      says: 'create the customer',
      kind: 'create',
      resend: 2,
      raced: true,
      done: (customer) => (customer.created ? `customer ${customer.customerNo} created` : knownAs(customer)),
    },
    findOrder: {
      says: 'look for the order',
      kind: 'read',
      done: (found) => ('it' in found ? `order ${found.it.orderNo} found by reference` : undefined),
    },
    createOrder: {
      says: 'create the order',
      kind: 'create',
      resend: 2,
      done: ({ orderNo }) => `order ${orderNo} created`,
    },
    setCustomFields: {
      says: 'set the custom fields',
      kind: 'set',
      done: ({ done, why }) => (done ? 'custom fields set' : `custom fields not set: ${why}`),
    },
    addTag: {
      says: (_want, _made, tag) => `tag the order ${tag}`,
      kind: 'set',
      done: ({ done, why }, _want, _made, tag) => (done ? `tagged ${tag}` : `not tagged ${tag}: ${why}`),
    },
    removeTag: {
      says: (_want, _made, tag) => `take the tag ${tag} off`,
      kind: 'set',
      done: ({ done, why }, _want, _made, tag) => (done ? `tag ${tag} taken off` : `tag ${tag} not taken off: ${why}`),
    },
    readOrder: { says: 'read the order', kind: 'read' },
    amendOrder: { says: 'amend the order', kind: 'set', done: () => 'amendment sent' },
    readAmendment: { says: 'see whether the amendment is shown', kind: 'read' },
    releaseOrder: { says: 'release the order', kind: 'set' },
    askToCancel: {
      says: 'ask the warehouse by a tag to cancel',
      kind: 'set',
      done: ({ tagged }) => (tagged.length > 0 ? `order ${tagged.join(', ')} tagged for cancellation` : undefined),
    },
    askNoMore: {
      says: 'take the tag for cancellation off',
      kind: 'set',
      done: ({ left }) =>
        left.length === 0 ? 'no longer tagged for cancellation' : `take this back at Infoplus: ${left.join(', ')}`,
    },
    readResult: { says: 'read what was shipped', kind: 'read' },
    deleteOrder: { says: 'delete the order', kind: 'undo' },
  });

function knownAs({ customerNo, differences }: { customerNo: string; differences: readonly string[] }): string {
  if (differences.length === 0) return `customer ${customerNo} is known`;
  return `customer ${customerNo} is known with another bill-to (${differences.join(', ')}); it is left as it is`;
}
