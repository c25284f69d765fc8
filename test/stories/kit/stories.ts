// Stories of a made-up shop, which show what the kit promises whatever the platform.

import { refuse } from '../../../src/workflows/cause.js';
import type { Contract, OrderHead, Read } from '../../../src/workflows/contract.js';
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

/** What a waiting order of the shop is told. */
export interface ShopState {
  readonly settled: boolean;
  readonly news: number;
}

export interface ShopActivities {
  find(what: string, reference: string, at?: string): Promise<Found<Thing>>;
  create(what: string, reference: string): Promise<Thing>;
  remove(what: string, reference: string, sent: Sent): Promise<Undone>;
  read(reference: string): Promise<Read<ShopState>>;
}

export interface ShopResult {
  readonly order: string;
  readonly payment: string;
}

export { hints } from '../../../src/workflows/hints.js';

export const shopOrderContract: Contract<ShopOrder, ShopResult> = {
  name: 'shopOrder',
  platform: 'shop',
  title: 'Shop order',
  fixed: ['connection', 'reference'],
};

/** An order that only waits, for months perhaps, and can be nudged meanwhile. */
export const shopWaitContract: Contract<ShopOrder, { readonly news: number }, { nudge: unknown }> = {
  name: 'shopWait',
  platform: 'shop',
  title: 'Shop order that waits',
  fixed: ['connection', 'reference'],
  updates: ['nudge'],
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
  await telling.until({
    what: 'it is settled',
    look: () => shop.read(order.reference),
    isTrue: ({ settled }) => settled,
    looks: [1_000],
  });
  return { order: ids.order ?? '', payment: ids.payment ?? '' };
});

export const shopWait = story(shopWaitContract, async (order, telling) => {
  const shop = shopSteps(telling, order.resend);
  const seen = await telling.until({
    what: 'it is settled',
    look: () => shop.read(order.reference),
    isTrue: ({ settled }) => settled,
    says: ({ news }) => `news ${news}`,
    late: ({ news }) => (news > 5 ? 'much has happened' : undefined),
    serves: {
      nudge: async (by: { much: number }) => {
        if (by.much > 3) throw refuse('Rejected', 'too much');
        return `nudged by ${by.much}`;
      },
    },
  });
  return { news: seen.news };
});

/** A subscription of the shop: one that comes again and again, each time as a part of its own. */
export interface ShopSubscription extends ShopOrder {
  readonly cycles: number;
  /** From one cycle to the next, in milliseconds. */
  readonly everyMs: number;
  /** A story that is wrong: it goes on as a new run although its undo is open. */
  readonly careless?: boolean;
}

/** What the runs of a subscription leave to each other. */
interface Going {
  readonly done: number;
  readonly nudges: number;
  readonly dueAt: number;
}

export const shopCycleContract: Contract<ShopOrder, { readonly charge: string }> = {
  name: 'shopCycle',
  platform: 'shop',
  title: 'Shop cycle',
  fixed: ['connection', 'reference'],
};

export const shopSubscriptionContract: Contract<
  ShopSubscription,
  { readonly done: number; readonly nudges: number; readonly news: number },
  { nudge: unknown; end: unknown }
> = {
  name: 'shopSubscription',
  platform: 'shop',
  title: 'Shop subscription',
  fixed: ['connection', 'reference'],
  updates: ['nudge', 'end'],
};

export const shopCycle = story(shopCycleContract, async (order, telling) => {
  const shop = shopSteps(telling, order.resend);
  telling.undo('the invoice is gone', (sent) => shop.remove('invoice', order.reference, sent));
  await telling.once(shop.find, shop.create, 'invoice', order.reference);
  const { id } = await telling.once(shop.find, shop.create, 'charge', order.reference);
  telling.noReturn('the charge stands');
  return { charge: id };
});

export const shopSubscription = story(shopSubscriptionContract, async (order, telling, before?: Going) => {
  const shop = shopSteps(telling, order.resend);
  let { done, nudges, dueAt } = before ?? { done: 0, nudges: 0, dueAt: Date.now() + order.everyMs };
  let news = 0;
  let ended = false;
  if (before === undefined) {
    telling.undo('the subscription is gone', (sent) => shop.remove('subscription', order.reference, sent));
    telling.knows({ subscription: (await telling.once(shop.find, shop.create, 'subscription', order.reference)).id });
  }
  telling.stop(async () => {
    if (done === 0) return { verdict: 'stopped', reason: 'nothing was charged' };
    await shop.remove('subscription', order.reference, 'yes');
    ended = true;
    return { verdict: 'partly', reason: `it has ended; ${done} charges stand` };
  });
  const serves = {
    nudge: async () => `nudge ${++nudges}`,
    end: async () => {
      ended = true;
      return 'ended';
    },
  };
  while (done < order.cycles && !ended) {
    const seen = await telling.until<ShopState>({
      what: 'the next cycle is due',
      look: () => shop.read(order.reference),
      isTrue: () => ended || Date.now() >= dueAt,
      trueAt: () => dueAt,
      says: (now) => `news ${now.news}`,
      serves,
    });
    news = seen.news;
    if (ended) break;
    const cycle = { connection: order.connection, reference: `${order.reference}.${done + 1}`, resend: order.resend };
    const end = await telling.part(shopCycleContract, cycle, {
      serves,
      done: ({ charge }) => `charge ${charge} stands`,
    });
    if (end.how === 'failed') throw end.failure;
    if (end.how === 'taken') throw refuse('Conflict', `${end.workflowId} is taken`);
    if (end.how === 'canceled') continue;
    done++;
    dueAt += order.everyMs;
    if (!order.careless) telling.stands(`${done} charges stand`);
    if (!ended) await telling.renew({ done, nudges, dueAt } satisfies Going);
  }
  return { done, nudges, news };
});
