import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { failureOf, handsOf, live, make, orderOf, prepare, type Rig, startRig, type TransportName } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
beforeEach(() => rig.sandbox.reset());
afterAll(() => rig.stop());

const transports: TransportName[] = ['rest', 'xml-rpc'];

describe.each(transports)('an order by %s', (transport) => {
  test('is made, paid and found again as finished', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    expect(await hands.findOrder(want)).toEqual({ state: 'none' });
    const made = await make(hands, want);
    expect(await hands.expectTotal(want, made)).toEqual({ owed: '54.90' });
    expect(await hands.findPayment(want, made)).toEqual({ state: 'none' });
    const paid = await hands.takePayment(want, made);
    expect(paid).toMatchObject({ amount: '54.90', by: 'elsewhere' });
    expect(await hands.findPayment(want, made)).toMatchObject({ state: 'same', it: { amount: '54.90' } });
    await hands.setFields(want, made);
    expect(await hands.findFields(want, made)).toMatchObject({ state: 'same' });
    expect(await hands.readStanding(want, made)).toEqual({
      orderId: made.orderId,
      invoiceId: made.invoiceId,
      total: '54.90',
      paid: '54.90',
      owed: '0.00',
      settled: true,
    });
    expect(await hands.findOrder(want)).toMatchObject({ state: 'finished', it: { ...made, fieldsSet: true } });

    const [order, ...more] = live(rig.sandbox);
    expect(more).toEqual([]);
    expect(order).toMatchObject({
      title: 'EXT-1001 | web shop',
      notes: 'Leave at the door',
      orderType: 'ONLINE',
      total: 54.9,
      owed: 0,
      customFields: { _ExternalOrderId: 'EXT-1001', _GiftMessage: 'With <love>\nGrace', _Channel: 'Web' },
      shipping: { FirstName: 'Grace', Street1: '1 Mill Lane', City: 'Tempe' },
    });
    expect(order?.lines.map(({ productId, quantity, price }) => [productId, quantity, price])).toEqual([
      [17, 2, 24.95],
      [0, 1, 5],
    ]);
    expect(order?.payments.map(({ amount, type, note }) => [amount, type, note])).toEqual([
      [54.9, 'Check', '[EXT-1001/pay_9f2] captured in shop'],
    ]);
  });

  test('is found whatever the case of its reference, and completed from where it stopped', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    await hands.createOrder(want);
    const again = await prepare(hands, orderOf({ reference: 'ext-1001' }));
    const found = await hands.findOrder(again);
    expect(found.state).toBe(transport === 'rest' ? 'same' : 'subset');
    expect(found).toMatchObject({ it: { invoiceId: '2087', orderId: '2075', marked: transport === 'rest' } });
    expect(await hands.findOrder(await prepare(hands, orderOf({ reference: 'EXT-100' })))).toEqual({ state: 'none' });
  });

  test('with other content is another order', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    const made = await make(hands, want);
    const dearer = orderOf({ lines: [{ sku: 'MUG-B', quantity: 2, unitPrice: '27.45' }] });
    expect(await hands.findOrder({ ...want, order: dearer })).toMatchObject({
      state: 'other',
      why: 'line 1 of order 2075 has price 24.95 instead of 27.45',
      ids: [made.orderId],
    });
    expect(await hands.findOrder({ ...want, contactId: '55' })).toMatchObject({
      state: 'other',
      why: 'order 2075 belongs to contact 56, not to 55',
    });
    const fewer = orderOf({ lines: [{ sku: 'MUG-B', quantity: 2, unitPrice: '24.95' }], total: '49.90' });
    expect(await hands.findOrder({ ...want, order: fewer })).toMatchObject({
      state: 'other',
      why: 'order 2075 has a line ship that is not wanted',
    });
    expect(await failureOf(hands.expectTotal({ ...want, order: fewer }, made))).toEqual({
      type: 'Conflict',
      message: 'order 2075 costs 54.90 USD at Keap, not 49.90',
    });
  });

  test('that was made twice is reported with both ids', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    await make(hands, want);
    await make(hands, want);
    expect(await hands.findOrder(want)).toMatchObject({ state: 'several', ids: ['2075', '2076'] });
  });

  test('a person may name the order that is meant', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    await make(hands, want);
    const stranger = await prepare(hands, orderOf({ reference: 'OTHER' }));
    expect(await hands.findOrder(stranger, '2075')).toMatchObject({
      state: 'other',
      why: expect.stringContaining('another reference'),
    });
    expect(await hands.findOrder(want, '2075')).toMatchObject({ state: 'same' });
    expect(await hands.findOrder(want, '9999')).toEqual({ state: 'none' });
    expect(await hands.findOrder(want, '../1')).toMatchObject({ state: 'other' });
  });

  test('a line that was added twice is reported', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    const made = await make(hands, want);
    expect(await hands.findLine(want, made, 'ship')).toEqual({ state: 'same', it: { lineRef: 'ship' } });
    await hands.addLine(want, made, 'ship');
    expect(await hands.findLine(want, made, 'ship')).toMatchObject({ state: 'several' });
    expect(await hands.findOrder(want)).toMatchObject({ state: 'other', why: 'order 2075 has line ship twice' });
  });

  test('what Keap lacks is told before anything is sent', async () => {
    const hands = handsOf(rig, transport);
    const order = orderOf({ customFields: { Colour: 'red', 'Delivery Date': 'soon' } });
    const { type, message } = await failureOf(hands.preflight(order));
    expect(type).toBe('Rejected');
    expect(message).toContain('customFields.Colour: Keap has no order custom field labelled "Colour"');
    expect(message).toContain('customFields.Delivery Date: is a field of type DATE; expected 2026-01-15');
    rig.sandbox.controls.seedOrderField({ label: 'Colour', dataType: 'Text' });
    expect((await hands.preflight(orderOf({ customFields: { Colour: 'red' } }))).fields).toMatchObject({
      Colour: { type: 'TEXT', name: '_Colour' },
    });
  });

  test('products are told apart by SKU, or not at all', async () => {
    const hands = handsOf(rig, transport);
    const skus = ['MUG-B', 'TWIN-1', 'OLD-1', 'NONE'];
    const lines = skus.map((sku) => ({ sku, quantity: 1, unitPrice: '1' }));
    const { type, message } = await failureOf(hands.findProducts(orderOf({ lines, total: '4' })));
    expect(type).toBe('Rejected');
    for (const text of ['products 21 and 22', 'SKU OLD-1: its product is not active', 'SKU NONE: no product']) {
      expect(message).toContain(text);
    }
    expect(await hands.findProducts(orderOf())).toEqual({ 'MUG-B': '17' });
  });

  test('two orders of a new customer at once make one contact', async () => {
    const hands = handsOf(rig, transport);
    const ids = await Promise.all([hands.ensureContact(orderOf()), hands.ensureContact(orderOf())]);
    expect(new Set(ids.map(({ contactId }) => contactId)).size).toBe(1);
    expect(rig.sandbox.ledger().contacts.filter(({ fields }) => fields.Email === 'grace@example.com')).toHaveLength(1);
  });

  test('a known contact keeps what it has and gets the billing address', async () => {
    const hands = handsOf(rig, transport);
    const before = rig.sandbox.ledger().contacts.find(({ id }) => id === 55)?.fields;
    const billingAddress = { line1: '2 Harbour Road', city: 'Leeds', postalCode: 'LS1 4AP', country: 'GB' };
    const contact = { email: 'ADA@example.com', givenName: 'Augusta', phone: '555-010-9999', billingAddress };
    expect(await hands.ensureContact(orderOf({ contact }))).toEqual({ contactId: '55' });
    const after = rig.sandbox.ledger().contacts.find(({ id }) => id === 55)?.fields;
    expect(after).toMatchObject({
      Email: 'ada@example.com',
      FirstName: 'Ada',
      Phone1: '555-010-9999',
      StreetAddress1: '2 Harbour Road',
      City: 'Leeds',
      Country: 'United Kingdom',
    });
    expect(Object.keys(after ?? {})).toEqual(
      expect.arrayContaining(Object.keys(before ?? {}).filter((key) => key !== 'State')),
    );
    const requests = rig.sandbox.ledger().requests.length;
    await hands.ensureContact(orderOf({ contact }));
    const writes = rig.sandbox
      .ledger()
      .requests.slice(requests)
      .filter(({ kind }) => kind === 'write');
    expect(writes).toEqual([]);
    expect(await failureOf(hands.ensureContact(orderOf({ contact: { id: '4711' } })))).toEqual({
      type: 'Rejected',
      message: 'contact.id: Keap has no contact 4711',
    });
  });

  test('undo: what was never there is gone, an unpaid order is deleted, twice is once', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    expect(await hands.deleteUnpaidOrder(want, null, 'no')).toMatchObject({ done: true, found: false });
    expect(await hands.deleteUnpaidOrder(want, null, 'perhaps')).toMatchObject({ done: true, found: false });
    const made = await hands.createOrder(want);
    expect(await hands.deleteUnpaidOrder(want, null, 'perhaps')).toEqual({ done: true, found: true });
    expect(await hands.deleteUnpaidOrder(want, made, 'yes')).toEqual({ done: true, found: false });
    expect(live(rig.sandbox)).toEqual([]);
  });

  test('undo: what is not ours stays', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    await make(hands, want);
    const undone = await hands.deleteUnpaidOrder({ ...want, contactId: '55' }, null, 'yes');
    expect(undone).toMatchObject({ done: false, left: { ids: { order: '2075' } } });
    expect(live(rig.sandbox)).toHaveLength(1);
  });

  test('undo: an order that carries a payment stays, and a person is told of it', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    const made = await make(hands, want);
    await hands.takePayment(want, made);
    expect(await hands.deleteUnpaidOrder(want, made, 'yes')).toMatchObject({
      done: false,
      left: {
        amount: '54.90',
        ids: { order: '2075', invoice: '2087' },
        link: `${rig.sandbox.url}/crm/rest/v2/orders/2075`,
      },
    });
    expect(live(rig.sandbox)).toHaveLength(1);
  });

  test('a declined card is a refusal, and the order can still be deleted', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, charged('72'));
    const made = await make(hands, want);
    const { type, message } = await failureOf(hands.takePayment(want, made));
    expect(type).toBe('Rejected');
    expect(message).toContain('declined');
    expect(await hands.findPayment(want, made)).toEqual({ state: 'none' });
    expect(await hands.deleteUnpaidOrder(want, made, 'yes')).toEqual({ done: true, found: true });
  });

  test('a charged card is found again, and only a person can give it back', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, charged('71'));
    const made = await make(hands, want);
    const paid = await hands.takePayment(want, made);
    expect(paid).toMatchObject({ amount: '54.90', by: 'keap' });
    expect(await hands.findPayment(want, made)).toMatchObject({ state: 'same', it: { amount: '54.90' } });
    expect((await failureOf(hands.takePayment(want, made))).type).toBe('Conflict');
    expect(await failureOf(hands.canReverse(want, made))).toMatchObject({
      type: 'NotUndone',
      message: expect.stringContaining('54.90 USD cannot be given back'),
    });
    expect(live(rig.sandbox)[0]?.payments).toHaveLength(1);
  });

  test('an error of the gateway leaves open what happened', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, charged('71'));
    const made = await make(hands, want);
    rig.sandbox.faults.add({
      kind: 'gateway-error',
      operation: ['orderPayments.create', 'InvoiceService.chargeInvoice'],
    });
    expect((await failureOf(hands.takePayment(want, made))).type).toBe('OutcomeUnknown');
    expect(await hands.findPayment(want, made)).toEqual({ state: 'none' });
  });

  test('a refunded order is dead, and its reference spent', async () => {
    const hands = handsOf(rig, transport);
    const want = await prepare(hands, orderOf());
    const made = await make(hands, want);
    await hands.takePayment(want, made);
    rig.sandbox.controls.refundOrder({ orderId: Number(made.orderId) });
    expect(await hands.findPayment(want, made)).toMatchObject({ state: 'dead' });
    expect(await hands.findOrder(want)).toMatchObject({
      state: 'dead',
      why: expect.stringContaining('use a new reference'),
    });
    expect(await hands.canReverse(want, made)).toEqual({ amount: '0.00' });
  });

  test('all kinds of line of this transport are carried', async () => {
    const hands = handsOf(rig, transport);
    const plan = transport === 'rest' ? { plan: '5' } : {};
    const kinds = ['shipping', 'tax', 'fee', 'finance-charge'] as const;
    const takers = [
      'discount',
      'order-total-discount',
      'product-discount',
      'category-discount',
      'shipping-discount',
    ] as const;
    const lines = [
      { sku: 'POT-2', quantity: 1, unitPrice: '39' },
      { kind: 'subscription' as const, sku: 'TEA-CLUB', quantity: 1, unitPrice: '15', ...plan },
      ...kinds.map((kind) => ({ kind, quantity: 1, unitPrice: '2.00' })),
      ...takers.map((kind) => ({ kind, quantity: 1, unitPrice: '-1.00' })),
      { kind: 'free-trial' as const, quantity: 1, unitPrice: '0' },
    ];
    const want = await prepare(hands, orderOf({ lines, total: '57.00' }));
    const made = await make(hands, want);
    await hands.expectTotal(want, made);
    await hands.setFields(want, made);
    expect(await hands.findOrder(want)).toMatchObject({ state: 'same', it: { fieldsSet: true } });
    expect(live(rig.sandbox)[0]?.lines).toHaveLength(lines.length);
  });

  test('kinds that settings map to a product go as that product', async () => {
    const hands = handsOf(rig, transport, { lineProducts: { shipping: 'SHIPPING', discount: 'DISCOUNT' } });
    const lines = [
      { sku: 'MUG-B', quantity: 1, unitPrice: '24.95' },
      { kind: 'shipping' as const, quantity: 1, unitPrice: '5' },
      { kind: 'discount' as const, quantity: 1, unitPrice: '-2.5' },
    ];
    const want = await prepare(hands, orderOf({ lines, total: '27.45' }));
    await hands.expectTotal(want, await make(hands, want));
    expect(live(rig.sandbox)[0]?.lines.map(({ productId, price }) => [productId, price])).toEqual([
      [17, 24.95],
      [23, 5],
      [25, -2.5],
    ]);
  });
});

