import type { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Order, OrderNotCompletedError, UnknownOrderError } from '../../../src/client.js';
import { type KeapOrderResult, keapOrder } from '../../../src/contracts.js';
import { type KeapFault, keapSeed } from '../../../src/sandbox/index.js';
import { attributes, connectionWorkflowId, type Happening, type Phase } from '../../../src/workflows/contract.js';
import { expectNothingLeft, expectOnceAndWhole } from './judge.js';
import { openRig, type Rig, type Shop, type Transport, until } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig([{ transport: 'rest' }, { transport: 'xml-rpc' }]);
});
afterAll(() => rig.close());
beforeEach(() => {
  for (const { sandbox } of rig.shops) sandbox.reset();
});

type Started = Order<KeapOrderResult>;

function shopOf(transport: Transport): Shop {
  const shop = rig.shops.find((each) => each.variant === transport);
  if (shop === undefined) throw new Error(`no shop over ${transport}`);
  return shop;
}

const describeOrder = ({ workflowId }: Started) => rig.client.workflow.getHandle(workflowId).describe();
const asked = ({ sandbox }: Shop, operation: string) =>
  sandbox.ledger().requests.filter((request) => request.operation === operation).length;
const whole = ({ sandbox }: Shop, input: object) => expectOnceAndWhole(sandbox.ledger(), input as never);

/** Waits until one step waits for its next try, having failed at least `times` times. */
const failing = (order: Started, times: number) =>
  until(order, ({ pending: [step] }) => step?.nextTry !== undefined && step.attempt >= times);

async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const FOR_GOOD = 1_000_000;

describe('a step that keeps failing', () => {
  test('is named with how often it was tried, the last reason and the next try', async () => {
    const shop = shopOf('rest');
    const input = shop.order();
    shop.sandbox.faults.add({ kind: '500-before', operation: 'orders.list', times: FOR_GOOD });
    const order = await shop.start(input);
    const before = asked(shop, 'orders.list');
    const { pending, troubles, ...status } = await failing(order, 4);
    const after = asked(shop, 'orders.list');
    expect(status).toMatchObject({ state: 'running', phase: 'working', step: 'look for the order' });
    const [step, ...more] = pending;
    expect(more).toEqual([]);
    expect(step).toMatchObject({
      step: 'findOrder',
      lastFailure: 'Keap answered orders.list with 500: Internal server error',
    });
    // As often as Keap was asked, and not once more.
    expect(step?.attempt).toBeGreaterThan(before);
    expect(step?.attempt).toBeLessThanOrEqual(after);
    expect(step?.nextTry).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/);
    expect(troubles).toEqual([
      `findOrder was tried ${step?.attempt} times, last: ${step?.lastFailure}; next try ${step?.nextTry}`,
    ]);
    shop.sandbox.faults.clear();
    expect(await order.result()).toMatchObject({ outcome: 'completed' });
    expect(await order.status()).toMatchObject({ pending: [], troubles: [] });
    whole(shop, input);
  });

  test('because the key is not accepted any more is not undone; its next try is minutes away; a cancel ends it', async () => {
    const shop = shopOf('rest');
    shop.sandbox.faults.add({ kind: '401', operation: '*', times: FOR_GOOD });
    const order = await shop.start(shop.order());
    const { pending, troubles } = await failing(order, 1);
    const [step] = pending;
    expect(step?.attempt).toBe(shop.sandbox.ledger().requests.length);
    expect(step?.lastFailure).toContain(`check the credentials of ${shop.connection}`);
    expect(Date.parse(step?.nextTry ?? '')).toBeGreaterThan(Date.now());
    expect(troubles.join()).toContain(`last: ${step?.lastFailure}; next try ${step?.nextTry}`);
    expect(await order.cancel()).toMatchObject({ verdict: 'stopped' });
    await expect(order.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled', left: [] } });
    expectNothingLeft(shop.sandbox.ledger());
  });

  test('is named as well when no worker runs at all, beside the fact that none does', async () => {
    const shop = shopOf('xml-rpc');
    const input = shop.order();
    const failed = 'DataService.query:Job';
    shop.sandbox.faults.add({ kind: '500-before', operation: failed, times: FOR_GOOD });
    const order = await shop.start(input);
    await failing(order, 2);
    await rig.stopWorker();
    const status = await order.status();
    expect(status).toMatchObject({
      state: 'running',
      phase: 'working',
      connection: shop.connection,
      reference: input.reference.toUpperCase(),
      happenings: [],
      pending: [{ step: 'findOrder', attempt: asked(shop, failed), lastFailure: expect.stringContaining('500') }],
    });
    const says = status.troubles.join('\n');
    expect(says).toContain('no worker answers; start one with `waybill worker`');
    expect(says).toMatch(/findOrder was tried \d+ times, last: .*500/);
    expect(says).toContain(`no process serves ${shop.connection} at the moment`);

    shop.sandbox.faults.clear();
    await rig.startWorker();
    expect(await order.result()).toMatchObject({ outcome: 'completed' });
    expect((await order.status()).troubles).toEqual([]);
    whole(shop, input);
  });
});

