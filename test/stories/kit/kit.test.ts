import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Order } from '../../../src/client/order.js';
import { until } from '../serving.js';
import { diedUnanswered, gated, lost, lostBefore, openShop, refused, type ShopRig, unavailable } from './shop.js';
import type { ShopResult } from './stories.js';

let rig: ShopRig;
beforeAll(async () => {
  rig = await openShop();
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.shop.calls.length = 0;
  rig.shop.settled = true;
});

const held = (order: Order<ShopResult>) => until(order, ({ hold }) => hold !== undefined);
const writes = () => rig.shop.calls.filter((call) => /create|remove/.test(call));

describe('a story', () => {
  test('completes, and shows it', async () => {
    const { order, handle } = await rig.start();
    const result = await order.result();
    expect(result).toMatchObject({ outcome: 'completed', undone: [], left: [] });
    expect(writes()).toEqual(['create order', 'create payment']);
    const status = await order.status();
    expect(status).toMatchObject({ state: 'completed', phase: 'completed', ids: { order: result.order } });
    expect(status.happenings.map(({ text }) => text)).toContain(`payment ${result.payment} made`);
    const { events } = await handle.fetchHistory();
    expect(events?.length).toBeLessThan(60);
  });

  test('that is refused half way is taken back, newest first, and fails with the first cause', async () => {
    rig.shop.plan('create payment', refused);
    const { order } = await rig.start();
    await expect(order.result()).rejects.toMatchObject({
      failure: { type: 'Rejected', message: 'the shop says no' },
      outcome: { outcome: 'failed', undone: ['the order is gone'], left: [] },
    });
    expect(writes()).toEqual(['create order', 'create payment', 'remove order']);
    expect((await order.status()).state).toBe('failed');
  });
});

describe('once', () => {
  test('adopts what a lost answer left', async () => {
    rig.shop.plan('create order', lost);
    const { order } = await rig.start();
    await order.result();
    expect(writes()).toEqual(['create order', 'create payment']);
  });

  test('adopts what a lost answer left although it has died since, and nothing that was dead before', async () => {
    const reference = randomUUID().slice(0, 8);
    rig.shop.dead.set(`${reference}/order`, [{ id: 'dead before' }]);
    rig.shop.plan('create order', diedUnanswered(rig.shop, `${reference}/order`));
    const { order } = await rig.start({ reference });
    const { order: adopted } = await order.result();
    expect(rig.shop.dead.get(`${reference}/order`)).toEqual([{ id: 'dead before' }, { id: adopted }]);
    expect(writes()).toEqual(['create order', 'create payment']);
  });

  test('sends again only after the whole settle schedule has found nothing', async () => {
    rig.shop.plan('create order', lostBefore);
    const { order } = await rig.start();
    await order.result();
    expect(rig.shop.calls.slice(0, 6)).toEqual([
      'find order',
      'create order',
      'find order',
      'find order',
      'find order',
      'create order',
    ]);
  });

  test('looks for a double after it sent again, and holds when there is one', async () => {
    // The first send takes effect only after all looks: the platform lagged longer than it ever should.
    const late = gated();
    rig.shop.plan('create order', lostBefore);
    rig.shop.plan('read', late.behaviour);
    const { order } = await rig.start();
    await late.entered;
    const [live] = [...rig.shop.live].slice(-2).filter(([key]) => key.endsWith('/order'));
    live?.[1].push({ id: 'double' });
    late.open();
    const { hold } = await held(order);
    expect(hold?.question).toContain('there are two');
    live?.[1].pop();
    await order.resolve({ hold: hold?.id ?? '', answer: 'retry' });
    expect((await order.result()).outcome).toBe('completed');
  });

  test('asks a person when it may not send again', async () => {
    rig.shop.plan('create payment', lostBefore);
    const { order } = await rig.start({ resend: 0 });
    const { hold, phase } = await held(order);
    expect(phase).toBe('held');
    expect(hold?.choices).toEqual(['retry', 'accept', 'abandon']);
    await expect(order.resolve({ hold: 'hold-9', answer: 'retry' })).rejects.toThrow('waits for an answer to hold-1');
    await expect(order.resolve({ hold: 'hold-1', answer: 'leave' })).rejects.toThrow('takes retry, accept, abandon');
    await expect(order.resolve({ hold: 'hold-1', answer: 'accept', id: 'x' })).rejects.toThrow('does not show it at x');
    const key = [...rig.shop.live.keys()].pop()?.replace('/order', '/payment') ?? '';
    rig.shop.live.set(key, [{ id: 'by-hand' }]);
    await order.resolve({ hold: 'hold-1', answer: 'accept', id: 'by-hand' });
    expect(await order.result()).toMatchObject({ payment: 'by-hand', outcome: 'completed' });
    await expect(order.resolve({ hold: 'hold-1', answer: 'retry' })).rejects.toThrow('has ended');
  });

  test('is abandoned on request, and the undo of what was perhaps sent looks for as long as the platform lags', async () => {
    rig.shop.plan('create payment', lostBefore);
    const { order } = await rig.start({ resend: 0 });
    await held(order);
    await order.resolve({ hold: 'hold-1', answer: 'abandon' });
    await expect(order.result()).rejects.toMatchObject({ failure: { type: 'OutcomeUnknown' } });
    expect(writes().slice(2)).toEqual(['remove payment', 'remove payment', 'remove payment', 'remove order']);
  });
});

