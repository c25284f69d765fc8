import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  defineQuery,
  defineUpdate,
  setHandler,
  Trigger,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { Cancel, Granted } from './cancel.js';
import { causeOf, refuse } from './cause.js';
import { confirm } from './confirm.js';
import {
  attributes,
  type CancelAnswer,
  type Contract,
  memoKeys,
  messages,
  type OrderHead,
  type Outcome,
  type Resolve,
  type StoryStatus,
} from './contract.js';
import type { Found, Sent, Undone } from './found.js';
import { type Kit, local } from './kit.js';
import { once } from './once.js';
import { happened, openRun, type RunState, statusOf } from './run.js';
import { takeBack } from './saga.js';
import { showing } from './status.js';
import { makeSteps, type Step, type Steps, type StepTable } from './steps.js';
import { paced, timing } from './timing.js';

/** What a story works with. */
export interface Telling {
  /** Makes the steps of the story's platform. `settle`: when to look again after a lost answer, in milliseconds. */
  steps<T>(settle: readonly number[], table: StepTable<T>): Steps<T>;
  /** Registers what takes the next step back, named by what is true afterwards. Stands on the line before its step. */
  undo(says: string, run: (sent: Sent) => Promise<Undone>): void;
  /** Makes sure that something is there exactly once: looks, creates what is missing, looks again. */
  // biome-ignore lint/suspicious/noExplicitAny: the steps' own types check the arguments.
  once<A extends any[], T>(
    find: Step<(...args: [...A, at?: string]) => Promise<Found<T>>>,
    create: Step<(...args: A) => Promise<T>>,
    ...args: A
  ): Promise<T>;
  /** Reads again, after each of the pauses (ms), until the platform shows what must be true; then asks a person. */
  confirm<T>(what: string, read: () => Promise<T>, isTrue: (seen: T) => boolean, pauses: readonly number[]): Promise<T>;
  /** From here on nothing is taken back by itself: a failure is a hold, and a cancel is refused with this reason. */
  noReturn(reason: string): void;
  /** Decides a cancel in the story's own way, from here on. */
  stop(decide: () => Promise<CancelAnswer>): void;
  /** These members of the input have taken effect: a person can correct them no more. */
  settled(...members: string[]): void;
  /** Shows ids of the platform in status and UI. */
  knows(ids: Readonly<Record<string, string | undefined>>): void;
}

/** Makes the workflow function of a story: its body, and around it everything that all stories promise. */
export function story<Input extends OrderHead, Result extends object>(
  contract: Contract<Input, Result>,
  body: (order: Input, telling: Telling) => Promise<Result>,
): (input: unknown) => Promise<Result & Outcome> {
  return (input) => {
    const root = CancellationScope.current();
    return CancellationScope.nonCancellable(() => tell(contract, body, input, root));
  };
}

const statusQuery = defineQuery<StoryStatus>(messages.status);
const cancelUpdate = defineUpdate<CancelAnswer>(messages.cancel);
const resolveUpdate = defineUpdate<string, [unknown]>(messages.resolve);

async function tell<Input extends OrderHead, Result extends object>(
  contract: Contract<Input, Result>,
  body: (order: Input, telling: Telling) => Promise<Result>,
  input: unknown,
  root: CancellationScope,
): Promise<Result & Outcome> {
  const { workflowId, typedSearchAttributes } = workflowInfo();
  const run = openRun(contract.name, UNKNOWN_HEAD, 1, Date.now());
  const cancel = new Cancel(run);
  const kit: Kit = {
    run,
    cancel,
    answering: undefined,
    correct: (change) => correct(contract.name, run, change),
    doubleChecks: [],
    undoing: false,
    holds: 0,
    settle: [],
    show: showing(run, typedSearchAttributes.get(attributes.phase) as RunState['phase'] | undefined),
  };
  listen(kit);
  root.cancelRequested.catch(() => cancel.ask());

  let end: Ending<Result>;
  try {
    const admitted = await local('check the input').admit(contract.name, workflowId, input);
    const order = admitted.order as Input;
    run.head = order;
    run.order = admitted.order as Record<string, unknown>;
    run.pace = admitted.pace;
    addMissingAttributes(order);
    await waitForStart(kit, order);
    run.phase = 'working';
    const result = await cancel.body(() => body(order, telling(kit)));
    for (const check of kit.doubleChecks) await check();
    await cancel.boundary();
    end = { result };
  } catch (error) {
    const cause = error instanceof Granted ? undefined : causeOf(error);
    if (cause !== undefined) happened(run, `failed: ${cause.message}`);
    await takeBack(kit);
    end = { cause: cause?.failure };
  }
  return close(kit, root, end);
}

/** How the body ended: with a result, with its first cause, or (neither) because a cancel was granted. */
type Ending<Result> = { readonly result: Result } | { readonly cause: ApplicationFailure | undefined };