test('an order that was started while no worker runs says so, and goes on when one does', async () => {
  await rig.stopWorker();
  const shop = shopOf('rest');
  const input = shop.order();
  const order = await shop.start(input);
  expect(await order.status()).toMatchObject({
    state: 'running',
    connection: shop.connection,
    pending: [],
    troubles: ['no worker answers; start one with `waybill worker`'],
  });
  expect(shop.sandbox.ledger().requests).toEqual([]);
  await rig.startWorker();
  await order.result();
  whole(shop, input);
});

test('an order that nobody has started is not known', async () => {
  const order = rig.waybill.order(keapOrder, { connection: shopOf('rest').connection, reference: 'NEVER' });
  await expect(order.status()).rejects.toBeInstanceOf(UnknownOrderError);
  await expect(order.result()).rejects.toBeInstanceOf(UnknownOrderError);
});

/** Waits for the search attribute of the phase, which is what lists in the UI go by. */
async function phaseIs(order: Started, phase: Phase): Promise<void> {
  const shown = async () => (await describeOrder(order)).typedSearchAttributes.get(attributes.phase);
  await expect.poll(shown, { timeout: 20_000 }).toBe(phase);
}

/** Keeps the run in a phase until it is released: the request in which it stands is held in the sandbox. */
async function held(order: Started, n = 1): Promise<void> {
  await until(order, (status) => status.hold?.id === `hold-${n}`);
}

