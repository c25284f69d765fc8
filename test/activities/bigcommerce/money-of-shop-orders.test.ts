import { testMoney } from './random-money.js';

testMoney('capture');
