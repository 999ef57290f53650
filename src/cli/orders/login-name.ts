import { userInfo } from 'node:os';
import { CliError } from '../../terminal/cli-error';
import { say } from '../../terminal/output';

/** Who answers where `--by` is not given. @throws CliError where the system has no name for its user (containers). */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    throw new CliError(say`Your login name is unknown here. Say who you are with --by.`);
  }
}
