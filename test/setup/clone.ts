import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the npm of a clone does: notes the call, and installs a compiler that copies src/ to dist/ and notes it too. */
const NPM = `
const { appendFileSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
appendFileSync('calls', 'npm ' + process.argv.slice(2).join(' ') + '\\n');
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules/typescript/bin', { recursive: true });
writeFileSync('node_modules/typescript/bin/tsc', \`
  const { appendFileSync, cpSync, existsSync } = require('node:fs');
  appendFileSync('calls', 'tsc ' + process.argv.slice(2).join(' ') + '\\\\n');
  if (existsSync('src/broken.js')) { console.log('src/broken.js: is broken'); process.exit(2); }
  cpSync('src', 'dist', { recursive: true });
\`);
writeFileSync('node_modules/.package-lock.json', '{}');
`;

/** A fresh clone of a project that is as small as the set-up lets it be, with an npm that needs no network. */
export class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), 'waybill-clone-'));

  constructor() {
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
    cpSync(join(ROOT, 'tools'), join(this.folder, 'tools'), { recursive: true });
    cpSync(join(ROOT, '.ci'), join(this.folder, '.ci'), { recursive: true });
    this.write('package.json', JSON.stringify({ type: 'module', engines: { node: '>=20.18.1' } }));
    this.write('package-lock.json', '{}');
    this.write('tsconfig.json', '{}');
    this.write('tsconfig.build.json', '{}');
    this.write('src/cli.js', "console.log(process.argv.slice(2).join(' '));");
    this.write('npm/package.json', '{}');
    this.write('npm/npm-cli.js', NPM);
    this.write('calls', '');
  }

  write(name: string, content: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** Puts a shell script on the PATH of what the clone runs. */
  putCommand(name: string, script: string): void {
    this.write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.folder, 'bin', name), 0o755);
  }

  start(command: string, ...args: string[]): ChildProcess {
    const child = spawn(command, args, {
      cwd: this.folder,
      env: {
        ...process.env,
        PATH: `${join(this.folder, 'bin')}:${process.env.PATH}`,
        npm_execpath: join(this.folder, 'npm', 'npm-cli.js'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return child;
  }

  async run(command: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = this.start(command, ...args);
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('The output was not piped.');
    const [out, err, [code]] = await Promise.all([text(stdout), text(stderr), once(child, 'exit')]);
    return { code, stdout: out, stderr: err };
  }
}
