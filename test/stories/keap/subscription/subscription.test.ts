import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Order } from '../../../../src/client/order.js';
import { PartError } from '../../../../src/client.js';
import { keapSubscriptionCycle } from '../../../../src/contracts.js';
import { orderWorkflowId } from '../../../../src/workflows/contract.js';
import { endOf } from '../../endings.js';
import { expectNoFailedTask } from '../../expect-no-failed-task.js';
import { isWhole } from '../../matrix.js';
import { until } from '../../serving.js';
import { skipDays, timeOf } from '../../skip-time.js';
import type { OrderOf } from '../../tested.js';
import { expectBilled, expectEndedAfter, expectNeverTwice, expectNothingLeft } from './judge.js';
import { badCard, type Club, type ClubRig, goodCard, openClubs } from './rig.js';

/** Of each transport: as many as there are tests. */
const ACCOUNTS = 14;

let rig: ClubRig;
let unused: Club[];
beforeAll(async () => {
  const transports = (['rest', 'xml-rpc'] as const).flatMap((transport) => Array(ACCOUNTS).fill(transport));
  rig = await openClubs(transports);
  unused = [...rig.accounts];
});
afterAll(() => rig.close());

/** Two dozen weeks; in `npm test` as many as show that one follows the other. */
const CYCLES = isWhole ? 24 : 5;
const weekly = { plan: '6', quantity: 2, price: '4.50', total: '9.00' };

const DAY_MS = 24 * 60 * 60_000;

/**
 * A day's cycles are due ten past midnight; and a moment, shorter than a cycle takes: a run that is idle as what is
 * skipped comes to its end may be taken on to its next timer.
 */
const DUE_MS = 10 * 60_000 + 100;

const HALF_A_DAY_MS = DAY_MS / 2;

const hour = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: 'numeric', hourCycle: 'h23' });

/** When a day begins at Keap, in milliseconds since 1970. */
function midnightOf(day: string): number {
  const summerAndWinter = ['T04:00:00Z', 'T05:00:00Z'].map((time) => Date.parse(`${day}${time}`));
  const found = summerAndWinter.find((at) => Number(hour.format(at)) === 0);
  if (found === undefined) throw new Error(`no midnight of ${day}`);
  return found;
}

/** Two dozen cycles in skipped time, each some thirty requests and steps. */
const LONG_MS = 600_000;

