import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import { hintsWorkflowId } from '../../src/workflows/contract.js';
import type { HintCounts } from '../../src/workflows/hints.js';
import { writesAt } from './cases.js';
import { type Delivery, delivered } from './deliveries.js';
import { expectEnd, travel } from './judged.js';
import { chosen, idOf, inCase, noCase } from './matrix.js';
import type { Account, Tested } from './tested.js';
import type { Trial } from './trials.js';

/** What becomes of all webhooks about an order. With the last two it is found by the rounds, as many as it has states. */
const fates = {
  doubled: 'doubled',
  'overtaken by the next': 'overtaken',
  'early too': 'told',
  late: 'late',
  'after the end': 'kept',
  lost: 'lost',
} satisfies Record<string, Delivery>;

/** A round comes every 45 s at the pace of the tests; a journey needs up to three of them. */
const ROUNDS_MS = 300_000;

/** Without `npm run faults`: no story has so many journeys that it comes to the last two, which take rounds. */
const ONE_CASE_IN = 13;

const LOOK_EVERY_MS = 100;

/** Every journey of which webhooks tell, whatever becomes of them. */
export function webhooks<A extends Account>(tested: Tested<A>): Trial<A>[] {
  const all = tested.journeys
    .filter(({ play }) => play !== undefined)
    .flatMap((journey) =>
      Object.entries(fates).map(([fate, delivery]) => ({
        id: idOf(tested.contract.name, 'webhooks', journey.variant, journey.name, fate),
        journey,
        delivery,
        early: fate === 'early too',
      })),
    );
  return chosen(all, ONE_CASE_IN).map(({ id, journey, delivery, early }) => ({
    id,
    variant: journey.variant,
    timeout: ROUNDS_MS,
    run: (context, client, account) =>
      inCase<A, unknown>(context, client, id, async (seen) => {
        const { sandbox } = account;
        const webhook = delivered((about) => account.hint(about), [delivery]);
        const told = { ...(early ? toldEarly(account) : account), hint: webhook.hint };
        const gone = await travel(client, tested, told, journey, seen);
        if (webhook.sent() === 0) return noCase;
        await expectEnd(client, journey, gone);
        if (delivery !== 'kept') return undefined;
        const requests = writesAt(sandbox);
        await webhook.release();
        await lookedAt(client, account);
        expect(writesAt(sandbox)).toEqual(requests);
        return expectEnd(client, journey, gone);
      }),
  }));
}

/** There is a webhook before there is anything to tell of, and one that comes before the answer to the first write. */
const toldEarly = <A extends Account>(account: A): A => ({
  ...account,
  async start(order) {
    const made = account.sandbox.hold({ operation: 'write', at: 'done' });
    const started = await account.start(order);
    const tell = () => account.hint(String(order.reference));
    await tell();
    void made.reached.then(tell).finally(made.release);
    return started;
  },
});

/** All hints of the account have led to a look. */
async function lookedAt(client: Client, { connection }: Account): Promise<void> {
  const hints = client.workflow.getHandle(hintsWorkflowId(connection));
  for (;;) {
    const { received, ...became } = await hints.query<HintCounts>('counts');
    if (Object.values(became).reduce((sum, each) => sum + each, 0) >= received) return;
    await pause(LOOK_EVERY_MS);
  }
}
