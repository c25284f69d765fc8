import { testMoney } from './random-money.js';

testMoney('purchase', 'authorization');
