import type { CancelAnswer, Contract, OrderHead } from './contract.js';
import type { Found, Sent, Undone } from './found.js';
import { ask, type Shown } from './hold.js';
import type { Kit } from './kit.js';
import { once } from './once.js';
import { type PartEnd, type PartOptions, part } from './parts.js';
import { renew } from './renewal.js';
import { replaceOrder } from './run.js';
import { makeSteps, type Step, type Steps, type StepTable } from './steps.js';
import { until, type Wait } from './wait.js';

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
  /** Waits until the platform shows what must be true; serves updates meanwhile. In the end a person is asked. */
  until<T extends object>(wait: Wait<T>): Promise<T>;
  /**
   * Tells a part of the story as a workflow of its own, under an id that can be used once, and waits for its end. A cancel
   * reaches the part first.
   */
  part<Input extends OrderHead, Result extends object>(
    contract: Contract<Input, Result>,
    input: Input,
    options?: PartOptions<Result>,
  ): Promise<PartEnd<Result>>;
  /**
   * Goes on as a new run, which gets `state`, with nothing open: no undo, no hold, no part. Comes back when somebody is
   * just being answered; the story then goes on as it is.
   */
  renew(state: object): Promise<void>;
  /** Asks a person, and waits for the answer, or until it has happened by itself. */
  ask<T>(question: Shown<T>): Promise<T>;
  /** From here on the order is this one: an amendment was taken. */
  amended(order: object): void;
  /** Whether a person had to answer something so far. */
  personInvolved(): boolean;
  /** How many answers a person has given: what failed is tried again unasked only where nothing can happen twice. */
  answers(): number;
  /** From here on nothing is taken back by itself: a failure is a hold, and a cancel is refused with this reason. */
  noReturn(reason: string): void;
  /** What was done so far stays, whatever happens: none of it is taken back any more, by nobody. */
  stands(reason: string): void;
  /** Decides a cancel in the story's own way, from here on. */
  stop(decide: () => Promise<CancelAnswer>): void;
  /** These members of the input have taken effect: a person can correct them no more. */
  settled(...members: string[]): void;
  /** The platform may name the order by this hint where it does not know its reference. */
  alsoNamed(hint: string): void;
  /** Shows ids of the platform in status and UI. */
  knows(ids: Readonly<Record<string, string | undefined>>): void;
}

/** What a run gives its story to work with. */
export function telling(kit: Kit, input: unknown): Telling {
  const { run, cancel } = kit;
  return {
    steps: (settle, table) => makeSteps(kit, settle, table),
    undo: (says, undo) => {
      if (!run.finished) run.undos.push({ says, run: undo, sent: 'no' });
    },
    once: (find, create, ...args) => once(kit, find, create, ...args),
    until: (wait) => until(kit, wait),
    part: (contract, partInput, options = {}) => part(kit, contract, partInput, options),
    renew: (state) => renew(kit, input, state),
    ask: (question) => ask(kit, question),
    amended: (order) => replaceOrder(run, order),
    personInvolved: () => kit.answered > 0,
    answers: () => kit.answered,
    noReturn: (reason) => {
      run.noReturn ??= reason;
    },
    stands: (reason) => {
      run.undos.length = 0;
      run.noReturn ??= reason;
    },
    stop: (decide) => {
      if (!run.finished) cancel.decideBy(decide);
    },
    settled: (...members) => {
      for (const member of members) run.settled.add(member);
    },
    alsoNamed: (hint) => {
      run.alias = hint;
    },
    knows: (ids) => {
      for (const [name, id] of Object.entries(ids)) if (id !== undefined) run.ids[name] = id;
    },
  };
}
