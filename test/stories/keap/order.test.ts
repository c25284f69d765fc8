import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRig, type Rig, type Transport } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig([{ transport: 'rest' }, { transport: 'xml-rpc' }]);
});
afterAll(() => rig.close());

const shopOf = (transport: Transport) => {
  const shop = rig.shops.find((each) => each.transport === transport);
  if (shop === undefined) throw new Error(`no shop over ${transport}`);
  return shop;
};

describe.each(['rest', 'xml-rpc'] as const)('a Keap order over %s', (transport) => {
  test('is made once, with every line, and paid once', async () => {
    const shop = shopOf(transport);
    const input = shop.order();
    const order = await shop.start(input);
    const result = await order.result();
    expect(result).toMatchObject({ outcome: 'completed', total: '54.90', paid: '54.90', owed: '0.00', left: [] });
    console.log(JSON.stringify(result), JSON.stringify(shop.sandbox.ledger().orders, null, 1).slice(0, 3000));
    const { events } = await rig.client.workflow.getHandle(order.workflowId).fetchHistory();
    console.log(
      events?.length,
      events
        ?.filter((e) => e.activityTaskScheduledEventAttributes)
        .map((e) => e.activityTaskScheduledEventAttributes?.activityType?.name)
        .join(' '),
    );
  });
});
