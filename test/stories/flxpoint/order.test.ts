import { describe, expect, test } from 'vitest';
import { flxpointSeed } from '../../../src/sandbox/index.js';
import { reaches, shows, tell, tellToTheEnd } from '../watching.js';
import { acknowledge, added, request, shipAll, there } from './people.js';
import { line, taggedAs } from './rig.js';
import { onStage } from './stage.js';

const stage = onStage();

describe('a line', () => {
  test('is added once, tagged, followed through its fulfillment request, and ends with what was shipped', async () => {
    const way = await stage.waiting();
    const { input, order, sandbox } = way;
    const { reference = '' } = input.lines[0] ?? {};
    expect(added(way)).toMatchObject([{ sku: 'KETTLE-E', quantity: 2, price: 89 }]);
    const [item] = added(way);
    expect(taggedAs(there(way), reference)).toEqual([item?.id]);
    const made = request(way);
    await tell(way, shows('unprocessed'));
    acknowledge(way, made);
    await tell(way, shows('acknowledged'));
    sandbox.controls.ship({ ...made, trackingNumber: '1Z1' });
    await tellToTheEnd(way);
    expect(await order.result()).toMatchObject({
      outcome: 'completed',
      orderId: input.reference,
      orderNumber: there(way).orderNumber,
      orderStatus: 'Open',
      personInvolved: false,
      lines: [{ reference, orderItemId: String(item?.id), sku: 'KETTLE-E', ordered: 2, shipped: 2, canceled: 0 }],
      fulfillmentRequests: [{ id: String(made.fulfillmentRequestId), status: 'acknowledged' }],
      shipments: [{ trackingNumber: '1Z1', carrier: 'UPS', items: [{ reference, quantity: 2 }] }],
    });
    // Of the line that the channel sold, nothing is told.
    expect(
      sandbox
        .ledger()
        .orders.flatMap(({ items }) => items)
        .filter(({ addedBy }) => addedBy === 'api'),
    ).toHaveLength(1);
  });

  test('that is sold by the piece in the same SKU, quantity and price is as many lines as were wanted', async () => {
    const lines = [line('MUG-B', 1, '24.95'), line('MUG-B', 1, '24.95'), line('TEA-1', 3, '9.90')];
    const way = await stage.waiting({ lines });
    expect(added(way)).toMatchObject([{ sku: 'MUG-B' }, { sku: 'MUG-B' }, { sku: 'TEA-1', quantity: 3 }]);
    const tagged = lines.map(({ reference }) => taggedAs(there(way), reference));
    expect(tagged).toEqual(added(way).map(({ id }) => [id]));
    shipAll(way);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({
      lines: lines.map(({ reference, quantity }, i) => ({
        reference,
        orderItemId: String(tagged[i]?.[0]),
        ordered: quantity,
        shipped: quantity,
      })),
    });
  });

  test('that goes out in several fulfillment requests is summed, a canceled rest too', async () => {
    const way = await stage.waiting({ lines: [line('TEA-1', 5, '9.90')] });
    const { controls } = way.sandbox;
    const [item] = added(way);
    const of = (quantity: number) => ({ items: [{ orderItemId: item?.id ?? 0, quantity }] });
    const [first, second] = [request(way, of(2)), request(way, { ...of(2), sourceId: flxpointSeed.otherSourceId })];
    for (const each of [first, second]) acknowledge(way, each);
    controls.ship({ ...first });
    await tell(way, shows('2 of 5 shipped'));
    controls.ship({ ...second });
    await tell(way, shows('4 of 5 shipped'));
    const third = request(way, of(1));
    controls.process(third);
    controls.cancelFulfillmentRequest({ ...third, killOrFillType: 'kill' });
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({
      outcome: 'completed',
      lines: [{ ordered: 5, shipped: 4, canceled: 1 }],
      fulfillmentRequests: [{ status: 'acknowledged' }, { status: 'acknowledged' }, { status: 'canceled' }],
      shipments: [{ items: [{ quantity: 2 }] }, { items: [{ quantity: 2 }] }],
    });
  });

  test('whose request was canceled or voided waits for the next one', async () => {
    const way = await stage.waiting();
    const { controls } = way.sandbox;
    controls.cancelFulfillmentRequest(request(way));
    await tell(way, shows('no fulfillment request'));
    controls.voidFulfillmentRequest({ ...request(way), reason: 'other source' });
    const last = request(way);
    acknowledge(way, last);
    await tell(way, shows('acknowledged'));
    controls.ship(last);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ lines: [{ shipped: 2, canceled: 0 }] });
  });

  test('in whose place another product was put is followed by its item, not by its SKU', async () => {
    const way = await stage.waiting({ lines: [line('MUG-B', 2, '24.95')] });
    const [item] = added(way);
    way.sandbox.controls.editLine({ orderItemId: item?.id ?? 0, sku: 'MUG-R' });
    shipAll(way);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({
      lines: [{ orderItemId: String(item?.id), sku: 'MUG-R', ordered: 2, shipped: 2 }],
    });
  });

  test('that is a bundle is over when its components have left in full', async () => {
    const way = await stage.waiting({ lines: [line('TEA-SET', 2, '54.00')] });
    const { controls } = way.sandbox;
    const [item] = added(way);
    const made = request(way, { items: [{ orderItemId: item?.id ?? 0 }] });
    acknowledge(way, made);
    const parts = there(way).fulfillmentRequests[0]?.items ?? [];
    expect(parts.map(({ quantity }) => quantity).sort()).toEqual([2, 4]);
    const tea = parts.find(({ quantity }) => quantity === 4);
    controls.ship({ ...made, items: [{ orderItemId: item?.id ?? 0, quantity: 4, ...(tea && { sku: tea.sku }) }] });
    await way.account.hint(way.input.reference);
    await tell(way, shows('acknowledged'));
    expect((await way.order.status()).state).toBe('running');
    controls.ship(made);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({
      lines: [{ ordered: 2, shipped: 2, canceled: 0 }],
      shipments: [{}, {}],
    });
  });

  test.each(['cross_docked', 'transferred'] as const)(
    'whose request was %s is followed into the other document',
    async (handle) => {
      const way = await stage.waiting();
      const { controls } = way.sandbox;
      const made = request(way);
      controls.process(made);
      const other = controls.crossDock({ ...made, handle, sourceId: flxpointSeed.otherSourceId });
      await tell(way, shows(`-2 unprocessed`));
      const into = { fulfillmentRequestId: other.fulfillmentRequestId };
      acknowledge(way, into);
      controls.ship(into);
      await tellToTheEnd(way);
      expect(await way.order.result()).toMatchObject({
        lines: [{ shipped: 2 }],
        shipments: [{ items: [{ quantity: 2 }] }],
      });
    },
  );

  test('that people at Flxpoint cancel of their own ends as canceled', async () => {
    const way = await stage.waiting();
    way.sandbox.controls.cancelLine({ orderItemId: added(way)[0]?.id ?? 0 });
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({
      outcome: 'completed',
      lines: [{ ordered: 2, shipped: 0, canceled: 2 }],
      shipments: [],
    });
  });

  test('goes to an address of its own, and is known again when the addresses were masked', async () => {
    const shippingAddress = {
      firstName: 'Ines',
      lastName: 'Moore',
      addressLine1: '4 Quay Street',
      city: 'Savannah',
      stateCode: 'GA',
      postal: '31401',
      countryCode: 'US',
    };
    const lines = [{ ...line('KETTLE-E', 1, '89.00'), shippingAddress }];
    const way = await stage.waiting({ lines });
    expect(added(way)).toMatchObject([{ shippingAddress: { addressLine1: '4 Quay Street', state: 'Georgia' } }]);
    way.sandbox.controls.redactAddresses({ orderId: Number(way.input.reference) });
    // A run that knows nothing of the first one: it is told by the tag alone.
    const next = await stage.again(way);
    await reaches(next.order, ({ phase }) => phase === 'waiting');
    expect(added(way)).toHaveLength(1);
    shipAll(next);
    await tellToTheEnd(next);
    expect(await next.order.result()).toMatchObject({ lines: [{ shipped: 1 }] });
  });

  test('tells its invoices and its returns where they are asked for', async () => {
    const way = await stage.waiting({ include: ['invoices', 'returns'] });
    const { controls } = way.sandbox;
    const [item] = added(way);
    const other = there(way).items.find(({ addedBy }) => addedBy === 'channel');
    const ours = request(way, { items: [{ orderItemId: item?.id ?? 0 }] });
    const theirs = request(way, { items: [{ orderItemId: other?.id ?? 0 }] });
    for (const each of [ours, theirs]) acknowledge(way, each);
    controls.ship({ ...theirs });
    controls.ship({ ...ours });
    controls.return({
      orderId: Number(way.input.reference),
      items: [{ orderItemId: item?.id ?? 0, returnQuantity: 1 }],
    });
    await tellToTheEnd(way);
    const result = await way.order.result();
    // Two kettles at half of their price, which is their cost.
    expect(result.invoices).toMatchObject([
      { fulfillmentRequestId: String(ours.fulfillmentRequestId), totalCost: '89' },
    ]);
    expect(result.returns).toMatchObject([{ status: 'open', items: [{ orderItemId: String(item?.id), quantity: 1 }] }]);
  });
});

