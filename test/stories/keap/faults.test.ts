import { testFaults } from '../faults.js';
import { keap } from './tested.js';

testFaults(keap);
