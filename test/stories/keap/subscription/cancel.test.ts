import { testCancels } from '../../cancel.js';
import { subscription } from './tested.js';

testCancels(subscription);
