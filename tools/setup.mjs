// Makes a fresh clone ready to run: dependencies, then dist/. Says one line per thing it does, and nothing when there
// is nothing to do. Plain JavaScript without dependencies, because it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withProcessLock } from './process-lock.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (...names) => join(ROOT, ...names);

/** What the installed dependencies, and the build, were made from: a hash. Each goes away with what it describes. */
const INSTALLED_FROM = inRoot('node_modules', '.waybill-installed-from');
const BUILT_FROM = inRoot('dist', '.built-from');

/** Something that the reader of the message has to see to: no stack. */
class SetupError extends Error {}

try {
  checkNode();
  const waiting = (pid) => say(`Process ${pid} is setting up already: waiting for it …`);
  await withProcessLock(inRoot('.waybill', 'setup.lock'), waiting, async () => {
    installDependencies();
    build();
  });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}

function checkNode() {
  const needed = /(\d+)\.(\d+)\.(\d+)/.exec(JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).engines.node);
  const [have, need] = [process.versions.node.split('.'), needed.slice(1)].map((parts) => parts.map(Number));
  const difference = have.map((part, i) => part - need[i]).find((part) => part !== 0) ?? 0;
  if (difference < 0) {
    throw new SetupError(
      `Waybill needs Node ${needed[0]} or newer; this is Node ${process.versions.node}, at ${process.execPath}.`,
    );
  }
}

function installDependencies() {
  const lockFile = inRoot('package-lock.json');
  const wanted = hashOf([lockFile]);
  if (contentOf(INSTALLED_FROM) === wanted) return;
  if (!npmInstalledAfter(lockFile)) {
    say('Installing dependencies (npm ci) …');
    // Without the development ones there is no compiler to build with, whatever NODE_ENV says.
    run(...npm('ci', '--include=dev', '--no-progress'), 'The dependencies could not be installed (npm ci).');
  }
  writeFileSync(INSTALLED_FROM, wanted);
}

/** npm writes this file when an install is complete: somebody may have run npm themselves. */
function npmInstalledAfter(lockFile) {
  const done = inRoot('node_modules', '.package-lock.json');
  return existsSync(done) && !existsSync(INSTALLED_FROM) && statSync(done).mtimeMs >= statSync(lockFile).mtimeMs;
}

function build() {
  const wanted = hashOf([
    ...filesIn(inRoot('src')),
    ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((name) => inRoot(name)),
  ]);
  if (contentOf(BUILT_FROM) === wanted) return;
  say('Building dist/ …');
  // A file that was deleted in src/ must not live on in dist/.
  rmSync(inRoot('dist'), { recursive: true, force: true });
  const compiler = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  run(process.execPath, [compiler, '-p', 'tsconfig.build.json'], 'The sources could not be compiled (tsc).');
  const bundler = inRoot('dist', 'bundle.js');
  if (existsSync(bundler)) {
    say('Bundling the workflows …');
    run(process.execPath, [bundler], 'The workflows could not be bundled (dist/bundle.js).');
  }
  writeFileSync(BUILT_FROM, wanted);
}

/** The npm that runs this script, which a Windows shell would not find by its name; else the one on the PATH. */
function npm(...args) {
  const script = process.env.npm_execpath ?? '';
  return script.endsWith('npm-cli.js') ? [process.execPath, [script, ...args]] : ['npm', args];
}

/** Its output matters only when it fails. */
function run(command, args, failure) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return;
  throw new SetupError([failure, error?.message, stdout?.trim(), stderr?.trim()].filter(Boolean).join('\n'));
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    });
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

function contentOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function say(text) {
  console.error(text);
}
