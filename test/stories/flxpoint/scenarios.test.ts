import { testScenarios } from '../scenarios.js';
import { flxpointScenarios } from './scenarios.js';

/** One of each kind: all of them run when they are recorded. */
const withoutCache = [
  'happy-others-ship',
  'cross-docked-others-ship',
  'failed-first-and-retried-others-ship',
  'more-lines-while-it-runs-others-ship',
  'starts-later-others-ship',
  'shipped-by-us-we-ship',
  'acknowledgement-refused-and-retried-we-ship',
  'line-lost-and-sent-again-others-ship',
  'line-lost-for-good-and-retried-others-ship',
  'found-by-its-tag-others-ship',
  'refused-and-canceled-by-hand-others-ship',
  'canceled-by-button-and-killed-others-ship',
  'canceled-by-update-without-a-request-others-ship',
];

testScenarios(flxpointScenarios, { withoutCache, atATime: 2 });
