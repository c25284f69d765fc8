import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LogisticsPlusSandbox } from '../../../src/sandbox/index.js';
import { control } from '../http.js';
import { createOrder, logisticsPlus, newOrder, raw, search, stopLogisticsPlus } from './wire.js';

let sandbox: LogisticsPlusSandbox;
const reference = 'SHOP-1';
const target = { reference };

beforeEach(async () => {
  sandbox = await logisticsPlus();
});
afterEach(stopLogisticsPlus);

const shipments = () => sandbox.ledger().orders.flatMap((order) => order.shipments);
const shipmentId = (index: number) => shipments()[index]?.id ?? '';
const statuses = () => shipments().map(({ status }) => status);

const steps = { hold: 'HEL', release: 'ENT', pick: 'PIC', finalize: 'FIN', cancel: 'CAN' } as const;
type Step = keyof typeof steps;
const allowed: Readonly<Record<string, readonly Step[]>> = {
  ENT: ['hold', 'pick', 'cancel'],
  HEL: ['release', 'cancel'],
  PIC: ['finalize', 'cancel'],
  FIN: [],
  CAN: [],
  QCK: [],
};
const every = Object.keys(allowed).flatMap((from) =>
  (Object.keys(steps) as Step[]).map((step) => [from, step] as const),
);

test.each(every)('from %s: %s', async (from, step) => {
  await createOrder(sandbox);
  sandbox.controls.setShipmentStatus({ reference, status: from });
  const { status, body } = await control(sandbox, 'POST', `/controls/${step}`, target);
  if (allowed[from]?.includes(step) === true) {
    const [order] = sandbox.ledger().orders;
    const moved = { orderId: order?.id, shipmentId: shipmentId(0), status: steps[step] };
    expect([status, body.result]).toEqual([200, [moved]]);
    expect(statuses()).toEqual([steps[step]]);
  } else {
    expect([status, body.error]).toEqual([400, expect.stringMatching(`of order SHOP-1 is ${from}: only .* can be`)]);
    expect(statuses()).toEqual([from]);
  }
});

test('a finalized order looks as the documentation shows it, three decimals and all', async () => {
  const { id } = await createOrder(sandbox);
  sandbox.clock.advance(3_600_000);
  sandbox.controls.pick(target);
  sandbox.clock.advance(3_600_000);
  const attributes = [{ key: 'Batch', value: 'B-2207' }];
  sandbox.controls.finalize({
    reference,
    lines: [{ line: '010', attributes }],
    packages: [{ weight: 1.85 }],
    tracking: { trackingNumber: '770000111222' },
  });
  const answer = await raw(sandbox, 'GET', `/orders?PrimaryReference=${reference}`);
  const shipped = '"productCode":"MUG-B","quantity":2.000,"quantityUnit":"UNT"';
  for (const number of ['"weight":1.850', '"length":9.000', '{"quantity":2.000,', shipped])
    expect(answer.text).toContain(number);
  expect(answer.text).toContain('"quantity":2,');
  const [order] = await search(sandbox);
  expect(order).toMatchObject({ id, status: 'FIN', orderLines: [{ quantity: 2 }] });
  const [shipment] = order.shipments;
  expect(shipment).toMatchObject({
    status: 'FIN',
    trackingDetail: { carrierCode: 'FX', serviceLevelCode: 'GND', trackingNumber: '770000111222' },
    // Twelve hours before the order's own.
    requiredShipDate: '2026-03-08T12:00:00+00:00',
    totalCost: '0',
    totalCostUnit: 'USD',
    packages: [
      {
        packageReference: 'SHOP-1-001',
        weight: 1.85,
        dimUnit: 'M',
        packedLines: [{ quantity: 2, orderLineReference: '1', orderSubLineReference: '0', productCode: 'MUG-B' }],
      },
    ],
    shipmentLines: [
      {
        lineNumber: '1',
        externalLineReference: '010',
        quantity: 2,
        sublines: [{ quantity: 2, partAttributes: attributes }],
        partAttributes: [{ key: 'BATCH', value: 'B-2207' }],
      },
    ],
    additionalReferences: [{ key: 'ORD', value: reference }],
  });
  expect(shipment).not.toHaveProperty('wmsId');
  expect(shipment.trackingDetail).not.toHaveProperty('carrierName');
  expect(shipment.shipToAddress).toEqual({
    address: {
      addressLine1: '88 Harbor Road',
      addressLine2: '',
      country: 'US',
      state: 'OR',
      city: 'Portland',
      postalCode: '97205',
      isResidential: false,
    },
    contact: { personName: 'Dana Rivers', phoneNumber: '503-555-0142', emailAddress: 'dana@example.com' },
  });
  expect(order.shipToAddress).toMatchObject({ address: { country: 'USA', organization: 'Dana Rivers' } });
  const dates = shipment.milestones.map(({ actualDate }: { actualDate: string }) => actualDate);
  expect(shipment.milestones).toEqual([
    { code: 'WHE', description: 'Entered', sequence: '1', actualDate: shipment.dateCreated },
    { code: 'WHI', description: 'Sent to Pick', sequence: '2', actualDate: dates[1] },
    { code: 'FIN', description: 'Finalized', sequence: '3', actualDate: shipment.actualShipDate },
  ]);
  expect(Date.parse(dates[2]) - Date.parse(dates[1])).toBeGreaterThanOrEqual(3_600_000);
});

