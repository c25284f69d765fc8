import { testKills } from '../kills.js';
import { infoplus } from './tested.js';

testKills(infoplus);
