/** The systems a doctor looks at, in the order they are looked at. */
export const systems = ['configuration', 'temporal', 'claritum', 'manex', 'northscope', 'centra', 'isync'] as const;
export type System = (typeof systems)[number];

/**
 * What one check found. `notice` stops nothing. `unchecked` is what only a person can check; `fix` says how. `bad` must be
 * fixed.
 */
export interface Finding {
  readonly system: System;
  readonly check: string;
  readonly state: 'good' | 'notice' | 'unchecked' | 'bad';
  readonly says: string;
  /** What to do about it, in words; null where there is nothing to do. */
  readonly fix: string | null;
}

export type Findings = AsyncGenerator<Finding, void, undefined>;

/** The ways a check of one system ends. */
export const checksOf = (system: System) => ({
  good: (check: string, says: string): Finding => ({ system, check, state: 'good', says, fix: null }),
  notice: (check: string, says: string, fix: string | null = null): Finding => ({
    system,
    check,
    state: 'notice',
    says,
    fix,
  }),
  unchecked: (check: string, says: string, fix: string): Finding => ({ system, check, state: 'unchecked', says, fix }),
  bad: (check: string, says: string, fix: string): Finding => ({ system, check, state: 'bad', says, fix }),
});
