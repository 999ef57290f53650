import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PolicyFile } from '../../src/policy/schema';

const file = join(__dirname, '../../waybill.policy.schema.json');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** After a change of the schema: `UPDATE_POLICY_SCHEMA=1 npm test -- test/policy && npm run format`. */
describe('waybill.policy.schema.json', () => {
  it('says what the program checks', () => {
    const schema = { title: 'Waybill policy', ...z.toJSONSchema(PolicyFile, { io: 'input' }) };
    if (process.env['UPDATE_POLICY_SCHEMA'] === '1') writeFileSync(file, JSON.stringify(schema, null, 2));
    expect(read(file)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('is named by the example', () => {
    expect(read(join(__dirname, '../../waybill.policy.example.json'))).toHaveProperty(
      '$schema',
      './waybill.policy.schema.json',
    );
  });
});
