import type { DataConverter } from '@temporalio/common';

/**
 * What worker, CLI and tests put on the wire, in one place: the SDK's own plain JSON, and failures with message and
 * stack trace as text, so that the Web UI shows an operator what happened. It is neither encrypted nor hidden, which
 * is why nothing secret may enter a payload or an error message (docs/promises.md#what-is-never-shown).
 */
export const dataConverter: DataConverter = {};
