import { expect, test } from 'vitest';
import { beginsAtOnce, describePlan, planOf } from '../../proof/chaos/plan.js';
import { stories } from '../../proof/stories.js';

const ORDERS = 400;
const plans = (seed: number) => Array.from({ length: ORDERS }, (_, i) => planOf(seed, i + 1));

test('a seed repeats what happens to each order, and another one does not', () => {
  const told = (seed: number) => plans(seed).map(describePlan);
  expect(told(7)).toEqual(told(7));
  expect(told(8)).not.toEqual(told(7));
  // The order alone, as it was among the others.
  expect(describePlan(planOf(7, 17))).toBe(told(7)[16]);
});

test('every journey of every story comes up, with one to three faults of its own and a twentieth of all requests', () => {
  const all = plans(7);
  const nameOf = (story: string, { name, variant }: { name: string; variant: string }) => `${story} ${name} ${variant}`;
  const planned = new Set(all.map(({ story, journey }) => nameOf(story.contract.name, journey)));
  for (const { contract, journeys } of stories) {
    for (const journey of journeys.filter(beginsAtOnce)) expect(planned).toContain(nameOf(contract.name, journey));
  }
  expect(new Set(all.map(({ faults }) => faults.length))).toEqual(new Set([1, 2, 3]));
  const failing = all.reduce((sum, { background }) => sum + background.length, 0) / ORDERS / 200;
  expect(failing).toBeGreaterThan(0.045);
  expect(failing).toBeLessThan(0.055);
  expect(all.filter(({ cancel }) => cancel !== undefined).length).toBeGreaterThan(ORDERS / 20);
  expect(all.filter(({ twice }) => twice).length).toBeGreaterThan(ORDERS / 20);
});
