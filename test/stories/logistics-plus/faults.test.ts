import { testFaults } from '../faults.js';
import { logisticsPlus } from './tested.js';

testFaults(logisticsPlus);
