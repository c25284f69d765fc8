import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';
import { inputs } from '../../src/workflows/inputs.js';

let code: string;
beforeAll(async () => {
  const bundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../src/workflows', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  // Without its source map, which is the larger half and is not loaded into an order's memory.
  code = bundle.code.replace(/\/\/# sourceMappingURL=.*$/s, '');
}, 60_000);

test('the stories carry no zod and no Node built-in', () => {
  expect(code).toContain('keapOrder');
  expect(code).not.toMatch(/ZodError|node_modules\/zod/);
  expect(code).not.toMatch(/require\("node:/);
});

test('the stories stay small: every cached order holds its own copy of the modules', () => {
  // An empty workflow has 0.52 MB (the SDK), the kit 0.16; each story may add thirty-two kilobytes. A dependency that slips
  // in adds more.
  expect(code.length).toBeLessThan(680_000 + 32_000 * inputs.size);
});
