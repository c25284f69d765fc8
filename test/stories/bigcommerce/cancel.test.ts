import { testCancels } from '../cancel.js';
import { bigcommerce } from './tested.js';

testCancels(bigcommerce);
