import { Client, Connection } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { decodeFromPayloadsAtIndex } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { differences, digestOf } from './client/digest.js';
import { DifferentOrderError, InputError, LeftoverError } from './client/errors.js';
import { Order } from './client/order.js';
import { outcomeInMemo } from './client/status.js';
import { type TemporalTarget, temporalTarget } from './temporal/connect.js';
import {
  attributes,
  type Contract,
  DEFAULT_TASK_QUEUE,
  memoKeys,
  type OrderHead,
  orderWorkflowId,
  type Updates,
} from './workflows/contract.js';
import { parseInput } from './workflows/inputs.js';

export * from './client/errors.js';
export type { Order } from './client/order.js';
export type { OrderStatus, PendingStep } from './client/status.js';

/** Where the orders are. */
export interface WaybillOptions extends TemporalTarget {
  /** The workers' task queue. */
  readonly taskQueue?: string | undefined;
}

/** What `start` found or did: a new run, one that is under way, or one that had been completed. */
export type Started = 'started' | 'joined' | 'finished';

/**
 * Connects to Temporal. Address, namespace and credentials come from Temporal's own environment variables and
 * configuration file, unless they are given.
 *
 * @example
 * const waybill = await connect();
 * const order = await waybill.start(keapOrder, input);
 * const { orderId, paid } = await order.result();
 * await waybill.close();
 */
export async function connect(options: WaybillOptions = {}): Promise<Waybill> {
  const { connection, namespace } = temporalTarget(options);
  const connected = await Connection.connect(connection);
  return new Waybill(new Client({ connection: connected, namespace }), options.taskQueue);
}

/** Starts orders and finds them again. */
export class Waybill {
  /** For a service that has a Temporal client already; see {@link connect} otherwise. */
  constructor(
    private readonly client: Client,
    private readonly taskQueue: string = DEFAULT_TASK_QUEUE,
  ) {}

  /**
   * Starts an order, or joins it when it is under way or done: the same reference is the same order.
   *
   * @param input as JSON, checked before anything is started
   * @param options `again`: start anew although an earlier run left something to a person, or was terminated
   * @throws {@link InputError} when the input cannot be read
   * @throws {@link DifferentOrderError} when the reference was used with other content
   * @throws {@link LeftoverError} when an earlier run ended and left something
   */
  async start<Input extends OrderHead, Result extends object, Asked extends Updates>(
    contract: Contract<Input, Result, Asked>,
    input: unknown,
    options: { readonly again?: boolean } = {},
  ): Promise<Order<Result, Asked> & { readonly how: Started }> {
    const parsed = parseInput(contract.name, input);
    if ('problems' in parsed) throw new InputError(parsed.problems);
    const order = parsed.value;
    const digest = digestOf(order);
    let policy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY' = 'REJECT_DUPLICATE';
    for (;;) {
      try {
        await this.startNew(contract, order, digest, policy);
        return Object.assign(this.order(contract, order), { how: 'started' as const });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        const how = await this.join(contract.name, order, digest, options.again === true);
        if (how !== 'started') return Object.assign(this.order(contract, order), { how });
        // What is there has ended and left nothing. Whoever starts the same order first makes the others join it.
        policy = 'ALLOW_DUPLICATE_FAILED_ONLY';
      }
    }
  }

  /** An order that was started before. Nothing is asked of the server yet. */
  order<Input extends OrderHead, Result extends object, Asked extends Updates>(
    contract: Contract<Input, Result, Asked>,
    head: Pick<OrderHead, 'connection' | 'reference'>,
  ): Order<Result, Asked> {
    const handle = this.client.workflow.getHandle(orderWorkflowId(contract.name, head));
    return new Order(this.client, handle, contract.name);
  }

  async close(): Promise<void> {
    await this.client.connection.close();
  }

  private async startNew(
    contract: Pick<Contract, 'name' | 'title'>,
    order: OrderHead,
    digest: string,
    workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY',
  ): Promise<void> {
    await this.client.workflow.start(contract.name, {
      workflowId: orderWorkflowId(contract.name, order),
      workflowIdReusePolicy,
      taskQueue: this.taskQueue,
      args: [order],
      memo: { [memoKeys.digest]: digest },
      staticSummary: `${contract.title} ${order.reference} · ${order.connection}`,
      typedSearchAttributes: [
        { key: attributes.connection, value: order.connection },
        { key: attributes.reference, value: order.reference.toUpperCase() },
        { key: attributes.phase, value: 'working' },
      ],
    });
  }

  /** What a run that is there means for an order that is to be started: join it, or start anew. */
  private async join(story: string, order: OrderHead, digest: string, again: boolean): Promise<Started> {
    const workflowId = orderWorkflowId(story, order);
    const { status, memo } = await this.client.workflow.getHandle(workflowId).describe();
    const running = status.name === 'RUNNING';
    if (!running && status.name !== 'COMPLETED') {
      const outcome = outcomeInMemo(memo);
      if (!again && (outcome === undefined || outcome.left.length > 0)) throw new LeftoverError(workflowId, outcome);
      return 'started';
    }
    if (memo?.[memoKeys.digest] !== digest) await this.expectSame(story, workflowId, order);
    return running ? 'joined' : 'finished';
  }

  /** Compares with the input of the first run, which may come from elsewhere and have no digest. */
  private async expectSame(story: string, workflowId: string, order: OrderHead): Promise<void> {
    const { events } = await this.client.workflow.getHandle(workflowId).fetchHistory();
    const payloads = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
    const there = await decodeFromPayloadsAtIndex(this.client.options.loadedDataConverter, 0, payloads);
    const parsed = parseInput(story, there);
    const fields =
      'value' in parsed ? differences(parsed.value, order) : ['everything: what runs there cannot be read'];
    if (fields.length > 0) throw new DifferentOrderError(workflowId, fields);
  }
}