describe('more lines', () => {
  test('come while it runs, the same ones once, and are followed like the first', async () => {
    const way = await stage.waiting();
    const { order } = way;
    const more = [line('TEA-1', 1, '9.90'), line('POT-2', 1, '39.00')];
    expect(await order.send('addLines', { lines: more })).toMatchObject({
      verdict: 'done',
      reason: expect.stringContaining('added:'),
    });
    expect(await order.send('addLines', { lines: more })).toMatchObject({ verdict: 'done' });
    expect(added(way).map(({ sku }) => sku)).toEqual(['KETTLE-E', 'TEA-1', 'POT-2']);
    const other = { ...more[0], quantity: 9 };
    await expect(order.send('addLines', { lines: [other] })).rejects.toThrow(/another line already/);
    await expect(order.send('addLines', { lines: [] })).rejects.toThrow(/at least one line/);
    await expect(order.send('addLines', { lines: [line('NO-SUCH', 1, '1.00')] })).rejects.toThrow(
      /no product has the SKU NO-SUCH/,
    );
    expect(added(way)).toHaveLength(3);
    shipAll(way);
    await tellToTheEnd(way);
    expect(await order.result()).toMatchObject({
      lines: [way.input.lines[0], ...more].map((each) => ({ reference: each?.reference, shipped: each?.quantity })),
    });
  });

  test('come as a run of their own after the first has completed, and the first is not repeated', async () => {
    const way = await stage.waiting();
    shipAll(way);
    await tellToTheEnd(way);
    await way.order.result();
    const again = await stage.account.start(way.input);
    expect(await again.result()).toMatchObject({ lines: [{ reference: way.input.lines[0]?.reference }] });
    const lines = [line('TEA-1', 2, '9.90')];
    const next = { ...way, order: await stage.account.start({ ...way.input, lines }) };
    await reaches(next.order, ({ phase }) => phase === 'waiting');
    expect(added(way)).toHaveLength(2);
    shipAll(next);
    await tellToTheEnd(next);
    expect(await next.order.result()).toMatchObject({ lines: [{ reference: lines[0]?.reference, shipped: 2 }] });
    expect(added(way)).toHaveLength(2);
  });

  test('cannot come by another start while it runs', async () => {
    const way = await stage.waiting();
    await expect(stage.account.start({ ...way.input, lines: [line('TEA-1', 1, '9.90')] })).rejects.toThrow(/lines/);
    shipAll(way);
    await tellToTheEnd(way);
    expect(added(way)).toHaveLength(1);
  });
});

