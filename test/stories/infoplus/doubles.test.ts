import { describe, expect, test } from 'vitest';
import { atSites, numberOf } from './at-a-site.js';
import { createByHand, statusOfGet } from './by-hand.js';
import { ship, tell, thereOf, waits } from './people.js';
import { held } from './rig.js';

const { waiting, start, siteOf } = atSites({
  plain: { times: 3 },
  resent: {},
  strict: { options: { duplicateOrders: 'refuse' } },
  // Twice as long as any lag that was ever reported; 3 s at the pace of the tests.
  lagging: { options: { searchLagMs: 60_000 } },
});

const createsOf = (name: Parameters<typeof siteOf>[0], reference: string) => {
  const { requests } = siteOf(name).sandbox.ledger();
  return { reference, creates: requests.filter(({ operation }) => operation === 'order.create').length };
};

describe('a create whose answer is lost', () => {
  test.each([
    ['resent', 'reset-after', 1],
    ['resent', '500-after', 1],
    ['resent', 'reset-before', 2],
    ['lagging', 'reset-after', 1],
    ['lagging', '503', 1],
  ] as const)('makes one order: %s, %s', async (name, kind, creates) => {
    const { sandbox } = siteOf(name);
    sandbox.reset();
    const { id } = sandbox.faults.add({ kind, operation: 'order.create' });
    const made = await waiting(name);
    expect(sandbox.faults.all().find((fault) => fault.id === id)?.fired).toBe(1);
    expect(createsOf(name, made.reference)).toMatchObject({ creates });
    expect(sandbox.ledger().orders).toHaveLength(1);
    await ship(made);
    expect(await made.order.result()).toMatchObject({ fulfillment: 'SHIPPED', orderNo: made.orderNo });
    expect(sandbox.ledger().orders).toHaveLength(1);
  });

  test('is adopted where the site takes a reference once only', async () => {
    const { sandbox } = siteOf('strict');
    sandbox.faults.add({ kind: 'reset-after', operation: 'order.create' });
    const made = await waiting('strict');
    expect(sandbox.ledger().orders).toHaveLength(1);
    await ship(made);
    expect(await made.order.result()).toMatchObject({ fulfillment: 'SHIPPED' });
  });
});

test('two orders of one new customer share the customer that one of them makes, although the search shows it late', async () => {
  const { sandbox } = siteOf('lagging');
  const refusals = () => sandbox.ledger().requests.filter(({ status }) => status === 400).length;
  const before = refusals();
  const change = { customerNo: 'C-BOTH' };
  const both = await Promise.all([waiting('lagging', change), waiting('lagging', change)]);
  expect(refusals() - before).toBe(1);
  const { customers, orders } = sandbox.ledger();
  const [customer, ...more] = customers.filter(({ customerNo }) => customerNo === 'C-BOTH');
  expect(more).toEqual([]);
  expect(orders.filter(({ customerNo }) => customerNo === 'C-BOTH')).toHaveLength(2);
  for (const made of both) {
    await ship(made);
    expect(await made.order.result()).toMatchObject({ customer: { customerId: String(customer?.id) } });
  }
});

describe.concurrent('an order that somebody else made under the reference', () => {
  test('is a question to a person while both are live, and settles itself when theirs is gone', async () => {
    const made = await waiting('plain');
    const { order, reference, orderNo, sandbox, controls } = made;
    const double = await createByHand(sandbox, reference);
    await tell(made, ({ hold }) => hold !== undefined);
    const { question, facts, choices } = await held(order);
    expect(question).toContain(reference);
    expect(facts).toEqual([`ours: ${orderNo}`, `others: ${double}`]);
    expect(choices).toEqual(['retry', 'abandon']);
    controls.deleteOrder({ orderNo: double });
    await tell(made, ({ hold }) => hold === undefined);
    await ship(made);
    expect(await order.result()).toMatchObject({ outcome: 'completed', fulfillment: 'SHIPPED', orderNo });
    expect(await statusOfGet(sandbox, double)).toBe(404);
  });

  test('and that is another is not taken for ours, and nothing is created beside it', async () => {
    const site = siteOf('plain');
    const reference = 'TAKEN-1';
    const other = await createByHand(site.sandbox, reference, { lineItems: [{ sku: 'POT-2', orderedQty: 9 }] });
    const going = await start(site, { reference });
    const { question, facts, id } = await held(going.order);
    expect([question, ...facts].join(' ')).toContain(other);
    expect(question).toContain('lineItems');
    expect(thereOf(going)).toHaveLength(1);
    going.controls.cancel({ orderNo: other });
    await going.order.resolve({ hold: id, answer: 'retry' });
    await waits(going.order);
    await ship({ ...going });
    const { orderNo } = await going.order.result();
    expect(orderNo).not.toBe(other);
    expect(thereOf(going).map((each) => [each.orderNo, each.status])).toEqual([
      [other, 'Cancelled'],
      [orderNo, 'Shipped'],
    ]);
  });

  test('twice is not chosen from: a person says which one counts', async () => {
    const site = siteOf('plain');
    const reference = 'TWICE-1';
    const first = await createByHand(site.sandbox, reference);
    const second = await createByHand(site.sandbox, reference);
    const going = await start(site, { reference });
    const { question, id } = await held(going.order);
    expect(question).toContain(`${first} and ${second}`);
    going.controls.deleteOrder({ orderNo: second });
    await going.order.resolve({ hold: id, answer: 'accept', id: first });
    await waits(going.order);
    expect(numberOf(going)).toBe(first);
    await ship({ ...going });
    expect(await going.order.result()).toMatchObject({ orderNo: first, fulfillment: 'SHIPPED' });
  });
});
