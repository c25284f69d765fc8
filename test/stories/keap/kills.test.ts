import { testKills } from '../kills.js';
import { keap } from './tested.js';

testKills(keap);
