import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
    console.log(JSON.stringify(order, null, 1));
  });
});
