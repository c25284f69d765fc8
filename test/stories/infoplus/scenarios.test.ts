import { testScenarios } from '../scenarios.js';
import { infoplusScenarios } from './scenarios.js';

/** One of each kind. */
const withoutCache = [
  'happy',
  'starts-later',
  'amended-twice-alike',
  'amendment-too-late',
  'create-lost-and-sent-again',
  'found-half-made',
  'held-and-answered-wrongly',
  'double-held-and-settled',
  'in-error-and-retried',
  'canceled-by-button-before-its-start',
  'canceled-by-update-while-it-waits',
  'canceled-by-button-and-shipped',
];

testScenarios(infoplusScenarios, { withoutCache, atATime: 4 });
