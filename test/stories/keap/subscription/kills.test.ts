import { testKills } from '../../kills.js';
import { subscription } from './tested.js';

testKills(subscription);
