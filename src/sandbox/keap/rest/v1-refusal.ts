import { type Answer, jsonAnswer, type Refusals } from '../../answer.js';
import { gatewayRefusals } from '../gateway.js';

/** The error body of REST v1: a Java throwable, of which only the message says anything. */
export function v1Error(status: number, message: string): Answer {
  return jsonAnswer(status, { message, localizedMessage: message, cause: null, stackTrace: [], suppressed: [] });
}

export const v1Refusals: Refusals = {
  ...gatewayRefusals,
  internal: () => v1Error(500, 'Internal server error'),
  business: (message) => v1Error(400, message),
};
