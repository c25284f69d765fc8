import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { Waybill } from '../../src/client.js';
import { PACE, type ServingOptions, type ServingWorker, serveConnections } from './serving.js';
import type { Account, SandboxOf, Tested } from './tested.js';

/** What is needed to open an account of a story. */
export type Opened<A extends Account> = Pick<
  Tested<A>,
  'platform' | 'contract' | 'key' | 'imitate' | 'settings' | 'plainOrder' | 'reference'
>;

/** An account that is wanted. */
export interface Wanted<A extends Account> {
  readonly variant: A['variant'];
  /** How its imitation behaves, where it is to be otherwise than usual. */
  readonly behaviour?: object | undefined;
  /** The same of its connection. */
  readonly settings?: object | undefined;
}

/** Accounts, and the one worker that serves them. */
export interface Rig<A extends Account> extends ServingWorker {
  readonly accounts: readonly A[];
}

/** Imitations for accounts, and what a worker must know of them. */
export interface Imitated<A extends Account> {
  readonly connections: Readonly<Record<string, object>>;
  /** The accounts, once it is known who starts their orders. */
  accounts(client: Client, taskQueue: string): A[];
  stop(): Promise<void>;
}

/**
 * Starts an imitation for each account that is wanted.
 *
 * @param keys `one`: connections with one key count as one account, and are served together, with one lease for all
 */
export async function imitate<A extends Account>(
  tested: Opened<A>,
  wanted: readonly Wanted<A>[],
  pace: number,
  keys: 'each its own' | 'one' = 'each its own',
): Promise<Imitated<A>> {
  const { platform, contract, plainOrder } = tested;
  const run = randomUUID().slice(0, 8);
  const keyOf = (i: number) => `${tested.key}-${run}${keys === 'one' ? '' : `-${i}`}`;
  const nameOf = (i: number) => `${platform}/t-${run}-${i}`;
  const sandboxes = await Promise.all(
    wanted.map(({ behaviour }, i) => tested.imitate({ key: keyOf(i), clockSpeed: 1 / pace, behaviour })),
  );
  const settingsOf = ({ variant, settings }: Wanted<A>, i: number) => ({
    ...tested.settings(sandboxes[i] as SandboxOf<A>, keyOf(i), variant),
    ...settings,
  });
  return {
    connections: Object.fromEntries(wanted.map((one, i) => [nameOf(i), settingsOf(one, i)])),
    accounts(client, taskQueue) {
      const waybill = new Waybill(client, taskQueue);
      return wanted.map(({ variant }, i) => {
        const connection = nameOf(i);
        const sandbox = sandboxes[i] as SandboxOf<A>;
        const account: Account = {
          connection,
          variant,
          sandbox,
          order: (change = {}) => ({
            ...plainOrder(),
            connection,
            reference: tested.reference?.(sandbox) ?? `T-${randomUUID().slice(0, 8)}`,
            ...change,
          }),
          start: (order) => waybill.start(contract, order),
          hint: (about) =>
            client.workflow.signalWithStart('hints', {
              workflowId: `hints/${connection}`,
              taskQueue,
              args: [connection],
              signal: 'hinted',
              signalArgs: [[about]],
            }),
        };
        return account as A;
      });
    },
    async stop() {
      await Promise.all(sandboxes.map((each) => each.stop()));
    },
  };
}

/** Opens accounts of a story, and one worker in this process that serves them. */
export async function openAccounts<A extends Account>(
  tested: Opened<A>,
  wanted: readonly Wanted<A>[],
  options: ServingOptions = {},
): Promise<Rig<A>> {
  const imitated = await imitate(tested, wanted, options.pace ?? PACE);
  const serving = await serveConnections(imitated.connections, options);
  return {
    ...serving,
    accounts: imitated.accounts(serving.client, serving.taskQueue),
    async close() {
      await serving.close();
      await imitated.stop();
    },
  };
}

/** So many accounts of each variant. */
export const ofEach = <V extends string>(variants: readonly V[], times: number): { readonly variant: V }[] =>
  variants.flatMap((variant) => Array.from({ length: times }, () => ({ variant })));

/** Lends accounts out, fresh from their seed, so that each case has one to itself while many run. */
export class FreeAccounts<A extends Account> {
  readonly #free: A[];
  readonly #waiting: { readonly variant: string; readonly take: (account: A) => void }[] = [];

  constructor(accounts: readonly A[]) {
    this.#free = [...accounts];
  }

  async lend<T>(variant: A['variant'], use: (account: A) => Promise<T>): Promise<T> {
    const account = await this.#next(variant);
    try {
      account.sandbox.reset();
      return await use(account);
    } finally {
      const next = this.#waiting.findIndex((waiting) => waiting.variant === account.variant);
      if (next < 0) this.#free.push(account);
      else this.#waiting.splice(next, 1)[0]?.take(account);
    }
  }

  async #next(variant: A['variant']): Promise<A> {
    const free = this.#free.findIndex((account) => account.variant === variant);
    const [account] = free < 0 ? [] : this.#free.splice(free, 1);
    return account ?? new Promise((take) => this.#waiting.push({ variant, take }));
  }
}
