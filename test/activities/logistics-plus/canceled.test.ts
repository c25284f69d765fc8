import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sent } from '../../../src/workflows/found.js';
import type { LogisticsPlusMade } from '../../../src/workflows/logistics-plus/contract.js';
import { failureOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import { ended, handsOf, ORDER_ID, orderOf, SHIPMENT_ID, shipment, showing, there } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const made = { orderId: ORDER_ID };

async function see(orders: readonly object[], known: LogisticsPlusMade | null = made, sent: Sent = 'yes') {
  server.answers(showing(orders));
  return handsOf(server).seeCanceled(orderOf(), known, sent);
}

const done = (found: boolean) => ({ done: true, found });
const leftFor = (why: RegExp, ids: object) => ({
  done: false,
  left: { what: 'the order is canceled at the warehouse', why: expect.stringMatching(why), ids },
});

test('what was never sent is not asked for', async () => {
  expect(await see([there()], null, 'no')).toMatchObject(done(false));
  expect(server.received).toEqual([]);
});

const double = { id: 'double' };

test.each<[string, object[], LogisticsPlusMade | null, object]>([
  ['nothing there, after a lost answer', [], null, done(false)],
  ['canceled', [ended('CAN')], made, done(true)],
  ['canceled, after a lost answer', [ended('CAN')], null, done(true)],
  ['canceled before it had a shipment', [there({ status: 'CAN', shipments: [] })], made, done(true)],
  ['canceled with its double', [ended('CAN'), ended('CAN', double)], made, done(true)],
  ["canceled beside somebody else's order", [ended('CAN'), there({ ...double, note: 'another' })], made, done(true)],
  ['live', [there()], made, leftFor(/a person there has to cancel it/, { order: ORDER_ID, shipment: SHIPMENT_ID })],
  [
    'being picked, with its number in the warehouse',
    [there({ shipments: [shipment({ status: 'PIC', wmsId: 'W01142924' })] })],
    made,
    leftFor(/a person there has to cancel it/, { order: ORDER_ID, shipment: SHIPMENT_ID, wmsId: 'W01142924' }),
  ],
  ['live without a shipment', [there({ shipments: [] })], made, leftFor(/cancel it/, { order: ORDER_ID })],
  ['canceled by its header alone', [there({ status: 'CAN' })], made, leftFor(/cancel it/, expect.anything())],
  [
    'in a status that nobody knows',
    [there({ shipments: [shipment({ status: 'QUE' })] })],
    made,
    leftFor(/cancel it/, expect.anything()),
  ],
  ['shipped', [ended('FIN')], made, leftFor(/shipped already.*return/, { order: ORDER_ID, shipment: SHIPMENT_ID })],
  [
    'shipped in part',
    [there({ shipments: [shipment({ status: 'FIN' }), shipment({ id: 'c', status: 'CAN' })] })],
    made,
    leftFor(/shipped already/, { order: ORDER_ID, shipment: SHIPMENT_ID }),
  ],
  [
    'canceled with a live double',
    [ended('CAN'), there({ ...double, shipments: [shipment({ id: 'd' })] })],
    made,
    leftFor(/cancel it/, { order: 'double', shipment: 'd' }),
  ],
  [
    'two after a lost answer, whatever their content',
    [there({ note: 'x' }), there(double)],
    null,
    leftFor(/cancel it/, { order: `${ORDER_ID}, double`, shipment: `${SHIPMENT_ID}, ${SHIPMENT_ID}` }),
  ],
  ['not shown although it was made', [], made, leftFor(/does not show it at this moment/, { order: ORDER_ID })],
  [
    'not shown, but its double',
    [there(double)],
    made,
    leftFor(/does not show it/, { order: `${ORDER_ID}, double`, shipment: SHIPMENT_ID }),
  ],
])('%s', async (_, orders, known, expected) => {
  expect(await see(orders, known, 'perhaps')).toMatchObject(expected);
});

test.each([404, 500])('an answer %d does not mean that nothing is there', async (status) => {
  server.answers({ status, body: { data: {}, errors: [{ title: 'Not found' }] } });
  const undo = handsOf(server).seeCanceled(orderOf(), null, 'perhaps');
  expect(await failureOf(undo)).toMatchObject({ type: 'Unavailable' });
});
