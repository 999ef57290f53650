import { importsOf, type Import } from './imports';

/** A room of the house: a folder, or files of it that have rights of their own. */
export interface Room {
  /** From the root; `*` stands for one name, and a path that ends in `.ts` is a file. */
  readonly room: string;
  /** What its files may import at run time besides each other: rooms, files without ending, packages; `*` as above. */
  readonly atRunTime: readonly string[];
  /** What they may import as types besides. */
  readonly asTypes?: readonly string[];
}

const DOCUMENTS = ['purchase-order', 'invoice', 'stock-order', 'web-order', 'stock', 'credit-note'];
const VALUES = 'src/domain/values';
const CASE = 'src/domain/case';

const vendorFiles = ['src/transport', 'src/domain', 'zod', 'node:path'];
const activities = ['activities', 'src/vendors', 'src/documents', 'src/domain', 'src/transport/http/vendor-error'];
const cli = ['src/cli', 'src/local', 'src/terminal', 'src/domain', 'src/policy', 'src/payloads', 'src/config'];
const cliPackages = ['@temporalio/client', '@temporalio/envconfig', 'commander', 'zod', 'node:*'];

/**
 * Who may import what: the one table, read by `npm run walls`, by the tests and by ARCHITECTURE.md. The first room that a
 * file is in counts, so that an exception stands before its folder.
 */
export const walls: readonly Room[] = [
  { room: VALUES, atRunTime: [] },
  { room: CASE, atRunTime: [VALUES] },
  { room: 'src/domain/stock', atRunTime: [VALUES, CASE] },
  { room: 'src/domain/purchase-order', atRunTime: [VALUES, CASE], asTypes: ['src/domain/stock'] },
  { room: 'src/domain/invoice', atRunTime: [VALUES, CASE, 'src/domain/purchase-order'] },
  { room: 'src/domain/stock-order', atRunTime: [VALUES, CASE], asTypes: ['src/domain/purchase-order'] },
  { room: 'src/domain/web-order', atRunTime: [VALUES, CASE] },
  { room: 'src/domain/credit-note', atRunTime: [VALUES, CASE] },
  {
    room: 'src/domain/feed',
    atRunTime: [VALUES, CASE, 'src/domain/stock'],
    asTypes: DOCUMENTS.map((name) => `src/domain/${name}`),
  },
  { room: 'src/transport/formats', atRunTime: [VALUES, 'soap', 'fast-xml-parser', 'node:*'] },
  { room: 'src/transport/reading', atRunTime: ['src/transport/formats', 'node:*'] },
  {
    room: 'src/transport/http',
    atRunTime: [CASE, VALUES, 'src/transport/formats', 'src/transport/reading', 'zod', 'node:*'],
  },
  {
    room: 'src/transport/soap',
    atRunTime: [CASE, VALUES, 'src/transport/formats', 'src/transport/http', 'soap', 'node:*'],
    asTypes: ['src/transport/reading'],
  },
  { room: 'src/transport/wsdl', atRunTime: ['src/transport/formats', 'fast-xml-parser'] },
  // What an installation gives in files of its own is read where it is understood (ADR 13).
  { room: 'src/vendors/*/*-file.ts', atRunTime: ['src/vendors/$1', ...vendorFiles, 'node:fs'] },
  { room: 'src/vendors/*', atRunTime: vendorFiles },
  { room: 'src/sandbox', atRunTime: [VALUES, 'soap', 'fast-xml-parser', 'node:*'] },
  { room: 'src/documents', atRunTime: ['src/domain', 'node:*'] },
  { room: 'src/payloads', atRunTime: ['src/domain', 'node:*'], asTypes: ['@temporalio/common'] },
  { room: 'src/policy', atRunTime: ['src/domain', 'zod', 'node:*'] },
  { room: 'src/config', atRunTime: ['src/config.ts', 'src/domain', 'src/vendors/*/request-names', 'zod', 'node:*'] },
  { room: 'src/config.ts', atRunTime: ['src/config', 'src/domain', 'zod', 'node:*'] },
  { room: 'src/terminal', atRunTime: [VALUES, 'picocolors', 'node:*'] },
  {
    room: 'src/local/temporal-server.ts',
    atRunTime: [
      'src/local',
      'src/terminal',
      'src/domain',
      'src/config',
      '@temporalio/client',
      '@temporalio/testing',
      'node:*',
    ],
  },
  {
    room: 'src/local',
    atRunTime: [
      'src/terminal',
      'src/domain',
      'src/config',
      'src/payloads',
      'src/sandbox',
      '@temporalio/client',
      'zod',
      'node:*',
    ],
  },
  // It looks at every system, read-only.
  { room: 'src/cli/doctor', atRunTime: [...cli, 'src/vendors', 'src/transport', '@temporalio/client', 'node:*'] },
  {
    room: 'src/cli/demo',
    atRunTime: [...cli, 'src/sandbox', 'workflows/*/messages', '@temporalio/client', 'zod', 'node:*'],
  },
  {
    room: 'src/cli',
    atRunTime: [...cli, 'workflows/*/messages', 'workflows/*/start', ...cliPackages],
    asTypes: ['workflows'],
  },
  {
    room: 'activities/orders.ts',
    atRunTime: [...activities, '@temporalio/activity', '@temporalio/client'],
    asTypes: ['workflows'],
  },
  // Owners are started and told by their own definitions.
  {
    room: 'activities/feeds',
    atRunTime: [
      ...[...activities, 'workflows/*/messages', 'workflows/*/start'],
      ...['@temporalio/activity', '@temporalio/client', 'node:timers/promises'],
    ],
    asTypes: ['workflows', 'src/transport/http/call'],
  },
  {
    room: 'activities',
    atRunTime: [...activities, '@temporalio/activity'],
    asTypes: ['workflows', 'src/transport/http/call'],
  },
  { room: 'workflows/case', atRunTime: [VALUES, CASE, '@temporalio/workflow'] },
  {
    room: 'workflows/vendors',
    atRunTime: ['workflows/case', VALUES, CASE, 'src/domain/feed', '@temporalio/workflow'],
    asTypes: ['activities'],
  },
  // How a document is started, for feeds and the command line alike; no workflow loads it.
  {
    room: 'workflows/*/start.ts',
    atRunTime: ['workflows/$1/messages', 'workflows/case/messages', 'src/domain', '@temporalio/client'],
    asTypes: ['workflows/$1'],
  },
  // A document knows of another what it says to it and hears from it.
  {
    room: 'workflows/*',
    atRunTime: [
      ...['workflows/case', 'workflows/vendors', 'workflows/*/messages', 'workflows/*/shapes'],
      ...['src/domain', '@temporalio/workflow'],
    ],
    asTypes: ['activities'],
  },
  { room: 'workflows/index.ts', atRunTime: ['workflows'] },
  // Workflows by path only: the bundler reads them, the worker does not.
  {
    room: 'worker',
    atRunTime: [
      'activities',
      'workflows/*/start',
      'src/config.ts',
      'src/config',
      'src/documents',
      'src/domain',
      'src/payloads',
      'src/policy',
      'src/transport',
      'src/vendors',
      '@temporalio/*',
      'pino',
      'long',
      'node:*',
    ],
  },
];