describe.concurrent.each(['rest', 'xml-rpc'] as const)('a Keap subscription over %s', (transport) => {
  /** One that nobody had before: the clock of an imitation only goes forward, and tests let weeks pass. */
  const fresh = (): Club => {
    const at = unused.findIndex((each) => each.variant === transport);
    const [found] = at < 0 ? [] : unused.splice(at, 1);
    if (found === undefined) throw new Error(`no account over ${transport} is left`);
    return found;
  };

  const handleOf = ({ workflowId }: OrderOf<Club>) => rig.client.workflow.getHandle(workflowId);

  /** Lets time pass up to a moment, or what is left of it when the subscription ends on the way. */
  async function passTo(club: Club, order: OrderOf<Club>, at: number): Promise<void> {
    const handle = handleOf(order);
    const days = (at - (await timeOf(handle))) / DAY_MS;
    const { clock } = club.sandbox;
    const skipped = skipDays(rig.client, handle, days, (_, to) => clock.set(Math.max(to, clock.now() + 1)));
    const unlessEnded = skipped.catch(async (error) => {
      if ((await order.status()).state === 'running') throw error;
    });
    await Promise.race([unlessEnded, endOf(order).catch(() => undefined)]);
  }

  const nextBillDay = (club: Club) => midnightOf(club.sandbox.ledger().subscriptions[0]?.nextBillDate ?? '?');

  /** Lets the next cycle come due, and no more: while a cycle is held no time is skipped. */
  const passToNext = (club: Club, order: OrderOf<Club>) => passTo(club, order, nextBillDay(club) + DUE_MS);

  const charged = (order: OrderOf<Club>, cycles: number) =>
    until(order, ({ happenings, part }) => {
      const paid = happenings.filter(({ text }) => text.startsWith('cycle ')).length;
      return part === undefined && paid >= cycles;
    });

  /** Sends an update, and waits until it is done: on a busy machine it is answered with "pending" before. */
  async function send(order: OrderOf<Club>, update: 'pause' | 'resume', value: object): Promise<void> {
    await order.send(update, value);
    await until(order, ({ happenings }) => happenings.some(({ text }) => text.startsWith(`${update}: `)));
  }

  const waits = (order: OrderOf<Club>, n: number) =>
    until(order, ({ waitingFor, phase }) => phase === 'waiting' && waitingFor?.includes(`cycle ${n} is due`) === true);

  /** The n-th cycle, as people who answer it find it. */
  const cycleOf = async (club: Club, order: OrderOf<Club>, n: number) => {
    const { ids = {}, reference } = await order.status();
    const head = { connection: club.connection, reference: `${reference}.${ids.subscription}.${n}` };
    const id = orderWorkflowId(keapSubscriptionCycle.name, head);
    return new Order(rig.client, rig.client.workflow.getHandle(id), keapSubscriptionCycle.name);
  };

  test('is added once, invoiced and charged, and ended after its last cycle', async () => {
    const club = fresh();
    const input = club.order({ customFields: { 'Box Size': 'Small' } });
    const order = await club.start(input);
    expect(await order.result()).toMatchObject({
      outcome: 'completed',
      subscriptionId: '601',
      cycles: 1,
      charged: '30.00',
      end: 'all cycles billed',
      left: [],
    });
    const ledger = club.sandbox.ledger();
    expectBilled(ledger, input);
    expect(ledger.subscriptions[0]?.customFields).toMatchObject({ _BoxSize: 'Small' });
    await expectNoFailedTask(rig.client, order.workflowId);
    expect(await (await club.start(input)).result()).toMatchObject({ cycles: 1 });
  });

  test(`is charged for ${CYCLES} cycles, once each, whatever time passes`, { timeout: LONG_MS }, async () => {
    const club = fresh();
    const order = await club.start(club.order({ ...weekly, cycles: CYCLES }));
    for (let n = 2; n <= CYCLES; n++) {
      await waits(order, n);
      await passToNext(club, order);
    }
    const charged = (9 * CYCLES).toFixed(2);
    expect(await order.result()).toMatchObject({ cycles: CYCLES, charged, personInvolved: false });
    const ledger = club.sandbox.ledger();
    expectNeverTwice(ledger);
    const [it] = ledger.subscriptions;
    expect(it?.billings).toHaveLength(CYCLES);
    for (const { charges, owed } of it?.billings ?? []) {
      expect(charges.map(({ status }) => status)).toEqual(['APPROVED']);
      expect(owed).toBe(0);
    }
    const { events } = await handleOf(order).fetchHistory();
    // It begins a new one after each cycle.
    expect(events?.length).toBeLessThan(60);
  });

  test('of one contact to one plan may be two', async () => {
    const club = fresh();
    const orders = await Promise.all([club.start(club.order()), club.start(club.order())]);
    const results = await Promise.all(orders.map((order) => order.result()));
    expect(new Set(results.map(({ subscriptionId }) => subscriptionId)).size).toBe(2);
    expectNeverTwice(club.sandbox.ledger());
    expect(club.sandbox.ledger().orders).toHaveLength(2);
  });

  test('whose first charge is declined leaves nothing, and its reference may be used anew', async () => {
    const club = fresh();
    const input = club.order({ payment: badCard });
    const order = await club.start(input);
    expect(await endOf(order)).toMatchObject({
      outcome: 'failed',
      failure: 'Rejected',
      undone: ['the subscription is ended'],
      left: [],
    });
    expectNothingLeft(club.sandbox.ledger());
    const again = await club.start({ ...input, payment: goodCard });
    expect(await again.result()).toMatchObject({ cycles: 1, subscriptionId: '602' });
  });

  test('asks a person when a later charge is declined, and goes on with another card', {
    timeout: LONG_MS,
  }, async () => {
    const club = fresh();
    const order = await club.start(club.order({ ...weekly, cycles: 3 }));
    await waits(order, 2);
    club.sandbox.controls.nextCharge({ outcome: 'decline' });
    await passToNext(club, order);
    const { part } = await until(order, (status) => status.part?.hold !== undefined);
    expect(part?.hold?.question).toContain('is not paid');
    const second = await cycleOf(club, order, 2);
    const { hold } = await second.status();
    expect(hold?.choices).toEqual(['retry', 'accept', 'abandon', 'leave']);
    await second.resolve({ hold: hold?.id ?? '', answer: 'retry', input: { payment: goodCard } });
    await waits(order, 3);
    await passToNext(club, order);
    expect(await order.result()).toMatchObject({ cycles: 3, charged: '27.00', personInvolved: true });
    expectNeverTwice(club.sandbox.ledger());
  });

  test('is paused when a person gives a cycle up, and resumed', { timeout: LONG_MS }, async () => {
    const club = fresh();
    const order = await club.start(club.order({ ...weekly, cycles: 2 }));
    await waits(order, 2);
    club.sandbox.controls.nextCharge({ outcome: 'decline' });
    await passToNext(club, order);
    await until(order, (status) => status.part?.hold !== undefined);
    const second = await cycleOf(club, order, 2);
    await second.resolve({ hold: (await second.status()).hold?.id ?? '', answer: 'abandon' });
    await until(order, ({ waitingFor }) => waitingFor?.includes('paused') === true);
    expect(club.sandbox.ledger().subscriptions[0]?.status).toBe('Inactive');
    expect(club.sandbox.ledger().subscriptions[0]?.billings.map(({ deleted }) => deleted)).toEqual([false, true]);
    await send(order, 'resume', {});
    expect(club.sandbox.ledger().subscriptions[0]?.status).toBe('Active');
    await passToNext(club, order);
    expect(await order.result()).toMatchObject({ cycles: 2, charged: '18.00' });
    expectNeverTwice(club.sandbox.ledger());
  });

  test('is not billed for the time in which it was paused', { timeout: LONG_MS }, async () => {
    const club = fresh();
    const order = await club.start(club.order({ ...weekly, cycles: 2 }));
    await waits(order, 2);
    await send(order, 'pause', { reason: 'on holiday' });
    expect(club.sandbox.ledger().subscriptions[0]).toMatchObject({ status: 'Inactive', reasonStopped: 'on holiday' });
    // Not at midnight, when the day on which it is resumed is not due yet.
    await passTo(club, order, nextBillDay(club) + 23 * DAY_MS + HALF_A_DAY_MS);
    expect(club.sandbox.ledger().orders).toHaveLength(1);
    await send(order, 'resume', {});
    await charged(order, 2);
    expect(await order.result()).toMatchObject({ cycles: 2, charged: '18.00' });
    expect(club.sandbox.ledger().orders.map(({ total }) => total)).toEqual([9, 9]);
  });

  test('billed by Keap is followed, and nothing of that is asked for', { timeout: LONG_MS }, async () => {
    const club = fresh();
    const order = await club.start(club.order({ billing: 'keap' }));
    const part = async () => cycleOf(club, order, 1);
    await until(order, (status) => status.part !== undefined);
    await until(await part(), ({ happenings }) => happenings.some(({ text }) => text === 'not billed yet'));
    club.sandbox.controls.runBilling();
    const orderId = club.sandbox.ledger().subscriptions[0]?.billings[0]?.jobId;
    await club.hint(`order.edit:${orderId}`);
    expect(await order.result()).toMatchObject({ cycles: 1, charged: '30.00', end: 'all cycles billed' });
    const { subscriptions, requests } = club.sandbox.ledger();
    expect(subscriptions[0]).toMatchObject({
      autoCharge: true,
      status: 'Inactive',
      billings: [{ by: 'keap', owed: 0 }],
    });
    expect(subscriptions[0]?.billings[0]?.charges).toMatchObject([{ by: 'keap', status: 'APPROVED' }]);
    // It is added, and ended.
    expect(requests.filter(({ kind }) => kind === 'write')).toHaveLength(2);
  });

  test('invoiced by Keap before Waybill came to it is charged for that, once', async () => {
    const club = fresh();
    const place = club.sandbox.hold({
      operation: ['subscriptions.invoice', 'InvoiceService.createInvoiceForRecurring'],
    });
    const input = club.order();
    const order = await club.start(input);
    await place.reached;
    // Keap's own job invoices what is due; it charges nothing where that was not asked for.
    club.sandbox.controls.runBilling();
    place.release();
    expect(await order.result()).toMatchObject({ cycles: 1, charged: '30.00' });
    const ledger = club.sandbox.ledger();
    expectBilled(ledger, input);
    expect(ledger.subscriptions[0]?.billings).toMatchObject([{ by: 'keap', charges: [{ by: 'others' }] }]);
  });

  test('goes on at once with a cycle that Keap has invoiced by itself', async () => {
    const club = fresh();
    const input = club.order({ ...weekly, cycles: 2 });
    const order = await club.start(input);
    await waits(order, 2);
    club.sandbox.clock.advance(7 * DAY_MS);
    club.sandbox.controls.runBilling();
    await club.hint('subscription.edit:601');
    expect(await order.result()).toMatchObject({ cycles: 2, charged: '18.00', end: 'all cycles billed' });
    const [it] = club.sandbox.ledger().subscriptions;
    expect(it?.billings).toMatchObject([{ owed: 0 }, { by: 'keap', owed: 0, charges: [{ by: 'others' }] }]);
    expectNeverTwice(club.sandbox.ledger());
  });

  test('that is stopped at Keap has ended', { timeout: LONG_MS }, async () => {
    const club = fresh();
    const order = await club.start(club.order({ ...weekly, cycles: 5 }));
    await waits(order, 2);
    club.sandbox.controls.stopSubscription({ subscriptionId: 601, reason: 'by a person' });
    await passTo(club, order, nextBillDay(club) + DAY_MS);
    expect(await order.result()).toMatchObject({ cycles: 1, end: 'stopped at Keap' });
    expectEndedAfter(club.sandbox.ledger(), 1);
  });

  test('that is canceled between two cycles is ended, and says what stands', async () => {
    const club = fresh();
    const order = await club.start(club.order({ ...weekly, cycles: 5 }));
    await waits(order, 2);
    expect(await order.cancel()).toEqual({
      verdict: 'partly',
      reason: 'it has ended at Keap; 9.00 USD stand as charged',
    });
    expect(await order.result()).toMatchObject({ outcome: 'partly', cycles: 1, end: 'canceled' });
    expectEndedAfter(club.sandbox.ledger(), 1);
  });

  test('has cycles that nobody else starts', async () => {
    const club = fresh();
    const input = { ...club.order(), subscription: 'S', subscriptionId: '601' };
    await expect(rig.waybill.start(keapSubscriptionCycle, input)).rejects.toThrow(PartError);
    const id = orderWorkflowId(keapSubscriptionCycle.name, input);
    await expect(rig.client.workflow.getHandle(id).describe()).rejects.toThrow(WorkflowNotFoundError);
  });

  test('is refused with each field that is wrong, and with what the account has not', async () => {
    const club = fresh();
    await expect(club.start(club.order({ total: '31.00', plan: 'x' }))).rejects.toMatchObject({
      problems: expect.arrayContaining([expect.stringMatching(/^plan: /)]),
    });
    const order = await club.start(club.order({ plan: '9', customFields: { Colour: 'red' } }));
    const ended = await endOf(order);
    expect(ended).toMatchObject({ outcome: 'failed', failure: 'Rejected' });
    const { happenings } = await order.status();
    const said = happenings.map(({ text }) => text).join();
    expect(said).toContain('plan: is not active');
    expect(said).toContain('customFields.Colour: Keap has no subscription custom field');
    expect(club.sandbox.ledger().requests.filter(({ kind }) => kind === 'write')).toEqual([]);
  });
});
