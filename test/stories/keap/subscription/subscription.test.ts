import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoFailedTask } from '../../expect-no-failed-task.js';
import { type ClubRig, openClubs } from './rig.js';

let rig: ClubRig;
beforeAll(async () => {
  rig = await openClubs(['rest', 'xml-rpc']);
});
afterAll(() => rig.close());

describe.each(['rest', 'xml-rpc'] as const)('a Keap subscription over %s', (transport) => {
  const clubOf = () => {
    const found = rig.accounts.find((each) => each.variant === transport);
    if (found === undefined) throw new Error(`no account over ${transport}`);
    found.sandbox.reset();
    return found;
  };

  test('is added once, invoiced and charged, and ended after its last cycle', async () => {
    const club = clubOf();
    const order = await club.start(club.order());
    let over = false;
    const end = order.result().finally(() => {
      over = true;
    });
    (async () => {
      while (!over) {
        await new Promise((r) => setTimeout(r, 3000));
        const s = await order.status();
        console.log(JSON.stringify(s.happenings.map((h) => h.text)), s.step, s.waitingFor, s.troubles, s.part, s.hold);
      }
    })();
    const result = await end.catch((e) => {
      console.log(e, JSON.stringify(club.sandbox.ledger().requests.slice(-8), null, 1));
      throw e;
    });
    console.log(
      result,
      JSON.stringify(club.sandbox.ledger().subscriptions, null, 1),
      club.sandbox.ledger().requests.map((r) => `${r.operation} ${r.status}`),
    );
    await expectNoFailedTask(rig.client, order.workflowId);
  });
});
