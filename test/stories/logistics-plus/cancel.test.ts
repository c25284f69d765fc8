import { testCancels } from '../cancel.js';
import { logisticsPlus } from './tested.js';

testCancels(logisticsPlus);
