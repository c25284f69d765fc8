// Stories of a made-up shop, which show what the kit promises whatever the platform.
import type { Contract, OrderHead } from '../../../src/workflows/contract.js';
import type { Found, Sent, Undone } from '../../../src/workflows/found.js';
import { story } from '../../../src/workflows/story.js';
import type { Telling } from '../../../src/workflows/telling.js';

export interface ShopOrder extends OrderHead {
  /** How often a create may be sent again. */
  readonly resend: 0 | 1 | 2;
  /** After this step the run may not be taken back by itself. */
  readonly noReturnAfter?: 'order' | 'payment';
}

export interface Thing {
  readonly id: string;
}

export interface ShopActivities {
  find(what: string, reference: string, at?: string): Promise<Found<Thing>>;
  create(what: string, reference: string): Promise<Thing>;
  remove(what: string, reference: string, sent: Sent): Promise<Undone>;
  read(reference: string): Promise<{ settled: boolean }>;
}

export interface ShopResult {
  readonly order: string;
  readonly payment: string;
}

export const shopOrderContract: Contract<ShopOrder, ShopResult> = {
  name: 'shopOrder',
  platform: 'shop',
  title: 'Shop order',
  fixed: ['connection', 'reference'],
};

const SETTLE = [1_000, 3_000];

const shopSteps = (telling: Telling, resend: 0 | 1 | 2) =>
  telling.steps<ShopActivities>(SETTLE, {
    find: { says: (what) => `look for the ${what}`, kind: 'read' },
    create: { says: 'make it', kind: 'create', resend, done: ({ id }, what) => `${what} ${id} made` },
    remove: { says: (what) => `remove the ${what}`, kind: 'undo' },
    read: { says: 'read the order', kind: 'read' },
  });

export const shopOrder = story(shopOrderContract, async (order, telling): Promise<ShopResult> => {
  const shop = shopSteps(telling, order.resend);
  const ids: Record<string, string> = {};
  for (const what of ['order', 'payment'] as const) {
    telling.undo(`the ${what} is gone`, (sent) => shop.remove(what, order.reference, sent));
    const { id } = await telling.once(shop.find, shop.create, what, order.reference);
    ids[what] = id;
    telling.knows({ [what]: id });
    if (order.noReturnAfter === what) telling.noReturn(`the ${what} stands`);
  }
  await telling.confirm(
    'it is settled',
    () => shop.read(order.reference),
    ({ settled }) => settled,
    [1_000],
  );
  return { order: ids.order ?? '', payment: ids.payment ?? '' };
});
