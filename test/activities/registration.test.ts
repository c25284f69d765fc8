import { describe, expect, test } from 'vitest';
import { failure } from '../../src/activities/failure.js';
import { type RegistrationAct, register, whither } from '../../src/activities/registration.js';
import type { FailureType } from '../../src/workflows/failures.js';

/** A platform that knows names; what is sent may be lost before it is done, or after. */
function platform(there: readonly string[], losses: readonly ('before' | 'after' | FailureType)[] = []) {
  const known = new Set(there);
  const sent: string[] = [];
  const left = [...losses];
  const act = (what: string, doIt: () => void): RegistrationAct => ({
    what,
    async send() {
      sent.push(what);
      const loss = left.shift();
      if (loss !== undefined && loss !== 'before' && loss !== 'after') throw failure(loss, 'refused');
      if (loss !== 'before') doIt();
      if (loss !== undefined) throw failure('OutcomeUnknown', 'no answer');
    },
  });
  const look = async () => ({
    missing: ['one', 'two'].filter((name) => !known.has(name)).map((name) => act(name, () => known.add(name))),
    stale: [...known].filter((name) => name.startsWith('old')).map((name) => act(name, () => known.delete(name))),
  });
  return { look, known, sent };
}
const keeping = { removeStale: false, settleMs: 1 };

describe('registering', () => {
  test('sends what is missing; the second time nothing', async () => {
    const there = platform(['one']);
    expect(await register(there, keeping)).toEqual({ registered: ['two'], stale: [], removed: [] });
    expect(await register(there, keeping)).toEqual({ registered: [], stale: [], removed: [] });
    expect(there.sent).toEqual(['two']);
  });

  test('switches on what is off, and touches nothing else, where it is told to', async () => {
    const sent: string[] = [];
    const act = (what: string, switchedOff?: boolean): RegistrationAct => ({
      what,
      ...(switchedOff === undefined ? {} : { switchedOff }),
      async send() {
        sent.push(what);
      },
    });
    const there = {
      look: async () => ({ missing: [act('new'), act('off', true), act('other', false)], stale: [act('old')] }),
    };
    expect(await register(there, { ...keeping, onlySwitchedOff: true })).toMatchObject({
      registered: ['off'],
      removed: [],
    });
    expect(sent).toEqual(['off']);
  });

  test('looks for what was lost before it sends it again', async () => {
    const done = platform([], ['after']);
    expect(await register(done, keeping)).toMatchObject({ registered: ['one', 'two'] });
    expect(done.sent).toEqual(['one', 'two']);
    const undone = platform([], ['before']);
    expect(await register(undone, keeping)).toMatchObject({ registered: ['one', 'two'] });
    expect(undone.sent).toEqual(['one', 'one', 'two']);
  });

  test('gives up on a platform that does not answer', async () => {
    const there = platform([], ['before', 'before', 'before']);
    await expect(register(there, keeping)).rejects.toThrow('no answer');
    expect(there.sent).toEqual(['one', 'one', 'one']);
  });

  test('sends once more what was one too many', async () => {
    const there = platform([], ['RateLimited']);
    expect(await register(there, keeping)).toMatchObject({ registered: ['one', 'two'] });
    expect(there.sent).toEqual(['one', 'one', 'two']);
  });

  test.each(['Rejected', 'NotAuthorized'] as const)('sends nothing again that is %s', async (type) => {
    const there = platform([], [type]);
    await expect(register(there, keeping)).rejects.toMatchObject({ type });
    expect(there.sent).toEqual(['one']);
  });

  test('names what is stale, and takes it out when asked, after the rest', async () => {
    const there = platform(['old-1', 'old-2', 'one']);
    expect(await register(there, keeping)).toMatchObject({ registered: ['two'], stale: ['old-1', 'old-2'] });
    const outcome = await register(there, { ...keeping, removeStale: true });
    expect(outcome).toEqual({ registered: [], stale: [], removed: ['old-1', 'old-2'] });
    expect([...there.known]).toEqual(['one', 'two']);
  });
});

test.each([
  ['https://hooks.example.com/webhooks/keap/acme/new', 'same'],
  ['https://HOOKS.example.com:443/webhooks/keap/acme/new', 'same'],
  ['https://hooks.example.com/webhooks/keap/acme/old', 'earlier'],
  ['https://hooks.example.com/webhooks/keap/acme/new?secret=x', 'earlier'],
  ['https://hooks.example.com/webhooks/keap/other/old', 'elsewhere'],
  ['https://hooks.example.com/webhooks/keap/acme/new/more', 'elsewhere'],
  ['https://staging.example.com/webhooks/keap/acme/old', 'elsewhere'],
  ['http://hooks.example.com/webhooks/keap/acme/old', 'elsewhere'],
  ['', 'elsewhere'],
] as const)('%s leads %s', (registered, leads) => {
  expect(whither(registered, 'https://hooks.example.com/webhooks/keap/acme/new')).toBe(leads);
});
