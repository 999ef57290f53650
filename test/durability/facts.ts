import type { Fact } from '../../src/domain/case/decision';

interface Told {
  readonly facts: readonly Fact[];
}

/** What a question says under a name; empty where it does not say it. */
export const factOf = ({ facts }: Told, name: string): string => facts.find(({ label }) => label === name)?.value ?? '';

/** The call a question is about, as a person reads it: `ManEx SO/PriceAdd`; empty where it is about none. */
export const callOf = (asked: Told): string => factOf(asked, 'call');
