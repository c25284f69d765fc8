import { isGrpcServiceError, NamespaceNotFoundError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { CommanderError } from 'commander';
import {
  DifferentOrderError,
  InputError,
  LeftoverError,
  NoWorkerError,
  OrderNotCompletedError,
  RefusedError,
  UnknownOrderError,
} from '../client/errors.js';
import { ConfigurationError } from '../connections.js';
import { PortTakenError } from '../processes/ports.js';
import { HistoryFileError } from '../replay.js';
import { NoTemporalServerError } from '../temporal/find-server.js';

/** Exit codes, as the help of every command and the README state them. */
export const EXIT = {
  done: 0,
  /** It was tried and did not succeed, or was refused. */
  failed: 1,
  /** Bad input or configuration: nothing was started. */
  badInput: 2,
} as const;

/** What somebody gave to a command cannot be used. The message names where it came from, the field, and what is expected. */
export class BadInput extends Error {
  /**
   * @param source the file, option or argument
   * @param problems one sentence each, beginning with the field where there is one
   */
  constructor(source: string, problems: readonly string[]) {
    super(
      problems.length === 1 ? `${source}: ${problems[0]}` : [`${source} cannot be used:`, ...problems].join('\n  '),
    );
  }
}

/** Something that a person can understand and mend without a stack. */
export class Failed extends Error {}

const badInput = [BadInput, InputError, ConfigurationError, HistoryFileError];

const failed = [
  Failed,
  DifferentOrderError,
  LeftoverError,
  NoWorkerError,
  OrderNotCompletedError,
  RefusedError,
  UnknownOrderError,
  NoTemporalServerError,
  PortTakenError,
];

/** What to say of an error, and the exit code. Text is empty when commander has said it already. */
export function endOf(error: unknown): { readonly code: number; readonly text: string } {
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? EXIT.done : EXIT.badInput, text: '' };
  if (badInput.some((kind) => error instanceof kind)) return { code: EXIT.badInput, text: messageOf(error) };
  if (failed.some((kind) => error instanceof kind)) return { code: EXIT.failed, text: messageOf(error) };
  const temporal = temporalText(error);
  if (temporal !== undefined) return { code: EXIT.failed, text: temporal };
  return { code: EXIT.failed, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the Temporal server said, with what to do where that is known. */
function temporalText(error: unknown): string | undefined {
  if (error instanceof NamespaceNotFoundError) {
    return `The Temporal server has no namespace "${error.namespace}". Name another with --namespace or TEMPORAL_NAMESPACE.`;
  }
  if (error instanceof WorkflowNotFoundError) return `${error.workflowId} is not known`;
  const cause = error instanceof ServiceError ? error.cause : error;
  if (!isGrpcServiceError(cause)) return undefined;
  if (cause.details.includes('search attribute')) {
    return `The Temporal server lacks the search attributes of Waybill; \`waybill setup\` creates them. (${cause.details})`;
  }
  return `The Temporal server answers: ${cause.details}`;
}
