import { testKills } from '../kills.js';
import { logisticsPlus } from './tested.js';

testKills(logisticsPlus);
