import { Client, Connection } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { digestOf } from './client/digest.js';
import { earlierRuns, type ReusePolicy } from './client/earlier.js';
import { InputError } from './client/errors.js';
import { Order } from './client/order.js';
import { expectStartable } from './client/startable.js';
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
   * Starts an order, or joins it when it is under way or done: the same reference is the same order. Where the contract
   * says `again`, a completed order may be followed by one with other content.
   *
   * @param input as JSON, checked before anything is started
   * @param options `again`: start anew although an earlier run left something to a person, or was terminated
   * @throws {@link PartError} when only another story may start it
   * @throws {@link InputError} when the input cannot be read
   * @throws {@link DifferentOrderError} when the reference was used with other content
   * @throws {@link LeftoverError} when an earlier run ended and left something
   */
  async start<Input extends OrderHead, Result extends object, Asked extends Updates>(
    contract: Contract<Input, Result, Asked>,
    input: unknown,
    options: { readonly again?: boolean } = {},
  ): Promise<Order<Result, Asked> & { readonly how: Started }> {
    expectStartable(contract);
    const parsed = parseInput(contract.name, input);
    if ('problems' in parsed) throw new InputError(parsed.problems);
    const order = parsed.value;
    const digest = digestOf(order);
    let policy: ReusePolicy = 'REJECT_DUPLICATE';
    const found = (how: Started, runId: string) => Object.assign(this.run(contract, order, runId), { how });
    for (;;) {
      try {
        return found('started', await this.startNew(contract, order, digest, policy));
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        const earlier = await earlierRuns(this.client, { contract, order, digest }, options.again === true);
        if ('how' in earlier) return found(earlier.how, earlier.runId);
        policy = earlier.mayFollow;
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

  /** Where a reference may see several runs, the order is the one run that was meant; else whichever is the last. */
  private run<Input extends OrderHead, Result extends object, Asked extends Updates>(
    contract: Contract<Input, Result, Asked>,
    head: OrderHead,
    runId: string,
  ): Order<Result, Asked> {
    if (!contract.again) return this.order(contract, head);
    const handle = this.client.workflow.getHandle(orderWorkflowId(contract.name, head), runId);
    return new Order(this.client, handle, contract.name);
  }

  private async startNew(
    contract: Pick<Contract, 'name' | 'title'>,
    order: OrderHead,
    digest: string,
    workflowIdReusePolicy: ReusePolicy,
  ): Promise<string> {
    const { firstExecutionRunId } = await this.client.workflow.start(contract.name, {
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
    return firstExecutionRunId;
  }
}
