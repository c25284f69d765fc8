import { afterAll, beforeAll, test } from 'vitest';
import { openRig, type Rig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig([{ transport: 'rest' }, { transport: 'rest' }, { transport: 'rest' }], { maxCachedOrders: 0 });
});
afterAll(() => rig.close());
test('ops', async () => {
  await Promise.all(
    rig.shops.map(async (shop) => {
      const order = await shop.start(shop.order());
      const t = Date.now();
      await order.result();
      const { events } = await rig.client.workflow.getHandle(order.workflowId).fetchHistory();
      const t0 = Number(events?.[0]?.eventTime?.seconds) * 1000 + Number(events?.[0]?.eventTime?.nanos) / 1e6;
      console.log(
        Date.now() - t,
        events
          ?.map(
            (e) =>
              `${e.eventId} ${e.eventType} +${Math.round(Number(e.eventTime?.seconds) * 1000 + Number(e.eventTime?.nanos) / 1e6 - t0)} ${e.workflowTaskTimedOutEventAttributes ? JSON.stringify(e.workflowTaskTimedOutEventAttributes) : ''} ${e.activityTaskScheduledEventAttributes?.activityType?.name ?? ''} ${e.workflowTaskFailedEventAttributes ? JSON.stringify(e.workflowTaskFailedEventAttributes) : ''}`,
          )
          .join('\n'),
      );
    }),
  );
});
