import type { CallLimits, CallOptions } from '../../transport/http/call';
import { sendAndRead } from '../../transport/http/http';
import type { JudgedAnswer } from './answer';
import { defaultLimits, type OperationRules } from './operations';
import { memberNames } from './schema';

export interface ManExConfig {
  /** The root before `/api/SO`, http or https. */
  readonly endpoint: string;
  /** Ten characters; becomes part of every URL, which is why no URL of this client is ever shown. */
  readonly apiKey: string;
  /** @default 20 s, 10 s, 5 MiB */
  readonly limits?: Partial<CallLimits>;
}

/** Makes ManEx's calls: a read by its query, a write by its body, the key in the path of either. */
export class Connection {
  readonly #endpoint: string;
  readonly #apiKey: string;
  readonly #limits: CallLimits;

  constructor({ endpoint, apiKey, limits }: ManExConfig) {
    this.#endpoint = /^.*[^/]/.exec(endpoint)?.[0] ?? '';
    this.#apiKey = apiKey;
    this.#limits = { ...defaultLimits, ...limits };
  }

  /** @throws VendorError where there is no answer that could be judged */
  async call(
    expected: OperationRules,
    parameters: Readonly<Record<string, string>>,
    options: CallOptions,
  ): Promise<JudgedAnswer> {
    const { vendor, operation, effect, connection } = expected;
    const isRead = effect === 'read';
    const query = isRead ? `?${new URLSearchParams(parameters).toString()}` : '';
    const secrets = [this.#apiKey];
    const answer = await sendAndRead(
      {
        ...{ vendor, operation, effect, connection, secrets },
        url: this.#url(operation, query),
        method: isRead ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          ...(isRead ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        },
        ...(isRead ? {} : { body: JSON.stringify(parameters) }),
        contentTypes: /^(application|text)\/([\w.+-]{0,60}\+)?json\b/i,
        // Business refusals are documented as envelopes without a word on their HTTP status.
        readableStatuses: [200, 400, 401, 403, 404, 405],
        limits: this.#limits,
        options,
      },
      { form: 'json', references: memberNames },
    );
    return { expected, answer, secrets };
  }

  /** The only place where the key joins the URL (docs/vendors/manex.md#how-it-is-reached). */
  #url(operation: string, query: string): string {
    return `${this.#endpoint}/api/${operation}/${encodeURIComponent(this.#apiKey)}${query}`;
  }
}
