import { describe, expect, test } from 'vitest';
import { infoplusSeed } from '../../../src/sandbox/index.js';
import { atSites, numberOf } from './at-a-site.js';
import { createByHand, createCustomerByHand } from './by-hand.js';
import { reaches, ship, shows, tell, tellToTheEnd, waits } from './people.js';
import { held } from './rig.js';

const { waiting, start, siteOf } = atSites({
  plain: { times: 6 },
  // Other forms of the same answers.
  otherwise: {
    options: { orderNumbers: 'short', tagList: 'objects', backOrdersTouchRoot: false, orderDateShiftDays: 2 },
  },
});

const goods = (...lines: [sku: string, orderedQty: number][]) => ({
  lineItems: lines.map(([sku, orderedQty]) => ({ sku, orderedQty })),
});

describe.concurrent('an order at Infoplus', () => {
  test('is made once, followed, and ends with its parcels', async () => {
    const made = await waiting('plain');
    const { account, order, reference, orderNo, controls } = made;
    expect(account.ledgerOrders(reference)).toMatchObject([
      {
        ...{ lobId: infoplusSeed.lobId, warehouseId: infoplusSeed.warehouseId, carrierId: infoplusSeed.carrierId },
        ...{ customerNo: 'C-100', customFields: { sourceRunId: 'run-1' }, tags: ['source: web'], deletedAt: null },
        lines: [
          { sku: 'MUG-B', orderedQty: 2 },
          { sku: 'KETTLE-E', orderedQty: 1 },
        ],
      },
    ]);
    controls.process({ orderNo });
    await tell(made, shows('Processed'));
    controls.ship({ orderNo, parcels: [{ trackingNo: '1Z999AA10123456784' }] });
    await tellToTheEnd(made);
    expect(await order.result()).toMatchObject({
      outcome: 'completed',
      fulfillment: 'SHIPPED',
      personInvolved: false,
      amendments: 0,
      orderNo,
      status: 'Shipped',
      lines: [
        { sku: 'MUG-B', ordered: 2, shipped: 2, difference: 0 },
        { sku: 'KETTLE-E', ordered: 1, shipped: 1, difference: 0 },
      ],
      parcels: [{ orderNo, trackingNo: '1Z999AA10123456784', carrierLabel: 'UPS Ground' }],
      trackingNos: ['1Z999AA10123456784'],
      backOrders: [],
    });
  });

  test.each(['plain', 'otherwise'] as const)(
    'leaves in two parcels, and ends with its back order: %s',
    async (name) => {
      const made = await waiting(name, goods(['MUG-B', 3], ['LAMP-3', 2]));
      const { order, orderNo, controls } = made;
      controls.process({ orderNo });
      controls.ship({ orderNo, parcels: [1, 2].map((quantity) => ({ lines: [{ sku: 'MUG-B', quantity }] })) });
      await tell(made, shows(`order ${orderNo} Shipped, order ${orderNo}.001 Back Order`));
      controls.receiveStock({ sku: 'LAMP-3', quantity: 2 });
      await tell(made, shows(`order ${orderNo}.001 On Order`));
      controls.process({ orderNo: `${orderNo}.001` });
      controls.ship({ orderNo: `${orderNo}.001` });
      await tellToTheEnd(made);
      const result = await order.result();
      expect(result).toMatchObject({
        outcome: 'completed',
        fulfillment: 'SHIPPED',
        lines: [
          { sku: 'MUG-B', ordered: 3, shipped: 3, difference: 0 },
          { sku: 'LAMP-3', ordered: 2, shipped: 2, difference: 0 },
        ],
        backOrders: [{ orderNo: `${orderNo}.001`, status: 'Shipped' }],
        withoutTracking: [],
      });
      expect(result.parcels.map((parcel) => parcel.orderNo)).toEqual([orderNo, orderNo, `${orderNo}.001`]);
      expect(new Set(result.trackingNos).size).toBe(3);
    },
  );

  test('of which the warehouse drops a line says so, line by line', async () => {
    const made = await waiting('plain', goods(['MUG-B', 2], ['CARD-G', 1]));
    await ship(made);
    expect(await made.order.result()).toMatchObject({
      outcome: 'completed',
      fulfillment: 'SHIPPED_WITH_DIFFERENCE',
      lines: [{ difference: 0 }, { sku: 'CARD-G', ordered: 1, shipped: 0, difference: -1 }],
      backOrders: [],
    });
    const { account, reference } = made;
    expect(account.ledgerOrders(reference)).toMatchObject([{ dropped: [{ sku: 'CARD-G', quantity: 1 }] }]);
  });

  test('does not count parcels that were voided', async () => {
    const made = await waiting('plain');
    const { orderNo, controls } = made;
    controls.process({ orderNo });
    const voided = { trackingNo: `V-${orderNo}`, lines: [{ sku: 'KETTLE-E', quantity: 1 }] };
    controls.ship({ orderNo, parcels: [voided, { trackingNo: `G-${orderNo}` }] });
    controls.voidShipment({ trackingNo: `V-${orderNo}` });
    await tellToTheEnd(made);
    const { trackingNos, parcels } = await made.order.result();
    expect(trackingNos).toEqual([`G-${orderNo}`]);
    expect(parcels).toHaveLength(1);
  });

  test('that the warehouse cancels of its own ends as canceled there', async () => {
    const made = await waiting('plain');
    made.controls.cancel({ orderNo: made.orderNo });
    await tellToTheEnd(made);
    expect(await made.order.result()).toMatchObject({
      outcome: 'completed',
      fulfillment: 'CANCELED',
      status: 'Cancelled',
    });
  });

  test('is not over because of a status that nobody knows, and says so', async () => {
    const made = await waiting('plain');
    const { order, input, orderNo, controls } = made;
    controls.setStatus({ orderNo, status: 'Quarantine' });
    await tell(made, shows(`order ${orderNo} has the unknown status Quarantine`));
    await expect(order.send('amend', { ...input, orderMessage: 'Ring.' })).rejects.toThrow(
      `too late: order ${orderNo} is Quarantine`,
    );
    controls.setStatus({ orderNo, status: 'on order' });
    await ship(made);
    expect(await order.result()).toMatchObject({ outcome: 'completed', fulfillment: 'SHIPPED' });
  });

  test('that Infoplus cannot complete is a question to a person, and settles itself when it is put right', async () => {
    const made = await waiting('plain');
    const { order, orderNo, controls } = made;
    controls.setStatus({ orderNo, status: 'Error' });
    await tell(made, ({ hold }) => hold !== undefined);
    expect(await held(order)).toMatchObject({
      question: expect.stringContaining(orderNo),
      choices: ['retry', 'abandon'],
    });
    controls.setStatus({ orderNo, status: 'On Order' });
    await tell(made, ({ hold }) => hold === undefined);
    await ship(made);
    expect(await order.result()).toMatchObject({ fulfillment: 'SHIPPED', personInvolved: false });
  });

  test('that somebody has half made is completed, whoever it was', async () => {
    const site = siteOf('plain');
    const reference = 'HALF-1';
    const orderNo = await createByHand(site.sandbox, reference);
    const made = await waiting(site, { reference });
    expect(made.orderNo).toBe(orderNo);
    expect(made.account.ledgerOrders(reference)).toMatchObject([
      { customFields: { sourceRunId: 'run-1' }, tags: ['source: web'] },
    ]);
    await ship(made);
    expect(await made.order.result()).toMatchObject({ fulfillment: 'SHIPPED', orderNo });
  });
});

