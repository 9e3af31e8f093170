import type { SQSEvent } from 'aws-lambda'
import { expect, test } from 'vitest'
import { movedClock } from '../support/moved-clock.ts'
import { openMemoryMessaging } from '../support/memory-messaging.ts'

async function open() {
  const clock = movedClock()
  return { clock, ...(await openMemoryMessaging({ clock })) }
}

test('messages come as records like Lambda hands them over, and are deleted once handled', async () => {
  const { clock, bus, list, pump } = await open()
  await bus.sendMessages('timers', [{ body: '{"n":1}' }])
  const sentAt = clock.now()
  clock.advance(1_000)
  const seen: SQSEvent[] = []
  await pump('timers', (event) => {
    seen.push(event)
    return Promise.resolve(undefined)
  })
  const [record] = seen[0]?.Records ?? []
  expect(record).toEqual({
    messageId: expect.any(String) as string,
    receiptHandle: expect.any(String) as string,
    body: '{"n":1}',
    attributes: {
      SenderId: 'local',
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: String(clock.now()),
    },
    messageAttributes: {},
    md5OfBody: '082c26c8a6bc75226a31da5495cc9292',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:holdfast-timers',
    awsRegion: 'us-east-1',
  })
  expect(list('timers')).toEqual([])
})
