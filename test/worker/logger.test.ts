import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import * as fc from 'fast-check';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { expectedFailure } from '../../worker/expected-failure';
import { withoutSecrets } from '../../worker/logger';

const secretNames = [
  'password',
  'CLARITUM_PASSWORD',
  'apiKey',
  'MANEX_API_KEY',
  'accessToken',
  'clientSecret',
  'Authorization',
  'session',
  'sessionKey',
  'credentials',
];

describe('what is attached to a log line', () => {
  it.each(secretNames)('is masked under the name %s', (name) => {
    expect(withoutSecrets({ [name]: 'hunter2', durationMs: 3 })).toEqual({ [name]: '***', durationMs: 3 });
  });

  it('is masked wherever it stands', () => {
    const values = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(1, true, null, 'plain'),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('vendor', 'operation', 'details'), tie('node'), { maxKeys: 3 }),
        fc.constantFrom(...secretNames).map((name) => ({ [name]: { value: 'hunter2' } })),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b'), values), (meta) => {
        const text = JSON.stringify(withoutSecrets(meta));
        expect(text).not.toContain('hunter2');
        expect(text.match(/\*\*\*/g)?.length ?? 0).toBe(JSON.stringify(meta).match(/hunter2/g)?.length ?? 0);
      }),
    );
  });

  it('leaves everything else as it is', () => {
    const meta = {
      workflowId: 'purchase-order:7',
      attempt: 1,
      at: new Date(0),
      facts: [{ code: 'DEADLINE' }],
      none: null,
    };
    expect(withoutSecrets(meta)).toEqual(meta);
  });

  it('tells the reason of an error and of its cause, and nothing that hangs on them', () => {
    const cause = Object.assign(new Error('refused'), {
      metadata: { 'x-api': 'hunter2' },
      config: { url: '/hunter2' },
    });
    const text = JSON.stringify(withoutSecrets({ error: new Error('not done', { cause }) }));
    expect(text).toContain('Error: not done');
    expect(text).toContain('Error: refused');
    expect(text).not.toContain('hunter2');
  });

  it('ends where something contains itself', () => {
    const circle: Record<string, unknown> = { name: 'circle' };
    circle['self'] = circle;
    expect(JSON.stringify(withoutSecrets(circle))).toContain('…');
  });
});

it('writes one JSON object per line, whatever a vendor’s text looks like', () => {
  const script = `
    const { temporalLogger } = require('./worker/logger');
    const logger = temporalLogger();
    logger.warn('said\\n{"level":60}', { error: new Error('no\\r\\nway'), vendor: { password: 'hunter2' } });
    logger.debug('not at this level');`;
  const output = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { encoding: 'utf8' });
  const lines = output.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 40,
    msg: 'said\n{"level":60}',
    error: { message: expect.stringContaining('no\r\nway') as string },
    vendor: { password: '***' },
  });
});

