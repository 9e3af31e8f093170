import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { expect, test } from 'vitest'
import { toldNotice } from '../../../lib/rules/carry-notice.ts'
import type { Notice } from '../../../lib/rules/notice.ts'
import { openMemoryMessaging } from '../../support/memory-messaging.ts'
import { movedClock } from '../../support/moved-clock.ts'

function noticeOf(number: number, extraData: Record<string, unknown> = {}): Notice {
  return {
    id: `event:A-${number}:1`,
    type: 'seat.held',
    occurredAt: '2027-02-04T18:20:00.123Z',
    workspaceId: 'one',
    environment: 'production',
    chart: { chartKey: 'hall', name: 'Hall' },
    event: { eventKey: 'gala' },
    objectLabel: `A-${number}`,
    status: 'held',
    previousStatus: 'free',
    version: 1,
    extraData,
    operationId: 'operation',
  }
}

const many = (count: number, bytes = 0) =>
  Array.from({ length: count }, (_, index) => noticeOf(index, { text: 'x'.repeat(bytes) }))

const TAKEN = { failed: [], refused: [] }

async function open() {
  const messaging = await openMemoryMessaging({ clock: movedClock() })
  const sizes: number[] = []
  messaging.engine.inject = ({ operation, input }) => {
    if (operation === 'PutEvents') sizes.push((input as { Entries: unknown[] }).Entries.length)
    return undefined
  }
  return { ...messaging, sizes }
}

test.each([
  [9, [9]],
  [10, [10]],
  [11, [10, 1]],
])('%i notices take requests of %j entries', async (count, expected) => {
  const { bus, sizes, published } = await open()
  expect(await bus.putNotices(many(count))).toEqual(TAKEN)
  expect(sizes).toEqual(expected)
  expect(published.map(({ detail }) => detail)).toEqual(many(count))
})

test('notices of 60 KB go three at a time: a request has 256 KB at most', async () => {
  const { bus, sizes, published } = await open()
  expect(await bus.putNotices(many(7, 60_000))).toEqual(TAKEN)
  expect(sizes).toEqual([3, 3, 1])
  expect(published).toHaveLength(7)
})

test('a notice that no request could carry goes without its extra data, and says so', async () => {
  const { bus, published } = await open()
  const [small, large] = [noticeOf(1, { a: 1 }), noticeOf(2, { text: 'é'.repeat(130_000) })]
  expect(await bus.putNotices([small, large])).toEqual(TAKEN)
  const { extraData, ...rest } = large
  expect(extraData).toBeDefined()
  expect(published.map(({ detail }) => detail)).toEqual([
    small,
    { ...rest, extraDataOmitted: true },
  ])
})

test('entries that the bus does not take are sent again, three times in all, and then told by their places', async () => {
  const { bus, engine, published } = await open()
  const sent: number[] = []
  engine.inject = ({ operation, input }) => {
    if (operation !== 'PutEvents') return undefined
    sent.push((input as { Entries: unknown[] }).Entries.length)
    return { failedEntries: sent.length < 3 ? [1, 2] : [0] }
  }
  expect(await bus.putNotices(many(5))).toEqual({ failed: [2], refused: [] })
  expect(sent).toEqual([5, 2, 1])
  expect(published).toHaveLength(4)
})

test('no notices are no request', async () => {
  const { bus, sizes } = await open()
  expect(await bus.putNotices([])).toEqual(TAKEN)
  expect(sizes).toEqual([])
})

test.each([
  'a\uffffb',
  'a\ufffeb',
  'a\ud800b',
  '\udfff',
  '\ud83d\ude00 and \u0000\u0008\u001f\u007f',
])(
  'extra data with %j pass the bus and a queue, and are what they were for whoever is told',
  async (text) => {
    const { bus, published, events, names, list, undelivered } = await open()
    await events.send(
      new PutRuleCommand({
        Name: 'all',
        EventBusName: names.bus,
        EventPattern: JSON.stringify({ source: ['holdfast.seats'] }),
      }),
    )
    const Targets = [{ Id: 'queue', Arn: names.deliveriesArn }]
    await events.send(new PutTargetsCommand({ Rule: 'all', EventBusName: names.bus, Targets }))
    const notice = noticeOf(1, { [text]: [text, { deep: text }] })
    expect(await bus.putNotices([notice])).toEqual(TAKEN)
    expect(undelivered).toEqual([])
    expect(list('deliveries')).toHaveLength(1)
    expect(toldNotice(published[0]?.['detail'] as Notice)).toEqual(notice)
  },
)

test('a notice with a text that no queue takes is refused by its place, and the others are told', async () => {
  const { bus, published } = await open()
  const notices = many(25).map((notice, index) =>
    index % 10 === 3 ? { ...notice, holdToken: `token\uffff${index}` } : notice,
  )
  const { failed, refused } = await bus.putNotices(notices)
  expect(failed).toEqual([])
  expect(refused.map(({ place }) => place)).toEqual([3, 13, 23])
  expect(published).toHaveLength(22)
})

test('a request that the bus refuses as a whole for one notice is sent notice by notice', async () => {
  const { bus, published } = await open()
  const notices = many(12).map((notice, index) =>
    index === 4 ? { ...notice, orderId: 'x'.repeat(300_000) } : notice,
  )
  const { failed, refused } = await bus.putNotices(notices)
  expect(failed).toEqual([])
  expect(refused.map(({ place }) => place)).toEqual([4])
  expect(published).toHaveLength(11)
})
