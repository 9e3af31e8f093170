import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock, type Clock } from '../../lib/clock.ts'
import { createQueuePump, FRESH_MS, type QueuePumpOptions } from '../../local/sources/queue-pump.ts'
import { openMemoryMessaging } from '../support/memory-messaging.ts'
import { movedClock } from '../support/moved-clock.ts'

/** How long a message is hidden once it was received. */
const VISIBILITY_MS = 90_000

/** Far longer than a message takes that is waited for, and far shorter than one request waits. */
const PROMPT_MS = 2_000

async function open<Its extends Clock>(clock: Its) {
  const messaging = await openMemoryMessaging({ clock })
  const { bus, names, queues } = messaging
  const send = (...bodies: string[]) =>
    bus.sendMessages(
      'timers',
      bodies.map((body) => ({ body })),
    )
  const pumpWith = (options: Pick<QueuePumpOptions, 'worker'> & Partial<QueuePumpOptions>) =>
    createQueuePump({
      queues,
      queueUrl: names.timers,
      batchSize: 10,
      concurrencyMax: 2,
      clock,
      ...options,
    })
  return { clock, messaging, send, pumpWith, left: () => messaging.list('timers') }
}

/** A worker that keeps what it was called with, and answers what it is told. */
function recorder(answer: (event: SQSEvent) => SQSBatchResponse | undefined = () => undefined) {
  const calls: SQSEvent[] = []
  const worker = (event: SQSEvent) => {
    calls.push(event)
    return Promise.resolve(answer(event))
  }
  return {
    worker,
    calls,
    bodies: () => calls.map(({ Records }) => Records.map(({ body }) => body)),
  }
}

