type Step = { readonly any: true } | { readonly any: false; readonly fits: (character: string) => boolean };

/** `%` any text, `_` any character, `[abc]` one of these, everything else itself. */
function steps(pattern: string): Step[] {
  const parts = pattern.match(/\[[^\]]+\]|[\s\S]/gu) ?? [];
  return parts.map((part) => {
    if (part === '%') return { any: true };
    if (part === '_') return { any: false, fits: () => true };
    const set = part.length > 2 && part.startsWith('[') ? part.slice(1, -1) : part;
    return { any: false, fits: (character) => set.includes(character) };
  });
}

/** Whether text matches a LIKE pattern, in time proportional to both lengths: no pattern can make it explode. */
export function isLike(text: string, pattern: string): boolean {
  const wanted = steps(pattern);
  const characters = Array.from(text);
  let [at, step] = [0, 0];
  let retry: { at: number; step: number } | undefined;
  while (at < characters.length) {
    const next = wanted[step];
    if (next?.any === true) {
      step += 1;
      retry = { at, step };
    } else if (next?.fits(characters[at] ?? '') === true) {
      at += 1;
      step += 1;
    } else if (retry !== undefined) {
      retry = { at: retry.at + 1, step: retry.step };
      ({ at, step } = retry);
    } else return false;
  }
  return wanted.slice(step).every(({ any }) => any);
}
