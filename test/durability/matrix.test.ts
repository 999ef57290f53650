import { allCells, cellsNamed } from './cells';
import { page, type Outcome } from './report';
import { sequenceCells, sequencesNamed } from './sequence-cells';
import type { SequenceResult } from './sequence-verdict';

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
