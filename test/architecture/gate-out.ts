/** A way past the gate for what goes out to people, as it would be written. */
interface Bypass {
  readonly says: string;
  /** Files it is looked for in, by their path from the root. */
  readonly in: RegExp;
  /** Where it is the gate's own work. */
  readonly except: readonly string[];
  readonly pattern: RegExp;
}

const bypasses: readonly Bypass[] = [
  {
    says: 'writes to the terminal by itself, not through src/terminal/output.ts',
    in: /^src\/(cli|local|terminal)\//,
    except: ['src/terminal/output.ts'],
    // An empty text is written to wait for what was written before.
    pattern: /\bconsole\.|process\.std(?:out|err)\.write\((?!''|`\$\{printableJson\()/,
  },
  {
    says: 'writes a text to the terminal that has not passed the gate',
    in: /^(worker|activities|workflows|src\/(?!cli\/|local\/|terminal\/|sandbox\/))/,
    except: [],
    pattern: /\bconsole\.|process\.std(?:out|err)\.write\((?!`\$\{printableLines\()/,
  },
  {
    says: 'sets current details that are no Markdown',
    in: /^workflows\//,
    except: ['workflows/case/details.ts'],
    pattern: /\bsetCurrentDetails\b/,
  },
  {
    says: 'starts a workflow with a summary that is no Markdown',
    in: /./,
    except: [],
    pattern: /\bstatic(?:Summary|Details):(?! (?:summary\(|'|string\b))/,
  },
  {
    says: 'puts a value into a command that is not quoted',
    in: /./,
    // The second holds the examples of the help, which are our own.
    except: ['src/domain/values/command-line.ts', 'src/cli/option-values.ts'],
    pattern: /npx waybill[^`\n]*\$\{|--(?:by|decision|reason)[ =]\$\{/,
  },
];

/** The ways past the gate that a source text takes. */
export const bypassesOf = (file: string, text: string): readonly string[] =>
  bypasses
    .filter((bypass) => bypass.in.test(file) && !bypass.except.includes(file) && bypass.pattern.test(text))
    .map(({ says }) => `${file} ${says}`);
