import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { expectOnceAndWhole } from './judge.js';
import { openRig, type Rig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig([{ transport: 'rest' }, { transport: 'xml-rpc' }]);
});
afterAll(() => rig.close());

/** Six events for an activity, five for start and close, one for the last phase. */
const eventsOf = (activities: number) => 6 * activities + 5 + 1;

describe.each(['rest', 'xml-rpc'] as const)('a Keap order over %s', (transport) => {
  test('is made once, with every line, and paid once, at the cost of its steps alone', async () => {
    const shop = rig.shops.find((each) => each.variant === transport);
    if (shop === undefined) throw new Error(`no shop over ${transport}`);
    const input = shop.order();
    const order = await shop.start(input);
    expect(await order.result()).toMatchObject({
      outcome: 'completed',
      total: '54.90',
      paid: '54.90',
      owed: '0.00',
      lines: ['1', '2'],
      left: [],
    });
    const ledger = shop.sandbox.ledger();
    expectOnceAndWhole(ledger, input as never);
    expect(ledger.orders[0]).toMatchObject({
      notes: 'Leave at the door',
      customFields: { _GiftMessage: 'Happy birthday' },
      shipping: { Street1: '1 Mill Lane', City: 'Tempe', Zip: '85281' },
    });
    await expectNoFailedTask(rig.client, order.workflowId);
    const { events } = await rig.client.workflow.getHandle(order.workflowId).fetchHistory();
    const activities = events?.filter(({ activityTaskScheduledEventAttributes: of }) => of != null).length ?? 0;
    expect(events).toHaveLength(eventsOf(activities));
  });
});
