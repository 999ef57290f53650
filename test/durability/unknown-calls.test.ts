import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { unknownIn } from './unknown-calls';

const activities = new Map([['5', 'recordGoodsReceipt']]);

const failed = (type: string, code: string) => ({
  eventTime: { seconds: 1 },
  activityTaskFailedEventAttributes: {
    scheduledEventId: 5,
    failure: {
      applicationFailureInfo: { type, details: { payloads: [defaultPayloadConverter.toPayload({ code })] } },
    },
  },
});
const timedOut = { eventTime: { seconds: 1 }, activityTaskTimedOutEventAttributes: { scheduledEventId: 5 } };
const unknown = { activity: 'recordGoodsReceipt', at: '1970-01-01T00:00:01.000Z' };

it.each([
  ['an answer that was lost', failed('OutcomeUnknown', 'ECONNRESET'), [{ ...unknown, isLost: false }]],
  ['one that did not come in time', failed('OutcomeUnknown', 'DEADLINE'), [{ ...unknown, isLost: true }]],
  ['a worker that said nothing more', timedOut, [{ ...unknown, isLost: true }]],
  ['an answer that nobody understands', failed('MalformedResponse', 'NOT_SOAP'), [{ ...unknown, isLost: false }]],
  ['a refusal', failed('VendorRejected', '403'), []],
  ['a call that was never sent', failed('VendorUnavailable', 'ECONNREFUSED'), []],
  ['anything else of a history', { eventTime: { seconds: 1 } }, []],
])('tells of %s whether its end is known', (_, event, told) => {
  expect(unknownIn([temporal.api.history.v1.HistoryEvent.fromObject(event)], activities)).toEqual(told);
});
