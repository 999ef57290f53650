import { askSandbox } from '../sandbox/ask-sandbox';
import { VendorError } from '../../src/transport/http/vendor-error';

/** The control API of a sandbox that may start later; as {@link askSandbox}. */
export const controlOf =
  (origin: () => string) =>
  <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> =>
    askSandbox(origin(), method, path, body);

/** How a call of a vendor ends: `done`, or the type of its failure. */
export async function endOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return 'done';
  if (!(error instanceof VendorError)) throw error;
  return error.type;
}
