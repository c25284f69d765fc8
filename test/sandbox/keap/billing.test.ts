import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import { b, i, keap, memberIn, rest, s, stopKeap, xml } from './wire.js';

let sandbox: KeapSandbox;

/** Noon of a winter's day on the East Coast. */
const start = Date.parse('2026-01-15T17:00:00Z');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

beforeEach(async () => {
  sandbox = await keap({ startTime: start });
});
afterEach(stopKeap);

const subscription = () => {
  const [first] = sandbox.ledger().subscriptions;
  if (first === undefined) throw new Error('there is no subscription');
  return first;
};
const charges = () => subscription().billings.flatMap((billing) => billing.charges);
/** Pushes the clock, and lets the runs that fell due come to their end: a request comes after them. */
const advance = async (ms: number) => {
  sandbox.clock.advance(ms);
  await rest(sandbox, 'GET', '/merchants');
};

test('every six hours what is due is invoiced and charged', async () => {
  sandbox.controls.seedSubscription();
  await advance(5 * hourMs);
  expect(subscription().billings).toEqual([]);
  await advance(hourMs);
  expect(subscription()).toMatchObject({
    lastBillDate: '2026-01-15',
    nextBillDate: '2026-02-15',
    billings: [
      { days: ['2026-01-15'], by: 'keap', owed: 0, charges: [{ status: 'APPROVED', amount: 15, by: 'keap' }] },
    ],
  });
  expect(sandbox.ledger().orders).toMatchObject([{ via: 'keap', paid: 15, status: 'PAID' }]);
});

test('months that are driven at once are billed month by month, each at its time', async () => {
  sandbox.controls.seedSubscription();
  await advance(70 * dayMs);
  const { billings } = subscription();
  expect(billings.map(({ days }) => days)).toEqual([['2026-01-15'], ['2026-02-15'], ['2026-03-15']]);
  expect(billings.map(({ time }) => new Date(time).toISOString().slice(0, 16))).toEqual([
    '2026-01-15T23:00',
    // The day begins at five o'clock UTC.
    '2026-02-15T05:00',
    '2026-03-15T05:00',
  ]);
  expect(charges().map(({ status }) => status)).toEqual(['APPROVED', 'APPROVED', 'APPROVED']);
});

test('without auto-charge there are invoices only', async () => {
  sandbox.controls.seedSubscription({ autoCharge: false });
  await advance(40 * dayMs);
  expect(subscription().billings).toMatchObject([
    { owed: 15, charges: [] },
    { owed: 15, charges: [] },
  ]);
});

test('a declined charge is tried again after the days between, so many times in all, and then no more', async () => {
  sandbox.controls.seedSubscription({ cardId: 72, maxAttempts: 3, daysBetweenRetries: 4 });
  await advance(30 * dayMs);
  const hours = charges().map(({ time }) => Math.floor((time - start) / hourMs));
  expect(hours).toEqual([6, 6 + 4 * 24, 6 + 8 * 24]);
  expect(charges().every(({ status }) => status === 'FAILED')).toBe(true);
  expect(subscription()).toMatchObject({ status: 'Active', billings: [{ owed: 15 }] });
});

test('once the card is good again, the next try brings the money', async () => {
  sandbox.controls.seedSubscription({ cardId: 72 });
  await advance(6 * hourMs);
  sandbox.controls.setCard({ cardId: 72, declines: false });
  await advance(2 * dayMs);
  expect(charges().map(({ status }) => status)).toEqual(['FAILED', 'APPROVED']);
  sandbox.controls.setCard({ cardId: 72, valid: false });
  await advance(30 * dayMs);
  expect(charges().map(({ status }) => status)).toEqual(['FAILED', 'APPROVED', 'ERROR']);
});

test('a run at once gives what it did, on a day on which it is switched off, too', async () => {
  sandbox.controls.settings({ billing: 'off' });
  sandbox.controls.seedSubscription();
  await advance(dayMs);
  expect(subscription().billings).toEqual([]);
  const run = sandbox.controls.runBilling();
  const { invoiceId } = sandbox.ledger().orders[0] ?? {};
  expect(run).toEqual({ invoiced: [invoiceId], charging: [invoiceId], ended: [] });
  expect(sandbox.controls.runBilling()).toEqual({ invoiced: [], charging: [], ended: [] });
});

test('an invoice that was made by call is charged by Keap, unless it is paid by then', async () => {
  sandbox.controls.seedSubscription();
  const { body: order } = await rest(sandbox, 'POST', '/subscriptions/601:invoice');
  sandbox.controls.payByHand({ orderId: Number(order.id), amount: 5 });
  expect(sandbox.controls.runBilling().charging).toEqual([Number(order.invoice_id)]);
  expect(charges()).toMatchObject([
    { method: 'MANUAL', amount: 5, by: 'others' },
    { method: 'CAPTURE', amount: 10, by: 'keap' },
  ]);
  expect(sandbox.controls.runBilling().charging).toEqual([]);
});

