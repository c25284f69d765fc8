import { testFaults } from '../../faults.js';
import { subscription } from './tested.js';

testFaults(subscription);