describe('an undo', () => {
  test('that fails for good does not stop the others, and what is left is one hold', async () => {
    rig.shop.plan('create payment', lost);
    rig.shop.plan('read', refused);
    rig.shop.plan('remove payment', refused, refused);
    const { order } = await rig.start();
    const { hold } = await held(order);
    expect(hold?.choices).toEqual(['retry', 'done', 'leave']);
    expect(hold?.facts[0]).toContain('the payment is gone: the shop says no');
    expect(writes().slice(2)).toEqual(['remove payment', 'remove order']);
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    await until(order, (status) => status.hold?.id === 'hold-2');
    await expect(order.cancel()).rejects.toThrow('already being taken back');
    await order.resolve({ hold: 'hold-2', answer: 'leave' });
    await expect(order.result()).rejects.toMatchObject({
      outcome: { left: [{ what: 'the payment is gone' }], undone: ['the order is gone'] },
    });
  });

  test('that finds nothing of what was made looks again: what shows it may lag', async () => {
    rig.shop.plan('read', refused);
    rig.shop.plan('remove payment', () => async () => ({ done: true, found: false }));
    const { order } = await rig.start({ reference: 'SHOWN-LATE' });
    await expect(order.result()).rejects.toMatchObject({ outcome: { left: [] } });
    expect(writes().slice(2)).toEqual(['remove payment', 'remove payment', 'remove order']);
    expect(rig.shop.live.has('SHOWN-LATE/payment')).toBe(false);
  });

  test('that fails once is repeated', async () => {
    rig.shop.plan('read', refused);
    rig.shop.plan('remove order', unavailable);
    const { order } = await rig.start();
    await expect(order.result()).rejects.toMatchObject({ outcome: { left: [] } });
    expect(writes().slice(2)).toEqual(['remove payment', 'remove order', 'remove order']);
  });
});

