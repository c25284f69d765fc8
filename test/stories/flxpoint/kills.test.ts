import { testKills } from '../kills.js';
import { flxpoint } from './tested.js';

testKills(flxpoint);
