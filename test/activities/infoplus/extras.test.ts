import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import { type Reply, ScriptedServer } from '../scripted-server.js';
import { answering, asked, BASE, errors, handsOf, made, there, wantOf, written } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const refused: Reply = { status: 400, body: errors('Order 48211 has been processed') };
const why = (operation: string) => `Infoplus answered ${operation} with 400: Order 48211 has been processed`;

describe('what an order can do without', () => {
  const steps = {
    'order.customFields': ['PUT order/customFields', () => handsOf(server).setCustomFields(wantOf(), made)],
    'order.tag': ['PUT order/48211/tag/*', () => handsOf(server).addTag(wantOf(), made, 'very important')],
    'order.untag': ['DELETE order/48211/tag/*', () => handsOf(server).removeTag(wantOf(), made, 'very important')],
  } as const;

  test.each(Object.entries(steps))('%s is done, whatever the body says', async (_, [route, step]) => {
    for (const body of ['', 'OK', '{}', there()]) {
      server.answers(answering({ [route]: { status: 200, body } }));
      expect(await step()).toEqual({ done: true });
    }
  });

  test.each(Object.entries(steps))('%s that is refused is told, and no failure', async (operation, [route, step]) => {
    server.answers(answering({ [route]: refused }));
    expect(await step()).toEqual({ done: false, why: why(operation) });
    server.answers(answering({ [route]: { status: 200, body: errors('Order 48211 has been processed') } }));
    expect(await step()).toMatchObject({ done: false });
    server.answers(answering({}));
    expect(await step()).toMatchObject({ done: false });
  });

  test.each(Object.entries(steps))(
    '%s that got no answer, or none of Infoplus, is tried again',
    async (_, [route, step]) => {
      const page = { status: 200, body: '<!DOCTYPE html><html><body>Please sign in</body></html>' };
      for (const reply of [{ status: 503 }, page, { status: 200, body: '{"errors":["Order 48' }]) {
        server.answers(answering({ [route]: reply }));
        expect(await failureOf(step())).toMatchObject({ type: 'Unavailable' });
      }
    },
  );

  test('custom fields are sent alone, tags as a part of the address', async () => {
    server.answers({ body: '' });
    await handsOf(server).setCustomFields(wantOf(), made);
    await handsOf(server).addTag(wantOf(), made, 'ä?b #1');
    expect(written(server, 'PUT order/customFields')).toEqual({
      orderNo: 48211,
      customFields: { sourceRunId: '0b0e6a1e' },
    });
    expect(server.received[1]).toMatchObject({ path: `${BASE}/order/48211/tag/%C3%A4%3Fb%20%231`, body: '' });
  });
});

describe('a hold', () => {
  /** An order that keeps the hold code that is written. */
  const held = (holdCode: string | null, change: object = {}) => {
    let order = { ...there({ holdCode, ...change }), unknownField: [1, { a: null }] };
    return answering({
      'GET order/48211': () => ({ body: order }),
      'PUT order': ({ body }) => {
        order = JSON.parse(body);
        return { body: '' };
      },
    });
  };
  const release = () => handsOf(server).releaseOrder(wantOf({ holdCode: 'H' }), made);

  test('is taken off by writing the whole order back', async () => {
    server.answers(held('H'));
    expect(await release()).toEqual({ was: 'H' });
    expect(written(server, 'PUT order')).toEqual({ ...there(), holdCode: 'N', unknownField: [1, { a: null }] });
    expect(asked(server)).toEqual(['GET order/48211', 'PUT order', 'GET order/48211']);
    expect(await release()).toEqual({ was: 'N' });
  });

  test.each(['N', 'Y', 'n', null])('%j holds nothing, and stays', async (code) => {
    server.answers(held(code));
    await release();
    expect(asked(server)).toEqual(['GET order/48211']);
  });

  test.each(['C', '1', 'E'])('%s, which somebody else has set, is never overwritten', async (code) => {
    server.answers(held(code));
    expect(await failureOf(release())).toEqual({
      type: 'Rejected',
      message: `order 48211 has the hold code ${code}, which somebody else has set`,
    });
    server.answers(held('H'));
    expect(await failureOf(handsOf(server).releaseOrder(wantOf(), made))).toMatchObject({ type: 'Rejected' });
    expect(asked(server)).toEqual(['GET order/48211']);
  });

  test('of a processed order is not taken off any more', async () => {
    server.answers(held('H', { status: 'Processing' }));
    expect(await failureOf(release())).toEqual({ type: 'Rejected', message: 'too late: order 48211 is Processed' });
  });

  test('that is shown still is tried again', async () => {
    server.answers(answering({ 'GET order/48211': { body: there({ holdCode: 'H' }) }, 'PUT order': { body: '' } }));
    expect(await failureOf(release())).toMatchObject({ type: 'Unavailable' });
  });
});
