import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FlxpointShip } from '../../../src/workflows/flxpoint/contract.js';
import { failureOf } from '../hands.js';
import type { Reply } from '../scripted-server.js';
import { ScriptedServer } from '../scripted-server.js';
import { answering, at, handsOf, ITEM_ID, item, made, request, requestItem, shipment, there, writesIn } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const source = { playSource: true, source: 21077 };
const TRACKING = '1Z999AA10123456784';
const ship: FlxpointShip = { trackingNumber: TRACKING, carrier: 'UPS', lines: [{ reference: 'a-1', quantity: 2 }] };
const items = [{ orderItemId: ITEM_ID, quantity: 2 }];
const parcel = {
  trackingNumber: TRACKING,
  carrier: 'UPS',
  fulfillmentRequestId: '4590021',
  toAcknowledge: false,
  items,
};

describe('a request is acknowledged', () => {
  const ACKNOWLEDGE = 'PATCH /fulfillment-requests/4590021/acknowledge';
  const acknowledge = (status: string, reply: Reply) => {
    server.answers(
      answering(there(), { 'GET /fulfillment-requests/4590021': { body: request({}, status) }, [ACKNOWLEDGE]: reply }),
    );
    return handsOf(server, source).acknowledge(at, '4590021');
  };

  test.each<[string, string, Reply, number]>([
    ['when it is not yet', 'processing', { status: 200 }, 1],
    ['once', 'acknowledged', { status: 500 }, 0],
    [
      'when it says that it is already',
      'processed',
      { status: 400, body: { error: 'FR is already acknowledged.' } },
      1,
    ],
    ['when it says so in plain text', 'processed', { status: 400, body: 'Already Acknowledged' }, 1],
  ])('%s', async (_, status, reply, sent) => {
    expect(await acknowledge(status, reply)).toEqual({});
    expect(writesIn(server)).toHaveLength(sent);
  });

  test('and another refusal is told', async () => {
    expect(await acknowledge('processed', { status: 400, body: { error: 'no' } })).toEqual({
      refused:
        'fulfillment request WEB-20931-1 is not acknowledged: Flxpoint answered fulfillmentRequests.acknowledge with 400: no',
    });
  });
});

describe('a parcel', () => {
  const plan = (requests: object[], change: Partial<FlxpointShip> = {}, settings: object = source) => {
    server.answers(answering(there({ fulfillmentRequests: requests }), {}));
    return handsOf(server, settings).planShipment(at, { ...ship, ...change }, [made]);
  };

  test('is of the request of the source that Waybill plays', async () => {
    const others = [
      request({ id: 1, sourceId: 3 }, 'acknowledged'),
      request({ id: 2 }, 'unprocessed'),
      request({ id: 3 }, 'canceled'),
    ];
    expect(await plan([...others, request({}, 'acknowledged')])).toEqual({ parcels: [parcel] });
  });

  test('asks for the acknowledgement first where that is missing', async () => {
    expect(await plan([request({}, 'processed')])).toMatchObject({ parcels: [{ toAcknowledge: true }] });
  });

  test('is one posting for each of several requests', async () => {
    const half = (id: number) =>
      request({ id, fulfillmentRequestItems: [requestItem({ quantity: 1 })] }, 'acknowledged');
    expect(await plan([half(1), half(2)])).toMatchObject({
      parcels: [
        { fulfillmentRequestId: '1', items: [{ orderItemId: ITEM_ID, quantity: 1 }] },
        { fulfillmentRequestId: '2', items: [{ orderItemId: ITEM_ID, quantity: 1 }] },
      ],
    });
  });

  test('leaves out what was posted under its number before', async () => {
    const posted = request(
      { fulfillmentRequestItems: [requestItem({ shippedQuantity: 2 })], shipments: [shipment()] },
      'acknowledged',
    );
    expect(await plan([posted])).toEqual({ parcels: [] });
  });

  test.each<[string, object[], Partial<FlxpointShip>, object, string]>([
    ['where no source is played', [request()], {}, {}, 'flxpoint/acme plays no source (playSource)'],
    [
      'of a line that is not there',
      [request()],
      { lines: [{ reference: 'B-1', quantity: 1 }] },
      source,
      'there is no line B-1',
    ],
    [
      'of more than the source was asked for',
      [request()],
      { lines: [{ reference: 'A-1', quantity: 3 }] },
      source,
      'line A-1: the source is asked for 2 of 3 only',
    ],
    [
      'of what another source ships',
      [request({ sourceId: 3 })],
      {},
      source,
      'line a-1: the source is asked for 0 of 2 only',
    ],
  ])('is refused %s', async (_, requests, change, settings, refused) => {
    expect(await plan(requests, change, settings)).toEqual({ refused });
    expect(writesIn(server)).toEqual([]);
  });
});

describe('a shipment', () => {
  const find = (shipments: object[], id?: string) => {
    server.answers(answering(there({ orderItems: [item()], fulfillmentRequests: [request({ shipments })] })));
    return handsOf(server, source).findShipment(at, parcel, id);
  };

  test.each<[string, object[], object]>([
    ['is not there', [], { state: 'none' }],
    ['is there', [shipment()], { state: 'same', it: { shipmentId: '7711203' } }],
    [
      'is there with its number in other letters',
      [shipment({ trackingNumber: TRACKING.toLowerCase() })],
      { state: 'same' },
    ],
    ['is not the one of another number', [shipment({ trackingNumber: 'X' })], { state: 'none' }],
    ['is not the one of another request', [shipment({ fulfillmentRequestId: 4 })], { state: 'none' }],
    [
      'holds other goods',
      [shipment({ shipmentItems: [{ quantity: 1, orderItemId: Number(ITEM_ID) }] })],
      { state: 'other' },
    ],
    ['is there twice', [shipment(), shipment({ id: 8 })], { state: 'several', ids: ['7711203', '8'] }],
  ])('%s', async (_, shipments, expected) => {
    expect(await find(shipments)).toMatchObject(expected);
  });

  test('that a person names is the only one that counts', async () => {
    expect(await find([shipment(), shipment({ id: 8 })], ' 8 ')).toMatchObject({
      state: 'same',
      it: { shipmentId: '8' },
    });
  });

  test.each<[string, Reply, string | undefined]>([
    ['200 without a body', {}, undefined],
    ['201', { status: 201, body: {} }, undefined],
    ['a page', { body: '<html>' }, 'OutcomeUnknown'],
    ['a broken connection', { body: {}, cut: true }, 'OutcomeUnknown'],
    ['a number that was taken', { status: 400, body: { error: 'duplicate tracking number' } }, 'Rejected'],
  ])('is posted: %s', async (_, reply, type) => {
    server.answers(answering(there(), { 'POST /shipments': reply }));
    const posting = handsOf(server, source).createShipment(at, { ...parcel, shippedAt: '2026-04-21T18:30:00Z' });
    if (type === undefined) expect(await posting).toEqual({});
    else expect(await failureOf(posting)).toMatchObject({ type });
    expect(writesIn(server)).toEqual([
      {
        call: 'POST /shipments',
        body: {
          fulfillmentRequestId: 4590021,
          allowDuplicateTrackingNumbers: false,
          shipment: {
            trackingNumber: TRACKING,
            carrier: 'UPS',
            shippedAt: '2026-04-21T18:30:00Z',
            shipmentItems: [{ orderItemId: Number(ITEM_ID), quantity: 2 }],
          },
        },
      },
    ]);
  });
});
