import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { allCells, cellsNamed } from './cells';
import { operations } from './operations';
import { contractCells, contractSequences, endOf, ends, ONE_IN, rotatingCells } from './parts';
import { page, type Outcome } from './report';
import { sequenceCells, sequencesNamed } from './sequence-cells';
import type { SequenceResult } from './sequence-verdict';
import { waysSection } from './ways';

it('names every cell once, so that one can be run alone', () => {
  const names = allCells.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(cellsNamed(name).map((cell) => cell.name)).toEqual([name]);
  expect(() => cellsNamed('SO/Add nonsense once')).toThrow(RangeError);
  const sequences = sequenceCells.map(({ name }) => name);
  expect(new Set([...names, ...sequences]).size).toBe(names.length + sequences.length);
  for (const name of sequences) expect(sequencesNamed(name).map((cell) => cell.name)).toEqual([name]);
  expect(sequencesNamed('cancel before-approval')).toHaveLength(3);
});

it('has each writing call meet each of its ends in every rotation, and every fault in some', () => {
  const rotations = Array.from({ length: 120 }, (_, index) => index + 1);
  const calls = operations.filter(({ isRead }) => !isRead).map(({ name }) => name);
  for (const rotation of rotations.slice(0, 20)) {
    const met = contractCells(rotation).map(({ operation, fault }) => `${operation.name}: ${endOf(fault)}`);
    expect(new Set(met).size).toBe(met.length);
    expect(met).toEqual(expect.arrayContaining(calls.flatMap((call) => ends.map((end) => `${call}: ${end}`))));
    const moments = contractSequences(rotation).map(({ change, moment }) => `${change} ${moment}`);
    expect(new Set(moments)).toEqual(new Set(sequenceCells.map(({ change, moment }) => `${change} ${moment}`)));
    expect(moments).toHaveLength(new Set(moments).size);
    const rotating = rotatingCells(rotation);
    expect(new Set([...contractCells(rotation), ...rotating]).size).toBe(
      contractCells(rotation).length + rotating.length,
    );
    expect(rotating).toHaveLength(Math.round(allCells.length / ONE_IN));
  }
  const once = allCells.filter(({ mode, lookupFault, fault }) => mode === 'once' && !lookupFault && endOf(fault));
  expect(new Set(rotations.flatMap(contractCells))).toEqual(new Set(once));
  expect(new Set(rotations.flatMap(contractSequences))).toEqual(new Set(sequenceCells));
  // The others come up in the part that rotates: all of them, in the end.
  const all = [...rotations.flatMap(rotatingCells), ...rotations.flatMap(contractCells)];
  expect(new Set(all).size).toBe(allCells.length);
});

it('says in the page how much is run when', () => {
  const written = readFileSync(resolve(__dirname, '../../docs/durability.md'), 'utf8');
  for (const line of waysSection()) expect(written).toContain(line);
});

it('shows in the page what went wrong', () => {
  const result = { lookupFault: null, stage: 'done', why: [], fallen: [1], orderRef: '', isIdle: false, trace: [] };
  const sequence: SequenceResult = {
    ...{ name: 'amend-down after-mark well', change: 'amend-down', moment: 'after-mark', vendor: 'well', end: 'right' },
    ...{ stage: 'done', why: [], fallen: [], orderRef: '', isIdle: false, asked: [], trace: [] },
  };
  const outcome: Outcome = {
    ...{ seed: 1, seconds: 2, cores: 2, ofRun: [] },
    sequences: [
      { ...sequence, name: 'amend-down after-mark killed', vendor: 'killed', end: 'decision' },
      { ...sequence, name: 'amend-down after-mark 503', vendor: '503', end: 'WRONG', why: ['nobody was told'] },
      sequence,
    ],
    results: [
      {
        ...result,
        ...{ name: 'SO/Add drop twice', operation: 'SO/Add', fault: 'drop', mode: 'twice', end: 'WRONG' },
        why: ['twice is too much'],
      },
      { ...result, name: 'SO/Add drop once', operation: 'SO/Add', fault: 'drop', mode: 'once', end: 'right' },
    ],
  };
  const shown = page(outcome);
  expect(shown).toContain('| SO/Add | r **W** |');
  expect(shown).toContain('- `SO/Add drop twice`: twice is too much');
  expect(shown).toContain('| less is wanted | – | – | – | – | r **W** d | – | – |');
  expect(shown).toContain('- `amend-down after-mark 503`: nobody was told');
  expect(shown).toContain('**This run failed: see WRONG below.**');
});
