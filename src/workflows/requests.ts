import { CancellationScope, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { causeOf, refuse } from './cause.js';
import type { UpdateAnswer } from './contract.js';
import { canonical } from './fingerprint.js';
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
  const asked = sameAsLast(kit, name, raw) ?? queued(kit, name, raw);
  if (asked.state === 'came') await parse(kit, story, asked);
  if (asked.answer === undefined) {
    await condition(() => asked.answer !== undefined, paced(timing.updateAnswer, run.pace), {
      summary: `then "${name}" is answered with "pending"`,
    });
  }
  const { answer } = asked;
  if (answer === undefined)
    return { verdict: 'pending', reason: run.hold?.question ?? run.step ?? `it is ${run.phase}` };
  if ('refused' in answer) throw answer.refused;
  return { verdict: 'done', reason: answer.done };
}

/**
 * Whoever was answered "pending" asks again: when nothing else was asked since, that is the same request. One by one,
 * they would come faster than a slow platform serves them.
 */
function sameAsLast({ requests }: Kit, name: string, raw: unknown): Request | undefined {
  const last = requests.at(-1);
  return last?.name === name && canonical(last.raw) === canonical(raw) ? last : undefined;
}

/** At once, before it is parsed: they are served in the order in which they came. */
function queued({ requests }: Kit, name: string, raw: unknown): Request {
  const asked: Request = { name, raw, value: undefined, state: 'came', answer: undefined };
  requests.push(asked);
  return asked;
}

async function parse(kit: Kit, story: string, asked: Request): Promise<void> {
  const { run } = kit;
  const { name, raw } = asked;
  asked.state = 'being parsed';
  try {
    asked.value = await own(`parse "${name}"`, (activities) => activities.parseUpdate(story, name, run.order, raw));
    asked.state = 'parsed';
    if (kit.undoing || kit.closed) answer(kit, asked, { refused: refuse('Rejected', `the order is ${run.phase}`) });
  } catch (error) {
    answer(kit, asked, { refused: causeOf(error).failure });
  }
}

/** The first answer counts. */
export function answer({ requests }: Kit, request: Request, given: NonNullable<Request['answer']>): void {
  request.answer ??= given;
  const at = requests.indexOf(request);
  if (at >= 0) requests.splice(at, 1);
}

/** Nothing is served any more: whoever still waits is told so. */
export function refuseRequests(kit: Kit, why: string): void {
  for (const request of kit.requests.filter(({ state }) => state !== 'being served')) {
    answer(kit, request, { refused: refuse('Rejected', why) });
  }
}
