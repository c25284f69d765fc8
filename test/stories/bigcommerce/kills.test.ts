import { testKills } from '../kills.js';
import { bigcommerce } from './tested.js';

testKills(bigcommerce);