describe('a cancel', () => {
  test.each(['update', 'button'] as const)(
    'by %s between two steps takes everything back, and closes as canceled',
    async (by) => {
      const { behaviour, entered, open } = gated();
      rig.shop.plan('create payment', behaviour);
      const { order, handle } = await rig.start();
      await entered;
      const answer = by === 'update' ? order.cancel() : handle.cancel();
      await until(order, ({ happenings }) => happenings.some(({ text }) => text === 'cancel asked for'));
      open();
      expect(await answer).toMatchObject(by === 'update' ? { verdict: 'stopped' } : {});
      await expect(order.result()).rejects.toMatchObject({
        failure: undefined,
        outcome: { outcome: 'canceled', left: [] },
      });
      expect((await order.status()).state).toBe('canceled');
      expect(writes().slice(2)).toEqual(['remove payment', 'remove order']);
    },
  );

  test('takes a step that is only being retried out of the queue', async () => {
    rig.shop.plan('create order', ...Array.from({ length: 99 }, () => unavailable));
    const { order } = await rig.start();
    await until(order, ({ pending }) => (pending[0]?.attempt ?? 0) > 1);
    expect(await order.cancel()).toMatchObject({ verdict: 'stopped', reason: 'nothing had been sent' });
    expect(writes().filter((call) => call.startsWith('remove'))).toEqual([]);
    rig.shop.plan('create order');
  });

  test('of a step whose attempt under way then fails is a cancel, not a failure', async () => {
    const { behaviour, entered, open } = gated();
    const closed = Array.from({ length: 99 }, () => unavailable);
    rig.shop.plan('create payment', (work) => behaviour(unavailable(work)), ...closed);
    const { order } = await rig.start();
    await entered;
    const answer = order.cancel();
    await until(order, ({ happenings }) => happenings.some(({ text }) => text === 'cancel asked for'));
    open();
    expect((await answer).verdict).toMatch(/stopped|pending/);
    await expect(order.result()).rejects.toMatchObject({
      failure: undefined,
      outcome: { cancel: { verdict: 'stopped' } },
    });
    expect((await order.status()).state).toBe('canceled');
    expect(writes().filter((call) => call.startsWith('remove'))).toEqual(['remove order']);
    rig.shop.plan('create payment');
  });

  test('past the point of no return is refused, and the order goes on', async () => {
    const { behaviour, entered, open } = gated();
    rig.shop.plan('read', behaviour);
    const { order } = await rig.start({ noReturnAfter: 'payment' });
    await entered;
    const answer = order.cancel();
    await until(order, ({ happenings }) => happenings.some(({ text }) => text === 'cancel asked for'));
    open();
    expect(await answer).toEqual({ verdict: 'too-late', reason: 'the payment stands' });
    expect(await order.result()).toMatchObject({ outcome: 'too-late', cancel: { verdict: 'too-late' } });
    expect(await order.cancel()).toMatchObject({ verdict: 'too-late' });
  });

  test('is answered with "pending" while a step takes long, and joined by a second one', async () => {
    const { behaviour, entered, open } = gated();
    rig.shop.plan('create order', behaviour);
    const { order } = await rig.start();
    await entered;
    expect(await order.cancel()).toEqual({ verdict: 'pending', reason: 'first: make it' });
    const second = order.cancel();
    open();
    expect((await second).verdict).toMatch(/stopped|pending/);
    await expect(order.result()).rejects.toMatchObject({ outcome: { cancel: { verdict: 'stopped' } } });
    expect(await order.cancel()).toMatchObject({ verdict: 'stopped' });
  });

  test('ends the wait for a start in the future', async () => {
    const { order } = await rig.start({ startAt: new Date(Date.now() + 3_600_000).toISOString() });
    await until(order, ({ phase }) => phase === 'scheduled');
    expect(await order.cancel()).toMatchObject({ verdict: 'stopped' });
    expect(rig.shop.calls).toEqual([]);
  });

  test('ends a hold', async () => {
    rig.shop.plan('create payment', lostBefore);
    const { order } = await rig.start({ resend: 0 });
    await held(order);
    await order.cancel();
    await expect(order.result()).rejects.toMatchObject({ outcome: { cancel: { verdict: 'stopped' } } });
    expect(writes().at(-1)).toBe('remove order');
  });
});

describe('past the point of no return', () => {
  test('a failure is held, never undone', async () => {
    rig.shop.plan('read', refused, refused);
    const { order } = await rig.start({ noReturnAfter: 'payment' });
    const { hold } = await held(order);
    expect(hold?.facts).toContain('the payment stands');
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    await until(order, (status) => status.hold?.id === 'hold-2');
    await order.resolve({ hold: 'hold-2', answer: 'retry' });
    expect((await order.result()).outcome).toBe('completed');
    expect(writes()).toEqual(['create order', 'create payment']);
  });

  test('abandoning a hold takes everything back after all', async () => {
    rig.shop.plan('read', refused);
    const { order } = await rig.start({ noReturnAfter: 'payment' });
    await held(order);
    await order.resolve({ hold: 'hold-1', answer: 'abandon' });
    await expect(order.result()).rejects.toMatchObject({
      outcome: { undone: ['the payment is gone', 'the order is gone'] },
    });
  });

  test('what is never confirmed is held', async () => {
    rig.shop.settled = false;
    const { order } = await rig.start({ noReturnAfter: 'payment' });
    await held(order);
    rig.shop.settled = true;
    await order.resolve({ hold: 'hold-1', answer: 'retry' });
    expect((await order.result()).outcome).toBe('completed');
  });
});