describe('by XML-RPC only', () => {
  test.each([
    ['recorded', orderOf(), { amount: '54.90' }],
    ['charged', charged('71'), 'NotUndone'],
  ])('what was %s is known by its kind while Keap does not show it yet', async (_, order, known) => {
    const hands = handsOf(rig, 'xml-rpc');
    const want = await prepare(hands, order);
    const made = await make(hands, want);
    const { controls } = rig.sandbox;
    controls.settings({ xmlrpcSearchLagMs: 60_000 });
    onTestFinished(() => void controls.settings({ xmlrpcSearchLagMs: 0 }));
    await hands.takePayment(want, made);
    expect(await hands.findPayment(want, made)).toEqual({ state: 'none' });
    const reversal = hands.canReverse(want, made);
    if (typeof known === 'string') expect((await failureOf(reversal)).type).toBe(known);
    else expect(await reversal).toEqual(known);
  });

  test('a recorded payment is balanced by two entries, each once', async () => {
    const hands = handsOf(rig, 'xml-rpc');
    const want = await prepare(hands, orderOf());
    const made = await make(hands, want);
    await hands.takePayment(want, made);
    expect(await hands.canReverse(want, made)).toEqual({ amount: '54.90' });
    expect(await hands.findReversal(want, made, 'Refund')).toEqual({ state: 'none' });
    await hands.bookReversal(want, made, 'Refund');
    expect(await hands.findReversal(want, made, 'Refund')).toMatchObject({ state: 'same', it: { amount: '-54.90' } });
    expect(await hands.findPayment(want, made)).toMatchObject({ state: 'dead' });
    expect(await hands.deleteUnpaidOrder(want, made, 'yes')).toMatchObject({ done: false });
    expect((await failureOf(hands.deleteUnpaidOrder(want, made, 'yes', true))).type).toBe('Unavailable');
    await hands.bookReversal(want, made, 'Credit');
    expect(await hands.findReversal(want, made, 'Credit')).toMatchObject({ state: 'same', it: { amount: '54.90' } });
    expect(await hands.deleteUnpaidOrder(want, made, 'yes')).toEqual({
      done: true,
      found: true,
      note: 'order 2075 stays at Keap with its payment reversed',
    });
    expect(await hands.findOrder(want)).toMatchObject({ state: 'dead' });
    expect(live(rig.sandbox)[0]).toMatchObject({ owed: 0 });
  });

  test('place-order gives both ids; an answer that was lost is found by content', async () => {
    const hands = handsOf(rig, 'xml-rpc');
    const lines = [
      { sku: 'MUG-B', quantity: 2, unitPrice: '24.95' },
      { sku: 'TEA-1', quantity: 1, unitPrice: '9.90' },
    ];
    const want = await prepare(hands, orderOf({ flow: 'place-order', lines, total: '59.80' }));
    expect(await hands.findOrder(want)).toEqual({ state: 'none' });
    rig.sandbox.faults.add({ kind: 'reset-after', operation: 'OrderService.placeOrder' });
    expect((await failureOf(hands.createOrder(want))).type).toBe('OutcomeUnknown');
    const found = await hands.findOrder(want);
    expect(found).toEqual({
      state: 'subset',
      it: { orderId: '2075', invoiceId: '2087', marked: false, lines: ['1', '2'], fieldsSet: false },
    });
    if (!('it' in found)) throw new Error('nothing found');
    await hands.expectTotal(want, found.it);
    expect(await hands.markOrder(want, found.it)).toMatchObject({ marked: true });
    await hands.takePayment(want, found.it);
    await hands.setFields(want, found.it);
    expect(await hands.findOrder(want)).toMatchObject({ state: 'finished' });
    const other = await prepare(hands, orderOf({ reference: 'OTHER', flow: 'place-order', lines, total: '59.80' }));
    expect(await hands.findOrder(other)).toEqual({ state: 'none' });
    expect(await failureOf(hands.markOrder(other, found.it))).toMatchObject({ type: 'Conflict' });
    expect(live(rig.sandbox)).toMatchObject([
      { title: 'EXT-1001 | web shop', customFields: { _ExternalOrderId: 'EXT-1001' } },
    ]);
  });
});