describe('a failure that is part of the trade', () => {
  const facts = { vendor: 'manex', operation: 'SO/Add', code: 'ECONNREFUSED', status: null, secretUrl: 'hunter2' };
  const unavailable = ApplicationFailure.create({
    type: 'VendorUnavailable',
    message: 'ManEx cannot be reached',
    details: [facts],
  });
  const attributes = {
    workflowId: 'purchase-order:CL-7',
    attempt: 3,
    taskToken: 'abc',
    activityType: 'placeSalesOrder',
  };
  const line = (error: unknown): string => JSON.stringify(withoutSecrets(expectedFailure({ ...attributes, error })));

  it('is one line with vendor, operation, code, attempt and order, and no stack', () => {
    expect(JSON.parse(line(unavailable))).toEqual({
      workflowId: 'purchase-order:CL-7',
      attempt: 3,
      activityType: 'placeSalesOrder',
      order: 'CL-7',
      ...{ vendor: 'manex', operation: 'SO/Add', code: 'ECONNREFUSED', status: null },
      error: 'VendorUnavailable: ManEx cannot be reached',
    });
    expect(line(unavailable).length).toBeLessThan(400);
  });

  it('is one as the workflow sees it, also when it has come out of the workflow’s thread', () => {
    const failed = new ActivityFailure('Activity task failed', 'placeSalesOrder', '1', 'TIMEOUT', 'me', unavailable);
    expect(JSON.parse(line(failed))).toMatchObject({
      error: 'Activity task failed: VendorUnavailable: ManEx cannot be reached',
      operation: 'SO/Add',
    });
    // As the SDK makes it of what the server tells: without a message and a stack of its own.
    const told = new ActivityFailure(undefined, 'placeSalesOrder', '1', 'TIMEOUT', 'me', unavailable);
    told.stack = '';
    expect(JSON.parse(line(structuredClone(told)))).toMatchObject({ error: 'ManEx cannot be reached', order: 'CL-7' });
    expect(JSON.parse(line(structuredClone(failed)))).toMatchObject({
      error: 'Activity task failed: ManEx cannot be reached',
      order: 'CL-7',
    });
  });

  it('keeps the stack of an error that nobody expects, also behind one that is expected', () => {
    const fault = new TypeError('undefined is not a function');
    expect(line(fault)).toMatch(/"message":"TypeError: undefined is not a function\\n {4}at /);
    expect(line(ApplicationFailure.create({ message: 'not done', cause: fault }))).toContain('logger.test.ts');
    expect(line('no error')).toContain('"error":"no error"');
  });
});

describe('the log level', () => {
  const printed = (level: string): string[] => {
    const script = `
      const { log, temporalLogger } = require('./worker/logger');
      const logger = temporalLogger('${level}');
      for (const each of ['trace', 'debug', 'info', 'warn', 'error']) { logger[each](each); log[each](each); }`;
    const output = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { encoding: 'utf8' });
    return output.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).msg]));
  };

  it('is the least that is written, by Temporal and by ourselves', () => {
    expect(printed('error')).toEqual(['error', 'error']);
    expect(printed('debug')).toEqual(['debug', 'debug', 'info', 'info', 'warn', 'warn', 'error', 'error']);
  });
});

const [onFullDisk, reason] = existsSync('/dev/full') ? [describe, ''] : [describe.skip, ': there is no /dev/full here'];
onFullDisk(`standard output on a full disk${reason}`, () => {
  it('stops nothing', () => {
    const script = `
    const { log, temporalLogger } = require('./worker/logger');
    const logger = temporalLogger();
    for (let line = 0; line < 500; line += 1) logger.warn('x'.repeat(4_000));
    log.warn('and again');
    setTimeout(() => process.stderr.write('alive'), 50);`;
    const stdio: ['ignore', number, 'pipe'] = ['ignore', openSync('/dev/full', 'w'), 'pipe'];
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], {
      encoding: 'utf8',
      stdio,
    });
    expect([status, stderr]).toEqual([0, 'alive']);
  });
});

it('masks what the environment holds as a secret, in every text of every line', () => {
  const script = `
    const { hideSecretsOf, log } = require('./worker/logger');
    hideSecretsOf({ MANEX_API_KEY: 'hunter2hunter2', TEMPORAL_API_KEY: 'k3y&', HOME: '/root', CLARITUM_API_UID: 'SUP-1' });
    log.error({ error: new Error('GET /api/SO/HUNTER2HUNTER2'), deep: [{ said: 'k3y%26', home: '/root' }] }, 'SUP-1: k3y&amp;');
    log.fatal(Object.assign(new Error('hunter2hunter2'), { config: 'k3y&' }));
    log.info('aHVudGVyMmh1bnRlcjI= for %s', 'k3y&');`;
  const output = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { encoding: 'utf8' });
  expect(output).not.toMatch(/hunter2|k3y|aHVudGVy/i);
  const [error, fatal, info] = output.trimEnd().split('\n');
  expect(JSON.parse(error ?? '')).toMatchObject({
    error: { message: expect.stringContaining('GET /api/SO/***') as string },
    deep: [{ said: '***', home: '/root' }],
    msg: 'SUP-1: ***',
  });
  expect(JSON.parse(fatal ?? '')).toMatchObject({ level: 60, msg: '***' });
  expect(JSON.parse(info ?? '')).toMatchObject({ msg: '***= for ***' });
});
