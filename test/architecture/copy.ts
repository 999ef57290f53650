import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { root } from './imports';

/** One place in a file that is there already: `written` goes before or after what `at` finds. */
export interface Edit {
  readonly file: string;
  readonly at: RegExp;
  readonly written: string;
  readonly where?: 'before' | 'after';
}

/** What no copy needs: what is installed, built or left behind by a run. */
const LEFT = new Set(['node_modules', '.git', '.waybill', 'dist']);

/** A copy of the project, to which something is added as its documents say. */
export class Copy {
  readonly directory = mkdtempSync(join(tmpdir(), 'waybill-copy-'));

  constructor() {
    cpSync(root, this.directory, { recursive: true, filter: (path) => !LEFT.has(relative(root, path)) });
    symlinkSync(join(root, 'node_modules'), this.path('node_modules'));
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  text(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  /** Copies a folder of new files over it. */
  add(folder: string): void {
    cpSync(folder, this.directory, { recursive: true });
  }

  /** @throws Error where the place is not there once: then the project has changed, and the steps must with it */
  edit({ file, at, written, where = 'after' }: Edit): void {
    const text = this.text(file);
    const found = [...text.matchAll(new RegExp(at, 'g'))];
    const [match] = found;
    if (match === undefined || found.length > 1)
      throw new Error(`${file} has ${found.length} places like ${String(at)}`);
    const index = match.index + (where === 'after' ? match[0].length : 0);
    writeFileSync(this.path(file), text.slice(0, index) + written + text.slice(index));
  }

  /** Runs an installed program in it. @returns its output, whatever it ended with */
  run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const options = { cwd: this.directory, env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--disable-proto=delete', join(root, 'node_modules', program), ...args],
        options,
        (error, stdout, stderr) => resolve({ isGood: error === null, stdout, stderr }),
      );
    });
  }

  /** The files the compiler has something to say about, with what it says. */
  async complaints(project = 'tsconfig.build.json'): Promise<ReadonlyMap<string, readonly string[]>> {
    const { isGood, stdout, stderr } = await this.run('typescript/bin/tsc', [
      ...['-p', project, '--noEmit', '--pretty', 'false'],
    ]);
    if (!isGood && stdout === '') throw new Error(stderr);
    const complaints = new Map<string, string[]>();
    for (const [, file = '', told = ''] of stdout.matchAll(/^([^\s(][^(\n]*)\(\d+,\d+\): error (.+)$/gm)) {
      complaints.set(file, [...(complaints.get(file) ?? []), told]);
    }
    return complaints;
  }

  /** A module of the copy, compiled as every test's. */
  load(file: string): unknown {
    return require(this.path(file));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

/** How a program ended. */
interface Ended {
  readonly isGood: boolean;
  readonly stdout: string;
  readonly stderr: string;
}
