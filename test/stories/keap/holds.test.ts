import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Order, RefusedError } from '../../../src/client.js';
import { type KeapOrderResult, keapOrder } from '../../../src/contracts.js';
import type { KeapFault, LedgerOrder } from '../../../src/sandbox/index.js';
import { newOrder, rest } from '../../sandbox/keap/wire.js';
import { expectNothingLeft, expectOnceAndWhole, liveOrders } from './judge.js';
import { openRig, type Rig, type Shop, type Transport, until } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig([
    { transport: 'rest' },
    { transport: 'xml-rpc' },
    // Each slow case has a shop to itself.
    { transport: 'rest' },
    { transport: 'xml-rpc' },
    { transport: 'rest' },
  ]);
});
afterAll(() => rig.close());
beforeEach(() => {
  for (const { sandbox } of rig.shops.slice(0, 2)) sandbox.reset();
});

type Input = ReturnType<Shop['order']>;
type Started = Order<KeapOrderResult>;

function shopOf(transport: Transport): Shop {
  const shop = rig.shops.find((each) => each.variant === transport);
  if (shop === undefined) throw new Error(`no shop over ${transport}`);
  return shop;
}

const whole = ({ sandbox }: Shop, input: Input) => expectOnceAndWhole(sandbox.ledger(), input as never);
const requests = ({ sandbox }: Shop) => sandbox.ledger().requests.length;

function theOrder({ sandbox }: Shop, { reference }: Input): LedgerOrder {
  const [order, ...more] = liveOrders(sandbox.ledger(), reference);
  if (order === undefined || more.length > 0) throw new Error(`${more.length} orders too many, or none`);
  return order;
}

/** The open hold of this number, with all that a person is shown. */
async function hold(order: Started, n = 1) {
  const { hold, phase } = await until(order, (status) => status.hold?.id === `hold-${n}`);
  expect(phase).toBe('held');
  if (hold === undefined) throw new Error('no hold');
  return hold;
}

/** The words of Keap's two interfaces for what the tests strike. */
const words = {
  rest: { create: 'orders.create', pay: 'orderPayments.create', afterPaying: 'orders.get' },
  'xml-rpc': {
    create: 'InvoiceService.createBlankOrder',
    pay: 'InvoiceService.addManualPayment',
    afterPaying: 'DataService.update:Job',
  },
} as const;

/** An order whose money has moved, and whose next step Keap refuses for good `times` times: it is held. */
async function heldAfterPaying(shop: Shop, input: Input, fault: Partial<KeapFault> = {}): Promise<Started> {
  const { pay, afterPaying } = words[shop.variant];
  const paying = shop.sandbox.hold({ operation: pay, at: 'done' });
  const order = await shop.start(input);
  await paying.reached;
  shop.sandbox.faults.add({ kind: 'business', operation: afterPaying, ...fault } as KeapFault);
  paying.release();
  await hold(order);
  return order;
}

/** What a person enters in Keap's app: the right goods for the right contact, and no mark of ours. */
async function enterOrder({ sandbox }: Shop): Promise<string> {
  const { order_items: items, ...order } = newOrder('none') as { order_items: object[] };
  const order_items = items.map((item) => ({ ...item, notes: 'by phone' }));
  const { status, body } = await rest(sandbox, 'POST', '/orders', {
    ...order,
    order_title: 'by phone',
    custom_fields: [],
    order_items,
  });
  expect(status).toBe(201);
  return body.id;
}

async function enterPayment({ sandbox }: Shop, orderId: number, amount: number): Promise<string> {
  const payment = {
    payment_amount: amount,
    payment_method_type: 'Check',
    apply_to_commissions: true,
    notes: 'by hand',
  };
  const { status, body } = await rest(sandbox, 'POST', `/orders/${orderId}/payments`, payment);
  expect(status).toBe(201);
  return body.id;
}

