import { testCancels } from '../cancel.js';
import { keap } from './tested.js';

testCancels(keap);