describe('the phase', () => {
  test('is a search attribute all through the life of an order', async () => {
    const shop = shopOf('rest');
    const { sandbox } = shop;
    const startAt = new Date(Date.now() + 3_000).toISOString();
    const input = shop.order({ startAt });
    const creating = sandbox.hold({ operation: 'orders.create' });
    const paid = sandbox.hold({ operation: 'orderPayments.create', at: 'done' });
    const order = await shop.start(input);
    await phaseIs(order, 'scheduled');
    expect(await order.status()).toMatchObject({ phase: 'scheduled', waitingFor: `its start at ${startAt}` });
    expect(sandbox.ledger().requests).toEqual([]);
    await creating.reached;
    await phaseIs(order, 'working');
    creating.release();
    await paid.reached;
    sandbox.faults.add({ kind: 'business', operation: 'orders.get' });
    paid.release();
    await held(order);
    await phaseIs(order, 'held');
    const query = `WaybillPhase = 'held' AND WaybillConnection = '${shop.connection}'`;
    const listed = async () => (await listOf(rig.client.workflow.list({ query }))).map((of) => of.workflowId);
    await expect.poll(listed, { timeout: 20_000 }).toEqual([order.workflowId]);

    const reading = sandbox.hold({ operation: 'orders.get' });
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    await reading.reached;
    await phaseIs(order, 'working');
    reading.release();
    await order.result();
    await phaseIs(order, 'completed');
    whole(shop, input);
  });

  test('shows that an order is being taken back, and that it failed; the outcome is in the memo', async () => {
    const shop = shopOf('rest');
    shop.sandbox.faults.add({ kind: 'business', operation: 'orderPayments.create' });
    const deleting = shop.sandbox.hold({ operation: 'orders.delete' });
    const order = await shop.start(shop.order());
    await deleting.reached;
    await phaseIs(order, 'undoing');
    expect((await order.status()).step).toBe('delete the unpaid order');
    deleting.release();
    await expect(order.result()).rejects.toThrow(OrderNotCompletedError);
    await phaseIs(order, 'failed');
    expect((await describeOrder(order)).memo?.['waybill.outcome']).toMatchObject({
      outcome: 'failed',
      undone: ['the unpaid order is gone'],
      left: [],
    });
    expectNothingLeft(shop.sandbox.ledger());
  });

  test('shows that an order was canceled; the outcome is in the memo', async () => {
    const shop = shopOf('rest');
    const order = await shop.start(shop.order({ startAt: new Date(Date.now() + 3_600_000).toISOString() }));
    await phaseIs(order, 'scheduled');
    await order.cancel();
    await expect(order.result()).rejects.toThrow('was canceled');
    await phaseIs(order, 'canceled');
    const { memo, status } = await describeOrder(order);
    expect(status.name).toBe('CANCELLED');
    expect(memo?.['waybill.outcome']).toMatchObject({ outcome: 'canceled', cancel: { verdict: 'stopped' } });
  });

  test('of an order that waits for a person is known without a worker too', async () => {
    const shop = shopOf('rest');
    const input = shop.order();
    const paid = shop.sandbox.hold({ operation: 'orderPayments.create', at: 'done' });
    const order = await shop.start(input);
    await paid.reached;
    shop.sandbox.faults.add({ kind: 'business', operation: 'orders.get' });
    paid.release();
    await held(order);
    await rig.stopWorker();
    const status = await order.status();
    await rig.startWorker();
    expect(status).toMatchObject({ phase: 'held', pending: [] });
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    await order.result();
    whole(shop, input);
  });
});

type Event = temporal.api.history.v1.IHistoryEvent;
const text = (data: Uint8Array | null | undefined) => new TextDecoder().decode(data ?? new Uint8Array());

async function history(order: Started): Promise<Event[]> {
  return (await rig.client.workflow.getHandle(order.workflowId).fetchHistory()).events ?? [];
}

/** All texts and payloads in a part of a history. Their own way into JSON would hide payloads behind base64. */
function plain(part: unknown): string {
  if (part instanceof Uint8Array) return text(part);
  if (typeof part !== 'object' || part === null) return String(part);
  return Object.entries(part)
    .map(([name, inside]) => `${name}: ${plain(inside)}`)
    .join('\n');
}

async function currentDetails(order: Started): Promise<string> {
  const handle = rig.client.workflow.getHandle(order.workflowId);
  return JSON.stringify(await handle.query('__temporal_workflow_metadata'));
}

describe('the Temporal UI', () => {
  test('has a title, the current details, and words on every step and every wait', async () => {
    const shop = shopOf('rest');
    const input = shop.order();
    // A lost answer that is looked for over the settle schedule brings timers into the history.
    shop.sandbox.faults.add({ kind: 'reset-before', operation: 'orderPayments.create' });
    const paid = shop.sandbox.hold({ operation: 'orderPayments.create', at: 'done' });
    const order = await shop.start(input);
    await paid.reached;
    shop.sandbox.faults.add({ kind: 'business', operation: 'orders.get' });
    paid.release();
    await held(order);
    expect(await (await describeOrder(order)).staticSummary()).toBe(
      `Keap order ${input.reference} · ${shop.connection}`,
    );
    const details = await currentDetails(order);
    const [there] = shop.sandbox.ledger().orders;
    for (const shown of ['| phase | held |', `| order | ${there?.jobId} |`, `| invoice | ${there?.invoiceId} |`]) {
      expect(details).toContain(shown);
    }
    expect(details).toContain('**hold-1**');
    expect(details).toContain('answer with | retry, abandon');
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    await order.result();

    const told = (await history(order)).filter(
      (event) => event.activityTaskScheduledEventAttributes || event.timerStartedEventAttributes,
    );
    expect(told.filter(({ timerStartedEventAttributes: timer }) => timer).length).toBeGreaterThan(3);
    const silent = told.filter(({ userMetadata }) => text(userMetadata?.summary?.data).length < 5);
    expect(silent.map(plain)).toEqual([]);
    whole(shop, input);
  });
});