describe.each(['rest', 'xml-rpc'] as const)('a hold after the money moved, over %s', (transport) => {
  test('shows the question, the choices and the facts, and nothing is taken back', async () => {
    const shop = shopOf(transport);
    const input = shop.order();
    const order = await heldAfterPaying(shop, input);
    const shown = await hold(order);
    expect(shown.question).toMatch(/^".+" failed\. Try again\?$/);
    expect(shown.choices).toEqual(['retry', 'abandon']);
    expect(shown.facts.join('\n')).toMatch(/Refused by the sandbox[\s\S]*54\.90 USD stand as paid at Keap/);
    expect(theOrder(shop, input)).toMatchObject({ deleted: false, paid: 54.9, payments: [{ amount: 54.9 }] });
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    expect(await order.result()).toMatchObject({ outcome: 'completed', undone: [], left: [] });
    whole(shop, input);
  });

  test('is answered after the worker was stopped and another one started', async () => {
    const shop = shopOf(transport);
    const input = shop.order();
    const order = await heldAfterPaying(shop, input);
    const before = await hold(order);
    await rig.stopWorker();
    await rig.startWorker();
    expect(await hold(order)).toEqual(before);
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    expect(await order.result()).toMatchObject({ outcome: 'completed', paid: '54.90' });
    whole(shop, input);
  });

  test('refuses what is no answer to it, with the reason, and stays open', async () => {
    const shop = shopOf(transport);
    const input = shop.order();
    const order = await heldAfterPaying(shop, input, { times: 2 });
    const before = requests(shop);
    const refused: [answer: object, says: RegExp][] = [
      [{ hold: 'hold-7', answer: 'retry' }, /hold-7 is not open: the order waits for an answer to hold-1/],
      [{ hold: 'hold-1', answer: 'accept', id: '1' }, /hold-1 takes retry, abandon, not "accept"/],
      [{ hold: 'hold-1', answer: 'leave' }, /hold-1 takes retry, abandon, not "leave"/],
      [{ hold: 'hold-1', answer: 'maybe' }, /the answer cannot be read[\s\S]*answer: /],
      [{ hold: 'hold-1' }, /answer: /],
      [{ answer: 'retry' }, /hold: /],
      [{ hold: 'hold-1', answer: 'retry', force: true }, /force: is not a field/],
    ];
    for (const [answer, says] of refused) {
      const error = await order.resolve(answer as never).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RefusedError);
      expect((error as Error).message).toMatch(says);
    }
    expect((await hold(order)).id).toBe('hold-1');
    expect(requests(shop)).toBe(before);

    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    await hold(order, 2);
    await expect(order.resolve({ hold: 'hold-1', answer: 'abandon' })).rejects.toThrow(
      'hold-1 is not open: the order waits for an answer to hold-2',
    );
    const going = shop.sandbox.hold({ operation: words[transport].afterPaying });
    await order.resolve({ hold: 'hold-2', answer: 'retry' });
    await going.reached;
    await expect(order.resolve({ hold: 'hold-2', answer: 'abandon' })).rejects.toThrow(
      'hold-2 is over: the order waits for no answer',
    );
    going.release();
    expect(await order.result()).toMatchObject({ outcome: 'completed' });
    await expect(order.resolve({ hold: 'hold-2', answer: 'abandon' })).rejects.toThrow('has ended');
    whole(shop, input);
  });

  test('refuses a correction that cannot be read, that touches what is fixed, or that comes too late', async () => {
    const shop = shopOf(transport);
    const input = shop.order();
    const order = await heldAfterPaying(shop, input);
    const before = requests(shop);
    const late = /have taken effect and cannot be corrected any more: /;
    const corrections: [input: Record<string, unknown>, says: RegExp][] = [
      // REST has set these when it created the order; XML-RPC sets them after the payment.
      [
        { customFields: { 'Gift Message': 5 } },
        transport === 'rest' ? late : /customFields\.Gift Message: expected text/,
      ],
      [{ notes: '' }, transport === 'rest' ? late : /notes: expected text/],
      [{ colour: 'blue' }, /colour: is not a field/],
      [{ total: '1.00' }, /cannot be corrected: total/],
      [{ reference: 'OTHER', lines: [] }, /cannot be corrected: reference, lines/],
      [{ connection: 'keap/other', currency: 'EUR' }, /cannot be corrected: connection, currency/],
      [{ contact: { id: '56' } }, late],
      [{ flow: 'place-order' }, late],
      [{ payment: { kind: 'taken', method: 'Check', reference: 'another' } }, late],
    ];
    for (const [correction, says] of corrections) {
      await expect(order.resolve({ hold: 'hold-1', answer: 'retry', input: correction })).rejects.toThrow(says);
    }
    expect((await hold(order)).id).toBe('hold-1');
    expect(requests(shop)).toBe(before);
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    await order.result();
    whole(shop, input);
  });
});

