import { type Order, OrderNotCompletedError } from '../../client.js';
import { type Demonstration, demonstrations } from '../../sandbox/index.js';
import type { CancelAnswer, OrderHead } from '../../workflows/contract.js';
import { Failed } from '../exit.js';
import { contractOf } from '../order-words.js';
import { prepare } from './acts.js';
import type { Example } from './example.js';
import { type Ending, judge } from './judge.js';
import type { SandboxClient } from './sandbox-client.js';
import type { Stage } from './stage.js';
import { Teller } from './teller.js';

/** How an example's order ended, for the table. */
export interface Played {
  readonly reference: string;
  readonly workflowId: string;
  readonly ending: Ending;
  readonly ids: Readonly<Record<string, string>>;
  readonly undone: readonly string[];
  /** What is not as the example says. */
  readonly differences: readonly string[];
}

/** Starts an example's order, does to it what the example says, tells what happens, and judges the end by the ledger. */
export async function play(example: Example, stage: Stage, say: (text: string) => void): Promise<Played> {
  const { temporal, waybill, worker } = stage;
  const { demonstration, sandbox } = imitationOf(example, stage);
  const order = anew(example.order, demonstration, temporal.referenceSuffix);
  const { reference } = order;
  const teller = new Teller(reference, say);
  const before = await sandbox.ledger();
  const acts = await prepare({ example: { ...example, order }, sandbox, worker, teller });

  const run = await waybill.start(contractOf(example.story), order);
  const [missed] = await Promise.all([acts.perform(run), teller.tellAll(run)]);
  const { outcome, undone, cancel, result = {} } = await endOf(run);
  teller.tell(`it ended ${outcome}${cancel === undefined ? '' : `; the cancel was answered ${cancel.verdict}`}`);

  const after = await sandbox.ledger();
  const ending: Ending = {
    outcome,
    result,
    ledger: demonstration.happenedBetween(before, after),
    missed: [...missed, ...acts.missedBy(after)],
  };
  const { ids = {} } = await run.status();
  return { reference, workflowId: run.workflowId, ending, ids, undone, differences: judge(example, ending) };
}

/** As another order each time, where the server may know the one of the last time. */
function anew(order: OrderHead, { anew: another }: Demonstration, suffix: string): OrderHead {
  if (suffix === '') return order;
  return another?.(order, suffix) ?? { ...order, reference: `${order.reference}${suffix}` };
}

function imitationOf(
  { name, order }: Example,
  { sandboxes }: Stage,
): { readonly demonstration: Demonstration; readonly sandbox: SandboxClient } {
  const [platform = ''] = order.connection.split('/');
  const demonstration = demonstrations.get(platform);
  const sandbox = sandboxes.get(platform);
  if (demonstration === undefined || sandbox === undefined) {
    throw new Failed(`${name}: the sandbox has no imitation of ${platform}`);
  }
  return { demonstration, sandbox };
}

async function endOf(order: Order): Promise<{
  readonly outcome: Ending['outcome'];
  readonly undone: readonly string[];
  readonly cancel?: CancelAnswer;
  readonly result?: object;
}> {
  const { state } = await order.status();
  if (state === 'running') return { outcome: 'unknown', undone: [] };
  try {
    const result = await order.result();
    return { ...result, result };
  } catch (error) {
    if (!(error instanceof OrderNotCompletedError)) throw error;
    return error.outcome ?? { outcome: 'unknown', undone: [] };
  }
}