/** Something that a test waits for. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

test('messages come as records like Lambda hands them over, and are deleted once handled', async () => {
  const { clock, send, pumpWith, left } = await open(movedClock())
  await send('{"n":1}')
  const sentAt = clock.now()
  clock.advance(1_000)
  const { worker, calls } = recorder()
  expect(await pumpWith({ worker }).drain()).toBe(1)
  expect(calls[0]?.Records).toEqual([
    {
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
    },
  ])
  expect(left()).toEqual([])
})

test.each([1, 2, 10])(
  'a call has at most %d messages, if so many are asked for',
  async (batchSize) => {
    const { send, pumpWith } = await open(movedClock())
    const bodies = Array.from({ length: 12 }, (_, at) => `job ${at}`)
    await send(...bodies)
    const recorded = recorder()
    expect(await pumpWith({ worker: recorded.worker, batchSize }).drain()).toBe(12)
    const sizes = recorded.bodies().map((batch) => batch.length)
    expect(Math.max(...sizes)).toBe(batchSize)
    expect(recorded.bodies().flat()).toEqual(bodies)
  },
)

test('only what the worker reports as failed comes again, when its visibility timeout is over', async () => {
  const { clock, send, pumpWith, left } = await open(movedClock())
  await send('fine', 'failing', 'fine too')
  const recorded = recorder(({ Records }) => ({
    batchItemFailures: Records.filter(({ body }) => body === 'failing').map(({ messageId }) => ({
      itemIdentifier: messageId,
    })),
  }))
  const pump = pumpWith({ worker: recorded.worker })
  await pump.drain()
  expect(left().map(({ body }) => body)).toEqual(['failing'])
  clock.advance(VISIBILITY_MS - 1)
  expect(await pump.drain()).toBe(0)
  clock.advance(1)
  expect(await pump.drain()).toBe(1)
  expect(recorded.calls[1]?.Records[0]?.attributes.ApproximateReceiveCount).toBe('2')
})

test.each<[string, SQSBatchResponse | Error]>([
  ['throws', new Error('out of order')],
  ['reports a failure that it was not given', { batchItemFailures: [{ itemIdentifier: 'x' }] }],
])('a worker that %s fails the whole batch', async (_, answer) => {
  const { clock, send, pumpWith, left } = await open(movedClock())
  await send('one', 'two')
  const failures: unknown[] = []
  const { worker, calls } = recorder(() => {
    if (answer instanceof Error) throw answer
    return answer
  })
  const pump = pumpWith({ worker, onFailure: (error) => failures.push(error) })
  await pump.drain()
  expect(left()).toHaveLength(2)
  expect(failures).toEqual(answer instanceof Error ? [answer] : [])
  clock.advance(VISIBILITY_MS)
  await pump.drain()
  expect(calls).toHaveLength(2)
})

test('after five calls in vain a message is given up, and waits among the dead letters', async () => {
  const { clock, messaging, send, pumpWith, left } = await open(movedClock())
  await send('hopeless')
  const { worker, calls } = recorder(() => {
    throw new Error('never')
  })
  const pump = pumpWith({ worker, onFailure: () => undefined })
  for (let round = 1; round <= 7; round += 1) {
    await pump.drain()
    clock.advance(VISIBILITY_MS)
  }
  expect([calls.length, left()]).toEqual([5, []])
  expect(messaging.list('timersDead')).toMatchObject([{ body: 'hopeless', receives: 5 }])
})

test('messages that could not be deleted are told, and come again', async () => {
  const { clock, messaging, send, pumpWith } = await open(movedClock())
  await send('one', 'two')
  const failures: unknown[] = []
  const recorded = recorder()
  const pump = pumpWith({ worker: recorded.worker, onFailure: (error) => failures.push(error) })
  messaging.engine.inject = ({ operation }) =>
    operation === 'DeleteMessageBatch' ? { failedEntries: [1] } : undefined
  await pump.drain()
  clock.advance(VISIBILITY_MS)
  await pump.drain()
  expect(recorded.bodies()).toEqual([['one', 'two'], ['two']])
  expect(failures).toHaveLength(1)
})

test('a running pump takes messages as they come, and delayed ones as they fall due', async () => {
  const { messaging, send, pumpWith } = await open(systemClock)
  const arrived = new Map<string, () => void>()
  const arrival = (body: string) =>
    new Promise<void>((resolve) => {
      arrived.set(body, resolve)
    })
  const worker = ({ Records }: SQSEvent) => {
    for (const { body } of Records) arrived.get(body)?.()
    return Promise.resolve(undefined)
  }
  const running = pumpWith({ worker }).start()
  onTestFinished(() => running.stop())
  const start = performance.now()
  const [now, later] = [arrival('now'), arrival('later')]
  await messaging.bus.sendMessages('timers', [{ body: 'later', delaySeconds: 1 }])
  await send('now')
  await now
  expect(performance.now() - start).toBeLessThan(1_000)
  await later
  expect(performance.now() - start).toBeGreaterThanOrEqual(990)
  expect(performance.now() - start).toBeLessThan(1_000 + PROMPT_MS)
})

test('no more calls are under way than are allowed, and what waits meanwhile is not received', async () => {
  const { messaging, send, pumpWith, left } = await open(systemClock)
  const [both, release, third] = [gate(), gate(), gate()]
  let [underWay, most, calls] = [0, 0, 0]
  const worker = async () => {
    underWay += 1
    calls += 1
    most = Math.max(most, underWay)
    if (calls === 2) both.open()
    if (calls === 3) third.open()
    await release.opened
    underWay -= 1
    return undefined
  }
  await send('1', '2', '3')
  const running = pumpWith({ worker, batchSize: 1, concurrencyMax: 2 }).start()
  await both.opened
  // Time enough for a third call, if there were one.
  for (let turn = 1; turn <= 10; turn += 1) {
    await messaging.bus.sendMessages('failures', [{ body: 'a turn' }])
  }
  expect(left().map(({ receives }) => receives)).toEqual([1, 1, 0])
  release.open()
  await third.opened
  await running.stop()
  expect([most, calls, left()]).toEqual([2, 3, []])
})

test('only so many calls begin at a time, and those that take long do not keep the others from beginning', async () => {
  const { send, pumpWith, left } = await open(systemClock)
  const [second, release] = [gate(), gate()]
  let calls = 0
  const worker = async () => {
    calls += 1
    if (calls === 2) second.open()
    await release.opened
    return undefined
  }
  await send('1', '2', '3')
  const start = performance.now()
  const options = { worker, batchSize: 1, concurrencyMax: 2, freshMax: 1 }
  const running = pumpWith(options).start()
  await second.opened
  expect(performance.now() - start).toBeGreaterThanOrEqual(FRESH_MS - 10)
  expect(performance.now() - start).toBeLessThan(FRESH_MS + PROMPT_MS)
  // The third waits in its queue, now and when the second is no longer new.
  expect(left().map(({ receives }) => receives)).toEqual([1, 1, 0])
  const stopping = running.stop()
  release.open()
  await stopping
  expect(left()).toHaveLength(1)
})

test('stopping waits for calls that are under way, and for nothing else', async () => {
  const { send, pumpWith, left } = await open(systemClock)
  const [called, release] = [gate(), gate()]
  const worker = async () => {
    called.open()
    await release.opened
    return undefined
  }
  const start = performance.now()
  const running = pumpWith({ worker }).start()
  await send('job')
  await called.opened
  let isStopped = false
  const stopping = running.stop().then(() => {
    isStopped = true
  })
  await send('after')
  expect(isStopped).toBe(false)
  release.open()
  await stopping
  expect(performance.now() - start).toBeLessThan(PROMPT_MS)
  expect(left().map(({ body, receives }) => [body, receives])).toEqual([['after', 0]])
})

test('an outage is told, and the pump goes on when it is over', async () => {
  const { messaging, send, pumpWith } = await open(systemClock)
  const [told, called] = [gate(), gate()]
  messaging.engine.inject = ({ operation }) =>
    operation === 'ReceiveMessage' ? 'lost-before' : undefined
  const worker = () => {
    called.open()
    return Promise.resolve(undefined)
  }
  const running = pumpWith({ worker, onFailure: told.open }).start()
  onTestFinished(() => running.stop())
  await told.opened
  messaging.engine.inject = undefined
  await send('job')
  await called.opened
})
