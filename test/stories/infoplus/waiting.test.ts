import { expect, test } from 'vitest';
import { looksIn, ownEvents, skipDays } from '../skip-time.js';
import { ship, waits } from './people.js';
import { openSites } from './rig.js';

test('sixty days until the warehouse ships cost six looks and at most a hundred events', async () => {
  // Real waiting times: the days are skipped, not shortened.
  const slow = await openSites([{ options: { searchLagMs: 0 } }], { pace: 1 });
  try {
    const [account] = slow.sites;
    if (account === undefined) throw new Error('no site');
    const input = account.order();
    const order = await account.start(input);
    await waits(order);
    const handle = slow.client.workflow.getHandle(order.workflowId);
    const before = await ownEvents(handle);
    await skipDays(slow.client, handle, 60, (ms) => account.sandbox.clock.advance(ms));
    const waited = await ownEvents(handle);
    expect(looksIn(waited) - looksIn(before)).toBe(6);
    await ship({ account, sandbox: account.sandbox, input, order });
    expect(await order.result()).toMatchObject({ outcome: 'completed', fulfillment: 'SHIPPED' });
    expect((await ownEvents(handle)).length - before.length).toBeLessThanOrEqual(100);
  } finally {
    await slow.close();
  }
});
