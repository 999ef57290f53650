import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readEnvironment } from '../../src/config';

describe('readEnvironment', () => {
  const before = process.cwd();
  let directory: string;

  beforeEach(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'waybill-config-')));
    process.chdir(directory);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(directory, { recursive: true });
    delete process.env['WAYBILL_TEST_A'];
    delete process.env['WAYBILL_TEST_B'];
  });

  it('completes the environment from .env, and what is set already wins', () => {
    process.env['WAYBILL_TEST_A'] = 'set';
    writeFileSync(join(directory, '.env'), 'WAYBILL_TEST_A=file\nWAYBILL_TEST_B=file\n');
    expect(readEnvironment()).toMatchObject({ WAYBILL_TEST_A: 'set', WAYBILL_TEST_B: 'file' });
  });

  it('says in one sentence that .env is no file', () => {
    mkdirSync(join(directory, '.env'));
    expect(() => readEnvironment()).toThrow(
      new ConfigError(['.env cannot be read (EISDIR): make it a file that this user may read, or remove it']),
    );
  });

  it('refuses a .env that says two things', () => {
    writeFileSync(join(directory, '.env'), 'WAYBILL_POLICY=a\nwaybill_documents=b\nWAYBILL_POLICY=c\n');
    expect(() => readEnvironment()).toThrow(
      new ConfigError([
        'waybill_documents in line 2 of .env is not used; write it WAYBILL_DOCUMENTS',
        'WAYBILL_POLICY is set twice in .env, in lines 1 and 3; remove one of them',
      ]),
    );
  });
});
