import { ApplicationFailure, ServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { CliError } from '../../src/terminal/cli-error';
import { sendUpdate } from '../../src/cli/orders/update';
import { decideUpdate } from '../../workflows/case/messages';

const ID = 'purchase-order:CL-1';
const answer = { choice: 'approve', by: 'anna' };
const RECEIPT = { status: 'accepted', id: 'approval-1', reason: null };

/** What the server answers, one after the other, and how the workflow stands. */
function clientAnswered(ends: readonly (Error | typeof RECEIPT)[], status = 'RUNNING') {
  const sent: unknown[] = [];
  const handle = {
    executeUpdate: async (_definition: unknown, options: { updateId: string; args: unknown[] }) => {
      const end = ends[Math.min(sent.length, ends.length - 1)];
      sent.push(options);
      if (end instanceof Error) throw end;
      return end;
    },
    describe: async () => ({ status: { name: status } }),
  };
  return { sent, client: { workflow: { getHandle: () => handle } } as unknown as Client };
}

/** An error as gRPC brings it. */
const grpc = (code: number, name: string, details: string): ServiceError =>
  new ServiceError('Workflow Update failed', {
    cause: Object.assign(new Error(`${code} ${name}: ${details}`), { code, details, metadata: {} }),
  });

const DROPPED = grpc(
  9,
  'FAILED_PRECONDITION',
  'Unable to perform workflow execution update due to unexpected workflow task failure.',
);
const send = (client: Client) => sendUpdate(client, ID, decideUpdate, answer);

afterEach(() => jest.restoreAllMocks());

it.each<[string, Error]>([
  ['a workflow task of it is thrown away', DROPPED],
  ['it continues as new', grpc(14, 'UNAVAILABLE', 'workflow operation can not be applied because workflow is closing')],
  ['the server lost it', grpc(14, 'UNAVAILABLE', 'update was aborted')],
  [
    'the run is over, and the workflow is not',
    new WorkflowNotFoundError('workflow execution already completed', ID, undefined),
  ],
  [
    'its run ended behind it',
    new WorkflowUpdateFailedError(
      'Workflow Update failed',
      ApplicationFailure.create({ type: 'AcceptedUpdateCompletedWorkflow', message: 'Workflow completed' }),
    ),
  ],
])('an update goes out again under its id where %s', async (_when, error) => {
  const { client, sent } = clientAnswered([error, RECEIPT]);
  expect(await send(client)).toEqual(RECEIPT);
  expect(sent).toEqual([{ updateId: expect.stringMatching(/^[0-9a-f-]{36}$/), args: [answer] }, sent[0]]);
});

it.each<[string, Error, string]>([
  [
    'the workflow has ended',
    new WorkflowNotFoundError('workflow execution already completed', ID, undefined),
    'COMPLETED',
  ],
  [
    'the workflow refuses it',
    new WorkflowUpdateFailedError(
      'Workflow Update failed',
      ApplicationFailure.create({ type: 'DecisionRefused', message: 'there is no decision approval-9' }),
    ),
    'RUNNING',
  ],
  ['the server refuses it', grpc(7, 'PERMISSION_DENIED', 'Request unauthorized.'), 'RUNNING'],
])('an update goes out once where %s', async (_when, error, status) => {
  const { client, sent } = clientAnswered([error], status);
  await expect(send(client)).rejects.toBe(error);
  expect(sent).toHaveLength(1);
});

it('an update that is dropped for too long is told as not taken, in words of ours', async () => {
  const { client } = clientAnswered([DROPPED]);
  const now = Date.now();
  jest
    .spyOn(Date, 'now')
    .mockReturnValueOnce(now)
    .mockReturnValue(now + 60_000);
  const error: unknown = await send(client).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CliError);
  expect(String(error)).toMatch(
    /not deliver this command to purchase-order:CL-1 within .* Send it again\. A repeated command changes nothing\.$/,
  );
});
