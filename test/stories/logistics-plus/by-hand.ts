import { expect } from 'vitest';
import { type LogisticsPlusSandbox, logisticsPlusSeed } from '../../../src/sandbox/index.js';

/** What a person or another program at the same account does. @returns the order's id */
export async function createByHand({ url }: LogisticsPlusSandbox, input: Record<string, unknown>): Promise<string> {
  const { connection: _, reference, ...rest } = input;
  const answer = await fetch(`${url}/warehouse/v1/orders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-api-key': logisticsPlusSeed.apiKey,
      'organization-slug': logisticsPlusSeed.slug,
    },
    body: JSON.stringify({ ...rest, primaryReference: reference }),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  const { data } = (await answer.json()) as { data: { id: string } };
  return data.id;
}
