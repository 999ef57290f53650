import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, relative, resolve } from 'node:path';
import { parseSync, type ModuleItem } from '@swc/core';

export const root = resolve(__dirname, '../..');

/** One import of a source file. */
export interface Import {
  /** Path from the root, with its ending. */
  readonly file: string;
  /** A path from the root without ending, `node:<name>`, or the name of a package. */
  readonly target: string;
  /** Erased before it runs. */
  readonly isTypeOnly: boolean;
}

/** Every TypeScript file below these folders, by its path from the root. */
export const sourceFiles = (...folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .toSorted(),
  );

export const sourceText = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Reference {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

function staticImport(item: ModuleItem): Reference[] {
  switch (item.type) {
    case 'ImportDeclaration': {
      const named = item.specifiers.filter((specifier) => specifier.type === 'ImportSpecifier');
      const isErased = item.specifiers.length > 0 && named.length === item.specifiers.length;
      const isTypeOnly = item.typeOnly || (isErased && named.every((specifier) => specifier.isTypeOnly));
      return [{ specifier: item.source.value, isTypeOnly }];
    }
    case 'ExportNamedDeclaration':
      // The compiler's typings lag behind: the member is called typeOnly.
      return item.source === null || item.source === undefined
        ? []
        : [{ specifier: item.source.value, isTypeOnly: (item as { readonly typeOnly?: boolean }).typeOnly === true }];
    case 'ExportAllDeclaration':
      return [{ specifier: item.source.value, isTypeOnly: false }];
    default:
      return [];
  }
}

/** `import('x')` and `require('x')` wherever they stand; types (`typeof import('x')`) are another node. */
function dynamicImports(node: unknown): Reference[] {
  if (Array.isArray(node)) return node.flatMap(dynamicImports);
  if (typeof node !== 'object' || node === null) return [];
  const call = node as { type?: string; callee?: { type?: string; value?: string }; arguments?: unknown[] };
  const isImport =
    call.type === 'CallExpression' &&
    (call.callee?.type === 'Import' || (call.callee?.type === 'Identifier' && call.callee.value === 'require'));
  const [argument] = (isImport ? call.arguments : undefined) ?? [];
  const literal = (argument as { expression?: { type: string; value: unknown } } | undefined)?.expression;
  const own = literal?.type === 'StringLiteral' ? [{ specifier: String(literal.value), isTypeOnly: false }] : [];
  return [...own, ...Object.values(node).flatMap(dynamicImports)];
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  if (specifier.startsWith('node:')) return specifier;
  if (builtinModules.includes(specifier)) return `node:${specifier}`;
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** What one source text imports, read from its syntax tree. */
export function importsOf(file: string, text: string = sourceText(file)): Import[] {
  const { body } = parseSync(text, { syntax: 'typescript', target: 'es2023' });
  return [...body.flatMap(staticImport), ...dynamicImports(body)].map(({ specifier, isTypeOnly }) => ({
    file,
    target: targetOf(file, specifier),
    isTypeOnly,
  }));
}