describe.each(['rest', 'xml-rpc'] as const)('what was done by hand, over %s', (transport) => {
  test('counts for the order once Keap confirms it', async () => {
    const shop = shopOf(transport);
    const { sandbox } = shop;
    const input = shop.order();
    // Somebody has used the reference for an order with a line that is not ours.
    await rest(sandbox, 'POST', '/orders', newOrder(input.reference));
    const strange = theOrder(shop, input).jobId;
    const order = await shop.start(input);
    const shown = await hold(order);
    expect(shown).toMatchObject({ choices: ['retry', 'accept', 'abandon'], link: expect.stringContaining('http') });
    expect(shown.facts).toEqual([`ids: ${strange}`]);

    const accept = (id?: string) =>
      order.resolve({ hold: 'hold-1', answer: 'accept', ...(id === undefined ? {} : { id }) });
    await expect(accept('999999')).rejects.toThrow(`${shop.connection} does not show it at 999999`);
    await expect(accept(String(strange))).rejects.toThrow(`order ${strange} has a line ship that is not wanted`);
    await expect(accept()).rejects.toThrow(`order ${strange} has a line ship that is not wanted`);
    expect((await hold(order)).id).toBe('hold-1');
    expect(sandbox.ledger().orders).toHaveLength(1);

    sandbox.controls.deleteOrder({ orderId: strange });
    const byHand = await enterOrder(shop);
    await accept(byHand);
    expect(await order.result()).toMatchObject({ outcome: 'completed', orderId: byHand, paid: '54.90' });
    const [deleted, made, ...more] = sandbox.ledger().orders;
    expect([deleted?.jobId, more]).toEqual([strange, []]);
    expect(made).toMatchObject({ jobId: Number(byHand), paid: 54.9, owed: 0, payments: [{ amount: 54.9 }] });
    expect(made?.customFields._ExternalOrderId).toBe(input.reference);
    expect(made?.lines).toHaveLength(2);
  });

  test('is found by a retry as well, when it was put right under the reference', async () => {
    const shop = shopOf(transport);
    const input = shop.order();
    await rest(shop.sandbox, 'POST', '/orders', newOrder(input.reference));
    const order = await shop.start(input);
    await hold(order);
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    await hold(order, 2);
    shop.sandbox.controls.deleteOrder({ orderId: theOrder(shop, input).jobId });
    await order.resolve({ hold: 'hold-2', answer: 'retry' });
    expect(await order.result()).toMatchObject({ outcome: 'completed' });
    whole(shop, input);
  });

  test('may be abandoned: what is not ours is left alone', async () => {
    const shop = shopOf(transport);
    const input = shop.order();
    await rest(shop.sandbox, 'POST', '/orders', newOrder(input.reference));
    const before = theOrder(shop, input);
    const order = await shop.start(input);
    await hold(order);
    await order.resolve({ hold: 'hold-1', answer: 'abandon' });
    await expect(order.result()).rejects.toMatchObject({ failure: { type: 'Conflict' }, outcome: { left: [] } });
    expect(theOrder(shop, input)).toEqual(before);
  });
});

test('two answers at once: the second is refused while the first is being looked into', async () => {
  const shop = shopOf('rest');
  const input = shop.order();
  await rest(shop.sandbox, 'POST', '/orders', newOrder(input.reference));
  const order = await shop.start(input);
  await hold(order);
  const byHand = await enterOrder(shop);
  const looking = shop.sandbox.hold({ operation: 'orders.get' });
  const first = order.resolve({ hold: 'hold-1', answer: 'accept', id: byHand });
  await looking.reached;
  await expect(order.resolve({ hold: 'hold-1', answer: 'abandon' })).rejects.toThrow('just being answered');
  looking.release();
  await first;
  expect(await order.result()).toMatchObject({ outcome: 'completed', orderId: byHand });
});