const pattern = (path: string): string => path.replace(/\.ts$/, '').replaceAll('.', '\\.').replaceAll('*', '([^/]*)');

/** The room that a source file is in. */
export const roomOf = (file: string): Room | undefined =>
  walls.find(({ room }) => new RegExp(`^${pattern(room)}${room.endsWith('.ts') ? '\\.ts$' : '/'}`).test(file));

/** Whether the walls let this import be. */
export function isAllowed({ file, target, isTypeOnly }: Import): boolean {
  const found = roomOf(file);
  if (found === undefined) return false;
  const { room, atRunTime, asTypes = [] } = found;
  const [, caught = ''] = new RegExp(`^${pattern(room)}`).exec(file) ?? [];
  const own = room.endsWith('.ts') ? [] : [room.replace('*', caught)];
  return [...own, ...atRunTime, ...(isTypeOnly ? asTypes : [])].some((each) =>
    new RegExp(`^${pattern(each.replace('$1', caught))}(/|$)`).test(target),
  );
}

/** The imports of these files that cross a wall. */
export const crossingsOf = (files: readonly string[]): Import[] =>
  files.flatMap((file) => importsOf(file)).filter((each) => !isAllowed(each));

const named = (paths: readonly string[]): string => paths.map((path) => `\`${path}\``).join(', ');

/** What the files of a room may import, as ARCHITECTURE.md says it. */
export const importsOfRoom = ({ atRunTime, asTypes = [] }: Room): string =>
  [
    atRunTime.length === 0 ? 'nothing' : named(atRunTime),
    ...(asTypes.length === 0 ? [] : [`as types ${named(asTypes)}`]),
  ].join('; ');
