import { describe, expect, test } from 'vitest';
import { atSites, type Made } from './at-a-site.js';
import { decided, reaches, ship, shows, tell } from './people.js';

const { waiting, rig } = atSites({ plain: { times: 6 } });

/** Nothing more is to be seen of it. */
const endHere = ({ order }: Made) => rig().client.workflow.getHandle(order.workflowId).terminate();

const theOne = ({ account, reference }: Made) => {
  const [order, ...more] = account.ledgerOrders(reference);
  expect(more).toEqual([]);
  if (order === undefined) throw new Error('no order');
  return order;
};

describe.concurrent('an amendment', () => {
  test('is done when the order shows it, and the same once more is harmless', async () => {
    const made = await waiting('plain');
    const { order, input } = made;
    const change = {
      lineItems: [
        { sku: 'MUG-B', orderedQty: 5 },
        { sku: 'TEA-1', orderedQty: 1 },
      ],
      ...{ carrier: 'FEDEX GROUND', orderMessage: 'Ring twice.', customFields: { giftWrap: true } },
      ...{ shipToCompany: 'Ben Stone', shipToStreet: '3 Elm St', shipToCity: 'Austin', shipToState: 'TX' },
      ...{ shipToZip: '78701', shipToCountry: 'US', tags: ['source: shop'] },
    };
    expect(await decided(() => order.send('amend', { ...input, ...change }))).toMatchObject({ verdict: 'done' });
    const { writes } = theOne(made);
    expect(theOne(made)).toMatchObject({
      carrierId: 3,
      tags: ['source: shop'],
      lines: [
        { sku: 'MUG-B', orderedQty: 5 },
        { sku: 'TEA-1', orderedQty: 1 },
      ],
      fields: { shipToState: 'Texas', shipToCountry: 'UNITED STATES', orderMessage: 'Ring twice.' },
      customFields: { giftWrap: true },
    });
    expect(await decided(() => order.send('amend', { ...input, ...change }))).toMatchObject({ verdict: 'done' });
    expect(theOne(made).writes).toBe(writes);
    await ship(made);
    expect(await order.result()).toMatchObject({
      fulfillment: 'SHIPPED',
      amendments: 1,
      lines: [
        { sku: 'MUG-B', ordered: 5, shipped: 5 },
        { sku: 'TEA-1', ordered: 1, shipped: 1 },
      ],
    });
  });

  test('of an order that is processed comes too late, with the state, and changes nothing', async () => {
    const made = await waiting('plain');
    const { order, input, orderNo, controls } = made;
    controls.process({ orderNo });
    const before = theOne(made);
    await expect(decided(() => order.send('amend', { ...input, orderMessage: 'Ring.' }))).rejects.toThrow(
      `too late: order ${orderNo} is Processed`,
    );
    expect(theOne(made)).toEqual(before);
    await endHere(made);
  });

  test('keeps what the warehouse has changed meanwhile, and a hold that somebody else has set', async () => {
    const made = await waiting('plain');
    const { order, input, orderNo, controls } = made;
    controls.holdOrder({ orderNo, holdCode: 'C' });
    expect(await decided(() => order.send('amend', { ...input, orderMessage: 'Ring.' }))).toMatchObject({
      verdict: 'done',
    });
    expect(theOne(made)).toMatchObject({ holdCode: 'C', fields: { orderMessage: 'Ring.' } });
    await expect(
      decided(() => order.send('amend', { ...input, orderMessage: 'Ring.', holdCode: 'N' })),
    ).rejects.toThrow(/hold code C, which somebody else has set/);
    await expect(decided(() => order.send('release', {}))).rejects.toThrow(/hold code C, which somebody else has set/);
    expect(theOne(made)).toMatchObject({ holdCode: 'C' });
    await endHere(made);
  });

  test('that changes nothing, changes what is fixed, or cannot be read is refused by name', async () => {
    const made = await waiting('plain');
    const { order, input } = made;
    const before = theOne(made);
    await expect(decided(() => order.send('amend', input))).rejects.toThrow(/changes nothing/);
    await expect(decided(() => order.send('amend', { ...input, customerNo: 'C-101' }))).rejects.toThrow(/customerNo/);
    await expect(decided(() => order.send('amend', { ...input, billToCity: 'Mesa' }))).rejects.toThrow(/billToCity/);
    await expect(decided(() => order.send('amend', { ...input, lineItems: [] }))).rejects.toThrow(/lineItems/);
    await expect(
      decided(() => order.send('amend', { ...input, lineItems: [{ sku: 'NO-SUCH', orderedQty: 1 }] })),
    ).rejects.toThrow(/no item NO-SUCH/);
    expect(theOne(made)).toEqual(before);
    await endHere(made);
  });
});

describe.concurrent('an order that is created with a hold', () => {
  test('is processed by nobody until it is released', async () => {
    const made = await waiting('plain', { holdCode: 'H' });
    const { order, orderNo, controls } = made;
    await reaches(order, shows(`order ${orderNo} On Order, held by H`));
    expect(() => controls.process({ orderNo })).toThrow(/is held/);
    expect(await decided(() => order.send('release', {}))).toMatchObject({ verdict: 'done' });
    expect(theOne(made)).toMatchObject({ holdCode: 'N' });
    expect(await decided(() => order.send('release', {}))).toMatchObject({ reason: 'it is not held' });
    await ship(made);
    expect(await order.result()).toMatchObject({ fulfillment: 'SHIPPED', amendments: 0 });
  });

  test('cannot be released once it is processed', async () => {
    const made = await waiting('plain');
    const { order, orderNo, controls } = made;
    controls.process({ orderNo });
    await expect(decided(() => order.send('release', {}))).rejects.toThrow(`too late: order ${orderNo} is Processed`);
    await endHere(made);
  });

  test('is canceled as it is', async () => {
    const made = await waiting('plain', { holdCode: 'H' });
    await made.order.cancel();
    await expect(made.order.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled', left: [] } });
    expect(theOne(made).deletedAt).not.toBeNull();
  });
});

test('a refused amendment is for its sender to read, and the order goes on as it was', async () => {
  const made = await waiting('plain');
  const { order, input, sandbox } = made;
  sandbox.faults.add({ kind: 'business', operation: 'order.update', message: 'The carrier is closed.' });
  const before = theOne(made);
  await expect(decided(() => order.send('amend', { ...input, orderMessage: 'Ring.' }))).rejects.toThrow(
    /The carrier is closed/,
  );
  expect(theOne(made)).toEqual(before);
  await tell(made, ({ phase }) => phase === 'waiting');
  await ship(made);
  expect(await order.result()).toMatchObject({ fulfillment: 'SHIPPED', amendments: 0, personInvolved: false });
});
