import { describe, expect, test } from 'vitest';
import { flxpointSeed } from '../../../src/sandbox/index.js';
import { reaches, shows, tell, tellToTheEnd } from '../watching.js';
import { added, type Going, request, there } from './people.js';
import { held, line } from './rig.js';
import { onStage } from './stage.js';

const { sourceId, otherSourceId } = flxpointSeed;
const stage = onStage({ settings: { playSource: true, source: sourceId } });

/** A request of our lines alone, sent to a source. */
function sent(way: Going, more: Parameters<typeof request>[1] = {}): { fulfillmentRequestId: number } {
  const made = request(way, { items: added(way).map(({ id }) => ({ orderItemId: id })), ...more });
  way.sandbox.controls.process(made);
  return made;
}

const shipmentsOf = (way: Going) => there(way).fulfillmentRequests.flatMap(({ shipments }) => shipments);

const parcel = ({ input }: Going, trackingNumber: string, ...quantities: number[]) => ({
  trackingNumber,
  carrier: 'UPS',
  lines: input.lines.flatMap(({ reference }, i) => {
    const quantity = quantities[i] ?? 0;
    return quantity === 0 ? [] : [{ reference, quantity }];
  }),
});

describe('the source that is played', () => {
  test('acknowledges what it was sent, and ships in parcels, each posted once', async () => {
    const way = await stage.waiting({ lines: [line('KETTLE-E', 2, '89.00'), line('TEA-1', 3, '9.90')] });
    const { order } = way;
    sent(way);
    await tell(way, shows('acknowledged'));
    expect(there(way).fulfillmentRequests).toMatchObject([{ handle: 'acknowledged' }]);
    expect(await order.send('ship', parcel(way, '1Z-A', 1, 3))).toMatchObject({ verdict: 'done' });
    expect(await order.send('ship', parcel(way, '1Z-A', 1, 3))).toMatchObject({ verdict: 'done' });
    expect(shipmentsOf(way)).toMatchObject([{ trackingNumber: '1Z-A', items: [{ quantity: 1 }, { quantity: 3 }] }]);
    await expect(order.send('ship', parcel(way, '1Z-B', 2))).rejects.toThrow(/asked for 1 of 2 only/);
    expect(await order.send('ship', parcel(way, '1Z-B', 1))).toMatchObject({ verdict: 'done' });
    await tellToTheEnd(way);
    expect(await order.result()).toMatchObject({
      outcome: 'completed',
      lines: [{ shipped: 2 }, { shipped: 3 }],
      shipments: [{ trackingNumber: '1Z-A' }, { trackingNumber: '1Z-B' }],
    });
    expect(shipmentsOf(way)).toHaveLength(2);
  });

  test('leaves what another source was sent to that one', async () => {
    const way = await stage.waiting();
    const made = sent(way, { sourceId: otherSourceId });
    await tell(way, shows('processed'));
    await expect(way.order.send('ship', parcel(way, '1Z-C', 2))).rejects.toThrow(/asked for 0 of 2 only/);
    expect(there(way).fulfillmentRequests).toMatchObject([{ handle: 'processed', shipments: [] }]);
    way.sandbox.controls.acknowledge(made);
    way.sandbox.controls.ship(made);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ lines: [{ shipped: 2 }] });
  });

  test('ships what two requests ask for in a parcel of each', async () => {
    const way = await stage.waiting({ lines: [line('TEA-1', 4, '9.90')] });
    const orderItemId = added(way)[0]?.id ?? 0;
    for (const quantity of [1, 3]) sent(way, { items: [{ orderItemId, quantity }] });
    await tell(way, shows('acknowledged'));
    await way.order.send('ship', parcel(way, '1Z-D', 4));
    expect(shipmentsOf(way)).toMatchObject([
      { trackingNumber: '1Z-D', items: [{ quantity: 1 }] },
      { trackingNumber: '1Z-D', items: [{ quantity: 3 }] },
    ]);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ lines: [{ shipped: 4 }] });
  });

  test('does not post beside a shipment that has the number and other goods', async () => {
    const way = await stage.waiting({ lines: [line('TEA-1', 4, '9.90')] });
    const made = sent(way);
    await tell(way, shows('acknowledged'));
    const orderItemId = added(way)[0]?.id ?? 0;
    way.sandbox.controls.ship({ ...made, trackingNumber: '1Z-E', items: [{ orderItemId, quantity: 1 }] });
    const asked = way.order.send('ship', parcel(way, '1Z-E', 3)).catch((error: Error) => error);
    const { question } = await held(way.order);
    expect(question).toContain('holds other goods');
    expect(shipmentsOf(way)).toHaveLength(1);
    await way.order.resolve({ hold: (await held(way.order)).id, answer: 'abandon' });
    await asked;
    // A part of the line has left: what is left of it is a person's.
    await reaches(way.order, ({ hold }) => hold?.choices.includes('leave') === true);
    const { id, facts } = await held(way.order);
    expect(facts.join('; ')).toContain('have it returned');
    await way.order.resolve({ hold: id, answer: 'leave' });
    await expect(way.order.result()).rejects.toMatchObject({
      failure: { type: 'Conflict' },
      outcome: { left: [{ what: expect.stringContaining('is canceled') }] },
    });
    expect(added(way)).toMatchObject([{ shippedQuantity: 1, canceledQuantity: 3 }]);
  });

  test('asks a person when its acknowledgement is refused, and goes on when somebody else has acknowledged', async () => {
    const way = await stage.waiting();
    way.sandbox.faults.add({ kind: 'business', operation: 'fulfillmentRequests.acknowledge' });
    const made = sent(way);
    await tell(way, ({ hold }) => hold !== undefined);
    expect((await held(way.order)).question).toContain('is not acknowledged');
    way.sandbox.controls.acknowledge(made);
    await tell(way, ({ hold }) => hold === undefined);
    await way.order.send('ship', parcel(way, '1Z-F', 2));
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ lines: [{ shipped: 2 }] });
  });

  test('refuses a parcel of a line that it does not know, by name', async () => {
    const way = await stage.waiting();
    const strange = { trackingNumber: '1Z-G', lines: [{ reference: 'NOBODY', quantity: 1 }] };
    await expect(way.order.send('ship', strange)).rejects.toThrow(/there is no line NOBODY/);
    await expect(way.order.send('ship', { ...strange, lines: [] })).rejects.toThrow(/lines/);
    await way.order.cancel();
    await held(way.order);
    way.sandbox.controls.cancelLine({ orderItemId: added(way)[0]?.id ?? 0 });
    await tellToTheEnd(way);
    expect(shipmentsOf(way)).toEqual([]);
  });
});
