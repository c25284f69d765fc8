import { testScenarios } from '../scenarios.js';
import { flxpointScenarios } from './scenarios.js';

/** One of each kind. */
const withoutCache = [
  ...[
    'happy',
    'more-lines-while-it-runs',
    'starts-later',
    'line-lost-and-sent-again',
    'line-lost-for-good-and-retried',
  ],
  ...['canceled-by-button-and-killed', 'canceled-by-update-without-a-request', 'refused-and-canceled-by-hand'],
].map((name) => `${name}-others-ship`);

testScenarios(flxpointScenarios, {
  withoutCache: [...withoutCache, 'shipped-by-us-we-ship'],
  others: 'are recorded',
  atATime: { withoutCache: 4, others: 8 },
});
