import { expect, test } from 'vitest';
import { ConfigurationError, parseConnections, parseWebhooks } from '../../src/connections.js';

const path = 'kX3_v9-QmZ7pLw2T';
const keap = (webhook?: unknown) => ({
  connections: {
    'keap/acme': { auth: { serviceAccountKey: { env: 'KEAP_KEY' } }, ...(webhook !== undefined && { webhook }) },
  },
});
const api = { KEAP_KEY: 'a-key' };
const gateway = { HOOK_PATH: path, HOOK_SECRET: 'the-secret-of-today' };

function problemsOf(parse: () => unknown): readonly string[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

test('a gateway gets by without the secrets of the API', () => {
  const webhooks = parseWebhooks(
    keap({ path: { env: 'HOOK_PATH' }, secrets: [{ env: 'HOOK_SECRET' }] }),
    'test',
    gateway,
  );
  expect([...webhooks]).toEqual([
    [
      'keap/acme',
      {
        connection: 'keap/acme',
        platform: 'keap',
        path,
        settings: { secrets: ['the-secret-of-today'], query: 'secret' },
      },
    ],
  ]);
});

test('a worker gets by without the secrets of the webhooks, and keeps nothing of them but that there are some', () => {
  const both = { path: { env: 'HOOK_PATH' }, secrets: [{ env: 'HOOK_SECRET' }] };
  const [connection] = parseConnections(keap(both), 'test', api).values();
  expect(connection).toEqual({ ...parseConnections(keap(), 'test', api).get('keap/acme'), hasWebhook: true });
  expect(parseConnections(keap({ env: 'HOOK' }), 'test', api).size).toBe(1);
});

test('a worker that has them knows where the webhooks go, if Waybill registers them', () => {
  const url = 'https://hooks.example.com';
  const withUrl = { path: { env: 'HOOK_PATH' }, secrets: [{ env: 'HOOK_SECRET' }], url };
  const webhookOf = (webhook: object, env: object) =>
    parseConnections(keap(webhook), 'test', { ...api, ...env }).get('keap/acme')?.webhook;
  expect(webhookOf(withUrl, gateway)).toEqual({
    address: `${url}/webhooks/keap/acme/${path}`,
    settings: { secrets: ['the-secret-of-today'], query: 'secret' },
  });
  expect(webhookOf(withUrl, {})).toBeUndefined();
  expect(webhookOf({ ...withUrl, url: undefined }, gateway)).toBeUndefined();
});

test('where the gateway is reached from outside is told without a slash at the end', () => {
  const urlOf = (url: string) => parseWebhooks(keap({ path, url }), 'test', {}).get('keap/acme')?.url;
  expect(urlOf('https://hooks.example.com/')).toBe('https://hooks.example.com');
  expect(urlOf('https://example.com/waybill/')).toBe('https://example.com/waybill');
  expect(urlOf('http://127.0.0.1:8240')).toBe('http://127.0.0.1:8240');
});

test('of connections that are not asked for nothing needs to be known', () => {
  const { connections } = keap({ path });
  const both = { connections: { ...connections, 'keap/other': { webhook: { path: { env: 'HOOK_PATH' } } } } };
  expect([...parseWebhooks(both, 'test', {}, ['keap/acme']).keys()]).toEqual(['keap/acme']);
  expect(problemsOf(() => parseWebhooks(both, 'test', {}))).toHaveLength(1);
});

test('a connection without webhooks has no address', () => {
  expect(parseWebhooks(keap(), 'test', {}).size).toBe(0);
});

test.each<[string, unknown, string[]]>([
  ['no object', 'x', ['webhook: expected an object with path, and what the platform needs']],
  ['a list', [], ['webhook: expected an object with path, and what the platform needs']],
  ['no path', {}, ['webhook.path: is missing; expected 16 to 64 letters, digits, _ or -, that nobody can guess']],
  ...[
    'hooks.example.com',
    'ftp://hooks.example.com',
    'https://hooks.example.com/?key=s3cret',
    'https://me@x.example',
  ].map((url): [string, unknown, string[]] => [
    `the address ${url}`,
    { path, url },
    ['webhook.url: expected an address without user and query, such as https://hooks.example.com'],
  ]),
  [
    'a short path',
    { path: 'short' },
    ['webhook.path: expected 16 to 64 letters, digits, _ or -, that nobody can guess'],
  ],
  [
    'a path with other characters',
    { path: 'with/a/slash/in/it' },
    ['webhook.path: expected 16 to 64 letters, digits, _ or -, that nobody can guess'],
  ],
  ['a member too many', { path, secret: 'x' }, ['webhook.secret: is not a field of this input']],
  [
    'no secret in the list',
    { path, secrets: [] },
    ['webhook.secrets: expected a list of 1 to 5 secrets; each of them is valid'],
  ],
  [
    'a secret that is not in a list',
    { path, secrets: 'the-secret-of-today' },
    ['webhook.secrets: expected a list of 1 to 5 secrets; each of them is valid'],
  ],
  [
    'a short secret',
    { path, secrets: ['the-secret-of-today', 'hush'] },
    ['webhook.secrets[1]: expected 16 to 256 printable characters without spaces'],
  ],
])('%s is a problem of gateway and worker alike', (_name, webhook, problems) => {
  const said = problems.map((problem) => `connections["keap/acme"]: ${problem}`);
  expect(problemsOf(() => parseWebhooks(keap(webhook), 'test', gateway))).toEqual(said);
  expect(problemsOf(() => parseConnections(keap(webhook), 'test', api))).toEqual(said);
});

test('a variable that is not set is named, once, with its field', () => {
  const webhook = { path: { env: 'HOOK_PATH' }, secrets: [{ env: 'HOOK_SECRET' }, { env: 'HOOK_SECRET_2' }] };
  expect(problemsOf(() => parseWebhooks(keap(webhook), 'test', { HOOK_SECRET: 'the-secret-of-today' }))).toEqual([
    'connections["keap/acme"]: webhook.path: the environment variable HOOK_PATH is not set',
    'connections["keap/acme"]: webhook.secrets[1]: the environment variable HOOK_SECRET_2 is not set',
  ]);
});

test('a platform that is not known, and a name that is none, are named to the gateway too', () => {
  const of = (name: string) => problemsOf(() => parseWebhooks({ connections: { [name]: {} } }, 'test', {}));
  expect(of('kepa/acme')).toEqual([
    expect.stringContaining('connections["kepa/acme"]: its name must be <platform>/<name>'),
  ]);
  expect(of('keap/ACME')).toEqual([expect.stringContaining('connections["keap/ACME"]: its name may have')]);
});

test.each<[string, object, string[]]>([
  ['no secrets', {}, ['webhook.secrets: is missing; expected a list of 1 to 5 secrets; each of them is valid']],
  [
    'two places for the secret',
    { secrets: ['the-secret-of-today'], header: 'x-key', query: 'key' },
    ['webhook.query: expected either header or query, not both'],
  ],
  [
    'no name of a header',
    { secrets: ['the-secret-of-today'], header: 'x key' },
    ['webhook.header: expected the name of a header, 1 to 64 letters, digits or hyphens'],
  ],
])('a shared secret: %s', (_name, webhook, problems) => {
  const connections = { 'logistics-plus/acme': { webhook: { path, ...webhook } } };
  expect(problemsOf(() => parseWebhooks({ connections }, 'test', {}))).toEqual(
    problems.map((problem) => `connections["logistics-plus/acme"]: ${problem}`),
  );
});