describe('nothing personal and no secret is shown', () => {
  const personal = {
    email: 'zelda.planted@example.com',
    givenName: 'Zeldaplanted',
    familyName: 'Quillplanted',
    phone: '+1 555 0177 4242',
    street: '77 Plantedstreet',
    city: 'Plantedville',
    note: 'plantednote',
    gift: 'plantedgift',
    payment: 'plantedpayment',
  };
  const values = [...Object.values(personal), keapSeed.serviceAccountKey];
  const address = { line1: personal.street, city: personal.city, region: 'AZ', postalCode: '85281', country: 'US' };
  const { email, givenName, familyName, phone } = personal;
  const change = {
    notes: personal.note,
    contact: { email, givenName, familyName, phone, billingAddress: address },
    shippingAddress: { ...address, givenName, familyName, phone },
    payment: { kind: 'taken', method: 'Check', reference: 'pay_1', note: personal.payment },
    customFields: { 'Gift Message': personal.gift },
  };
  /** Keap quotes what it was sent. */
  const message = `Refused: ${givenName} ${familyName}, ${email}, ${phone}, ${personal.street}, ${personal.gift}, ${personal.note}`;

  function expectClean(shown: Record<string, string>): void {
    const leaks = Object.entries(shown).flatMap(([where, what]) =>
      values.filter((value) => what.toLowerCase().includes(value.toLowerCase())).map((value) => `${value} in ${where}`),
    );
    expect(leaks).toEqual([]);
  }

  /** All that lists, dashboards and logs get to see; the history keeps the order itself, but no failure may quote it. */
  async function shownBy(order: Started): Promise<Record<string, string>> {
    const { memo, searchAttributes, raw } = await describeOrder(order);
    const events = await history(order);
    const failures = plain(
      events.map((event) => Object.values(event).map((of) => (of as { failure?: unknown })?.failure)),
    );
    const metadata = plain(events.map(({ userMetadata }) => userMetadata));
    const all = plain(events);
    // The instrument itself: the order stands in its history, and the failure that was provoked was found.
    expect(all).toContain(email);
    expect(failures).toContain('Refused');
    expect(all).not.toContain(keapSeed.serviceAccountKey);
    return {
      status: JSON.stringify(await order.status()),
      memo: JSON.stringify(memo),
      'search attributes': JSON.stringify(searchAttributes),
      'pending activities': plain(raw.pendingActivities),
      'current details': await currentDetails(order),
      failures,
      metadata,
      'workflow id': order.workflowId,
    };
  }

  test.each([
    // A read sends nothing personal that an answer could quote, but Keap knows whose order it is.
    ['rest', 'orderPayments.create', 'orders.get', `Refused: the order of ${email}, ${phone}`],
    ['xml-rpc', 'InvoiceService.addManualPayment', 'DataService.update:Job', message],
  ] as const)('by a hold, an undo and the end of an order over %s', async (transport, pay, next, message) => {
    const shop = shopOf(transport);
    const paid = shop.sandbox.hold({ operation: pay, at: 'done' });
    const order = await shop.start(shop.order(change));
    await paid.reached;
    shop.sandbox.faults.add({ kind: 'business', operation: next, message } as KeapFault);
    paid.release();
    await held(order);
    expectClean(await shownBy(order));
    await order.resolve({ hold: 'hold-1', answer: 'abandon' });
    if (transport === 'rest') {
      await held(order, 2);
      expectClean(await shownBy(order));
      await order.resolve({ hold: 'hold-2', answer: 'leave' });
    }
    const error = (await order.result().catch((thrown: unknown) => thrown)) as OrderNotCompletedError;
    expect(error).toBeInstanceOf(OrderNotCompletedError);
    const { message: says, failure, outcome } = error;
    expectClean({ ...(await shownBy(order)), error: JSON.stringify({ says, failure, outcome }) });
  });

  test('by a refusal of Keap that quotes what it was sent', async () => {
    const shop = shopOf('rest');
    shop.sandbox.faults.add({ kind: 'business', operation: 'orders.create', message });
    const order = await shop.start(shop.order(change));
    const error = (await order.result().catch((thrown: unknown) => thrown)) as OrderNotCompletedError;
    expect(error.message).toContain('Refused');
    expectClean({ ...(await shownBy(order)), error: JSON.stringify([error.message, error.failure, error.outcome]) });
  });

  test('by the workflow of the connection, which decides who gets to use the key', async () => {
    const { connection } = shopOf('rest');
    const { events } = await rig.client.workflow.getHandle(connectionWorkflowId(connection)).fetchHistory();
    expect(plain(events)).toContain(connection);
    expect(plain(events)).not.toContain(keapSeed.serviceAccountKey);
  });

  test('by the refusal of an input that cannot be read', async () => {
    const shop = shopOf('rest');
    const input = shop.order({
      ...change,
      contact: { ...change.contact, email: `${email} ${givenName}`, phone: `${phone}\n${familyName}` },
      notes: `${personal.note}\u0000`,
      customFields: { 'Gift Message': { text: personal.gift } },
      shippingAddress: { ...change.shippingAddress, line1: `${personal.street}\n`, country: personal.city },
    });
    const error = await shop.start(input).catch((thrown: unknown) => thrown as Error);
    expect((error as Error).message).toContain('contact.email');
    expectClean({ 'the error': JSON.stringify(error) + String(error) });
  });
});

