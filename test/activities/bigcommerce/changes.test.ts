import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bigcommerceSeed } from '../../../src/sandbox/index.js';
import { at, openShop, orderOf, REFERENCE, type Shop } from './rig.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.sandbox.reset());
afterAll(() => shop.stop());

const create = async () => (await shop.hands.createOrder(orderOf())).orderId;
const standing = { statusId: 7, paymentStatus: '', itemsShipped: 0 };

describe('a look', () => {
  test('by a reference shows every order that carries it', async () => {
    const [one, other] = [await create(), await create()];
    expect(await shop.changes.look(REFERENCE)).toMatchObject([
      { story: 'bigcommerceOrder', reference: REFERENCE, state: { orders: [{ orderId: one }, { orderId: other }] } },
    ]);
    expect(await shop.changes.look('SO-2')).toEqual([]);
    expect(await shop.changes.look('a b/c')).toEqual([]);
  });

  test('by the id of an order shows what carries its reference', async () => {
    const id = await create();
    expect(await shop.changes.look(`order:${id}`)).toMatchObject([
      { reference: REFERENCE, state: { orders: [{ orderId: id, ...standing }] } },
    ]);
    expect(await shop.changes.look('order:../1')).toEqual([]);
  });

  test("of the store's own order shows nothing, until a mark is on it", async () => {
    const [id = 0] = bigcommerceSeed.authorizedOrderIds;
    expect(await shop.changes.look(`order:${id}`)).toEqual([]);
    shop.sandbox.controls.editOrder({ orderId: id, changes: { external_order_id: 'ERP-77' } });
    const mark = { connection: 'bigcommerce/acme', reference: REFERENCE, orderId: String(id) };
    expect(await shop.hands.markOrder(mark)).toEqual({ place: 'metafield' });
    const news = [{ reference: REFERENCE, state: { orders: [{ orderId: String(id), paymentStatus: 'authorized' }] } }];
    expect(await shop.changes.look(REFERENCE)).toMatchObject(news);
    const all = await shop.changes.look(`order:${id}`);
    expect(all.map(({ reference }) => reference).sort()).toEqual(['ERP-77', REFERENCE]);
  });

  test('at an order that was archived tells whoever waits for it', async () => {
    const id = await create();
    await shop.changes.look(REFERENCE);
    shop.sandbox.controls.archive({ orderId: Number(id) });
    expect(await shop.changes.look(`order:${id}`)).toMatchObject([
      { reference: REFERENCE, state: { orders: [{ orderId: id, gone: true }] } },
    ]);
    expect(await shop.changes.look('order:987654')).toEqual([]);
  });
});

describe('the question what has changed', () => {
  /** All that is named, page by page, and where the next question goes on. */
  async function asked(from: string | undefined): Promise<{ hints: string[]; cursor: string }> {
    const hints: string[] = [];
    for (let cursor = from; ; ) {
      const changed = await shop.changes.feed?.(cursor);
      if (changed === undefined) throw new Error('no feed');
      hints.push(...changed.hints);
      cursor = changed.cursor;
      if (!changed.more) return { hints: [...new Set(hints)], cursor };
    }
  }

  test('begins with the clock of the store, and names references', async () => {
    const { hints, cursor } = await asked(undefined);
    expect(hints).toEqual([]);
    const named = [REFERENCE, `order:${await create()}`];
    const next = await asked(cursor);
    expect(next.hints).toEqual(named);
    // The overlap names it once more.
    expect((await asked(next.cursor)).hints).toEqual(named);
  });

  test('names orders that were taken over by their ids', async () => {
    const { cursor } = await asked(undefined);
    const [orderId = 0] = bigcommerceSeed.authorizedOrderIds;
    shop.sandbox.controls.editOrder({ orderId, changes: { external_order_id: 'ERP-77' } });
    await shop.hands.markOrder(at(String(orderId)));
    expect((await asked(cursor)).hints.sort()).toEqual(['ERP-77', `order:${orderId}`]);
  });

  test('costs the same however many orders were taken over', async () => {
    const { cursor } = await asked(undefined);
    const costs = async () => {
      const before = shop.asked().length;
      await asked(cursor);
      return shop.asked().slice(before);
    };
    const takeOver = async (n: number) => {
      const { orderId } = shop.sandbox.controls.seedOrder({ externalOrderId: `ERP-${n}` });
      await shop.hands.markOrder({ ...at(String(orderId)), reference: `T-${n}` });
    };
    await takeOver(0);
    const ofOne = await costs();
    expect(ofOne).not.toContain('metafields.list');
    for (let n = 1; n <= 60; n++) await takeOver(n);
    expect(shop.sandbox.ledger().metafields).toHaveLength(61);
    expect(await costs()).toEqual(ofOne);
  });

  test('goes through more orders than a page holds, of one moment too', async () => {
    const { cursor } = await asked(undefined);
    const many = 260;
    for (let n = 1; n <= many; n++)
      shop.sandbox.controls.seedOrder({ lines: [{ sku: 'EBOOK-1' }], externalOrderId: `T-${n}` });
    // Each by its reference and by its id.
    expect((await asked(cursor)).hints).toHaveLength(2 * many);
  });
});
