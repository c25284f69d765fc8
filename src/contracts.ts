// What a service must know to start an order and to talk to it.
export type {
  CancelAnswer,
  Contract,
  Happening,
  Hold,
  HoldAnswer,
  OrderHead,
  Outcome,
  Phase,
  Resolve,
  StoryStatus,
} from './workflows/contract.js';
export type { FailureDetails, FailureType, Leftover } from './workflows/failures.js';
export { type KeapOrder, type KeapOrderResult, keapOrder } from './workflows/keap/contract.js';
