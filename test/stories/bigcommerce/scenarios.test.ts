import { testScenarios } from '../scenarios.js';
import { bigcommerceScenarios } from './scenarios.js';

/** One of each kind: all of them run when they are recorded. */
const withoutCache = [
  'happy',
  'paid-by-the-payments-api',
  'captured',
  'reported-twice-over-and-corrected',
  'disputed-and-settled',
  'created-and-its-answer-lost',
  'posting-refused-once-a-parcel-has-left',
  'out-of-stock',
  'canceled-by-update-when-it-was-paid',
  'canceled-by-button-when-a-part-has-shipped',
  'canceled-when-paid-outside',
];

testScenarios(bigcommerceScenarios, { withoutCache, atATime: 2 });
