import { describe, expect, test } from 'vitest';
import { flxpointSeed } from '../../../src/sandbox/index.js';
import { reaches, shows, tell, tellToTheEnd, waits } from '../watching.js';
import { acknowledge, added, request, shipAll, there } from './people.js';
import { held } from './rig.js';
import { onStage } from './stage.js';

const { tokens, sourceId } = flxpointSeed;

describe('with a token of a channel', () => {
  const stage = onStage({ settings: { token: tokens.channel, tokenKind: 'channel', channel: undefined } });

  test('lines are added, tagged and followed by what the order carries', async () => {
    const way = await stage.waiting();
    expect(added(way)).toHaveLength(1);
    expect(there(way).tags).toHaveLength(1);
    shipAll(way);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ outcome: 'completed', lines: [{ shipped: 2 }] });
  });

  test('what only an account may ask for is refused before anything is sent, by name', async () => {
    const before = stage.sandbox.ledger().requests.length;
    await expect((await stage.start({ include: ['invoices'] })).order.result()).rejects.toMatchObject({
      failure: { type: 'Rejected', message: expect.stringMatching(/include: .*kind "channel" may not make the call/) },
    });
    expect(stage.sandbox.ledger().requests).toHaveLength(before);
  });

  test('a cancel asks a person for what no call of it can do, and sees it done', async () => {
    const way = await stage.waiting();
    const made = request(way, { items: [{ orderItemId: added(way)[0]?.id ?? 0 }] });
    acknowledge(way, made);
    await tell(way, shows('acknowledged'));
    await way.order.cancel();
    const { facts } = await held(way.order);
    expect(facts.join('; ')).toMatch(/kind "channel" may not make the call fulfillmentRequests.adjust/);
    way.sandbox.controls.cancelFulfillmentRequest({ ...made, killOrFillType: 'kill' });
    await tellToTheEnd(way);
    await expect(way.order.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled', left: [] } });
    expect(there(way)).toMatchObject({ orderStatus: 'Open', tags: [] });
    expect(
      stage.sandbox.ledger().requests.filter(({ operation, status }) => operation !== 'unknown' && status === 401),
    ).toEqual([]);
  });
});

describe('with a token of a source', () => {
  const stage = onStage({ settings: { token: tokens.source, tokenKind: 'source', source: sourceId } });

  test('no line is added, and nothing is sent', async () => {
    await expect((await stage.start()).order.result()).rejects.toMatchObject({
      failure: {
        type: 'Rejected',
        message: expect.stringMatching(/kind "source" may not make the call orders.addItem/),
      },
    });
    expect(stage.sandbox.ledger().requests).toEqual([]);
  });
});

describe('with a token that Flxpoint does not take', () => {
  const refused = onStage({ settings: { token: 'expired' } });
  const paged = onStage({ options: { loginPage: true }, settings: { token: 'expired' } });

  test('the order waits, and says what to put right', async () => {
    const { order } = await refused.start();
    await reaches(order, ({ troubles }) => troubles.some((text) => /token and tokenKind/.test(text)));
    expect((await order.status()).state).toBe('running');
    await refused.rig.client.workflow.getHandle(order.workflowId).terminate();
  });

  test('a login page with 200 is no answer', async () => {
    const { order } = await paged.start();
    await reaches(order, ({ troubles }) => troubles.some((text) => /it is a page/.test(text)));
    expect((await order.status()).state).toBe('running');
    await paged.rig.client.workflow.getHandle(order.workflowId).terminate();
  });
});

describe('with a token of the account', () => {
  const stage = onStage();

  test('a page in the place of any answer is asked for again, and the line is added once', async () => {
    for (const operation of ['orders.get', 'listings.listVariants', 'orders.setTags']) {
      stage.sandbox.faults.add({ kind: 'html', operation, worked: false });
    }
    const way = await stage.start();
    await waits(way.order);
    shipAll(way);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ outcome: 'completed' });
    expect(added(way)).toHaveLength(1);
    for (const { fired } of stage.sandbox.ledger().faults) expect(fired).toBe(1);
  });

  test('no parcel is posted where no source is played', async () => {
    const way = await stage.waiting();
    const parcel = { trackingNumber: '1Z', lines: [{ reference: way.input.lines[0]?.reference ?? '', quantity: 1 }] };
    await expect(way.order.send('ship', parcel)).rejects.toThrow(/plays no source/);
    shipAll(way);
    await tellToTheEnd(way);
  });
});
