import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logisticsPlus } from '../../../src/activities/logistics-plus/index.js';
import { readingOf } from '../connection.js';
import { ScriptedServer } from '../scripted-server.js';
import { changesOf, ended, listOf, ORDER_ID, SHIPMENT_ID, showing, there } from './rig.js';

const { one, problemsOf } = readingOf('logistics-plus');

describe('a connection', () => {
  test('needs a key only', () => {
    const connection = one({ apiKey: 'k' });
    expect(connection.settings).toEqual({ url: 'https://api.logisticsplus.com', apiKey: 'k' });
    expect(logisticsPlus.limits()).toEqual([{ limit: 2, perMs: 1_000 }]);
    expect(logisticsPlus.check()).toEqual([]);
  });

  test('shares its account with all that use the key, which is not shown', () => {
    const account = logisticsPlus.account(one({ apiKey: 'secret-key', organization: 'a' }));
    expect(account).toBe(logisticsPlus.account(one({ apiKey: 'secret-key', organization: 'b' })));
    expect(account).not.toBe(logisticsPlus.account(one({ apiKey: 'secret-key2' })));
    expect(account).toMatch(/^logistics-plus-[0-9a-f]{16}$/);
  });

  test.each<[object, string]>([
    [{}, 'apiKey: is missing'],
    [{ apiKey: 'two words' }, 'apiKey: expected printable characters'],
    [{ apiKey: 'k', url: 'ftp://x' }, 'url: expected an address'],
    [{ apiKey: 'k', organization: 'a\nb' }, 'organization: expected the slug'],
    [{ apiKey: 'k', stopNote: 'x'.repeat(101) }, 'stopNote: expected text of 1 to 100 characters'],
    [{ apiKey: 'k', stopnote: 'STOP' }, 'stopnote: is not a field'],
  ])('%j cannot be used', (settings, problem) => {
    expect(problemsOf(settings)).toContain(problem);
  });
});

describe('a hint', () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  afterAll(() => server.stop());

  test('is a reference, and what stands under it is told', async () => {
    server.answers(showing([ended('FIN'), there({ primaryReference: 'SHOP-7001230' })]));
    const changes = changesOf(server);
    expect(await changes.look(' SHOP-700123 ')).toEqual([
      {
        story: 'logisticsPlusOrder',
        reference: 'SHOP-700123',
        state: {
          orders: [
            {
              orderId: ORDER_ID,
              warehouseCode: 'LAW',
              status: 'FIN',
              requiredShipDate: '2026-03-09T00:00:00+00:00',
              shipments: [{ id: SHIPMENT_ID, status: 'FIN' }],
            },
          ],
        },
      },
    ]);
    expect(server.received.map(({ path }) => path)).toEqual(['/warehouse/v1/orders?PrimaryReference=SHOP-700123']);
  });

  test('about nothing tells nothing', async () => {
    server.answers({ body: listOf() });
    expect(await changesOf(server).look('A&b=c #1')).toEqual([]);
    expect(server.received[0]?.path).toBe('/warehouse/v1/orders?PrimaryReference=A%26b%3Dc%20%231');
  });

  test.each(['', '  ', 'x'.repeat(36), 'a\r\nb', 'Müller', '\u0000'])(
    'that cannot be a reference is not asked: %j',
    async (hint) => {
      server.answers({ body: listOf(there()) });
      expect(await changesOf(server).look(hint)).toEqual([]);
      expect(server.received).toEqual([]);
    },
  );

  test('follows from the reference of an order that waits', async () => {
    expect(await changesOf(server).hintOf('SHOP-700123')).toBe('SHOP-700123');
  });
});
