import { type Answer, jsonAnswer } from '../../answer.js';
import { errorType, OddlyRefused } from '../refusals.js';

/** What the payments host says by numbers. */
export const paymentCodes = {
  connection: 10_000,
  badData: 10_001,
  gatewayMissing: 30_000,
  orderNotFound: 30_003,
  instrumentNotFound: 30_051,
  orderInvalid: 30_101,
  cardWrong: 30_102,
  cardExpired: 30_103,
  cardRefused: 30_104,
  duplicate: 30_105,
  noFunds: 30_106,
} as const;

export const paymentFailure = (status: number, title: string, code: number): Answer =>
  jsonAnswer(status, { status, title, detail: title, type: errorType, code });

export const paymentRefused = (status: number, title: string, code: number): OddlyRefused =>
  new OddlyRefused(paymentFailure(status, title, code));
