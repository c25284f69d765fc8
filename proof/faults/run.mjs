// npm run faults           the whole matrix: every story, every write, every fault, kill and cancel that applies
// npm run faults -- <id>   one case, or all whose ids begin with it, e.g. keapOrder/faults/rest/plain
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [id = 'all', ...more] = process.argv.slice(2);
if (more.length > 0) {
  console.error(`One id, not ${more.length + 1}: ${[id, ...more].join(' ')}`);
  process.exit(1);
}
const [vitest, config] = ['../../node_modules/vitest/vitest.mjs', './vitest.config.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', config], {
  stdio: 'inherit',
  env: { ...process.env, WAYBILL_CASES: id },
});
process.exit(status ?? 1);