describe('a follower', () => {
  test('is told everything that happens, each thing once, and comes to an end', async () => {
    const shop = shopOf('rest');
    const input = shop.order();
    const paid = shop.sandbox.hold({ operation: 'orderPayments.create', at: 'done' });
    const order = await shop.start(input);
    const seen: Happening[] = [];
    const following = (async () => {
      for await (const happening of order.follow()) seen.push(happening);
    })();
    await paid.reached;
    shop.sandbox.faults.add({ kind: 'business', operation: 'orders.get' });
    paid.release();
    await held(order);
    // It is told while it happens, not at the end.
    await expect.poll(() => seen.map((each) => each.text).join(), { timeout: 20_000 }).toContain('held: ');
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    await order.result();
    await following;
    expect(seen.map(({ n }) => n)).toEqual(seen.map((_, i) => i + 1));
    const { happenings } = await order.status();
    expect(seen).toEqual(happenings);
    const [there] = shop.sandbox.ledger().orders;
    expect(seen.map((each) => each.text)).toEqual([
      `contact ${there?.contactId} is known`,
      `order ${there?.jobId} created, invoice ${there?.invoiceId}`,
      '54.90 recorded as paid',
      expect.stringMatching(/^held: "read the order" failed/),
      'hold-1 answered: retry',
    ]);
    whole(shop, input);
  });

  test('who comes after the end is told all of it, and ends at once', async () => {
    const shop = shopOf('xml-rpc');
    const input = shop.order();
    const order = await shop.start(input);
    await order.result();
    const seen = await listOf(order.follow());
    expect(seen.map(({ text: says }) => says).at(-1)).toBe('custom fields set');
    expect(seen).toEqual((await order.status()).happenings);
    whole(shop, input);
  });

  test('of an order that is taken back is told that too', async () => {
    const shop = shopOf('rest');
    shop.sandbox.faults.add({ kind: 'business', operation: 'orderPayments.create' });
    const order = await shop.start(shop.order());
    const says = (await listOf(order.follow())).map((each) => each.text);
    expect(says.slice(-2)).toEqual([
      expect.stringMatching(/^failed: .*Refused by the sandbox/),
      'taken back: the unpaid order is gone',
    ]);
    expectNothingLeft(shop.sandbox.ledger());
  });
});
