import { has, texts } from '../case/shapes';

export const isVanished = (
  message: unknown,
): message is { readonly orderRefs: readonly string[]; readonly listed: number } =>
  has(message, { orderRefs: texts, listed: (value) => typeof value === 'number' });

export const isExplained = (message: unknown): message is { readonly orderRefs: readonly string[] } =>
  has(message, { orderRefs: texts });
