import { CancellationScope, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { causeOf, refuse } from './cause.js';
import type { UpdateAnswer } from './contract.js';
import { type Kit, own, type Request } from './kit.js';
import { paced, timing } from './timing.js';

/** Takes the story's own updates: parsed and queued, they are served one by one while the order waits. */
export function takeRequests(kit: Kit, story: string, names: readonly string[]): void {
  for (const name of names) {
    setHandler(defineUpdate<UpdateAnswer, [unknown]>(name), (value) =>
      CancellationScope.nonCancellable(() => request(kit, story, name, value)),
    );
  }
}

async function request(kit: Kit, story: string, name: string, raw: unknown): Promise<UpdateAnswer> {
  const { run } = kit;
  let value: unknown;
  try {
    value = await own(`parse "${name}"`, (activities) => activities.parseUpdate(story, name, run.order, raw));
  } catch (error) {
    throw causeOf(error).failure;
  }
  if (kit.undoing || kit.closed) throw refuse('Rejected', `the order is ${run.phase}`);
  const asked: Request = { name, value, answer: undefined };
  kit.requests.push(asked);
  await condition(() => asked.answer !== undefined, paced(timing.updateAnswer, run.pace), {
    summary: `then "${name}" is answered with "pending"`,
  });
  const { answer } = asked;
  if (answer === undefined)
    return { verdict: 'pending', reason: run.hold?.question ?? run.step ?? `it is ${run.phase}` };
  if ('refused' in answer) throw answer.refused;
  return { verdict: 'done', reason: answer.done };
}

/** Nothing is served any more: whoever still waits is told so. */
export function refuseRequests({ requests }: Kit, why: string): void {
  for (const request of requests.splice(0)) request.answer = { refused: refuse('Rejected', why) };
}
