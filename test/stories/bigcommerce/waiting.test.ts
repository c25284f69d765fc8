import { expect, test } from 'vitest';
import { looksIn, ownEvents, skipDays } from '../skip-time.js';
import { waits } from '../watching.js';
import { expectShipped } from './judge.js';
import { pay, REST, released, send } from './people.js';
import { openBigcommerces } from './rig.js';

test('sixty days until a parcel leaves cost six looks and at most eighty events', async () => {
  // Real waiting times: the days are skipped, not shortened.
  const slow = await openBigcommerces([{}], { pace: 1 });
  try {
    const [account] = slow.accounts;
    if (account === undefined) throw new Error('no account');
    const input = account.order();
    const order = await account.start(input);
    const way = { account, sandbox: account.sandbox, input, order };
    await waits(order);
    await pay(way);
    await released(way);
    const handle = slow.client.workflow.getHandle(order.workflowId);
    const before = await ownEvents(handle);
    const asked = () => account.sandbox.ledger().requests.filter(({ operation }) => operation === 'orders.list').length;
    const askedBefore = asked();
    await skipDays(slow.client, handle, 60, (ms) => account.sandbox.clock.advance(ms));
    const waited = await ownEvents(handle);
    expect(looksIn(waited) - looksIn(before)).toBe(6);
    expect(waited.length - before.length).toBeLessThanOrEqual(80);
    // One for each look, and the rounds that really come in this time: one or two.
    expect(asked() - askedBefore).toBeLessThanOrEqual(6 + 2);
    await send(way, 'ship', REST);
    expect(await order.result()).toMatchObject({ outcome: 'completed', statusId: 2 });
    expectShipped(2, '1ZREST')(account.sandbox.ledger(), input);
  } finally {
    await slow.close();
  }
});
