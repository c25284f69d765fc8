import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bigcommerce } from '../../../src/activities/bigcommerce/index.js';
import { register } from '../../../src/activities/registration.js';
import { openShop, type Shop } from './rig.js';

const OURS = 'https://hooks.example.com/webhooks/bigcommerce/acme/';
const ADDRESS = `${OURS}kX3_v9-QmZ7pLw2T`;
const SECRET = 'header-secret-0001';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.sandbox.reset());
afterAll(() => shop.stop());

function registering({ address = ADDRESS, secrets = [SECRET], removeStale = false } = {}) {
  const settings = { secrets, header: 'x-waybill-secret' };
  const registration = bigcommerce.webhook.registration?.(shop.served, settings, address);
  if (registration === undefined) throw new Error('no registration');
  return register(registration, { removeStale, settleMs: 1 });
}

const hooks = () => shop.sandbox.ledger().hooks;
const nothing = { registered: [], stale: [], removed: [] };

describe('the subscription of a connection', () => {
  test('is one, of all that happens to orders, and says whose it is', async () => {
    expect(await registering()).toEqual({ ...nothing, registered: ['store/order/*'] });
    expect(hooks()).toMatchObject([
      { scope: 'store/order/*', destination: ADDRESS, headerNames: ['x-waybill-secret', 'x-waybill-connection'] },
    ]);
    expect(await registering()).toEqual(nothing);
    expect(hooks()).toHaveLength(1);
  });

  test('is switched on again, and gets its successor of a secret', async () => {
    await registering();
    shop.sandbox.controls.deactivateHook({ hookId: Number(hooks()[0]?.id) });
    expect((await registering()).registered[0]).toMatch(/subscription \d+, which was switched off/);
    expect((await registering({ secrets: ['header-secret-0002'] })).registered[0]).toMatch(/sent other headers/);
    expect(await registering({ secrets: ['header-secret-0002'] })).toEqual(nothing);
    expect(hooks()).toHaveLength(1);
  });

  test('at an earlier path is told, and removed when that is asked for', async () => {
    await registering({ address: `${OURS}earlier-secret-01` });
    expect((await registering()).stale[0]).toMatch(/^subscription \d+$/);
    expect(hooks()).toHaveLength(2);
    expect((await registering({ removeStale: true })).removed).toHaveLength(1);
    expect(hooks()).toMatchObject([{ destination: ADDRESS }]);
  });

  test('is looked for when the answer is lost, and not made twice', async () => {
    shop.sandbox.faults.add({ kind: 'reset-after', operation: 'hooks.create' });
    expect((await registering()).registered).toEqual(['store/order/*']);
    expect(hooks()).toHaveLength(1);
  });
});
