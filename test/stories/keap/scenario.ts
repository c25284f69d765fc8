import { keapSeed } from '../../../src/sandbox/index.js';
import type * as kit from '../scenario.js';
import type { KeapInput, Shop } from './rig.js';

export type Scenario = kit.Scenario<Shop>;
export type Stage = kit.Stage<Shop>;
export type Input = KeapInput;
export type { CancelBy } from '../scenario.js';

/** What a person does at Keap, by its REST interface. */
export async function byHand(
  { sandbox }: Pick<Stage, 'sandbox'>,
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${sandbox.restUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Keap-API-Key': keapSeed.serviceAccountKey },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}
