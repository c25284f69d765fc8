import { CancellationScope, ContinueAsNew, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { Cancel, Granted } from './cancel.js';
import { causeOf, refuse } from './cause.js';
import { attributes, type Contract, type OrderHead, type Outcome, type Updates } from './contract.js';
import { close, type Ending } from './ending.js';
import { Inbox } from './inbox.js';
import { type Kit, own } from './kit.js';
import { listen } from './listen.js';
import { lookForDoubles } from './once.js';
import { type Carried, carriedOver, takeOver } from './renewal.js';
import { takeRequests } from './requests.js';
import { happened, openRun, type RunState, replaceOrder } from './run.js';
import { takeBack } from './saga.js';
import { showing } from './status.js';
import { type Telling, telling } from './telling.js';

/** The body of a story. `state`: what an earlier run of it has left to this one, by {@link Telling.renew}. */
type Body<Input, Result, State> = (order: Input, telling: Telling, state: State | undefined) => Promise<Result>;

/** Makes the workflow function of a story: its body, and around it everything that all stories promise. */
export function story<Input extends OrderHead, Result extends object, Asked extends Updates, State extends object>(
  contract: Contract<Input, Result, Asked>,
  body: Body<Input, Result, State>,
): (input: unknown, carried?: Carried) => Promise<Result & Outcome> {
  return (given, carried) => {
    const root = CancellationScope.current();
    const input = { given, carried: carriedOver(carried) };
    return CancellationScope.nonCancellable(() => tell(contract, body, input, root));
  };
}

async function tell<Input extends OrderHead, Result extends object, Asked extends Updates, State extends object>(
  contract: Contract<Input, Result, Asked>,
  body: Body<Input, Result, State>,
  { given, carried }: { readonly given: unknown; readonly carried: Carried | undefined },
  root: CancellationScope,
): Promise<Result & Outcome> {
  const { workflowId, typedSearchAttributes } = workflowInfo();
  const run = openRun(contract.name, UNKNOWN_HEAD, 1, Date.now());
  const cancel = new Cancel(run);
  const kit: Kit = {
    run,
    cancel,
    inbox: new Inbox(
      () => run.head.reference,
      () => run.alias,
    ),
    requests: [],
    answering: undefined,
    correct: (change) => correct(contract.name, kit, change),
    doubleChecks: [],
    underWay: 0,
    undoing: false,
    abandoned: false,
    closed: false,
    holds: 0,
    answered: 0,
    settle: [],
    show: showing(run, typedSearchAttributes.get(attributes.phase) as RunState['phase'] | undefined),
  };
  if (carried !== undefined) takeOver(kit, carried);
  listen(kit);
  takeRequests(kit, contract.name, contract.updates ?? []);
  root.cancelRequested.catch(() => cancel.ask());

  let end: Ending<Result>;
  try {
    if (carried === undefined) {
      const admitted = await own('check the input', (activities) => activities.admit(contract.name, workflowId, given));
      run.head = admitted.order as Input;
      run.order = admitted.order as Record<string, unknown>;
      run.pace = admitted.pace;
      run.deadline = admitted.waitMs ?? run.deadline;
      addMissingAttributes(run.head);
      await waitForStart(kit, run.head);
    }
    run.phase = 'working';
    const order = run.order as unknown as Input;
    const state = carried?.state as State | undefined;
    const result = await cancel.body(() => body(order, telling(kit, given), state));
    await lookForDoubles(kit, 'the end');
    await cancel.boundary();
    end = { result };
  } catch (error) {
    // No failure: what follows it has been begun.
    if (error instanceof ContinueAsNew) throw error;
    const cause = error instanceof Granted ? undefined : causeOf(error);
    if (cause !== undefined) happened(run, `failed: ${cause.message}`);
    await takeBack(kit);
    end = { cause: cause?.failure };
  }
  return close(kit, root, end);
}

/** A `retry` may bring corrected members of the input. They are parsed again, and used by the steps that follow. */
async function correct(story: string, kit: Kit, change: Readonly<Record<string, unknown>>): Promise<void> {
  const { run } = kit;
  const late = Object.keys(change).filter((member) => run.settled.has(member));
  if (late.length > 0) {
    throw refuse('Rejected', `these members have taken effect and cannot be corrected any more: ${late.join(', ')}`);
  }
  const corrected = await own('parse the corrected input', (activities) =>
    activities.correct(story, run.order, change),
  );
  replaceOrder(run, corrected as object);
}

async function waitForStart({ run, cancel, show }: Kit, order: OrderHead): Promise<void> {
  const pause = order.startAt === undefined ? 0 : Date.parse(order.startAt) - Date.now();
  if (pause > 0) {
    Object.assign(run, { phase: 'scheduled', waitingFor: `its start at ${order.startAt}` });
    happened(run, `waits for its start at ${order.startAt}`);
    show();
    await cancel.pause(pause, 'start of the order');
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
