import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { type FailureType, failure } from '../../src/activities/failure.js';
import { NoAnswer } from '../../src/activities/http.js';
import { leaving, write } from '../../src/activities/write.js';

/** Runs a write whose call does this before its request leaves, and that after. */
function writing<T>(before: () => void, after: () => T, startToCloseTimeoutMs = 60_000): Promise<T> {
  const environment = new MockActivityEnvironment({ startToCloseTimeoutMs }, { logger: new DefaultLogger('ERROR') });
  const call = async (): Promise<T> => {
    const leave = leaving();
    // Another asynchronous context, as the HTTP client's callbacks have.
    before();
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    leave();
    return after();
  };
  return environment.run(() => write('orders.create', call));
}

const nothing = (): void => undefined;

const fail = (error: unknown) => (): never => {
  throw error;
};

const classified: FailureType[] = [
  'Rejected',
  'Conflict',
  'NotFound',
  'NotAuthorized',
  'RateLimited',
  'Unavailable',
  'OutcomeUnknown',
  'Unreadable',
  'NotUndone',
];

test('a write that was answered gives its result', async () => {
  expect(await writing(nothing, () => ({ id: 7 }))).toEqual({ id: 7 });
  expect(await writing(nothing, () => undefined)).toBeUndefined();
});

describe('before its request leaves', () => {
  test.each(classified)('what was classified as %s stands', async (type) => {
    await expect(writing(fail(failure(type, 'why')), nothing)).rejects.toMatchObject({ type, message: 'why' });
  });

  test.each([
    ['a bug', new TypeError('card 4111')],
    ['no connection', new NoAnswer('refused', false)],
    ['no error at all', 'card 4111'],
  ])('%s is Unavailable and may be repeated', async (_, error) => {
    const outcome = await writing(fail(error), nothing).catch((caught: Error) => caught);
    expect(outcome).toMatchObject({ type: 'Unavailable', nonRetryable: false });
    expect((outcome as Error).message).not.toContain('4111');
  });

  test('it does not leave once the attempt has run out', async () => {
    const thawing = (): void => {
      const thawed = performance.now() + 20;
      while (performance.now() < thawed);
    };
    let left = false;
    const after = (): void => {
      left = true;
    };
    await expect(writing(thawing, after, 10)).rejects.toMatchObject({ type: 'Unavailable', nonRetryable: false });
    expect(left).toBe(false);
  });
});

describe('once its request has left', () => {
  const knownNotToHaveHappened = classified.filter((type) => type !== 'Unavailable' && type !== 'Unreadable');

  test.each(knownNotToHaveHappened)('what was classified as %s stands', async (type) => {
    await expect(writing(nothing, fail(failure(type, 'why')))).rejects.toMatchObject({ type, message: 'why' });
  });

  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;

  test.each<[string, () => unknown]>([
    ['no answer', fail(new NoAnswer('reset', true))],
    ['an outage', fail(failure('Unavailable', '503'))],
    ['an answer that our schema refuses', fail(failure('Unreadable', 'id is missing'))],
    ['a bug of ours', fail(new TypeError('card 4111'))],
    ['no error at all', fail(undefined)],
    ['a result that cannot be encoded', () => ({ id: 7n })],
    ['a result without end', () => cyclic],
    ['a result of 3 MiB', () => 'a'.repeat(3 * 1024 * 1024)],
  ])('%s leaves the outcome open, and it is not repeated', async (_, after) => {
    const outcome = await writing(nothing, after).catch((caught: Error) => caught);
    expect(outcome).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: true });
    expect((outcome as Error).message).not.toContain('4111');
  });

  test('what the platform answered stays known', async () => {
    const answer = failure('Unavailable', 'the platform fails: 502', { status: 502, requestId: 'r7' });
    await expect(writing(nothing, fail(answer))).rejects.toMatchObject({
      type: 'OutcomeUnknown',
      message: expect.stringContaining('502'),
      details: [{ status: 502, requestId: 'r7', operation: 'orders.create' }],
    });
  });

  test('a bug of ours is named with its place, not with its text', async () => {
    const outcome = writing(nothing, fail(new TypeError('card\n    at 4111')));
    await expect(outcome).rejects.toThrow(/^orders\.create was sent .*: TypeError at .*write\.test\.ts:\d+:\d+\)?$/);
  });
});

test('two writes side by side do not mix their departures', async () => {
  const gone = writing(nothing, fail(new TypeError()));
  const here = writing(fail(new TypeError()), nothing);
  await expect(gone).rejects.toMatchObject({ type: 'OutcomeUnknown' });
  await expect(here).rejects.toMatchObject({ type: 'Unavailable' });
});

test('nobody leaves outside a write', () => {
  expect(() => leaving()).toThrow(/inside write/);
});
