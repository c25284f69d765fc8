import { testFaults } from '../faults.js';
import { infoplus } from './tested.js';

testFaults(infoplus);
