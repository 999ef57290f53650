import { VendorError } from '../../src/transport/http/vendor-error';

/** Calls the control API of a sandbox, which may start later. @throws Error for any answer that is no success */
export const controlOf =
  (origin: () => string) =>
  async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${origin()}/_sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };

/** How a call of a vendor ends: `done`, or the type of its failure. */
export async function endingOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return 'done';
  if (!(error instanceof VendorError)) throw error;
  return error.type;
}
