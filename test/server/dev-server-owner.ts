// Starts a dev server with the executable that is its argument, says its pid, and stays.
import { startDevServer } from '../../src/temporal/dev-server.js';

const [, , executable] = process.argv;
const server = await startDevServer({ executable: String(executable), uiPort: 'none' });
console.log(server.pid);
