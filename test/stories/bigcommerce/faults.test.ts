import { testFaults } from '../faults.js';
import { bigcommerce } from './tested.js';

testFaults(bigcommerce);
