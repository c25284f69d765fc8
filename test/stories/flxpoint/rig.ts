import { randomUUID } from 'node:crypto';
import type { Order } from '../../../src/client/order.js';
import { type FlxpointOrderResult, type FlxpointUpdates, flxpointOrder } from '../../../src/contracts.js';
import {
  type FlxpointLedger,
  type FlxpointLedgerOrder,
  type FlxpointLedgerOrderItem,
  type FlxpointOptions,
  type FlxpointSandbox,
  flxpointSeed,
  startSandbox,
} from '../../../src/sandbox/index.js';
import type { Hold } from '../../../src/workflows/contract.js';
import { type Opened, openAccounts } from '../accounts.js';
import { type ServingOptions, type ServingWorker, until } from '../serving.js';
import type { Account, Input } from '../tested.js';

export type LinesOrder = Order<FlxpointOrderResult, FlxpointUpdates>;

/** A line as it is ordered. */
export interface Line {
  readonly reference: string;
  readonly sku: string;
  readonly quantity: number;
  readonly price: string;
}

/** The input of an order, with what the tests look at. */
export type LinesInput = Input & { readonly lines: readonly Line[] };

/** Whether others are the sources, or Waybill plays one of them. */
export type Playing = 'others-ship' | 'we-ship';

/** One account at a sandbox of its own, with a token of the whole account. */
export interface FlxpointAccount extends Account<FlxpointSandbox, FlxpointOrderResult, FlxpointUpdates, Playing> {
  order(change?: Record<string, unknown>): LinesInput;
}

export interface FlxpointRig extends ServingWorker {
  readonly accounts: readonly FlxpointAccount[];
}

/** How an account at Flxpoint is opened. */
export const account: Opened<FlxpointAccount> = {
  platform: 'flxpoint',
  contract: flxpointOrder,
  key: flxpointSeed.tokens.account,
  async imitate({ key, clockSpeed, behaviour }) {
    const flxpoint: FlxpointOptions = { throttle: 'off', clockSpeed, accountTokens: [key], ...behaviour };
    return (await startSandbox({ only: ['flxpoint'], flxpoint })).flxpoint;
  },
  settings: ({ url }, token, playing) => ({
    url,
    token,
    tokenKind: 'account',
    channel: flxpointSeed.channelId,
    limits: [],
    ...(playing === 'we-ship' ? { playSource: true, source: flxpointSeed.sourceId } : {}),
  }),
  plainOrder: () => ({ lines: [line('KETTLE-E', 2, '89.00')] }),
  reference: nextOrder,
};

/** The last order of each sandbox; a reset takes its ids back, and under an id that was used another run may be found. */
const lastOrders = new WeakMap<FlxpointSandbox, number>();

/** A fresh order that came in from the channel. */
function nextOrder(sandbox: FlxpointSandbox): string {
  const last = lastOrders.get(sandbox) ?? 0;
  for (;;) {
    const { orderId } = sandbox.controls.seedOrder();
    if (orderId <= last) continue;
    lastOrders.set(sandbox, orderId);
    return String(orderId);
  }
}

/** A line with a reference of its own: with the same lines, an order that was made before would be meant. */
export const line = (sku: string, quantity: number, price: string): Line => ({
  reference: `${sku}.${randomUUID().slice(0, 8)}`,
  sku,
  quantity,
  price,
});

/** Starts accounts and one worker that serves them. `settings` are of the connection. */
export function openFlxpoints(
  wanted: readonly { readonly options?: FlxpointOptions; readonly settings?: object }[] = [{}],
  options: ServingOptions = {},
): Promise<FlxpointRig> {
  const accounts = wanted.map(({ options: behaviour, settings }) => ({
    variant: 'others-ship' as const,
    behaviour,
    settings,
  }));
  return openAccounts(account, accounts, options);
}

/** The order at the platform. */
export function orderIn({ orders }: FlxpointLedger, { reference }: Pick<Input, 'reference'>): FlxpointLedgerOrder {
  const order = orders.find(({ id }) => String(id) === reference);
  if (order === undefined) throw new Error(`no order ${reference}`);
  return order;
}

/** The lines of the order that were added over the API. */
export const addedIn = (order: FlxpointLedgerOrder): FlxpointLedgerOrderItem[] =>
  order.items.filter(({ addedBy }) => addedBy === 'api');

/** The items that the order's tags give to the line of this reference. */
export const taggedAs = ({ tags }: FlxpointLedgerOrder, reference: string): number[] =>
  tags.filter((tag) => tag.startsWith(`${reference}:`)).map((tag) => Number(tag.slice(reference.length + 1)));

/** Waits for the order's next hold. */
export async function held(order: LinesOrder): Promise<Hold> {
  const { hold } = await until(order, (status) => status.hold !== undefined);
  if (hold === undefined) throw new Error('no hold');
  return hold;
}
