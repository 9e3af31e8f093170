import { expect, test } from 'vitest'
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