test('whoever charges while Keap is at it takes the money twice, and the ledger shows both', async () => {
  sandbox.controls.settings({ billingChargeMs: 60_000 });
  sandbox.controls.seedSubscription();
  const { charging } = sandbox.controls.runBilling();
  expect(sandbox.controls.runBilling().charging).toEqual([]);
  const answer = await xml(sandbox, 'InvoiceService.chargeInvoice', i(charging[0] ?? 0), s('cycle'), i(71), i(9), b(0));
  expect(memberIn(answer, 'Code')).toBe('APPROVED');
  await advance(60_000);
  expect(subscription().billings).toMatchObject([
    {
      total: 15,
      owed: -15,
      charges: [
        { status: 'APPROVED', by: 'others' },
        { status: 'APPROVED', by: 'keap' },
      ],
    },
  ]);
});

test('a charge that is pending is left alone', async () => {
  sandbox.controls.seedSubscription();
  sandbox.controls.nextCharge({ outcome: 'pending' });
  await advance(10 * dayMs);
  expect(charges()).toMatchObject([{ status: 'PENDING' }]);
});

test('what a person stops is invoiced no more, and goes on where it is resumed', async () => {
  sandbox.controls.settings({ chargeAfterStop: false });
  const subscriptionId = sandbox.controls.seedSubscription({ cardId: 72 });
  await advance(6 * hourMs);
  sandbox.controls.stopSubscription({ subscriptionId, reason: 'called us' });
  await advance(40 * dayMs);
  expect(subscription()).toMatchObject({ status: 'Inactive', reasonStopped: 'called us', nextBillDate: '2026-02-15' });
  expect(charges()).toHaveLength(1);
  sandbox.controls.resumeSubscription({ subscriptionId });
  sandbox.controls.changeSubscription({ subscriptionId, nextBillDay: '2026-03-01', price: 20, cardId: 71 });
  await advance(10 * dayMs);
  expect(subscription()).toMatchObject({ status: 'Active', endDate: null, nextBillDate: '2026-04-01' });
  expect(subscription().billings).toMatchObject([{ owed: 0 }, { days: ['2026-03-01'], total: 20, owed: 0 }]);
});

test('an unpaid invoice is charged although its subscription was stopped, until auto-charge is off', async () => {
  const subscriptionId = sandbox.controls.seedSubscription({ cardId: 72 });
  await advance(6 * hourMs);
  await rest(sandbox, 'POST', `/subscriptions/${subscriptionId}:deactivate`, { reason: 'called us' });
  await advance(2 * dayMs);
  expect(charges()).toHaveLength(2);
  sandbox.controls.changeSubscription({ subscriptionId, autoCharge: false });
  await advance(10 * dayMs);
  expect(charges()).toHaveLength(2);
  expect(subscription().billings).toHaveLength(1);
});

test('after its last day a subscription ends, once nothing is left to be charged', async () => {
  sandbox.controls.seedSubscription({ planId: 8, cardId: 72 });
  await advance(61 * dayMs);
  expect(subscription()).toMatchObject({ status: 'Active', endDate: '2026-03-15' });
  await advance(10 * dayMs);
  expect(subscription()).toMatchObject({ status: 'Inactive', reasonStopped: null });
  expect(subscription().billings.map(({ days, charges }) => [days.length, charges.length])).toEqual([
    [1, 3],
    [1, 3],
    [1, 3],
  ]);
});

test('a reset ends the billing of what was there before', async () => {
  sandbox.controls.seedSubscription();
  sandbox.reset();
  sandbox.controls.seedSubscription({ startDay: '2026-02-01' });
  await advance(2 * dayMs);
  expect(sandbox.ledger()).toMatchObject({ orders: [], subscriptions: [{ billings: [] }] });
});

test.each([
  ['seedPlan', { productId: 1, price: 3 }, 'Keap has no product 1.'],
  ['seedSubscriptionField', { label: 'x', dataType: 'Poem' }, 'Keap has no field type "Poem".'],
  ['seedSubscription', { contactId: 1 }, 'Keap has no contact 1.'],
  ['seedSubscription', { planId: 1 }, 'Keap has no plan 1.'],
  ['seedSubscription', { customFields: { _Nothing: 'x' } }, 'Keap has no subscription field "_Nothing".'],
  ['stopSubscription', { subscriptionId: 1 }, 'Keap has no subscription 1.'],
  ['setCard', { cardId: 1 }, 'Keap has no card 1.'],
] as const)('%s of what there is not is refused', (name, input, message) => {
  expect(() => sandbox.controls[name](input as never)).toThrow(message);
});

test('plans, fields and subscriptions can be added to the seed', async () => {
  const planId = sandbox.controls.seedPlan({ price: 7, cycle: 'WEEK', frequency: 2, cycles: 2 });
  sandbox.controls.seedSubscriptionField({ label: 'Roast', dataType: 'Text' });
  const subscriptionId = sandbox.controls.seedSubscription({ planId, customFields: { _Roast: 'dark' } });
  expect(subscription()).toMatchObject({ price: 7, endDate: '2026-01-29', customFields: { _Roast: 'dark' } });
  sandbox.controls.deleteSubscription({ subscriptionId });
  expect(subscription()).toMatchObject({ deleted: true });
});
