import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { readLog } from '../../../../lib/actions/seats/read-log.ts'
import { relayBatch } from '../../../../functions/workers/relay-changes.ts'
import { writeExtraData } from '../../../../lib/rules/extra-data.ts'
import type { Notice } from '../../../../lib/rules/notice.ts'
import { historyItems } from '../../../../lib/store/table/items.ts'
import type { LogLine } from '../../../../lib/store/seats/read-history.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { holdForRival, LABELS, openLockedSeats, SMALL_MAX } from '../../../support/locked-seats.ts'
import { holdOf } from '../../../support/many-events.ts'
import { openMemoryMessaging } from '../../../support/memory-messaging.ts'
import { phaseOf, type Phase } from '../../../support/phases.ts'
import { labelsOf } from '../../../support/scene.ts'
import { recoverAll } from '../../../support/workers.ts'
import { readSeats } from '../../../../lib/store/seats/read-seats.ts'

// Somebody who follows the log of an event asks for what comes after the last line they have.

/** Opens seats that were never touched, and somebody who follows their log. */
async function openFollowed() {
  const locked = await openLockedSeats()
  await locked.lateComer(locked, LABELS)
  const { eventKey } = locked.event
  const reader = locked.another('reader').context
  const lines: LogLine[] = []
  const poll = async () => {
    const last = lines.at(-1)?.number
    const after = last === undefined ? {} : { after: last }
    const range = { eventKey, order: 'date', isDescending: false, limit: 100, ...after } as const
    const page = await readLog(reader, range)
    if (!page.ok) throw new Error(JSON.stringify(page.refusal))
    lines.push(...page.value.lines)
  }
  const rival = locked.another('rival', { transactionItemsMax: 2 * SMALL_MAX })
  let sold = 0
  /** Somebody else takes one more seat of the next row, a second later. */
  const sell = async () => {
    locked.clock.advance(1_000)
    sold += 1
    expect(await holdForRival(locked, rival.context, labelsOf('B', sold, sold))).toMatchObject({
      ok: true,
    })
  }
  const parts = [{ eventKey, labels: LABELS }] as const
  const hold = () => changeSeats(locked.context, { parts, change: holdOf(locked) })
  return { ...locked, lines, poll, sell, hold }
}

const labelsIn = (lines: readonly LogLine[]) => lines.map(({ change }) => change.label)

describe('a large commit, while others go on and the log is followed by its cursor', () => {
  test.each<Phase>(['details', 'open', 'lock'])(
    'is not missed when it is slow in the phase %s: its lines are of its decision',
    async (phase) => {
      const followed = await openFollowed()
      let isDue = true
      followed.wire.applied = async (request) => {
        if (!isDue || phaseOf(request) !== phase) return
        isDue = false
        await followed.sell()
        await followed.poll()
        followed.clock.advance(1)
      }
      expect(await followed.hold()).toMatchObject({ ok: true })
      await followed.sell()
      await followed.poll()
      expect(labelsIn(followed.lines)).toEqual(['B-1', ...LABELS, 'B-2'])
    },
  )

  test('has the time of its decision, in the log and in its rows', async () => {
    const followed = await openFollowed()
    let decidedAt = 0
    followed.wire.fault = (request) => {
      const phase = phaseOf(request)
      if (phase === 'lock' || phase === 'apply') followed.clock.advance(500)
      if (phase === 'decide') decidedAt = followed.clock.now()
      return undefined
    }
    expect(await followed.hold()).toMatchObject({ ok: true })
    await followed.poll()
    expect(followed.lines.map(({ entry }) => entry.at)).toEqual(LABELS.map(() => decidedAt))
    for (const label of LABELS) expect(await followed.item(label)).toMatchObject({ at: decidedAt })
  })

  test('that is applied by somebody else, or by recovery, is told as of its decision all the same', async () => {
    const followed = await openFollowed()
    await followed.enter('committed')
    const decidedAt = (await followed.header())?.['da']
    followed.clock.advance(60_000)
    const reader = followed.another('bystander').runtime.store
    const wanted = [{ eventKey: followed.event.eventKey, labels: ['A-2'] }]
    await readSeats(reader, { workspaceId: 'one', parts: wanted })
    expect(await followed.item('A-2')).toMatchObject({ at: decidedAt, v: 1 })
    expect(await followed.item('A-1')).toHaveProperty('lk')
    await recoverAll(followed, followed.from)
    await followed.poll()
    expect(labelsIn(followed.lines)).toEqual(LABELS)
    expect(followed.lines.map(({ entry }) => entry.at)).toEqual(LABELS.map(() => decidedAt))
    for (const label of LABELS) expect(await followed.item(label)).toMatchObject({ at: decidedAt })
  })
})

test('whose process dies right after its decision misses nobody who follows the notices', async () => {
  const followed = await openFollowed()
  await followed.enter('committed')
  await followed.sell()
  await followed.poll()
  expect(labelsIn(followed.lines)).toEqual(['B-1'])
  await recoverAll(followed, followed.from)
  await followed.poll()
  // This is what remains: a cursor does not go back, and the lines stand where it was decided.
  expect(labelsIn(followed.lines)).toEqual(['B-1'])
  const messaging = await openMemoryMessaging(followed)
  const Records = followed.table.records.slice(followed.from)
  const { runtime } = followed
  await relayBatch(runtime, messaging.bus, { Records: Records as never })
  const told = messaging.published.map(({ detail }) => (detail as Notice).objectLabel)
  expect(told.toSorted()).toEqual([...LABELS, 'B-1'])
})

test.each([
  ['head', 0],
  ['last part', 10],
])('an entry of which the %s is still to be written is not in the log yet', async (_, lacking) => {
  const followed = await openFollowed()
  const { port, event, clock } = followed
  await followed.sell()
  const changes = Array.from({ length: 300 }, (_other, place) => ({
    ...({ label: `C-${place}`, version: 1, from: 'free', to: 'booked' } as const),
    extraData: writeExtraData({ place, text: 'x'.repeat(4_000) }),
  }))
  const entry = {
    ...({ event, operationId: port.ids.ulid(), at: clock.now(), kind: 'set-booked' } as const),
    ...({ origin: { type: 'API' }, start: 0, changes } as const),
  }
  const items = historyItems(entry).map((item, part) => ({
    ...keys.history(event, entry.operationId, part),
    ...item,
  }))
  expect(items).toHaveLength(11)
  const put = async (wanted: readonly object[]) => {
    for (const Item of wanted) {
      const command = new PutCommand({ TableName: port.tableName, Item: { ...Item } })
      await port.writer.send(command)
    }
  }
  await put(items.filter((_item, part) => part !== lacking))
  await followed.sell()
  await followed.poll()
  expect(labelsIn(followed.lines)).toEqual(['B-1', 'B-2'])
  followed.lines.length = 0
  await put(items.slice(lacking, lacking + 1))
  for (let page = 1; page <= 4; page += 1) await followed.poll()
  expect(followed.lines).toHaveLength(302)
})
