import { describe, expect, test } from 'vitest';
import type { FlxpointSeen } from '../../../src/workflows/flxpoint/contract.js';
import {
  areTagged,
  endOf,
  isOpen,
  isOver,
  toAcknowledge,
  whatIsLate,
  whyHeld,
  whyHeldBefore,
  whyRefused,
  wordsOf,
} from '../../../src/workflows/flxpoint/standing.js';

const A = { reference: 'A', orderItemId: '1', quantity: 2 };
const B = { reference: 'B', orderItemId: '2', quantity: 1 };
const lines = [A, B];

type Part = { shipped?: number; canceled?: number; request?: Partial<FlxpointSeen['requests'][number]> | null };

/** Both lines, each with a request for what is left of it, unless said otherwise. Line C is somebody else's. */
function seen(a: Part, b: Part, more: Partial<FlxpointSeen> = {}): FlxpointSeen {
  const parts = [
    { made: A, part: a },
    { made: B, part: b },
  ];
  return {
    orderId: '5812044',
    orderStatus: 'Open',
    paymentStatus: 'Paid',
    tagged: ['a'],
    items: [
      ...parts.map(({ made: { orderItemId, quantity }, part: { shipped = 0, canceled = 0 } }) => ({
        orderItemId,
        quantity,
        shipped,
        canceled,
      })),
      { orderItemId: '3', quantity: 7, shipped: 0, canceled: 0 },
    ],
    requests: parts.flatMap(({ made: { orderItemId, quantity, reference }, part }) => {
      const { shipped = 0, canceled = 0, request = {} } = part;
      const rest = quantity - shipped - canceled;
      const open = rest > 0 ? [{ orderItemId, quantity: rest }] : [];
      return request === null
        ? []
        : [{ id: `9${orderItemId}`, number: `R-${reference}`, status: 'processed', open, ...request }];
    }),
    ...more,
  };
}

const whole = { shipped: 2 };
const gone = { canceled: 2 };

describe('the end', () => {
  test.each<[string, FlxpointSeen, boolean, string | undefined]>([
    ['nothing has happened', seen({}, {}), false, undefined],
    ['one line has shipped', seen(whole, {}), false, undefined],
    ['a part has shipped', seen({ shipped: 1 }, { shipped: 1 }), false, undefined],
    ['all has shipped', seen(whole, { shipped: 1 }), true, 'too-late'],
    ['all is canceled', seen(gone, { canceled: 1 }), true, 'stopped'],
    ['one line has shipped, the other is canceled', seen(whole, { canceled: 1 }), true, 'partly'],
    [
      'one line has shipped in part, the rest is canceled',
      seen({ shipped: 1, canceled: 1 }, { shipped: 1 }),
      true,
      'partly',
    ],
    ['more has shipped than was ordered', seen({ shipped: 3 }, { shipped: 1 }), true, 'too-late'],
    ['the order is canceled, and its requests are not', seen({}, {}, { orderStatus: 'Canceled' }), false, undefined],
    [
      'the order is canceled, and nothing is requested',
      seen({ request: null }, { request: null }, { orderStatus: 'Canceled' }),
      true,
      'stopped',
    ],
    ['the order is closed', seen({ request: null }, { request: null }, { orderStatus: 'Closed' }), false, undefined],
    ['the items are not shown', seen(whole, whole, { items: [] }), false, undefined],
  ])('when %s', (_, state, over, verdict) => {
    expect(isOver(state, lines)).toBe(over);
    expect(endOf(state, lines)?.verdict).toBe(verdict);
  });
});

describe('before lines are added', () => {
  test.each<[string, string, 'goes on' | 'waits' | 'holds' | 'refuses']>([
    ['Open', 'Paid', 'goes on'],
    ['Open', 'Deferred', 'goes on'],
    ['Open', 'Authorized', 'goes on'],
    ['Open', 'Declined', 'holds'],
    ['Open', 'Refunded', 'holds'],
    ['Open', 'Refund Failed', 'holds'],
    ['On Hold', 'Paid', 'waits'],
    ['On Hold', 'Declined', 'waits'],
    ['No Shipping Method', 'Paid', 'waits'],
    ['Not Managed', 'Paid', 'waits'],
    ['Draft', 'Paid', 'waits'],
    ['Something New', 'Paid', 'waits'],
    ['Failed', 'Paid', 'holds'],
    ['Closed', 'Paid', 'refuses'],
    ['Canceled', 'Paid', 'refuses'],
  ])('an order that is %s and %s', (orderStatus, paymentStatus, expected) => {
    const state = seen({}, {}, { orderStatus, paymentStatus });
    const does = () => {
      if (whyRefused(state) !== undefined) return 'refuses';
      if (whyHeldBefore(state) !== undefined) return 'holds';
      return isOpen(state) ? 'goes on' : 'waits';
    };
    expect(does()).toBe(expected);
  });
});

