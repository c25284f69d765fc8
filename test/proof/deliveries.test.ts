import { expect, test, vi } from 'vitest';
import { type Delivery, delivered } from '../stories/deliveries.js';

/** What comes of the webhooks about a, b and c, and of those that were kept, once they may come. */
async function cameOf(...deliveries: Delivery[]): Promise<[atOnce: string, afterwards: string]> {
  const came: string[] = [];
  const webhook = delivered(async (about) => came.push(about), deliveries);
  for (const about of ['a', 'b', 'c']) await webhook.hint(about);
  expect(webhook.sent()).toBe(3);
  const atOnce = came.join('');
  await webhook.release();
  return [atOnce, came.join('').slice(atOnce.length)];
}

test.each<[Delivery[], string, string]>([
  [['told'], 'abc', ''],
  [['lost'], '', ''],
  [['doubled'], 'aabbcc', ''],
  [['overtaken'], 'ba', 'c'],
  [['kept'], '', 'cba'],
  [['told', 'lost'], 'ac', ''],
  [['lost', 'doubled', 'kept'], 'bb', 'c'],
])('webhooks that are %j', async (deliveries, atOnce, afterwards) => {
  expect(await cameOf(...deliveries)).toEqual([atOnce, afterwards]);
});

test('late webhooks come by themselves', async () => {
  vi.useFakeTimers();
  try {
    const came: string[] = [];
    const webhook = delivered(async (about) => came.push(about), ['late']);
    await webhook.hint('a');
    expect(came).toEqual([]);
    await vi.runAllTimersAsync();
    expect(came).toEqual(['a']);
  } finally {
    vi.useRealTimers();
  }
});