describe('by REST only', () => {
  test('a pending charge is asked again until it is settled', async () => {
    const hands = handsOf(rig, 'rest');
    const want = await prepare(hands, charged('71'));
    const made = await make(hands, want);
    rig.sandbox.faults.add({ kind: 'pending', operation: 'orderPayments.create' });
    expect((await failureOf(hands.takePayment(want, made))).type).toBe('OutcomeUnknown');
    expect((await failureOf(hands.findPayment(want, made))).type).toBe('Unavailable');
    expect((await failureOf(hands.deleteUnpaidOrder(want, made, 'yes'))).type).toBe('Unavailable');
    rig.sandbox.controls.settleCharges({ orderId: Number(made.orderId), approved: true });
    expect(await hands.findPayment(want, made)).toMatchObject({ state: 'same' });
  });

  test('custom fields that somebody else set stay', async () => {
    const hands = handsOf(rig, 'rest');
    const want = await prepare(hands, orderOf());
    const made = await make(hands, want);
    const changed = await prepare(hands, orderOf({ customFields: { Channel: 'Phone' } }));
    expect(await hands.findFields(changed, made)).toEqual({ state: 'none' });
    expect(await hands.setFields(changed, made)).toEqual({ set: ['customFields.Channel'] });
    expect(live(rig.sandbox)[0]?.customFields).toMatchObject({
      _ExternalOrderId: 'EXT-1001',
      _GiftMessage: 'With <love>\nGrace',
      _Channel: 'Phone',
    });
  });
});

/** The same order, paid with one of Ada's cards. */
function charged(card: string) {
  return orderOf({
    contact: { id: '55' },
    payment: { kind: 'charge', card, merchantAccount: '9' },
  });
}
