import { testCancels } from '../cancel.js';
import { flxpoint } from './tested.js';

testCancels(flxpoint);