describe('a custom field that Keap refuses after the money moved, over xml-rpc', () => {
  const fault = { message: 'Invalid value Fax for _Channel' };

  test('is corrected by a person, as often as it takes; the order is never taken back for it', async () => {
    const shop = shopOf('xml-rpc');
    const input = shop.order({ customFields: { Channel: 'Fax' } });
    const order = await heldAfterPaying(shop, input, { ...fault, times: 2 });
    const correct = (id: string, Channel: string) =>
      order.resolve({ hold: id, answer: 'retry', input: { customFields: { Channel } } });
    await correct('hold-1', 'Pigeon');
    await hold(order, 2);
    expect(theOrder(shop, input)).toMatchObject({ paid: 54.9, payments: [{ amount: 54.9 }] });
    await rig.stopWorker();
    await rig.startWorker();
    await correct('hold-2', 'Web');
    expect(await order.result()).toMatchObject({ outcome: 'completed', undone: [] });
    expect(theOrder(shop, input).customFields).toEqual({ _ExternalOrderId: input.reference, _Channel: 'Web' });
    whole(shop, input);
  });

  test('may be left out by the correction, or be another field, which Keap then has', async () => {
    const shop = shopOf('xml-rpc');
    const input = shop.order({ customFields: { Channel: 'Fax' } });
    const order = await heldAfterPaying(shop, input, fault);
    const customFields = { 'Gift Message': 'Many happy returns', 'Delivery Date': '2026-02-01' };
    await order.resolve({ hold: 'hold-1', answer: 'retry', input: { customFields, notes: 'Ring twice' } });
    expect(await order.result()).toMatchObject({ outcome: 'completed' });
    const { customFields: there, notes } = theOrder(shop, input);
    expect(there).toMatchObject({
      _GiftMessage: 'Many happy returns',
      _DeliveryDate: expect.stringMatching(/^2026-?02-?01/),
    });
    expect(there._Channel).toBeUndefined();
    expect(notes).toBe('Ring twice');
    whole(shop, input);
  });

  test('that is corrected to one that the account does not have is held again, not forgotten', async () => {
    const shop = shopOf('xml-rpc');
    const input = shop.order({ customFields: { Channel: 'Fax' } });
    const order = await heldAfterPaying(shop, input, fault);
    await order.resolve({ hold: 'hold-1', answer: 'retry', input: { customFields: { Colour: 'blue' } } });
    expect((await hold(order, 2)).facts.join('\n')).toContain('no order custom field labelled "Colour"');
    await order.resolve({ hold: 'hold-2', answer: 'retry', input: { customFields: { Channel: 'Web' } } });
    expect(await order.result()).toMatchObject({ outcome: 'completed' });
    expect(theOrder(shop, input).customFields._Channel).toBe('Web');
    whole(shop, input);
  });
});

