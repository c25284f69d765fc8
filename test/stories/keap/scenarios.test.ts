import { testScenarios } from '../scenarios.js';
import { keapScenarios } from './scenarios.js';

/** One of each kind: all of them run when they are recorded. */
const withoutCache = [
  'happy-xml-rpc',
  'starts-later-rest',
  'line-lost-and-sent-again-xml-rpc',
  'refused-at-second-line-xml-rpc',
  'undo-refused-and-left-rest',
  'held-and-answered-wrongly-rest',
  'held-and-corrected-xml-rpc',
  'canceled-by-button-before-its-start-rest',
  'canceled-by-update-before-payment-rest',
  'canceled-by-update-after-payment-rest',
  'canceled-by-button-after-payment-xml-rpc',
  'found-half-made-xml-rpc',
];

testScenarios(keapScenarios, { withoutCache, atATime: 2 });
