import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refused } from './refused';
import { textOf, type TreeObject } from './tree';

const user = { login: 'TestAPIUser@NorthScope.example.com', password: 'StrongPassword' };

/** The one text for everything about credentials (docs/vendors/northscope.md#the-session). */
export const invalidLogin = 'The login information that was provided was invalid.';

const header = (headers: IncomingHttpHeaders, name: string): string => String(headers[name] ?? '').trim();

const isUser = (login: string): boolean => login.toLowerCase() === user.login.toLowerCase();

/**
 * Session tokens: several are valid at once and none expires, unless told otherwise. The user's static token is good
 * beside them, whatever is generated (docs/vendors/northscope.md#generatesessiontoken).
 */
export class Sessions {
  private readonly tokens = new Set<string>();
  private generated = 0;
  private isStaticGood: boolean;

  constructor(
    private readonly seed: number,
    private readonly isSingle: boolean,
    /** Empty: the user has none. */
    private readonly staticToken: string,
  ) {
    this.isStaticGood = staticToken !== '';
  }

  /** @throws Refused for a wrong login or password. */
  checkLogin(content: TreeObject): void {
    const isRight = isUser(textOf(content, 'LoginEmail')) && textOf(content, 'Password') === user.password;
    if (!isRight) throw new Refused(invalidLogin);
  }

  /** A new token, a GUID. */
  generate(): string {
    this.generated += 1;
    const digest = createHash('sha256').update(`${this.seed}|session|${this.generated}`).digest('hex');
    const token = [8, 12, 16, 20, 32].map((to, part) => digest.slice([0, 8, 12, 16, 20][part], to)).join('-');
    if (this.isSingle) this.tokens.clear();
    this.tokens.add(token);
    return token;
  }

  /** Whether NSLogin and NSAPISession belong together and are still good. */
  accepts(headers: IncomingHttpHeaders): boolean {
    const token = header(headers, 'nsapisession').toLowerCase();
    return isUser(header(headers, 'nslogin')) && (this.tokens.has(token) || this.isStatic(token));
  }

  /** From now on the caller's token is void; other tokens stay. */
  void(headers: IncomingHttpHeaders): void {
    const token = header(headers, 'nsapisession').toLowerCase();
    if (this.isStatic(token)) this.isStaticGood = false;
    this.tokens.delete(token);
  }

  private isStatic(token: string): boolean {
    return this.isStaticGood && token === this.staticToken.toLowerCase();
  }
}
