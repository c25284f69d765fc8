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

/** Sites of a test file, by names of their own. Each order that is started there is replayed in the end. */
export function atSites<Name extends string>(
  wanted: Readonly<Record<Name, { readonly options?: InfoplusOptions; readonly settings?: object }>>,
  options: ServingOptions = {},
) {
  const names = Object.keys(wanted) as Name[];
  const played: string[] = [];
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

  function siteOf(name: Name): Site {
    const site = rig.sites[names.indexOf(name)];
    if (site === undefined) throw new Error(`no site ${name}`);
    return site;
  }

  async function start(name: Name, change: Record<string, unknown> = {}): Promise<Going> {
    const account = siteOf(name);
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
    async waiting(name: Name, change: Record<string, unknown> = {}): Promise<Made> {
      const going = await start(name, change);
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
