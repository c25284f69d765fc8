// Connects, says so, and when told to starts one order several times at once. Prints what each start found.
//
// usage: starting-process.ts <temporal address> <task queue> <order as JSON> <times>
import { once } from 'node:events';
import { connect } from '../../../src/client.js';
import { keapOrder } from '../../../src/contracts.js';

const [address, taskQueue, order = '', times] = process.argv.slice(2);
process.stdin.on('end', () => process.exit(1));
const waybill = await connect({ address, taskQueue });
console.log('ready');
await once(process.stdin, 'data');
const starts = await Promise.all(
  Array.from({ length: Number(times) }, async () => {
    const started = await waybill.start(keapOrder, JSON.parse(order));
    const { orderId } = await started.result();
    return { how: started.how, orderId };
  }),
);
console.log(JSON.stringify(starts));
process.exit(0);