test('the milestones of a shipment begin with its picking', async () => {
  await createOrder(sandbox);
  expect((await search(sandbox))[0].shipments[0].milestones).toEqual([]);
  sandbox.controls.pick(target);
  const [order] = await search(sandbox);
  expect(order.shipments[0].milestones).toMatchObject([{ code: 'WHE' }, { code: 'WHI' }]);
});

test.each([
  ['rate shopping', { rateGroup: 'ECO' }, { carrierCode: 'FEDEXPELS', carrierName: 'Fedex', serviceLevelCode: '' }],
  [
    'the order',
    { transportDetail: { carrierCode: 'UPS', serviceLevelCode: '2DA' } },
    { carrierCode: 'UPS', serviceLevelCode: '2DA' },
  ],
  ['the account', {}, { carrierCode: 'FX', serviceLevelCode: 'GND' }],
])('the carrier comes from %s', async (_, change, carrier) => {
  await createOrder(sandbox, reference, change);
  expect((await search(sandbox))[0].shipments[0]).not.toHaveProperty('trackingDetail');
  sandbox.controls.pick(target);
  sandbox.controls.finalize(target);
  const [shipment] = (await search(sandbox))[0].shipments;
  const trackingNumber = expect.stringMatching(/^7700\d{8}$/);
  expect(shipment.trackingDetail).toEqual({ ...carrier, trackingNumber });
  expect('wmsId' in shipment).toBe('rateGroup' in change);
});

test('short, over and not at all: the order keeps what was asked for, the shipment what left', async () => {
  const orderLines = [
    { externalLineReference: 'a', productCode: 'MUG-B', quantity: 2 },
    { externalLineReference: 'b', productCode: 'TEA-1', quantity: 2.5 },
    { externalLineReference: 'c', productCode: 'POT-2', quantity: 1 },
  ];
  await createOrder(sandbox, reference, { orderLines });
  sandbox.controls.pick(target);
  sandbox.controls.finalize({
    reference,
    lines: [
      { line: 'a', quantity: 1 },
      { line: 'b', quantity: 3.5 },
      { line: '3', quantity: 0 },
    ],
  });
  const [order] = await search(sandbox);
  expect(order.orderLines.map(({ quantity }: { quantity: number }) => quantity)).toEqual([2, 2.5, 1]);
  expect(order.status).toBe('FIN');
  expect(order.shipments[0].shipmentLines).toMatchObject([
    { lineNumber: '1', quantity: 1 },
    { lineNumber: '2', quantity: 3.5 },
  ]);
  expect(order.shipments[0].shipmentLines).toHaveLength(2);
});

