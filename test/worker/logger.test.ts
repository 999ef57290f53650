import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
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