async function close<Result extends object>(
  kit: Kit,
  root: CancellationScope,
  end: Ending<Result>,
): Promise<Result & Outcome> {
  const { run, cancel } = kit;
  if ('result' in end) {
    if (cancel.wasAsked) cancel.answer ??= { verdict: 'too-late', reason: 'the order had been completed' };
    const outcome = outcomeOf(kit, refused(cancel.answer) ?? 'completed');
    await settle(kit, 'completed');
    return { ...end.result, ...outcome };
  }
  if (cancel.wasAsked) cancel.answer = takenBack(run, cancel);
  const outcome = outcomeOf(kit, end.cause === undefined ? 'canceled' : 'failed');
  upsertMemo({ [memoKeys.outcome]: outcome });
  await settle(kit, outcome.outcome === 'canceled' ? 'canceled' : 'failed');
  if (end.cause === undefined) return closeCanceled(root, run);
  const { type, message, details } = end.cause;
  throw ApplicationFailure.create({
    ...(type ? { type } : {}),
    message,
    nonRetryable: true,
    details: [{ ...(details?.[0] as object | undefined), ...outcome }],
  });
}

const refused = (answer: CancelAnswer | undefined) =>
  answer?.verdict === 'too-late' || answer?.verdict === 'partly' ? answer.verdict : undefined;

function takenBack(run: RunState, cancel: Cancel): CancelAnswer {
  if (cancel.answer !== undefined) return cancel.answer;
  if (run.left.length === 0) {
    return { verdict: 'stopped', reason: run.undone.length === 0 ? 'nothing had been sent' : run.undone.join('; ') };
  }
  return { verdict: 'partly', reason: `left: ${run.left.map(({ what }) => what).join('; ')}` };
}

const outcomeOf = ({ run, cancel }: Kit, outcome: Outcome['outcome']): Outcome => ({
  outcome,
  reference: run.head.reference,
  undone: run.undone,
  left: run.left,
  ...(cancel.answer === undefined ? {} : { cancel: cancel.answer }),
});

/** Shows the last phase, and lets everyone who still waits for an answer have it before the run is gone. */
async function settle(kit: Kit, phase: RunState['phase']): Promise<void> {
  Object.assign(kit.run, { phase, step: undefined, waitingFor: undefined, since: Date.now() });
  kit.show();
  kit.answering?.reply.reject(refuse('Rejected', `the order is ${phase}`));
  kit.answering = undefined;
  await condition(allHandlersFinished);
}

/**
 * The server closes a run as Canceled only if its own cancel request has reached the run. A cancel that came as an
 * update makes the run ask for that itself.
 */
async function closeCanceled(root: CancellationScope, run: RunState): Promise<never> {
  if (!root.consideredCancelled) {
    await local('close as canceled').cancelOwnRun();
    await root.cancelRequested.catch(() => undefined);
  }
  throw new CancelledFailure(`order ${run.head.reference} was canceled`);
}

function telling(kit: Kit): Telling {
  const { run, cancel } = kit;
  return {
    steps: (settle, table) => makeSteps(kit, settle, table),
    undo: (says, undo) => {
      if (!run.finished) run.undos.push({ says, run: undo, sent: 'no' });
    },
    once: (find, create, ...args) => once(kit, find, create, ...args),
    confirm: (what, read, isTrue, pauses) => confirm(kit, what, read, isTrue, pauses),
    noReturn: (reason) => {
      run.noReturn ??= reason;
    },
    stop: (decide) => {
      if (!run.finished) cancel.decideBy(decide);
    },
    settled: (...members) => {
      for (const member of members) run.settled.add(member);
    },
    knows: (ids) => {
      for (const [name, id] of Object.entries(ids)) if (id !== undefined) run.ids[name] = id;
    },
  };
}

/** Registered before the first await, so that no request is missed. */
function listen(kit: Kit): void {
  const { run, cancel } = kit;
  setHandler(statusQuery, () => statusOf(run, cancel.answer));
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
    return await local('parse the answer').parseResolve(answer);
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

/** A `retry` may bring corrected members of the input. They are parsed again, and used by the steps that follow. */
async function correct(story: string, run: RunState, change: Readonly<Record<string, unknown>>): Promise<void> {
  const late = Object.keys(change).filter((member) => run.settled.has(member));
  if (late.length > 0) {
    throw refuse('Rejected', `these members have taken effect and cannot be corrected any more: ${late.join(', ')}`);
  }
  const corrected = await local('parse the corrected input').correct(story, run.order, change);
  for (const name of Object.keys(run.order)) delete run.order[name];
  Object.assign(run.order, corrected);
}

async function waitForStart({ run, cancel, show }: Kit, order: OrderHead): Promise<void> {
  const pause = order.startAt === undefined ? 0 : Date.parse(order.startAt) - Date.now();
  if (pause > 0) {
    Object.assign(run, { phase: 'scheduled', waitingFor: `its start at ${order.startAt}` });
    happened(run, `waits for its start at ${order.startAt}`);
    show();
    await cancel.wait(() => false, pause, 'start of the order');
    run.waitingFor = undefined;
  }
  await cancel.boundary();
}

/** A run that was started from the UI or another language has none. */
function addMissingAttributes({ connection, reference }: OrderHead): void {
  const there = workflowInfo().typedSearchAttributes;
  if (there.get(attributes.connection) !== undefined && there.get(attributes.reference) !== undefined) return;
  upsertSearchAttributes([
    { key: attributes.connection, value: connection },
    { key: attributes.reference, value: reference.toUpperCase() },
  ]);
}

/** Who it is about, for an input that was not parsed yet: anything may stand in it. */
const UNKNOWN_HEAD: OrderHead = { connection: '?', reference: '?' };