describe('abandoned after the money moved, over xml-rpc', () => {
  /** The payment and its two counter-entries, each once, and nothing is owed. */
  function expectReversed(shop: Shop, input: Input): void {
    const there = theOrder(shop, input);
    expect(there.payments.map(({ type, amount }) => [type, amount])).toEqual([
      ['Credit Card (Manual)', 54.9],
      ['Refund', -54.9],
      ['Credit', 54.9],
    ]);
    expect(there).toMatchObject({ owed: 0, total: 54.9, deleted: false });
  }

  const lost: Record<string, Record<string, unknown> | undefined> = {
    'with every answer': undefined,
    'when the answer to the refund is lost': { kind: 'reset-after', nth: 1 },
    'when the answer to the credit is lost': { kind: 'reset-after', nth: 2 },
    'when both answers are lost': { kind: 'reset-after', times: 2 },
    'when Keap says that the refund failed although it was booked': { kind: 'fault-after', nth: 1 },
    'when Keap answers with 500 after it booked the credit': { kind: '500-after', nth: 2 },
  };

  test.each(Object.entries(lost))('the payment is balanced by two counter-entries, %s', async (_, fault) => {
    const shop = shopOf('xml-rpc');
    const input = shop.order();
    const order = await heldAfterPaying(shop, input);
    if (fault !== undefined) {
      shop.sandbox.faults.add({ operation: 'InvoiceService.addManualPayment', ...fault } as KeapFault);
    }
    await order.resolve({ hold: 'hold-1', answer: 'abandon' });
    const orderId = theOrder(shop, input).jobId;
    await expect(order.result()).rejects.toMatchObject({
      failure: { message: expect.stringContaining('Refused by the sandbox') },
      outcome: {
        outcome: 'failed',
        undone: [
          'the payment is reversed (counter-entries over 54.90)',
          `the unpaid order is gone (order ${orderId} stays at Keap with its payment reversed)`,
        ],
        left: [],
      },
    });
    expectReversed(shop, input);
  });

  test('an entry that never arrived is asked about, and booked once when a person says so', async () => {
    const shop = shopOf('xml-rpc');
    const input = shop.order();
    const order = await heldAfterPaying(shop, input);
    shop.sandbox.faults.add({ kind: 'reset-before', operation: 'InvoiceService.addManualPayment' });
    await order.resolve({ hold: 'hold-1', answer: 'abandon' });
    const shown = await hold(order, 2);
    expect(shown.choices).toEqual(['retry', 'done', 'leave']);
    expect(shown.facts.join('\n')).toContain('the payment is reversed');
    expect(theOrder(shop, input).payments).toHaveLength(1);
    await order.resolve({ hold: 'hold-2', answer: 'retry' });
    await expect(order.result()).rejects.toMatchObject({ outcome: { left: [] } });
    expectReversed(shop, input);
  });

  test('the reference is used up: started again it is refused, and nothing more is booked', async () => {
    const shop = shopOf('xml-rpc');
    const input = shop.order();
    const order = await heldAfterPaying(shop, input);
    await order.resolve({ hold: 'hold-1', answer: 'abandon' });
    await expect(order.result()).rejects.toMatchObject({ outcome: { left: [] } });
    const again = await rig.waybill.start(keapOrder, input);
    expect(again.how).toBe('started');
    await expect(again.result()).rejects.toMatchObject({
      failure: { type: 'Conflict', message: expect.stringContaining('use a new reference') },
    });
    expectReversed(shop, input);
  });
});