test('lines that are tagged need not be added, whatever the case', () => {
  expect(areTagged(seen({}, {}), [A])).toBe(true);
  expect(areTagged(seen({}, {}), lines)).toBe(false);
});

describe('what a person has to put right', () => {
  const stuck = (status: string, reason?: string) => seen({ request: { status, ...(reason && { reason }) } }, {});
  test.each<[string, FlxpointSeen, string | undefined]>([
    ['nothing', seen({}, {}), undefined],
    [
      'an error',
      stuck('processing_error', 'SKU unknown'),
      'fulfillment request R-A could not be sent to its source: "SKU unknown"',
    ],
    [
      'a number that was used',
      stuck('duplicate'),
      'fulfillment request R-A has a number that its source has had before; it needs a new one',
    ],
    [
      'a number that is too long',
      stuck('po_number_exceeds_max_length'),
      'fulfillment request R-A has a number that is too long for its source; it needs another one',
    ],
    [
      'something missing',
      stuck('additional_info_required'),
      'fulfillment request R-A lacks information that its source needs',
    ],
    ['an unknown status', stuck('something_new'), undefined],
    [
      "another's request",
      seen({}, {}, { requests: [{ id: '1', status: 'processing_error', open: [{ orderItemId: '3', quantity: 7 }] }] }),
      undefined,
    ],
    ['a failed order', seen({}, {}, { orderStatus: 'Failed' }), 'the order is Failed in Flxpoint'],
    [
      'a closed order',
      seen(whole, {}, { orderStatus: 'Closed' }),
      'the order is Closed in Flxpoint, and not shipped: B',
    ],
    ['a closed order that is done with', seen(whole, { canceled: 1 }, { orderStatus: 'Closed' }), undefined],
    ['an order on hold', seen({}, {}, { orderStatus: 'On Hold' }), undefined],
    [
      'a dead payment before it was requested',
      seen({}, { request: null }, { paymentStatus: 'Declined' }),
      'the payment of the order is Declined, and without a fulfillment request: B',
    ],
    ['a dead payment after all was requested', seen({}, {}, { paymentStatus: 'Refunded' }), undefined],
  ])('%s', (_, state, why) => {
    expect(whyHeld(state, lines)).toBe(why);
  });
});

test('what a source has to acknowledge is told of these lines only', () => {
  const requests = [
    { id: '4', status: 'processed', toAcknowledge: true as const, open: [{ orderItemId: '1', quantity: 1 }] },
    { id: '5', status: 'processed', toAcknowledge: true as const, open: [{ orderItemId: '3', quantity: 1 }] },
    { id: '6', status: 'acknowledged', open: [{ orderItemId: '1', quantity: 1 }] },
  ];
  expect(toAcknowledge(seen({}, {}, { requests }), lines)).toEqual(['4']);
});

test('how it stands is told in a few words', () => {
  const state = seen({ shipped: 1 }, { request: null }, { orderStatus: 'On Hold' });
  expect(wordsOf(state, lines)).toBe(
    'order On Hold; line A: R-A processed, 1 of 2 shipped; line B: no fulfillment request',
  );
  expect(wordsOf({ ...state, items: [] }, [B])).toBe('order On Hold; line B is not shown');
  expect(wordsOf(seen(whole, { shipped: 1 }), lines)).toBe('');
});

test.each<[string, FlxpointSeen, string | undefined]>([
  [
    'a line without a request',
    seen({}, { request: null }),
    'no fulfillment request for more than a day: B; perhaps it has to be routed by hand',
  ],
  [
    'several requests that do not cover a line',
    seen({ request: { open: [{ orderItemId: '1', quantity: 1 }] } }, {}),
    'no fulfillment request for more than a day: A; perhaps it has to be routed by hand',
  ],
  ['a request that nobody releases', seen({ request: { status: 'unprocessed' } }, {}), 'to be released by hand: R-A'],
  ['a request on its way', seen({}, {}), undefined],
])('late after a day, and not before: %s', (_, state, late) => {
  const day = 24 * 60 * 60_000;
  expect(whatIsLate(state, lines, day - 1)).toBeUndefined();
  expect(whatIsLate(state, lines, day)).toBe(late);
});
