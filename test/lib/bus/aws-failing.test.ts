import {
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, expect, test } from 'vitest'
import { openBusPort } from '../../../lib/bus/port.ts'
import { putNotices } from '../../../lib/bus/put-notices.ts'
import { listRules, putRule, removeRule, targetOf } from '../../../lib/bus/rules.ts'
import { offerMessages, sendMessages } from '../../../lib/bus/send-messages.ts'
import type { Notice } from '../../../lib/rules/notice.ts'
import { movedClock } from '../../support/moved-clock.ts'
import { seededIds } from '../../support/seeded-ids.ts'

// EventBridge and SQS failing in ways that the embedded ones never do.

const clock = movedClock()
const port = openBusPort({
  client: { region: 'eu-central-1' },
  names: {
    bus: 'bus',
    deliveriesArn: 'arn:aws:sqs:eu-central-1:111122223333:deliveries',
    deliveries: 'https://queue/deliveries',
    timers: 'https://queue/timers',
    deadLetters: 'https://queue/dead-letters',
    failures: 'https://queue/failures',
  },
  clock,
  ids: seededIds(clock),
})
const events = mockClient(port.events)
const queues = mockClient(port.queues)

afterEach(() => {
  events.reset()
  queues.reset()
})

const failure = (name: string) => Object.assign(new Error(name), { name })

/** Notices that differ in their label. */
const notices = ['A-1', 'A-2', 'A-3'].map(
  (label) =>
    ({
      id: `E1:${label}:1`,
      type: 'seat.booked',
      occurredAt: clock.now(),
      label,
    }) as unknown as Notice,
)

/** The labels of each request's entries. */
function labelsPut(): string[][] {
  return events
    .commandCalls(PutEventsCommand)
    .map(({ args: [{ input }] }) =>
      (input.Entries ?? []).map(({ Detail = '{}' }) =>
        String((JSON.parse(Detail) as { label: unknown }).label),
      ),
    )
}

const taken = (EventId: string) => ({ EventId })
const failed = (ErrorCode: string) => ({ ErrorCode, ErrorMessage: ErrorCode })

test('of a request that is taken in part, the rest alone is sent again, in order', async () => {
  events
    .on(PutEventsCommand)
    .resolvesOnce({
      FailedEntryCount: 2,
      Entries: [failed('InternalFailure'), taken('1'), failed('ThrottlingException')],
    })
    .resolves({ FailedEntryCount: 0, Entries: [taken('2'), taken('3')] })
  expect(await putNotices(port, notices)).toEqual({ failed: [], refused: [] })
  expect(labelsPut()).toEqual([
    ['A-1', 'A-2', 'A-3'],
    ['A-1', 'A-3'],
  ])
})

test('what the bus is too busy for is told by its place, and what it refuses for good apart from that', async () => {
  events.on(PutEventsCommand).callsFake(({ Entries = [] }: PutEventsCommand['input']) => ({
    FailedEntryCount: Entries.length,
    Entries: Entries.map(({ Detail = '' }) =>
      Detail.includes('A-2') ? failed('MalformedDetail') : failed('InternalFailure'),
    ),
  }))
  expect(await putNotices(port, notices)).toEqual({
    failed: [0, 2],
    refused: [{ place: 1, reason: 'MalformedDetail' }],
  })
  expect(labelsPut().map((labels) => labels.length)).toEqual([3, 2, 2])
})

test('an answer that says nothing of its entries counts as not taken', async () => {
  events.on(PutEventsCommand).resolves({ FailedEntryCount: 3, Entries: [] })
  expect((await putNotices(port, notices)).failed).toEqual([0, 1, 2])
})

test('a bus that is not there, or not to be used, is a fault: nothing is set aside', async () => {
  for (const name of ['ResourceNotFoundException', 'AccessDeniedException', 'InternalException']) {
    events.on(PutEventsCommand).rejects(failure(name))
    await expect(putNotices(port, notices)).rejects.toThrow(name)
  }
})

test('of a batch of messages that is taken in part, the rest alone is sent again', async () => {
  queues
    .on(SendMessageBatchCommand)
    .resolvesOnce({
      Successful: [],
      Failed: [
        { Id: '0', SenderFault: true, Code: 'InvalidMessageContents' },
        { Id: '2', SenderFault: false, Code: 'InternalError' },
      ],
    })
    .resolves({ Successful: [], Failed: [] })
  const messages = ['a', 'b', 'c'].map((body) => ({ body }))
  expect(await offerMessages(port, 'timers', messages)).toEqual([
    { place: 0, reason: 'InvalidMessageContents' },
  ])
  const bodies = queues
    .commandCalls(SendMessageBatchCommand)
    .map(({ args: [{ input }] }) => (input.Entries ?? []).map(({ MessageBody }) => MessageBody))
  expect(bodies).toEqual([['a', 'b', 'c'], ['c']])
})

test('a queue that stays too busy for a message is a fault after three rounds', async () => {
  const busy = { Id: '0', SenderFault: false, Code: 'ServiceUnavailable' }
  queues.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [busy] })
  await expect(sendMessages(port, 'timers', [{ body: 'a' }])).rejects.toMatchObject({
    outcome: 'unknown',
  })
  expect(queues.commandCalls(SendMessageBatchCommand)).toHaveLength(3)
})

const source = {
  endpointId: 'wh1',
  workspaceId: 'one',
  environment: 'production',
  types: ['seat.held'],
  isEnabled: true,
} as Parameters<typeof putRule>[1]

test('a rule whose target the bus did not take is a fault, though the call succeeded', async () => {
  events.on(PutRuleCommand).resolves({})
  events.on(PutTargetsCommand).resolves({ FailedEntryCount: 1 })
  await expect(putRule(port, source)).rejects.toMatchObject({ outcome: 'unknown' })
})

test('a full bus is told from one that cannot be reached', async () => {
  events.on(PutRuleCommand).rejectsOnce(failure('LimitExceededException'))
  expect(await putRule(port, source)).toBe('too-many')
  events.on(PutRuleCommand).rejects(failure('ConcurrentModificationException'))
  await expect(putRule(port, source)).rejects.toMatchObject({ outcome: 'unknown' })
})

test('a rule that has gone already counts as removed', async () => {
  events.on(RemoveTargetsCommand).rejects(failure('ResourceNotFoundException'))
  await expect(removeRule(port, 'wh1')).resolves.toBeUndefined()
})

test('a rule that has gone already has no target; one that cannot be asked for is a fault', async () => {
  events.on(ListTargetsByRuleCommand).rejectsOnce(failure('ResourceNotFoundException'))
  expect(await targetOf(port, 'wh1')).toBe('')
  events.on(ListTargetsByRuleCommand).rejects(failure('ThrottlingException'))
  await expect(targetOf(port, 'wh1')).rejects.toMatchObject({ outcome: 'unknown' })
})

test('rules are listed page by page, also where a page is empty', async () => {
  events
    .on(ListRulesCommand)
    .resolvesOnce({ Rules: [], NextToken: 'more' })
    .resolves({ Rules: [{ Name: 'webhook-wh1', State: 'ENABLED' }] })
  expect(await listRules(port)).toMatchObject([{ endpointId: 'wh1', isEnabled: true }])
})
