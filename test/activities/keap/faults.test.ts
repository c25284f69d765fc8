import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { KeapFault } from '../../../src/sandbox/keap/index.js';
import { failureOf, type Hands, handsOf, live, make, orderOf, prepare, type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
beforeEach(() => rig.sandbox.reset());
afterAll(() => rig.stop());

/** A write that must not be repeated: how it comes to it, and the sandbox's word for its request. */
interface Write {
  readonly transport: 'rest' | 'xml-rpc';
  readonly operation: string;
  readonly ready: (hands: Hands) => Promise<() => Promise<unknown>>;
}

const creating = async (hands: Hands) => {
  const want = await prepare(hands, orderOf());
  return () => hands.createOrder(want);
};
const adding = async (hands: Hands) => {
  const want = await prepare(hands, orderOf());
  const made = await make(hands, want);
  return () => hands.addLine(want, made, 'ship');
};
const paying = async (hands: Hands) => {
  const want = await prepare(hands, orderOf());
  const made = await make(hands, want);
  return () => hands.takePayment(want, made);
};
const charging = async (hands: Hands) => {
  const payment = { kind: 'charge' as const, card: '71', merchantAccount: '9' };
  const want = await prepare(hands, orderOf({ contact: { id: '55' }, payment }));
  const made = await make(hands, want);
  return () => hands.takePayment(want, made);
};
const placing = async (hands: Hands) => {
  const lines = [{ sku: 'MUG-B', quantity: 2, unitPrice: '24.95' }];
  const want = await prepare(hands, orderOf({ flow: 'place-order', lines, total: '49.90' }));
  return () => hands.createOrder(want);
};
const booking = async (hands: Hands) => {
  const want = await prepare(hands, orderOf());
  const made = await make(hands, want);
  await hands.takePayment(want, made);
  return () => hands.bookReversal(want, made, 'Refund');
};

const writes: Write[] = [
  { transport: 'rest', operation: 'orders.create', ready: creating },
  { transport: 'rest', operation: 'orderItems.create', ready: adding },
  { transport: 'rest', operation: 'orderPayments.create', ready: paying },
  { transport: 'rest', operation: 'orderPayments.create', ready: charging },
  { transport: 'xml-rpc', operation: 'InvoiceService.createBlankOrder', ready: creating },
  { transport: 'xml-rpc', operation: 'OrderService.placeOrder', ready: placing },
  { transport: 'xml-rpc', operation: 'InvoiceService.addOrderItem', ready: adding },
  { transport: 'xml-rpc', operation: 'InvoiceService.addManualPayment', ready: paying },
  { transport: 'xml-rpc', operation: 'InvoiceService.chargeInvoice', ready: charging },
  { transport: 'xml-rpc', operation: 'InvoiceService.addManualPayment', ready: booking },
];

type Fault = Omit<KeapFault & { kind: string }, 'operation'>;

const outcomes: [Fault, string][] = [
  [{ kind: 'reset-before' }, 'OutcomeUnknown'],
  [{ kind: 'reset-after' }, 'OutcomeUnknown'],
  [{ kind: '500-before' }, 'OutcomeUnknown'],
  [{ kind: '500-after' }, 'OutcomeUnknown'],
  [{ kind: 'html' }, 'OutcomeUnknown'],
  [{ kind: 'truncated' }, 'OutcomeUnknown'],
  [{ kind: 'malformed' }, 'OutcomeUnknown'],
  [{ kind: '429' }, 'RateLimited'],
  [{ kind: '401' }, 'NotAuthorized'],
  [{ kind: 'business' }, 'Rejected'],
] as [Fault, string][];

describe.each(writes)('$transport $operation', ({ transport, operation, ready }) => {
  test.each(outcomes)('%j is %s, and nothing is sent twice', async (fault, type) => {
    const hands = handsOf(rig, transport);
    const step = await ready(hands);
    const before = sentOf(operation);
    const record = rig.sandbox.faults.add({ ...fault, operation } as KeapFault);
    const failed = await failureOf(step());
    expect(record.fired).toBe(1);
    expect(failed.type).toBe(type);
    expect(sentOf(operation)).toBe(before + 1);
    for (const secret of ['grace@', 'Hopper', 'KeapAK', 'Mill Lane', '<html'])
      expect(failed.message).not.toContain(secret);
  });
});

const sentOf = (operation: string) => rig.sandbox.ledger().requests.filter((of) => of.operation === operation).length;

describe.each(['rest', 'xml-rpc'] as const)('reads by %s', (transport) => {
  test.each([
    ['reset-before', 'Unavailable'],
    ['500-before', 'Unavailable'],
    ['html', 'Unavailable'],
    ['truncated', 'Unavailable'],
    ['429', 'RateLimited'],
  ] as const)('%s is %s', async (kind, type) => {
    const hands = handsOf(rig, transport);
    rig.sandbox.faults.add({ kind, operation: 'read' });
    expect((await failureOf(hands.preflight(orderOf()))).type).toBe(type);
    // Other hands, which do not wait out the pause of the first.
    expect(await handsOf(rig, transport).preflight(orderOf())).toMatchObject({
      referenceField: { name: '_ExternalOrderId' },
    });
  });
});

test('a refused connection leaves no doubt', async () => {
  const hands = handsOf(rig, 'rest');
  const want = await prepare(hands, orderOf());
  const port = await startRig();
  await port.stop();
  const nobody = handsOf({ ...rig, settings: port.settings }, 'rest');
  expect((await failureOf(nobody.createOrder(want))).type).toBe('Unavailable');
});

test('an answer that comes too late leaves the outcome open, and the work is found', async () => {
  const hands = handsOf(rig, 'rest');
  const want = await prepare(hands, orderOf());
  rig.sandbox.faults.add({ kind: 'late', operation: 'orders.create', ms: 2_000 });
  const hasty = handsOf(rig, 'rest', {}, 500);
  expect((await failureOf(hasty.createOrder(want))).type).toBe('OutcomeUnknown');
  expect(await hands.findOrder(want)).toMatchObject({ state: 'same' });
  expect(live(rig.sandbox)).toHaveLength(1);
});

test('XML-RPC: "Failed to invoke" after the charge leaves it open, and the charge is found', async () => {
  const hands = handsOf(rig, 'xml-rpc');
  const charge = await charging(hands);
  rig.sandbox.faults.add({ kind: 'fault-after', operation: 'InvoiceService.chargeInvoice' });
  expect((await failureOf(charge())).type).toBe('OutcomeUnknown');
  expect(live(rig.sandbox)[0]?.payments).toHaveLength(1);
});

test('after a 429 the whole connection pauses for as long as Keap says', async () => {
  const hands = handsOf(rig, 'rest');
  rig.sandbox.faults.add({ kind: '429', operation: 'products.list', retryAfter: 7 });
  await failureOf(hands.findProducts(orderOf()));
  const before = rig.sandbox.ledger().requests.length;
  const { type } = await failureOf(hands.preflight(orderOf()));
  expect(type).toBe('RateLimited');
  expect(rig.sandbox.ledger().requests).toHaveLength(before);
});
