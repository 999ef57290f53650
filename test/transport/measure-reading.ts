/**
 * How long lists block the event loop of their process, and what they cost: `node --disable-proto=delete --import tsx
 * test/transport/measure-reading.ts [orders …]`. A program and no test: what it says depends on what else runs.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { envelopeOf, roomy } from './large';

const leaf = (name: string, value: string): string => `<${name} xsi:type="xsd:string">${value}</${name}>`;
const leaves = (record: Readonly<Record<string, string>>): string =>
  Object.entries(record)
    .map(([name, value]) => leaf(name, value))
    .join('');
const list = (name: string, ...items: readonly string[]): string =>
  `<${name} xsi:type="SOAP-ENC:Array">${items.map((item) => `<item xsi:type="ns1:Record">${item}</item>`).join('')}</${name}>`;

const address = `<address>${leaves({ company: 'M&amp;C', street: 'High Street 1', city: 'Leeds', postCode: 'LS1 1AA' })}</address>`;
const money = { quantity: '100.00', unitPrice: '1.10', currency: 'GBP', net: '110.00', tax: '22.00', gross: '132.00' };

/** Some 3 KB, typed as PHP does it. */
function orderOf(index: number): string {
  const delivery = (sequence: string): string =>
    leaves({ deliveryRef: `D-${index}-${sequence}`, sequence, quantity: '25', instructions: 'Ring twice' }) + address;
  return (
    leaves({ uid: `uid-${index}`, orderRef: `OR-${index}`, poNumber: `PO-${index}`, customerName: 'Acme' }) +
    leaves({ status: 'authorised', productCode: 'P-1', unitOfMeasure: 'each', ...money }) +
    list('deliveries', ...['1', '2', '3', '4'].map(delivery)) +
    list('attachments', leaves({ attachmentRef: `A-${index}`, fileName: 'a.pdf', mimeType: 'application/pdf' })) +
    leaf('lastModified', '2026-11-20T12:00:00Z')
  );
}

function serve(): void {
  const answers = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const orders = Array.from({ length: Number(path.slice(1)) }, (_, index) => orderOf(index));
    const answer =
      answers.get(path) ??
      `<ns1:getPurchaseOrdersResponse>${list('return', ...orders)}</ns1:getPurchaseOrdersResponse>`;
    answers.set(path, answer);
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/xml' }).end(envelopeOf(answer)));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

/** What happened to the event loop meanwhile. */
async function during(name: string, work: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let memory = 0;
  const look = setInterval(() => (memory = Math.max(memory, process.memoryUsage.rss())), 20);
  await setTimeout(200);
  delay.enable();
  const start = performance.now();
  const cpu = process.cpuUsage();
  const said = await work();
  const { user, system } = process.cpuUsage(cpu);
  await setTimeout(50);
  delay.disable();
  clearInterval(look);
  const [longest, usual] = [delay.max, delay.percentile(99)].map((nanoseconds) => Math.round(nanoseconds / 1e6));
  const took = `${Math.round(performance.now() - start)} ms, ${Math.round((user + system) / 1e3)} ms of processor`;
  process.stdout.write(
    `${name}: ${String(said)}; ${took}; blocked ${longest} ms at most, p99 ${usual} ms; ${memory >> 20} MiB\n`,
  );
}

async function measure(): Promise<void> {
  const server = fork(__filename, { env: { ...process.env, WAYBILL_MEASURE: 'serve' } });
  const [port]: unknown[] = await once(server, 'message');
  await during('nothing', async () => setTimeout(5_000, 'idle'));
  for (const orders of process.argv.length > 2 ? process.argv.slice(2) : ['100', '2000', '10000', '10000']) {
    const endpoint = `http://127.0.0.1:${String(port)}/${orders}`;
    const limits = { ...roomy, deadlineMs: 120_000, idleMs: 60_000 };
    const client = new ClaritumClient({ endpoint, apiUid: 'u', password: 'p', role: 'supplier', limits });
    await during(`${orders} orders`, async () => (await client.getPurchaseOrders()).records.length);
  }
  server.kill();
}

if (process.env['WAYBILL_MEASURE'] === 'serve') serve();
else void measure();
