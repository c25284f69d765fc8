import { isGrpcServiceError, NamespaceNotFoundError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';

/** What the Temporal server said, with what to do where that is known. Undefined for errors that are not its. */
export function temporalText(error: Error): string | undefined {
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
