import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));

interface Import {
  readonly file: string;
  /** Relative to src for our own modules, the package or `node:` name otherwise. */
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

function importsOf(file: string, text = readFileSync(join(src, file), 'utf8')): Import[] {
  const statements = text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm);
  return [...statements].map(([, type, specifier = '']) => ({
    file,
    typeOnly: type !== undefined,
    target: specifier.startsWith('.')
      ? relative(src, resolve(src, dirname(file), specifier)).replace(/\.js$/, '.ts')
      : specifier,
  }));
}

const all = files.flatMap((file) => importsOf(file));
const names = (broken: Import[]) => broken.map(({ file, target }) => `${file} imports ${target}`);

/** Platforms, by their folder. A folder of this name is a platform wherever it stands. */
const platforms = readdirSync(join(src, 'activities'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const platformOf = (path: string) => platforms.find((name) => path.split('/').slice(1, -1).includes(name));

/** Files of workflows/ that client and activities load, and stories never: they hold the schemas. */
const isSchema = (file: string) => /(^|\/)(inputs?|countries)\.ts$/.test(file);

/** The only files that name a platform: a sixth one adds its folders and a line in each of these. */
const indexes = [
  'workflows/index.ts',
  'workflows/inputs.ts',
  'activities/index.ts',
  'sandbox/index.ts',
  'contracts.ts',
];

test('the check reads imports', () => {
  expect(all.length).toBeGreaterThan(100);
  expect(platforms).toContain('keap');
  expect(importsOf('workflows/x.ts', "import { a } from './keap/a.js';\nimport type { B } from 'zod';")).toEqual([
    { file: 'workflows/x.ts', target: 'workflows/keap/a.ts', typeOnly: false },
    { file: 'workflows/x.ts', target: 'zod', typeOnly: true },
  ]);
});

test('stories run in the sandbox of Temporal: no Node built-in, no zod, nothing of activities or sandbox but types', () => {
  const broken = all.filter(
    ({ file, target, typeOnly }) =>
      file.startsWith('workflows/') &&
      !isSchema(file) &&
      !typeOnly &&
      (/^(node:|zod|activities\/|sandbox\/|client)/.test(target) || isSchema(target)),
  );
  expect(names(broken)).toEqual([]);
});

test('a platform knows the kit and itself, never another platform', () => {
  const broken = all.filter(({ file, target }) => {
    const own = platformOf(file);
    const other = platformOf(target);
    return own !== undefined && other !== undefined && own !== other;
  });
  expect(names(broken)).toEqual([]);
});

test('the kit knows no platform: a sixth one adds three folders and a line in each index, and changes nothing else', () => {
  const broken = all.filter(
    ({ file, target }) => platformOf(file) === undefined && platformOf(target) !== undefined && !indexes.includes(file),
  );
  expect(names(broken)).toEqual([]);
});

/** A piece of code: a text that is written in it, or anything else. Comments are neither. */
interface Piece {
  readonly kind: 'text' | 'code';
  readonly content: string;
}

/** Comments, texts and the code between them. Texts in back quotes may hold code, which is then taken for text. */
const PIECES =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\[\s\S]|[^`\\])*)`|([^'"`/]+|\/)/g;

function piecesOf(text: string): Piece[] {
  return [...text.matchAll(PIECES)].flatMap(([, single, double, back, code]): Piece[] => {
    if (code !== undefined) return [{ kind: 'code', content: code }];
    const content = single ?? double ?? back;
    return content === undefined ? [] : [{ kind: 'text', content }];
  });
}

/** `logistics-plus` is `logisticsPlus` in names. */
const nameInCode = (platform: string) => platform.replaceAll('-', '');

/**
 * The platforms that code names: in a name of its own, or in a text without a blank, which is meant for the machine. A
 * text with blanks is for people, who are told by examples.
 */
function platformsNamedIn(text: string): string[] {
  const pieces = piecesOf(text).filter(({ kind, content }) => kind === 'code' || !/\s/.test(content));
  const whole = pieces.map(({ content }) => content.toLowerCase()).join('\n');
  return platforms.filter((platform) => whole.includes(platform) || whole.includes(nameInCode(platform)));
}

test.each([
  ["const a = 'keap/sandbox';", ['keap']],
  ['sandbox.logisticsPlus.ledger();', ['logistics-plus']],
  ['const a = `logistics-plus`;', ['logistics-plus']],
  ['const keapUrl = new URL("http://127.0.0.1");', ['keap']],
  ['/** e.g. `keap/acme` */\nconst a = 1 / 2; // not keap', []],
  ["const help = 'its workflow id, e.g. keapOrder/keap/acme/EXT-1001';", []],
  ["const sum = 'it\\'s'; const b = \"don't\"; const c = keap;", ['keap']],
])('the check reads names of platforms: %s', (code, named) => {
  expect(platformsNamedIn(code)).toEqual(named);
});

test('only the folders of platforms and the indexes name a platform', () => {
  const broken = files
    .filter((file) => platformOf(file) === undefined && !indexes.includes(file))
    .flatMap((file) => platformsNamedIn(readFileSync(join(src, file), 'utf8')).map((name) => `${file} names ${name}`));
  expect(broken).toEqual([]);
});

test('the client loads contracts and inputs, neither stories nor activities nor the worker', () => {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { target, typeOnly } of all.filter((each) => each.file === file)) if (!typeOnly) visit(target);
  };
  visit('client.ts');
  visit('contracts.ts');
  expect(reached).toContain('workflows/inputs.ts');
  const broken = [...reached].filter((target) =>
    /^(activities\/|sandbox\/|@temporalio\/(worker|workflow|activity|testing)|workflows\/(story|once|saga|index)\.ts)/.test(
      target,
    ),
  );
  expect(broken).toEqual([]);
});

test('the sandbox shares no code with the client: an imitation that does proves nothing', () => {
  const broken = all.filter(
    ({ file, target }) =>
      file.startsWith('sandbox/') && /^(activities|workflows|client|connections|@foxglove)/.test(target),
  );
  expect(names(broken)).toEqual([]);
  const back = all.filter(
    ({ file, target }) => /^(activities|workflows|client)/.test(file) && target.startsWith('sandbox/'),
  );
  expect(names(back)).toEqual([]);
});
