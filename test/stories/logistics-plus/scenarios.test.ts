import { testScenarios } from '../scenarios.js';
import { logisticsPlusScenarios } from './scenarios.js';

/** One of each kind. */
const withoutCache = [
  'happy',
  'starts-later',
  'amended-twice-alike',
  'amendment-too-late',
  'create-lost-and-sent-again',
  'found-same-beside-a-canceled-one',
  'held-and-answered-wrongly',
  'double-held-and-settled',
  'refused-while-waiting-and-retried',
  'canceled-by-button-before-its-start',
  'canceled-by-update-during-its-creation',
  'canceled-by-button-and-shipped',
];

testScenarios(logisticsPlusScenarios, { withoutCache, atATime: 4 });
