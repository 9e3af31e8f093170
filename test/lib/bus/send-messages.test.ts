import { describe, expect, test } from 'vitest'
import { openMemoryMessaging } from '../../support/memory-messaging.ts'
import { movedClock } from '../../support/moved-clock.ts'

const many = (count: number, bytes = 1) =>
  Array.from({ length: count }, (_, index) => ({ body: `${index} ${'x'.repeat(bytes)}` }))

async function open() {
  const clock = movedClock()
  const messaging = await openMemoryMessaging({ clock })
  const sizes: number[] = []
  messaging.engine.inject = ({ operation, input }) => {
    if (operation === 'SendMessageBatch') {
      sizes.push((input as { Entries: unknown[] }).Entries.length)
    }
    return undefined
  }
  return { ...messaging, clock, sizes }
}

test.each([
  [9, 1, [9]],
  [10, 1, [10]],
  [11, 1, [10, 1]],
  [4, 100_000, [2, 2]],
])('%i messages of %i bytes take requests of %j', async (count, bytes, expected) => {
  const { bus, sizes, list } = await open()
  await bus.sendMessages('failures', many(count, bytes))
  expect(sizes).toEqual(expected)
  expect(list('failures').map(({ body }) => body)).toEqual(many(count, bytes).map((it) => it.body))
})

test('a delayed message cannot be seen before its time', async () => {
  const { bus, clock, list } = await open()
  await bus.sendMessages('timers', [{ body: 'later', delaySeconds: 900 }, { body: 'now' }])
  const waits = list('timers').map(({ visibleAt }) => visibleAt - clock.now())
  expect(waits).toEqual([900_000, 0])
})

test('messages that the queue does not take are sent again, and not for ever', async () => {
  const { bus, engine, list } = await open()
  let sent = 0
  engine.inject = ({ operation }) => {
    if (operation !== 'SendMessageBatch') return undefined
    sent += 1
    return sent < 3 ? { failedEntries: [0] } : undefined
  }
  await bus.sendMessages('failures', many(3))
  expect(list('failures')).toHaveLength(3)
  engine.inject = () => ({ failedEntries: [0] })
  await expect(bus.sendMessages('failures', many(2))).rejects.toThrow('did not take 1 messages')
})

describe('a message that the queue refuses for good', () => {
  const bad = [{ body: 'bad \uffff' }, { body: 'x'.repeat(1_100_000) }, { body: '\u0000' }]

  test('is told by its place, and the others are sent', async () => {
    const { bus, list } = await open()
    const messages = many(25).flatMap((message, index) => [message, ...bad.slice(index, index + 1)])
    const refused = await bus.offerMessages('timers', messages)
    expect(refused.map(({ place }) => messages[place])).toEqual(bad)
    expect(list('timers')).toHaveLength(25)
  })

  test('is a fault for whoever has no other place for it', async () => {
    const { bus } = await open()
    await expect(bus.sendMessages('timers', bad)).rejects.toThrow('did not take 3 messages')
  })

  test('is told apart from one that the queue does not take now', async () => {
    const { bus, engine } = await open()
    engine.inject = () => ({ failedEntries: [0] })
    await expect(bus.offerMessages('timers', [...many(2), ...bad])).rejects.toThrow('did not take')
  })
})
