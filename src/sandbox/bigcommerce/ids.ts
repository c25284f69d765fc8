import { NumberedIds } from '../numbered.js';

/** What is numbered, and the first number of each: all different, so that an id of another kind is never right by chance. */
const firstNumbers = {
  /** Of a new store. */
  order: 100,
  orderProduct: 2_301,
  orderProductOption: 7_700,
  orderAddress: 998,
  fee: 41,
  shipment: 311,
  refund: 17,
  refundPayment: 21,
  transaction: 85_926_313,
  metafield: 55,
  hook: 20_172_984,
  payment: 1,
  message: 1,
} as const;

export type Numbered = keyof typeof firstNumbers;

export class Ids extends NumberedIds<Numbered> {
  constructor() {
    super(firstNumbers);
  }
}
