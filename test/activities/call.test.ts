import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import type { Dialect, Effect } from '../../src/activities/asked.js';
import { type Auth, type Call, type Caller, callerFor, fixedAuth } from '../../src/activities/call.js';
import type { HttpAnswer, HttpRequest } from '../../src/activities/http.js';
import type { Served } from '../../src/activities/platform.js';

const dialect: Dialect = { platform: 'shop', name: 'Shop', credentials: 'the key', refusal: () => undefined };

const call: Call = {
  operation: 'orders.create',
  method: 'POST',
  url: 'http://shop.invalid/orders',
  effect: 'once',
  headers: { accept: 'application/json' },
  body: '{}',
  values: ['sent'],
};

interface How {
  readonly effect?: Effect;
  readonly auth?: Auth;
  readonly personal?: readonly string[] | undefined;
  readonly priorityKey?: number;
  readonly startToCloseTimeoutMs?: number;
  readonly statuses?: number[];
}

/** What is sent for a call by an activity, and what is then known of it. */
async function called(how: How = {}) {
  const { effect = 'once', auth = fixedAuth({ 'x-key': 'k-1' }), priorityKey, startToCloseTimeoutMs = 90_000 } = how;
  const statuses = [...(how.statuses ?? [200])];
  const sent: HttpRequest[] = [];
  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    sent.push(request);
    return { status: statuses.shift() ?? 500, headers: {}, text: '' };
  };
  const served = { connection: { name: 'shop/acme' }, send } as unknown as Served;
  const personal = 'personal' in how ? how.personal : ['Dana'];
  const caller = callerFor(served, { dialect, auth, reference: 'R-1', personal });
  const priority = priorityKey === undefined ? {} : { priority: { priorityKey } };
  const info = { startToCloseTimeoutMs, ...priority };
  const environment = new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') });
  const { answer, asked }: Awaited<ReturnType<Caller>> = await environment.run(() => caller({ ...call, effect }));
  return { answer, asked, sent };
}

describe('a call', () => {
  test.each<[Effect, string]>([
    ['read', 'read'],
    ['repeatable', 'read'],
    ['once', 'write'],
  ])('that is %s leaves as a %s', async (effect, sentAs) => {
    expect((await called({ effect })).sent).toMatchObject([{ effect: sentAs }]);
  });

  test.each<[number | undefined, string]>([
    [1, 'undo'],
    [2, 'write'],
    [3, 'read'],
    [4, 'round'],
    [undefined, 'read'],
  ])('of an activity with priority %s goes in the lane %s', async (priorityKey, lane) => {
    const { sent } = await called(priorityKey === undefined ? {} : { priorityKey });
    expect(sent).toMatchObject([{ lane }]);
  });

  test('has a minute to be answered, or its part of a shorter attempt', async () => {
    expect((await called()).sent).toMatchObject([{ timeoutMs: 60_000 }]);
    expect((await called({ startToCloseTimeoutMs: 1_000 })).sent).toMatchObject([{ timeoutMs: 800 }]);
  });

  test('is signed, and what it is signed with is as little to be shown as what was sent', async () => {
    const { sent, asked } = await called({ auth: fixedAuth({ authorization: 'Bearer t-1' }) });
    expect(sent).toMatchObject([{ headers: { accept: 'application/json', authorization: 'Bearer t-1' } }]);
    expect(asked).toMatchObject({ connection: 'shop/acme', reference: 'R-1' });
    expect(asked.values).toEqual(['sent', 'Dana', 'Bearer t-1', 't-1']);
  });

  test('on behalf of nobody known leaves it open what may be shown', async () => {
    expect((await called({ personal: undefined })).asked.values).toBeUndefined();
  });
});

describe('a 401', () => {
  const renewed = (): Auth => {
    let token = 't-1';
    return {
      headers: async () => ({ authorization: `Bearer ${token}` }),
      refused: async () => {
        token = 't-2';
        return true;
      },
    };
  };

  test('that new credentials heal is asked once more, and only once', async () => {
    const { sent, asked, answer } = await called({ auth: renewed(), statuses: [401, 200] });
    expect(sent.map(({ headers }) => headers?.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
    expect(asked.values).toContain('t-2');
    expect(answer.status).toBe(200);
    expect((await called({ auth: renewed(), statuses: [401, 401] })).answer.status).toBe(401);
  });

  test('of fixed credentials stands', async () => {
    expect((await called({ statuses: [401, 200] })).sent).toHaveLength(1);
  });
});
