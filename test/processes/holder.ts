// Tethers a command that ignores SIGTERM and has started a process of its own, says both pids, and stays.
import { spawnTethered } from '../../src/processes/tethered.js';

const script = 'trap "" TERM; sleep 1000 & echo $!; while true; do sleep 1; done';
const held = await spawnTethered('/bin/sh', ['-c', script], { graceMs: 200 });
held.stdout?.setEncoding('utf8').once('data', (pid: string) => console.log(`${held.pid} ${pid.trim()}`));
