import { testScenarios } from '../../scenarios.js';
import { subscriptionScenarios } from './scenarios.js';

/** One of each kind: all of them run when they are recorded. */
const withoutCache = [
  'three-cycles-xml-rpc',
  'invoiced-by-keap-before-rest',
  'billed-by-keap-rest',
  'first-charge-declined-rest',
  'later-charge-declined-and-retried-rest',
  'later-charge-declined-and-left-xml-rpc',
  'paused-and-resumed-xml-rpc',
  'charge-lost-and-sent-again-rest',
  'end-refused-and-retried-xml-rpc',
  'canceled-by-button-during-a-charge-xml-rpc',
  'canceled-by-update-in-a-held-cycle-rest',
];

testScenarios(subscriptionScenarios, { withoutCache, atATime: 2 });
