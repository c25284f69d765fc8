import { testFaults } from '../faults.js';
import { flxpoint } from './tested.js';

testFaults(flxpoint);
