import { testCancels } from '../cancel.js';
import { infoplus } from './tested.js';

testCancels(infoplus);
