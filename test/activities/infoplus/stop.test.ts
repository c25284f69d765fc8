import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ScriptedServer } from '../scripted-server.js';
import { asked, backOrder, errors, handsOf, made, there, wantOf } from './rig.js';
import { Warehouse } from './warehouse.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const processed = there({ status: 'Processed' });
const ask = (more: object = {}) => handsOf(server, more).askToCancel(wantOf(), made);
const isWrite = (what: string): boolean => !what.startsWith('GET');

describe('the warehouse is asked to cancel', () => {
  test('by a tag and a line in the history, once', async () => {
    const warehouse = new Warehouse(processed);
    server.answers(warehouse.answers());
    expect(await ask()).toEqual({ tagged: ['48211'], held: [] });
    expect(await ask()).toEqual({ tagged: ['48211'], held: [] });
    expect(warehouse.tags.get('48211')).toEqual(['Cancel Order']);
    expect(warehouse.audits).toEqual(['48211: Cancellation requested by the shop']);
  });

  test('by the tag of the connection', async () => {
    const warehouse = new Warehouse(processed);
    server.answers(warehouse.answers());
    await ask({ cancelTag: 'Please stop' });
    expect(warehouse.tags.get('48211')).toEqual(['Please stop']);
  });

  test.each([[['cancel  order']], [[{ name: 'Cancel Order' }]], [[{ id: 1, tag: 'CANCEL ORDER' }]]])(
    'not again where the tag is listed as %j',
    async (tags) => {
      const answers = new Warehouse(processed).answers();
      server.answers((request) => (/tag$/.test(request.path) ? { body: tags } : answers(request)));
      expect(await ask()).toEqual({ tagged: ['48211'], held: [] });
      expect(asked(server).filter(isWrite)).toEqual([]);
    },
  );

  test('for every back order that may still ship, and for nothing else under the reference', async () => {
    const warehouse = new Warehouse(
      there({ status: 'Shipped' }),
      backOrder({ status: 'Processed' }),
      backOrder({ orderNo: 48211.002, status: 'Cancelled' }),
      there({ orderNo: 48300, groupOrderId: 48300 }),
    );
    server.answers(warehouse.answers());
    expect(await ask()).toEqual({ tagged: ['48211.001'], held: [] });
    expect([...warehouse.tags.keys()]).toEqual(['48211.001']);
  });

  test('and what could be processed yet is held meanwhile, unless somebody holds it', async () => {
    const warehouse = new Warehouse(there({ holdCode: 'Y' }), backOrder({ holdCode: 'C' }));
    server.answers(warehouse.answers());
    const asked = await ask();
    expect(asked).toEqual({ tagged: ['48211', '48211.001'], held: [{ orderNo: '48211', was: 'Y' }] });
    expect(warehouse.orders.get('48211')).toEqual(there({ holdCode: 'H' }));
    expect(warehouse.orders.get('48211.001')).toMatchObject({ holdCode: 'C' });
    await handsOf(server).askNoMore(wantOf(), asked);
    expect(warehouse.orders.get('48211')).toEqual(there({ holdCode: 'Y' }));
  });

  test('as far as Infoplus lets us', async () => {
    const answers = new Warehouse(processed).answers();
    server.answers((request) =>
      isWrite(`${request.method}`) ? { status: 400, body: errors('no') } : answers(request),
    );
    expect(await ask()).toEqual({ tagged: [], held: [] });
  });
});

describe('a request that is given up', () => {
  test('takes the tag off, and leaves a hold that somebody has changed since', async () => {
    const warehouse = new Warehouse(there({ holdCode: 'C' }));
    warehouse.tags.set('48211', ['vip', 'Cancel Order']);
    server.answers(warehouse.answers());
    const held = [{ orderNo: '48211', was: 'N' }];
    await handsOf(server).askNoMore(wantOf(), { tagged: ['48211'], held });
    expect(warehouse.tags.get('48211')).toEqual(['vip']);
    expect(warehouse.orders.get('48211')).toMatchObject({ holdCode: 'C' });
  });

  test('names what Infoplus does not take back', async () => {
    const answers = new Warehouse(there({ holdCode: 'H' })).answers();
    server.answers((request) =>
      isWrite(`${request.method}`) ? { status: 400, body: errors('no') } : answers(request),
    );
    const held = [{ orderNo: '48211', was: 'N' }];
    const { left } = await handsOf(server).askNoMore(wantOf(), { tagged: ['48211'], held });
    expect(left).toEqual([
      expect.stringMatching(/^tag Cancel Order of 48211 \(.*no/),
      expect.stringMatching(/^hold of 48211 \(.*no/),
    ]);
  });

  test('is given up although the order is gone', async () => {
    server.answers(new Warehouse().answers());
    const { left } = await handsOf(server).askNoMore(wantOf(), {
      tagged: ['48211'],
      held: [{ orderNo: '48211', was: 'N' }],
    });
    expect(left).toEqual([]);
    expect(asked(server)).toEqual(['DELETE order/48211/tag/Cancel%20Order', 'GET order/48211']);
  });
});
