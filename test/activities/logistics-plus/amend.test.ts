import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LogisticsPlusOrderInput } from '../../../src/workflows/logistics-plus/input.js';
import { failureOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import { envelope, handsOf, ORDER_ID, orderOf, REQUEST_ID, refusal, shipment, showing, there } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const made = { orderId: ORDER_ID };
const patches = () => server.received.filter(({ method }) => method === 'PATCH');
const patched = () => JSON.parse(patches()[0]?.body ?? '') as Record<string, unknown>;

describe('an amendment', () => {
  test('is the complete order, sent to the path in the plural', async () => {
    server.answers({ body: envelope(there()) });
    const order = orderOf({ secondaryReference: 'WEB-55110-R1' });
    expect(await handsOf(server).amendOrder(order, made)).toEqual({ requestId: REQUEST_ID });
    expect(patches()[0]?.path).toBe(`/warehouse/v1/orders/${ORDER_ID}`);
    expect(Object.keys(patched())).toEqual([
      'warehouseCode',
      'primaryReference',
      'secondaryReference',
      'shipToAddress',
      'requiredShipDate',
      'orderLines',
      'additionalReferences',
      'note',
    ]);
  });

  test('goes to an id as it is, whatever it contains', async () => {
    server.answers({ body: { data: {} } });
    expect(await handsOf(server).amendOrder(orderOf(), { orderId: '../a?b' })).toEqual({ requestId: '' });
    expect(patches()[0]?.path).toBe('/warehouse/v1/orders/..%2Fa%3Fb');
  });
});

describe('whether an amendment is shown', () => {
  const shown = async (order: object, change: Partial<LogisticsPlusOrderInput> = {}) => {
    server.answers(showing([order]));
    return handsOf(server).readAmendment(orderOf(change), made);
  };
  const [mug, tea] = shipment().shipmentLines;
  const ships = (...shipments: object[]) => there({ shipments });

  test('as soon as order and shipments stand as amended', async () => {
    expect(await shown(there())).toEqual({ shown: true, differences: [] });
  });

  test('not while the shipments follow', async () => {
    const change = {
      secondaryReference: 'WEB-55110-R1',
      orderLines: [{ externalLineReference: '10', productCode: 'MUG-STEEL-350-BLU', quantity: 4 }],
    };
    const [line] = there().orderLines;
    const amended = { secondaryReference: 'WEB-55110-R1', orderLines: [{ ...line, quantity: 4 }] };
    expect(await shown(there(amended), change)).toEqual({
      shown: false,
      differences: [
        'secondaryReference: the shipments do not show it yet',
        'orderLines[0].quantity: the shipments do not show it yet',
        'orderLines: the shipments do not show it yet',
      ],
    });
    const followed = shipment({ secondaryReference: 'WEB-55110-R1', shipmentLines: [{ ...mug, quantity: 4 }] });
    const ended = ['FIN', 'CAN'].map((status) => shipment({ status }));
    expect(await shown(there({ ...amended, shipments: ended }), change)).toMatchObject({ shown: false, ended: true });
    expect(await shown(there({ ...amended, shipments: [shipment(), ...ended] }), change)).not.toHaveProperty('ended');
    expect(await shown(there({ ...amended, shipments: [followed] }), change)).toEqual({ shown: true, differences: [] });
    expect(await shown(there(), change)).toMatchObject({
      shown: false,
      differences: expect.arrayContaining(['secondaryReference: the order does not show it yet']),
    });
  });

  test.each<[string, object, string[]]>([
    [
      'over several shipments',
      ships(
        shipment({ shipmentLines: [{ ...mug, quantity: 1 }] }),
        shipment({ id: 'b', shipmentLines: [{ ...mug, quantity: '1.000' }, tea] }),
      ),
      [],
    ],
    ['without the canceled ones', ships(shipment({ status: 'CAN', shipmentLines: [] }), shipment({ id: 'b' })), []],
    ['whatever day the shipment is due', ships(shipment({ requiredShipDate: '2020-01-01T00:00:00+00:00' })), []],
    ['whatever address the shipment shows', ships(shipment({ shipToAddress: {} })), []],
    [
      'by the numbers of the lines',
      ships(shipment({ shipmentLines: [{ ...mug, externalLineReference: '' }, tea] })),
      [],
    ],
    [
      'not while one of several carries the old reference',
      ships(shipment({ shipmentLines: [mug] }), shipment({ id: 'b', secondaryReference: 'OLD', shipmentLines: [tea] })),
      ['secondaryReference: the shipments do not show it yet'],
    ],
    [
      'not while a line holds another product',
      ships(shipment({ shipmentLines: [mug, { ...tea, productCode: 'TEA-1' }] })),
      ['orderLines[1].quantity: the shipments do not show it yet', 'orderLines: the shipments do not show it yet'],
    ],
    ['not while there is no shipment', ships(), ['shipments: there is none to show it']],
    ['not if all are canceled', ships(shipment({ status: 'CAN' })), ['shipments: there is none to show it']],
    ['not if the order is not there', there({ id: 'another' }), [`order ${ORDER_ID} is not shown`]],
  ])('%s', async (_, order, differences) => {
    expect(await shown(order)).toMatchObject({ shown: differences.length === 0, differences });
  });

  test('differences carry no values', async () => {
    const { shipToAddress } = there();
    const moved = { ...shipToAddress, address: { ...shipToAddress.address, city: 'Salem' } };
    const { differences } = await shown(there({ shipToAddress: moved, note: 'for Dana' }));
    expect(differences).toHaveLength(2);
    expect(differences.join()).not.toMatch(/Salem|Portland|Dana|door/);
  });
});

describe('a stop note', () => {
  const put = (more: object = { stopNote: 'PLEASE STOP' }) => handsOf(server, more).putStopNote(orderOf(), made);

  test('is put in front of the note, on the complete order', async () => {
    server.answers(showing([there()]));
    expect(await put()).toEqual({ put: true });
    expect(patched()).toMatchObject({ note: 'PLEASE STOP Ring at the back door', primaryReference: 'SHOP-700123' });
    expect(patched()).toHaveProperty('orderLines.1.quantity', 1.5);
  });

  test('asks nothing of the platform where no text is agreed', async () => {
    server.answers({ status: 500 });
    expect(await put({})).toEqual({ put: false });
    expect(server.received).toEqual([]);
  });

  test('that stands there already is not put again', async () => {
    server.answers(showing([there({ note: 'please stop  Ring at the back door' })]));
    expect(await put()).toEqual({ put: true });
    expect(patches()).toEqual([]);
  });

  test('keeps what people at the warehouse have written, as far as there is room', async () => {
    server.answers(showing([there({ note: `Called at nine. ${'x'.repeat(250)}` })]));
    await put();
    expect(patched().note).toMatch(/^PLEASE STOP Called at nine\. x+$/);
    expect(patched().note).toHaveLength(250);
    // A sign of two halves is kept whole or dropped: 237 more fit behind "PLEASE STOP ", the last one would be cut.
    server.answers(showing([there({ note: `${'x'.repeat(237)}🙂` })]));
    await put();
    expect(patched().note).toBe(`PLEASE STOP ${'x'.repeat(237)}`);
    server.answers(showing([there({ note: null })]));
    await put();
    expect(patched().note).toBe('PLEASE STOP Ring at the back door');
  });

  test.each(['PIC', 'FIN', 'CAN', 'QUE'])('comes too late for a shipment in %s', async (status) => {
    server.answers(showing([there({ shipments: [shipment(), shipment({ id: 'b', status })] })]));
    expect(await put()).toEqual({ put: false });
    expect(patches()).toEqual([]);
  });

  test.each([400, 404, 409, 422])('that is refused with %d is no failure', async (status) => {
    server.answers(showing([there({ shipments: [shipment({ status: 'HEL' })] })], { status, body: refusal(status) }));
    expect(await put()).toEqual({ put: false });
    expect(patches()).toHaveLength(1);
  });

  test('is sent also while the platform does not show the order', async () => {
    server.answers(showing([]));
    expect(await put()).toEqual({ put: true });
    expect(patched()).toMatchObject({ note: 'PLEASE STOP Ring at the back door' });
  });

  test('that got no answer is tried again', async () => {
    server.answers(showing([there()], { status: 503 }));
    expect(await failureOf(put())).toMatchObject({ type: 'Unavailable' });
  });
});
