// What a service must know to start an order and to talk to it.

export {
  type BigcommerceOrder,
  type BigcommerceOrderInput,
  type BigcommerceOrderResult,
  type BigcommerceUpdates,
  bigcommerceOrder,
} from './workflows/bigcommerce/contract.js';
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
  UpdateAnswer,
} from './workflows/contract.js';
export type { FailureDetails, FailureType, Leftover } from './workflows/failures.js';
export {
  type FlxpointOrder,
  type FlxpointOrderInput,
  type FlxpointOrderResult,
  type FlxpointUpdates,
  flxpointOrder,
} from './workflows/flxpoint/contract.js';
export {
  type InfoplusOrder,
  type InfoplusOrderInput,
  type InfoplusOrderResult,
  type InfoplusUpdates,
  infoplusOrder,
} from './workflows/infoplus/contract.js';

export { type KeapOrder, type KeapOrderResult, keapOrder } from './workflows/keap/contract.js';
export {
  type KeapCycleResult,
  type KeapSubscription,
  type KeapSubscriptionCycle,
  type KeapSubscriptionResult,
  type KeapSubscriptionUpdates,
  keapSubscription,
  keapSubscriptionCycle,
} from './workflows/keap/subscription/contract.js';
export {
  type LogisticsPlusOrder,
  type LogisticsPlusOrderInput,
  type LogisticsPlusOrderResult,
  type LogisticsPlusUpdates,
  logisticsPlusOrder,
} from './workflows/logistics-plus/contract.js';