describe('abandoned after the money moved, over rest', () => {
  async function leftover(input: Input) {
    const shop = shopOf('rest');
    const order = await heldAfterPaying(shop, input);
    await order.resolve({ hold: 'hold-1', answer: 'abandon' });
    return { shop, order, shown: await hold(order, 2), there: theOrder(shop, input) };
  }

  test('the payment is asked about: amount, ids, link; left, it is listed in the result', async () => {
    const input = shopOf('rest').order();
    const { shop, order, shown, there } = await leftover(input);
    const { jobId, invoiceId, payments } = there;
    expect(shown.choices).toEqual(['retry', 'done', 'leave']);
    const [money = '', gone = ''] = shown.facts;
    expect(money).toContain('the payment is reversed: REST has no refund');
    for (const fact of ['amount 54.90', `order ${jobId}`, `invoice ${invoiceId}`, `payment ${payments[0]?.id}`]) {
      expect(money).toContain(fact);
    }
    expect(gone).toContain('the unpaid order is gone: it carries a payment, and Keap deletes no such order');
    expect(shown.link).toBe(`${shop.sandbox.restUrl}/orders/${jobId}`);

    await expect(order.cancel()).rejects.toThrow('already being taken back');
    await rig.stopWorker();
    await rig.startWorker();
    expect(await hold(order, 2)).toEqual(shown);
    await order.resolve({ hold: 'hold-2', answer: 'leave' });
    const ids = { order: String(jobId), invoice: String(invoiceId) };
    const { link } = shown;
    await expect(order.result()).rejects.toMatchObject({
      failure: { message: expect.stringContaining('Refused by the sandbox') },
      outcome: {
        undone: [],
        left: [
          { what: 'the payment is reversed', amount: '54.90', ids: { ...ids, payment: String(payments[0]?.id) }, link },
          { what: 'the unpaid order is gone', amount: '54.90', ids, link },
        ],
      },
    });
    expect(theOrder(shop, input)).toEqual(there);
  });

  test('a person gives the money back in Keap and says so', async () => {
    const input = shopOf('rest').order();
    const { shop, order, there } = await leftover(input);
    shop.sandbox.controls.refundOrder({ orderId: there.jobId });
    await order.resolve({ hold: 'hold-2', answer: 'done' });
    await expect(order.result()).rejects.toMatchObject({
      outcome: { undone: ['the payment is reversed (by hand)', 'the unpaid order is gone (by hand)'], left: [] },
    });
    expect(theOrder(shop, input)).toMatchObject({ refunded: 54.9 });
  });

  test('a retry sees whether the money was given back, and asks again as long as it was not', async () => {
    const input = shopOf('rest').order();
    const { shop, order, there } = await leftover(input);
    await order.resolve({ hold: 'hold-2', answer: 'retry' });
    await hold(order, 3);
    expect(theOrder(shop, input)).toEqual(there);
    shop.sandbox.controls.refundOrder({ orderId: there.jobId });
    await order.resolve({ hold: 'hold-3', answer: 'retry' });
    await expect(order.result()).rejects.toMatchObject({
      outcome: {
        undone: [
          'the payment is reversed (it was given back in Keap)',
          `the unpaid order is gone (order ${there.jobId} stays at Keap with its payment reversed)`,
        ],
        left: [],
      },
    });
    expect(theOrder(shop, input)).toMatchObject({ refunded: 54.9 });
  });
});

describe.concurrent('what was lost as often as it may be sent', () => {
  test.each([2, 3])('is, for a payment, not taken a second time by a retry (shop %i)', async (n) => {
    const shop = rig.shops[n] as Shop;
    const input = shop.order();
    shop.sandbox.faults.add({ kind: 'reset-before', operation: words[shop.variant].pay, times: 2 });
    const order = await shop.start(input);
    const shown = await hold(order);
    expect(shown.question).toContain('its answer was lost, and nothing is to be found. Send it again?');
    expect(theOrder(shop, input).payments).toEqual([]);
    await expect(order.resolve({ hold: 'hold-1', answer: 'accept' })).rejects.toThrow('does not show it');

    await enterPayment(shop, theOrder(shop, input).jobId, 54.9);
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    const { question, facts } = await hold(order, 2);
    expect(question).toContain('carries payments that are not ours');
    expect(theOrder(shop, input).payments).toHaveLength(1);
    await expect(order.resolve({ hold: 'hold-2', answer: 'accept', id: '999999' })).rejects.toThrow();
    const id = /^ids: (\d+)$/.exec(facts[0] ?? '')?.[1] ?? '';
    await order.resolve({ hold: 'hold-2', answer: 'accept', id });
    expect(await order.result()).toMatchObject({ outcome: 'completed', payment: { paymentId: id } });
    expect(theOrder(shop, input)).toMatchObject({ paid: 54.9, owed: 0, payments: [{ amount: 54.9, type: 'Check' }] });
  });

  test('is, for an order, asked about; abandoned, nothing is left', async () => {
    const shop = rig.shops[4] as Shop;
    // Three sends, each after the settle schedule of the one before has found nothing.
    shop.sandbox.faults.add({ kind: 'reset-before', operation: 'orders.create', times: 3 });
    const order = await shop.start(shop.order());
    expect((await hold(order)).choices).toEqual(['retry', 'accept', 'abandon']);
    await order.resolve({ hold: 'hold-1', answer: 'abandon' });
    await expect(order.result()).rejects.toMatchObject({ failure: { type: 'OutcomeUnknown' }, outcome: { left: [] } });
    expectNothingLeft(shop.sandbox.ledger());
  });
});