test('goods with serial numbers leave with one each, made up or told', async () => {
  const orderLines = [{ productCode: 'KETTLE-E', quantity: 2 }];
  await createOrder(sandbox, 'A', { orderLines });
  await createOrder(sandbox, 'B', { orderLines });
  for (const name of ['A', 'B']) sandbox.controls.pick({ reference: name });
  sandbox.controls.finalize({ reference: 'A' });
  expect(() =>
    sandbox.controls.finalize({ reference: 'B', lines: [{ line: '1', quantity: 2, serialNumbers: ['X'] }] }),
  ).toThrow('Line 1 ships 2, with 1 serial numbers.');
  sandbox.controls.finalize({ reference: 'B', lines: [{ line: '1', serialNumbers: ['X', 'Y', 'Z'] }] });
  const [made] = (await search(sandbox, 'A'))[0].shipments[0].shipmentLines;
  expect(made.sublines).toHaveLength(2);
  expect(new Set(made.partAttributes.map(({ value }: { value: string }) => value)).size).toBe(2);
  const [told] = (await search(sandbox, 'B'))[0].shipments;
  expect(told.shipmentLines).toMatchObject([
    {
      quantity: 3,
      sublines: ['X', 'Y', 'Z'].map((value) => ({ quantity: 1, partAttributes: [{ key: 'Serial Number', value }] })),
      partAttributes: ['X', 'Y', 'Z'].map((value) => ({ key: 'SERIAL NUMBER', value })),
    },
  ]);
  const subLines = told.packages[0].packedLines.map(
    (line: { orderSubLineReference: string }) => line.orderSubLineReference,
  );
  expect(subLines).toEqual(['0', '1', '2']);
});

test('several packages, each with what is in it', async () => {
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  const half = { lines: [{ line: '010', quantity: 1 }] };
  sandbox.controls.finalize({ reference, packages: [half, { ...half, packageReference: 'BOX-2', weight: 3 }] });
  const [order] = await search(sandbox);
  expect(order.shipments[0].packages).toMatchObject([
    { packageReference: 'SHOP-1-001', weight: 0.9, packedLines: [{ quantity: 1 }] },
    { packageReference: 'BOX-2', weight: 3, packedLines: [{ quantity: 1 }] },
  ]);
});

test.each([
  [['FIN', 'FIN'], 'FIN'],
  [['CAN', 'CAN'], 'CAN'],
  [['FIN', 'CAN'], 'FIN'],
  [['FIN', 'PIC'], 'PRS'],
  [['CAN', 'ENT'], 'PRS'],
  [['HEL', 'QCK'], 'PRS'],
])('shipments in %s make an order %s', async (codes, status) => {
  await createOrder(sandbox);
  sandbox.controls.split({ reference, lines: [{ line: '010', quantity: 1 }] });
  for (const [index, code] of codes.entries()) {
    sandbox.controls.setShipmentStatus({ reference, shipmentId: shipmentId(index), status: code });
  }
  expect((await search(sandbox))[0].status).toBe(status);
  expect(sandbox.ledger().orders[0]?.status).toBe(status);
});

test('a split order ships in two parts, one of which may be canceled', async () => {
  const { id } = await createOrder(sandbox);
  const [made] = sandbox.controls.split({ orderId: id, lines: [{ line: '010', quantity: 0.5 }] });
  expect(shipments().map(({ lines }) => lines[0]?.quantity)).toEqual([1.5, 0.5]);
  expect(new Set(shipments().map(({ wmsId }) => wmsId)).size).toBe(2);
  sandbox.controls.cancel({ orderId: id, shipmentId: made?.shipmentId });
  expect(statuses()).toEqual(['ENT', 'CAN']);
  // What has ended is not meant when no shipment is named.
  sandbox.controls.pick(target);
  sandbox.controls.finalize(target);
  expect(statuses()).toEqual(['FIN', 'CAN']);
  expect(() => sandbox.controls.cancel(target)).toThrow('is FIN: only ENT, HEL, PIC can be canceled');
});