describe('what cannot be carried is refused by name, and nothing is added', () => {
  test.each([
    ['an unknown SKU', [line('NO-SUCH', 1, '1.00')], /no product has the SKU NO-SUCH/],
    ['an ambiguous SKU', [line('SPOON-S', 1, '3.00')], /several products have the SKU SPOON-S/],
    ['an unknown SKU beside a known one', [line('TEA-1', 1, '9.90'), line('NO-SUCH', 1, '1.00')], /NO-SUCH/],
  ])('%s', async (_, lines, message) => {
    const way = await stage.start({ lines });
    await expect(way.order.result()).rejects.toMatchObject({
      failure: { type: 'Rejected', message: expect.stringMatching(message) },
    });
    expect(added(way)).toEqual([]);
    expect(there(way).tags).toEqual([]);
  });

  test('an order that is not there', async () => {
    const way = await stage.start({ reference: '999' });
    await expect(way.order.result()).rejects.toMatchObject({ failure: { type: 'NotFound' } });
  });

  test('an order of another channel', async () => {
    const { orderId } = stage.sandbox.controls.seedOrder({ channelId: flxpointSeed.otherChannelId });
    const way = await stage.start({ reference: String(orderId) });
    await expect(way.order.result()).rejects.toMatchObject({
      failure: { type: 'Rejected', message: expect.stringContaining(String(flxpointSeed.otherChannelId)) },
    });
    expect(added(way)).toEqual([]);
  });

  test('what the caller got wrong starts nothing', async () => {
    for (const change of [
      { reference: 'WEB-1' },
      { lines: [{ ...line('TEA-1', 1, '9.90'), listingVariantId: '1' }] },
      { channel: 1 },
    ]) {
      await expect(stage.start(change)).rejects.toThrow();
    }
  });
});

test('a product that is listed nowhere is found in the catalogue, and given ids are used', async () => {
  const variants = flxpointSeed.variants;
  const idOf = (sku: string) => variants.find((each) => each.sku === sku);
  const { sku: _one, ...byListing } = line('x', 1, '9.90');
  const { sku: _two, ...byProduct } = line('x', 1, '39.00');
  const lines = [
    line('CUP-1', 1, '7.50'),
    { ...byListing, listingVariantId: String(idOf('TEA-1')?.listingVariantId) },
    { ...byProduct, productVariantId: String(idOf('POT-2')?.productVariantId) },
  ];
  const way = await stage.waiting({ lines });
  expect(added(way)).toMatchObject([{ sku: 'CUP-1' }, { sku: 'TEA-1' }, { sku: 'POT-2' }]);
  shipAll(way);
  await tellToTheEnd(way);
  expect(await way.order.result()).toMatchObject({ outcome: 'completed' });
});
