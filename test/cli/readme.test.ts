import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseConnections, parseWebhooks } from '../../src/connections.js';
import { inputs, parseInput } from '../../src/workflows/inputs.js';

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
/** The JSON that it shows; in a list the fences are indented. */
const blocks = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));

/** Every variable is set, to what every rule of a secret or a path lets through. */
const env = new Proxy({}, { get: () => '0123456789abcdef' });

test('the connections that the README shows can be used', () => {
  const shown = blocks.filter((block) => 'connections' in block);
  expect(shown.length).toBeGreaterThanOrEqual(2);
  for (const block of shown) expect(parseConnections(block, 'README.md', env).size).toBeGreaterThan(0);
  const names = shown.flatMap((block) => [...parseWebhooks(block, 'README.md', env).keys()]);
  expect(names).toEqual(expect.arrayContaining(['logistics-plus/acme', 'keap/acme']));
});

test('the orders that the README shows can be read, each by the story of its platform', () => {
  const orders = blocks.filter((block) => 'reference' in block);
  expect(orders.length).toBeGreaterThanOrEqual(2);
  for (const order of orders) {
    const story = [...inputs.values()].find(({ contract }) => order.connection.startsWith(`${contract.platform}/`));
    expect(parseInput(story?.contract.name ?? '', order)).toHaveProperty('value');
  }
});
