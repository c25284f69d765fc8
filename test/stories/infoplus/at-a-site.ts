import { afterAll, beforeAll, expect } from 'vitest';
import type { InfoplusOptions, InfoplusSandbox } from '../../../src/sandbox/index.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { expectReplays } from '../expect-replays.js';
import type { ServingOptions } from '../serving.js';
import type { Way } from '../tested.js';
import { thereOf, waits } from './people.js';
import { openSites, type Site, type SiteAccount, type SiteOrder, type SiteRig } from './rig.js';

/** An order on its way at a site. */
export interface Going extends Way<SiteAccount> {
  readonly account: Site;
  readonly reference: string;
  readonly controls: InfoplusSandbox['controls'];
}

/** An order that is made at the site. */
export interface Made extends Going {
  /** Its number, which its back orders add three decimals to. */
  readonly orderNo: string;
}

/** A kind of site. */
export interface SiteWanted {
  readonly options?: InfoplusOptions;
  readonly settings?: object;
  /** So many of them, lent in turn: a site takes no more than ten requests a second, which is little for several tests. */
  readonly times?: number;
}

/** Sites of a test file, by names of their own. Each order that is started there is replayed in the end. */
export function atSites<Name extends string>(wanted: Readonly<Record<Name, SiteWanted>>, options: ServingOptions = {}) {
  const names = (Object.keys(wanted) as Name[]).flatMap((name) =>
    Array.from({ length: wanted[name].times ?? 1 }, () => name),
  );
  const played: string[] = [];
  const lent = new Map<Name, number>();
  let rig: SiteRig;
  beforeAll(async () => {
    rig = await openSites(
      names.map((name) => wanted[name]),
      options,
    );
  });
  afterAll(async () => {
    expect(played.length).toBeGreaterThan(0);
    for (const workflowId of played) {
      await expectNoFailedTask(rig.client, workflowId);
      await expectReplays(rig.client, workflowId);
    }
    await rig.close();
  });

  /** The next of these sites. */
  function siteOf(name: Name): Site {
    const all = rig.sites.filter((_, i) => names[i] === name);
    const turn = lent.get(name) ?? 0;
    lent.set(name, turn + 1);
    return all[turn % all.length] as Site;
  }

  async function start(at: Name | Site, change: Record<string, unknown> = {}): Promise<Going> {
    const account = typeof at === 'string' ? siteOf(at) : at;
    const input = account.order(change);
    const order = await account.start(input);
    played.push(order.workflowId);
    const { sandbox } = account;
    return { account, sandbox, controls: sandbox.controls, input, reference: input.reference, order };
  }

  return {
    rig: () => rig,
    siteOf,
    start,
    /** Starts an order and waits until it waits for the warehouse. */
    async waiting(at: Name | Site, change: Record<string, unknown> = {}): Promise<Made> {
      const going = await start(at, change);
      await waits(going.order);
      return { ...going, orderNo: numberOf(going) };
    },
  };
}

/** The number of the one order that is there under the reference, its back orders apart. */
export function numberOf(going: Pick<Going, 'sandbox' | 'input'>): string {
  const roots = thereOf(going).filter(({ orderNo, groupOrderNo }) => orderNo === groupOrderNo);
  expect(roots).toHaveLength(1);
  return roots[0]?.orderNo ?? '';
}

export const texts = async (order: SiteOrder): Promise<string[]> =>
  (await order.status()).happenings.map(({ text }) => text);
