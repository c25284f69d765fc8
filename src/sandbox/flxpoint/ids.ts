import { NumberedIds } from '../numbered.js';

/** What is numbered, and the first number of each: as large as in the documentation's examples, and all different. */
const firstNumbers = {
  order: 5_812_044,
  orderItem: 88_120_451,
  component: 90_030_001,
  address: 6_610_220,
  history: 99_017_733,
  fulfillmentRequest: 4_590_021,
  fulfillmentRequestItem: 70_331_908,
  shipment: 7_711_203,
  shipmentItem: 81_230_011,
  invoice: 3_320_410,
  invoiceItem: 60_110_702,
  return: 410_055,
  returnItem: 411_700,
  rma: 520_010,
  rmaItem: 521_300,
  customField: 93_000_100,
  webhookConfiguration: 918,
} as const;

export type Numbered = keyof typeof firstNumbers;

export class Ids extends NumberedIds<Numbered> {
  constructor() {
    super(firstNumbers);
  }
}
