import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InfoplusOrderInput } from '../../../src/workflows/infoplus/input.js';
import { failureOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import { asked, errors, handsOf, line, made, there, wantOf, written } from './rig.js';
import { Warehouse } from './warehouse.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

type Change = Partial<InfoplusOrderInput>;

/** Amends what is there, and tells what was written and whether it shows. */
async function amend(change: Change, { was = {}, is = {} }: { was?: Change; is?: object } = {}) {
  const warehouse = new Warehouse(there({ unknownField: { a: [null] }, ...is }));
  server.answers(warehouse.answers());
  const steps = [wantOf({ ...was, ...change }), wantOf(was)] as const;
  await handsOf(server).amendOrder(...steps, made);
  const body = written(server, 'PUT order');
  return { body, shown: await handsOf(server).readAmendment(...steps, made) };
}
const shown = { shown: true, differences: [] };

describe('an amendment', () => {
  test('is written into the whole order as it was read', async () => {
    const amended = await amend({ shipToCity: 'Salem', customerPONo: 'PO-78' });
    expect(amended.body).toEqual({
      ...there({ unknownField: { a: [null] } }),
      shipToCity: 'Salem',
      customerPONo: 'PO-78',
    });
    expect(amended.shown).toEqual(shown);
    expect(asked(server)).toEqual(['GET order/48211', 'PUT order', 'GET order/48211']);
  });

  test('leaves alone what it does not speak of and others have changed', async () => {
    const is = { carrierId: 7, shipToStreet: 'corrected', holdCode: 'C', orderDate: '2025-03-09T00:00:00Z' };
    const { body } = await amend({ orderMessage: 'Ring twice' }, { is });
    expect(body).toMatchObject({ ...is, orderMessage: 'Ring twice' });
  });

  test('keeps what Infoplus knows its lines by', async () => {
    const lineItems = [
      { sku: 'sku-2', orderedQty: 4 },
      { sku: 'SKU-3', orderedQty: 1 },
    ];
    const { body, shown: is } = await amend({ lineItems });
    expect(body.lineItems).toEqual([
      { ...line('SKU-2', 4, { id: 990_002, lineItemId: 2 }), sku: 'sku-2' },
      { sku: 'SKU-3', orderedQty: 1 },
    ]);
    expect(is).toEqual(shown);
  });

  test('empties what is wanted no more', async () => {
    const was = { giftMessage: 'Happy birthday', customFields: { sourceRunId: '0b0e6a1e', colour: 'red' } };
    const change = { giftMessage: undefined, customFields: { colour: 'blue' } };
    const { body, shown: is } = await amend(change, { was, is: was });
    expect(body).toMatchObject({ giftMessage: null, customFields: { sourceRunId: null, colour: 'blue' } });
    expect(is).toEqual(shown);
  });

  test('to another warehouse and carrier is written by their ids', async () => {
    const warehouse = new Warehouse(there());
    server.answers(warehouse.answers());
    const next = wantOf({}, { warehouseId: 2, carrierId: 9 });
    await handsOf(server).amendOrder(next, wantOf(), made);
    expect(warehouse.orders.get('48211')).toEqual(there({ warehouseId: 2, carrierId: 9 }));
    expect(await handsOf(server).readAmendment(next, wantOf(), made)).toEqual(shown);
  });

  test('that was done already is done again with the same effect', async () => {
    const { body } = await amend({ shipToCity: 'Salem' }, { is: { shipToCity: 'Salem' } });
    expect(body).toEqual(there({ unknownField: { a: [null] }, shipToCity: 'Salem' }));
  });

  test('that changes nothing at Infoplus writes nothing', async () => {
    const { body, shown: is } = await amend({ tags: ['vip'], billToCity: 'Dallas' });
    expect(body).toBeNull();
    expect(is).toEqual(shown);
  });

  test.each(['Processed', 'Processing', 'Shipped', 'Cancelled', 'Error', 'Awaiting Pixies'])(
    'of an order in %s comes too late',
    async (status) => {
      const { type, message } = await failureOf(amend({ shipToCity: 'Salem' }, { is: { status } }));
      expect(type).toBe('Rejected');
      expect(message).toBe(`too late: order 48211 is ${status === 'Processing' ? 'Processed' : status}`);
      expect(asked(server)).toEqual(['GET order/48211']);
    },
  );

  test('that Infoplus refuses is refused in its words', async () => {
    const answers = new Warehouse(there()).answers();
    server.answers((request) =>
      request.method === 'PUT' ? { status: 400, body: errors('SKU-1 is not editable at Salem') } : answers(request),
    );
    expect(await failureOf(handsOf(server).amendOrder(wantOf({ shipToCity: 'Salem' }), wantOf(), made))).toEqual({
      type: 'Rejected',
      message: 'Infoplus answered order.update with 400: SKU-1 is not editable at …',
    });
  });

  test('of what is gone is refused', async () => {
    server.answers(new Warehouse().answers());
    const step = handsOf(server).amendOrder(wantOf({ shipToCity: 'Salem' }), wantOf(), made);
    expect(await failureOf(step)).toMatchObject({ type: 'NotFound' });
  });
});

describe('a hold code in an amendment', () => {
  test('is set where nothing is held, or where we hold it', async () => {
    expect((await amend({ holdCode: 'H' })).body).toMatchObject({ holdCode: 'H' });
    const { body, shown: is } = await amend({ holdCode: 'N' }, { was: { holdCode: 'H' }, is: { holdCode: 'H' } });
    expect(body).toMatchObject({ holdCode: 'N' });
    expect(is).toEqual(shown);
  });

  test('that is said no more, or the same, is left as it is', async () => {
    const was = { holdCode: 'H' as const };
    const dropped = await amend({ holdCode: undefined, shipToCity: 'Salem' }, { was, is: { holdCode: 'N' } });
    expect(dropped.body).toMatchObject({ holdCode: 'N' });
    const same = await amend({ shipToCity: 'Salem' }, { was, is: { holdCode: 'N' } });
    expect(same.body).toMatchObject({ holdCode: 'N' });
    expect(same.shown).toEqual(shown);
  });

  test('of somebody else is never overwritten', async () => {
    const { type, message } = await failureOf(
      amend({ holdCode: 'N' }, { was: { holdCode: 'H' }, is: { holdCode: 'C' } }),
    );
    expect(type).toBe('Rejected');
    expect(message).toBe('order 48211 has the hold code C, which somebody else has set');
  });
});

describe('an amendment is shown', () => {
  const see = async (change: Change, is: object, was: Change = {}) => {
    server.answers(new Warehouse(there(is)).answers());
    return handsOf(server).readAmendment(wantOf({ ...was, ...change }), wantOf(was), made);
  };

  test.each<[string, Change, object, string[], Change?]>([
    ['once it stands so', { shipToCity: 'Salem' }, { shipToCity: 'SALEM' }, []],
    ['whatever else differs', { shipToCity: 'Salem' }, { shipToCity: 'Salem', customerPONo: 'other' }, []],
    ['not before', { shipToCity: 'Salem' }, {}, ['shipToCity']],
    ['not in part', { lineItems: [{ sku: 'SKU-1', orderedQty: 3 }] }, {}, ['lineItems[0].orderedQty', 'lineItems']],
    [
      'not while what is dropped stands',
      { giftMessage: undefined },
      { giftMessage: 'x' },
      ['giftMessage'],
      { giftMessage: 'x' },
    ],
    ['not while it is held', { holdCode: 'N' }, { holdCode: 'H' }, ['holdCode'], { holdCode: 'H' }],
    ['not without its custom fields', { customFields: { a: 1 } }, { customFields: { a: 2 } }, ['customFields.a']],
  ])('%s', async (_, change, is, fields, was) => {
    const differences = fields.map((field) => `${field}: the order does not show it yet`);
    expect(await see(change, is, was)).toEqual({ shown: fields.length === 0, differences });
  });

  test('not by an order that is gone', async () => {
    server.answers(new Warehouse().answers());
    expect(await handsOf(server).readAmendment(wantOf({ shipToCity: 'Salem' }), wantOf(), made)).toEqual({
      shown: false,
      differences: ['order 48211 is not shown'],
    });
  });
});
