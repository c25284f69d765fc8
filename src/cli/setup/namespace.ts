import type { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { attributes } from '../../workflows/contract.js';
import { Failed } from '../exit.js';

const { INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

/**
 * How long Temporal keeps an order after its end, at least. It is how long the result is known and a late duplicate
 * is noticed by Temporal itself; a month covers a billing period.
 */
const RETENTION_DAYS = 30;
const DAY_S = 86_400;

/** Creates the search attributes that are missing. Gives their names. */
export async function ensureSearchAttributes(client: Client): Promise<readonly string[]> {
  const missing = await missingSearchAttributes(client);
  if (missing.length === 0) return [];
  const { namespace } = client.options;
  await connectionOf(client).operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])),
  });
  return missing;
}

/** The search attributes of Waybill that the namespace lacks. Throws {@link Failed} when one has another type. */
export async function missingSearchAttributes(client: Client): Promise<readonly string[]> {
  const { customAttributes } = await connectionOf(client).operatorService.listSearchAttributes({
    namespace: client.options.namespace,
  });
  const names = Object.values(attributes).map(({ name }) => name);
  const wrong = names.filter(
    (name) => ![undefined, INDEXED_VALUE_TYPE_KEYWORD].includes(customAttributes[name] as never),
  );
  if (wrong.length > 0) {
    throw new Failed(
      `The namespace has search attributes with these names and another type than Keyword: ${wrong.join(', ')}`,
    );
  }
  return names.filter((name) => customAttributes[name] === undefined);
}

/** Raises the retention when it is shorter than it should be. Gives both, in days. */
export async function ensureRetention(client: Client): Promise<{ readonly was: number; readonly is: number }> {
  const { namespace } = client.options;
  const { workflowService } = connectionOf(client);
  const { config } = await workflowService.describeNamespace({ namespace });
  const was = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_S;
  if (was >= RETENTION_DAYS) return { was, is: was };
  await workflowService.updateNamespace({
    namespace,
    config: proto.temporal.api.namespace.v1.NamespaceConfig.fromObject({
      workflowExecutionRetentionTtl: { seconds: RETENTION_DAYS * DAY_S },
    }),
  });
  return { was, is: RETENTION_DAYS };
}

/** The client's own type leaves out what only a real connection has. */
const connectionOf = (client: Client) => client.connection as Connection;
