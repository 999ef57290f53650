import { givenUp, isGivenUp, runToItsEnd } from '../../../workflows/case/leaving';

const leaveEarly = (): Promise<string> => Promise.reject(givenUp('add an entry', 'anna'));

it('ends a story that is left early as the one that knows how says', async () => {
  expect(await runToItsEnd(leaveEarly, async (left) => `ended: ${left.message}`)).toBe(
    'ended: given up by anna: add an entry',
  );
});

it('lets a story be left again on its way out', async () => {
  const reasons: string[] = [];
  const end = await runToItsEnd(leaveEarly, async ({ message }) => {
    reasons.push(message);
    if (reasons.length === 1) throw givenUp('undo it', 'otto');
    return 'over';
  });
  expect([end, ...reasons]).toEqual(['over', 'given up by anna: add an entry', 'given up by otto: undo it']);
});

it('does not go round for ever with a reason that comes back as it was', async () => {
  const ended: unknown = await runToItsEnd(leaveEarly, async (left) => {
    throw left;
  }).catch((error: unknown) => error);
  expect(isGivenUp(ended)).toBe(true);
});