describe.concurrent('the customer', () => {
  test('is made from the bill-to when there is none, by the names that Infoplus uses', async () => {
    const made = await waiting('plain', { customerNo: 'C-NEW' });
    const { customers } = made.sandbox.ledger();
    expect(customers.find(({ customerNo }) => customerNo === 'C-NEW')).toMatchObject({
      fields: {
        ...{ name: 'Ada Stone', state: 'Arizona', country: 'UNITED STATES' },
        ...{ packageCarrierId: infoplusSeed.carrierId, truckCarrierId: 100 },
      },
    });
    await ship(made);
    expect(await made.order.result()).toMatchObject({ customer: { created: true, differences: [] } });
  });

  test('that is there is left as it is, and what differs is reported', async () => {
    const site = siteOf('plain');
    await createCustomerByHand(site.sandbox, 'C-OLD');
    const made = await waiting(site, { customerNo: 'C-OLD' });
    await ship(made);
    const { customer } = await made.order.result();
    expect(customer).toMatchObject({ created: false });
    const fields = ['City', 'Email', 'Phone', 'Street', 'Zip'].map((part) => `billTo${part}`);
    expect(customer?.differences.toSorted()).toEqual(fields);
    const [there] = made.sandbox.ledger().customers.filter(({ customerNo }) => customerNo === 'C-OLD');
    expect(there?.fields).toMatchObject({ street: '7 Old Road', city: 'Mesa' });
    expect(made.account.ledgerOrders(made.reference)[0]?.fields).toMatchObject({ billToStreet: '7 Old Road' });
  });
});

describe.concurrent('what is ordered', () => {
  test.each([
    ['an item that there is none of', goods(['NO-SUCH', 1]), /no item NO-SUCH/],
    ['a warehouse that there is none of', { warehouse: 'Atlantis' }, /no warehouse called "Atlantis"/],
  ])('and cannot be makes nothing: %s', async (_, change, saying) => {
    const { account, order, reference } = await start('plain', change);
    await expect(order.result()).rejects.toMatchObject({
      message: expect.stringMatching(saying),
      outcome: { outcome: 'failed', left: [], undone: [] },
    });
    expect(account.ledgerOrders(reference)).toEqual([]);
  });

  test('of equal SKUs is one line', async () => {
    const made = await waiting('plain', goods(['TEA-1', 2], ['tea-1', 3]));
    expect(made.account.ledgerOrders(made.reference)).toMatchObject([{ lines: [{ sku: 'TEA-1', orderedQty: 5 }] }]);
    await ship(made);
    expect(await made.order.result()).toMatchObject({ lines: [{ sku: 'TEA-1', ordered: 5, shipped: 5 }] });
  });

  test('and shipped complete waits as a whole', async () => {
    const made = await waiting('plain', { ...goods(['MUG-B', 1], ['POT-2', 1]), holdCode: 'Y' });
    await ship(made);
    expect(await made.order.result()).toMatchObject({ fulfillment: 'SHIPPED', backOrders: [] });
  });
});

test.each([true, false])(
  'errors in an answer of 200 to a create make one order, if it was done: %s',
  async (worked) => {
    const account = siteOf('otherwise');
    const { id } = account.sandbox.faults.add({ kind: 'errors-in-200', operation: 'order.create', worked });
    const { order, reference, ...going } = await start('otherwise');
    await waits(order);
    expect(account.sandbox.faults.all().find((fault) => fault.id === id)?.fired).toBe(1);
    expect(account.ledgerOrders(reference)).toHaveLength(1);
    await reaches(order, ({ ids }) => ids?.order === numberOf(going));
    await ship({ order, ...going });
    expect(await order.result()).toMatchObject({ fulfillment: 'SHIPPED' });
    expect(account.ledgerOrders(reference)).toHaveLength(1);
  },
);
