import { send } from '../../../src/transport/http/http';
import { VendorError } from '../../../src/transport/http/vendor-error';

/** Run as a process of its own: which certificates Node trusts is settled when it starts. */
async function main(url: string): Promise<void> {
  const ends: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    const call = send({
      vendor: 'v',
      operation: 'o',
      effect: 'write',
      url,
      method: 'POST',
      headers: {},
      body: 'x',
      secrets: [],
      contentTypes: /^text\/xml/,
      readableStatuses: [200],
      limits: { deadlineMs: 5_000, idleMs: 5_000, maxBytes: 1_000 },
      options: {},
    });
    const answer = await call.catch((error: unknown) => error);
    ends.push(answer instanceof VendorError ? `${answer.type} ${answer.code}` : (answer as { text: string }).text);
  }
  process.stdout.write(JSON.stringify(ends));
}

void main(process.argv[2] ?? '');
