import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
  Trigger,
} from '@temporalio/workflow';
import { causeOf, refuse } from './cause.js';
import { type CancelAnswer, messages, type Resolve, STANDS, type StoryStatus, type Told } from './contract.js';
import { type Kit, own } from './kit.js';
import { passOn, takePartNews } from './parts.js';
import { statusOf } from './run.js';
import { paced, timing } from './timing.js';

const statusQuery = defineQuery<StoryStatus>(messages.status);
const askUpdate = defineUpdate<void>(messages.ask);
const cancelUpdate = defineUpdate<CancelAnswer>(messages.cancel);
const resolveUpdate = defineUpdate<string, [unknown]>(messages.resolve);
const toldSignal = defineSignal<[Told]>(messages.told);

/** Answers status, cancel and resolve, and takes what it is told. Registered before the first await, so that no request is missed. */
export function listen(kit: Kit): void {
  const { run, cancel } = kit;
  setHandler(statusQuery, () => statusOf(run, cancel.answer));
  /**
   * A query that lies at the server while no worker is free is given to one with events of which no workflow task has
   * begun. The SDK (1.24) lets the run go on with them, and may go another way when it is replayed: the run is stuck then.
   * An update comes with its workflow task, and one that is refused leaves nothing in the history.
   */
  setHandler(askUpdate, () => undefined, {
    validator: () => {
      throw ApplicationFailure.nonRetryable('how it stands', STANDS, statusOf(run, cancel.answer));
    },
  });
  setHandler(cancelUpdate, () =>
    CancellationScope.nonCancellable(async (): Promise<CancelAnswer> => {
      if (kit.undoing && !cancel.wasAsked) throw refuse('Rejected', 'the order is already being taken back');
      cancel.ask();
      const wait = paced(timing.cancelAnswer, run.pace);
      await condition(() => cancel.answer !== undefined, wait, {
        summary: 'then the cancel is answered with "pending"',
      });
      const doing = run.step === undefined ? 'it is being decided' : `first: ${run.step}`;
      return cancel.answer ?? { verdict: 'pending', reason: run.hold?.question ?? doing };
    }),
  );
  setHandler(toldSignal, (told) => {
    kit.inbox.take(told);
    kit.inbox.remember();
    passOn(kit, told);
  });
  takePartNews(kit);
  setHandler(resolveUpdate, (answer) =>
    CancellationScope.nonCancellable(async (): Promise<string> => {
      const resolve = await parsed(answer);
      expectFits(kit, resolve);
      const reply = new Trigger<string>();
      kit.answering = { resolve, reply };
      return reply;
    }),
  );
}

/** An update fails with the failure itself: it is what its sender reads. */
async function parsed(answer: unknown): Promise<Resolve> {
  try {
    return await own('parse the answer', (activities) => activities.parseResolve(answer));
  } catch (error) {
    throw causeOf(error).failure;
  }
}

function expectFits({ run, answering }: Kit, { hold, answer }: Resolve): void {
  if (run.hold === undefined) throw refuse('Rejected', `${hold} is over: the order waits for no answer`);
  if (run.hold.id !== hold)
    throw refuse('Rejected', `${hold} is not open: the order waits for an answer to ${run.hold.id}`);
  if (!run.hold.choices.includes(answer)) {
    throw refuse('Rejected', `${hold} takes ${run.hold.choices.join(', ')}, not "${answer}"`);
  }
  if (answering !== undefined) throw refuse('Rejected', `${hold} is just being answered by somebody else`);
}
