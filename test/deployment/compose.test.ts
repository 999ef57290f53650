import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const compose = read('docker-compose.yml');
const dockerfile = read('Dockerfile');

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** The compose program of this machine, or undefined. */
const program = [['docker', 'compose'], ['docker-compose']].find(
  ([command = '', ...args]) => spawnSync(command, [...args, 'version']).status === 0,
);

describe('docker-compose.yml', () => {
  it('pins every image', () => {
    const images = all(compose, /^\s+image: (\S+)$/gm);
    expect(images.length).toBeGreaterThan(5);
    expect(images.filter((image) => !/:\d+[\w.-]*$/.test(image))).toEqual([]);
  });

  it('opens ports on the loopback interface only', () => {
    const ports = all(compose, /^\s+- '([^']*\d:\d+)'$/gm);
    expect(ports).toEqual(['127.0.0.1:7233:7233', '127.0.0.1:8233:8080']);
  });

  it('keeps the door to the sandbox shut', () => {
    const [settings = ''] = all(compose, /- '(\{.*\})'$/gm);
    expect(JSON.parse(settings)).toMatchObject({ port: 7400, people: true, control: false });
  });

  // Without the program there is nothing to check it with: a YAML reader of our own would prove itself.
  const [run, by] =
    program === undefined
      ? [describe.skip, 'by docker compose itself: neither docker compose nor docker-compose is installed']
      : [describe, 'by docker compose itself'];
  run(by, () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'waybill-compose-'));
      cpSync(join(ROOT, 'docker-compose.yml'), join(folder, 'docker-compose.yml'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const config = (...args: string[]) => {
      const [command = '', ...before] = program ?? [];
      return spawnSync(command, [...before, ...args], { cwd: folder, encoding: 'utf8' });
    };

    it('wants an .env, and is valid with the example, with and without the sandbox', () => {
      expect(config('config', '--quiet')).not.toMatchObject({ status: 0 });
      cpSync(join(ROOT, '.env.example'), join(folder, '.env'));
      expect(config('config', '--quiet')).toMatchObject({ status: 0, stderr: '' });
      expect(config('--profile', 'sandbox', 'config', '--services').stdout.trim().split('\n').toSorted()).toEqual(
        [
          'postgresql',
          'sandbox',
          'temporal',
          'temporal-namespace',
          'temporal-schema',
          'temporal-ui',
          'worker',
        ].toSorted(),
      );
    }, 60_000);
  });
});

describe('Dockerfile', () => {
  it('runs what the build makes', () => {
    const modules = [...all(dockerfile, /"dist\/([\w/-]+)\.js"/g), ...all(compose, /dist\/([\w/-]+)\.js/g)];
    expect(modules).toEqual(['worker/main', 'worker/health', 'src/local/sandbox-process']);
    expect(modules.filter((name) => !existsSync(join(ROOT, `${name}.ts`)))).toEqual([]);
  });

  it('is no root, and takes __proto__ away from what vendors send', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/NODE_OPTIONS="--disable-proto=delete --max-old-space-size=\d+"/);
  });

  it('lets nothing in that is not named, above all no .env', () => {
    const [first, ...others] = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(first).toBe('*');
    expect(others.every((line) => line.startsWith('!'))).toBe(true);
    const copied = all(dockerfile, /^COPY (?!--)(.+) \S+$/gm).flatMap((files) => files.split(' '));
    expect(others.map((line) => line.slice(1)).toSorted()).toEqual(copied.toSorted());
  });
});