test('a control does all or nothing', async () => {
  await createOrder(sandbox);
  await createOrder(sandbox);
  const [first] = sandbox.ledger().orders;
  sandbox.controls.hold({ orderId: first?.id });
  expect(() => sandbox.controls.pick(target)).toThrow('is HEL');
  expect(statuses()).toEqual(['HEL', 'ENT']);
  sandbox.controls.cancel(target);
  expect(statuses()).toEqual(['CAN', 'CAN']);
});

test.each([
  ['more than there is', [{ line: '010', quantity: 3 }], 'Line 010 has 2, not 3.'],
  ['everything', [{ line: '010', quantity: 2 }], 'Nothing would be left in the shipment.'],
  ['a line that is not there', [{ line: '9', quantity: 1 }], 'There is no line 9.'],
  [
    'a line twice',
    [
      { line: '010', quantity: 1 },
      { line: '1', quantity: 1 },
    ],
    'A line is named twice.',
  ],
])('a split of %s is refused', async (_, lines, message) => {
  await createOrder(sandbox);
  expect(() => sandbox.controls.split({ reference, lines })).toThrow(message);
  expect(shipments()).toHaveLength(1);
});

test('what is told of lines is told of one shipment', async () => {
  await createOrder(sandbox);
  sandbox.controls.split({ reference, lines: [{ line: '010', quantity: 1 }] });
  sandbox.controls.pick(target);
  const lines = [{ line: '010', quantity: 1 }];
  expect(() => sandbox.controls.finalize({ reference, lines })).toThrow('name one by shipmentId');
  sandbox.controls.finalize({ reference, shipmentId: shipmentId(1), lines });
  expect(statuses()).toEqual(['PIC', 'FIN']);
});

test('a person at the warehouse changes an order, and a PATCH that is on its way does not undo it', async () => {
  const { id } = await createOrder(sandbox);
  await raw(sandbox, 'PATCH', `/orders/${id}`, JSON.stringify(newOrder(reference, { secondaryReference: 'R-1' })));
  const lines = [{ line: '010', quantity: 5, productCode: 'TEA-1' }];
  expect(sandbox.controls.editOrder({ reference, note: 'by phone', lines })).toEqual([id]);
  sandbox.clock.advance(60_000);
  const changed = [{ productCode: 'TEA-1', quantity: 5 }];
  expect(await search(sandbox)).toMatchObject([
    { note: 'by phone', secondaryReference: 'R-1', orderLines: changed, shipments: [{ shipmentLines: changed }] },
  ]);
  expect(sandbox.ledger().orders[0]?.patches[0]?.followedAt).not.toBe(null);
  expect(() => sandbox.controls.editOrder({ reference, lines: [{ line: '010', productCode: 'NO' }] })).toThrow('NO');
  sandbox.controls.pick(target);
  expect(() => sandbox.controls.editOrder({ reference, note: 'late' })).toThrow('can still be changed');
});

test.each([
  ['an order that is not there', { reference: 'NO' }, 'There is no order NO.'],
  ['no order at all', {}, 'Name the order by reference or orderId.'],
  ['a shipment that is not there', { reference, shipmentId: 'x' }, 'There is no shipment x there.'],
  ['what nobody knows', { reference, quickly: true }, 'quickly'],
])('a control on %s is refused', async (_, input, message) => {
  await createOrder(sandbox);
  const { status, body } = await control(sandbox, 'POST', '/controls/pick', input);
  expect([status, body.error]).toEqual([400, expect.stringContaining(message)]);
});
