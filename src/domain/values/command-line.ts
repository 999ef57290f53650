import { isPrintable } from './printable';

/** A command for a person to copy; only {@link waybill} makes one. */
class ShellText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}
export type ShellLine = ShellText;

export const isShellLine = (value: unknown): value is ShellLine => value instanceof ShellText;

/**
 * A command line of ours, quoted for a POSIX shell: the shell hands every value on as it is, runs none of it, and no value
 * becomes an option. Where a value holds what cannot be printed, no command can be given, and a remark stands in its place.
 *
 * @param operands what the command is about, in its order
 * @param options long options with their values, without the hyphens
 * @param environment variables to set for it
 */
export function waybill(
  command: string,
  operands: readonly string[] = [],
  options: Readonly<Record<string, string>> = {},
  environment: Readonly<Record<string, string>> = {},
): ShellLine {
  const given = Object.entries(options);
  if (![...operands, ...Object.values(options), ...Object.values(environment)].every(isPrintable))
    return new ShellText(`# no command: a value of 'npx waybill ${command}' holds what cannot be typed`);
  const optionWords = given.map(([name, value]) => `--${name}${value.startsWith('-') ? '=' : ' '}${quoted(value)}`);
  const operandWords = operands.map(quoted);
  return new ShellText(
    [
      ...Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`),
      `npx waybill ${command}`,
      // Behind `--` everything is an operand, so options come first.
      ...(operands.some((operand) => operand.startsWith('-'))
        ? [...optionWords, '--', ...operandWords]
        : [...operandWords, ...optionWords]),
    ].join(' '),
  );
}

/** The command that gives an answer to a decision, asked by the order or workflow that `operand` names to commands. */
export const answerCommand = (
  operand: string,
  decision: string,
  choice: string,
  options: Readonly<Record<string, string>> = {},
): ShellLine =>
  choice === 'approve' || choice === 'reject'
    ? waybill(choice, [operand], { decision, ...options })
    : waybill('decide', [operand, decision, choice], options);

/** What no POSIX shell, and neither bash nor zsh, reads anything into. */
const BARE = /^[\w@%+:,./-]+$/;

/** The Web UI fills in `{workflowId}` and the like wherever they stand; a quote behind the brace changes no value. */
const quoted = (word: string): string =>
  BARE.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`).replaceAll('{', "{''")}'`;
