import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../../../lib/actions/snapshots/read-snapshot.ts'
import { readAnew } from '../../../lib/actions/snapshots/read-anew.ts'
import { getEvent } from '../../../lib/store/events/events.ts'
import { CLAIM_MS, claimReading } from '../../../lib/store/snapshots/heads.ts'
import { lookAt } from '../../../lib/store/snapshots/look.ts'
import { findHall } from '../../../lib/store/snapshots/halls.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { labelsOf, TOKEN } from '../../support/scene.ts'
import { openSnapshotScene, pollerOver, type SnapshotScene } from '../../support/snapshot-scene.ts'

// What ten thousand browsers cost, and what happens when whoever reads for all of them is slow, or dies.

const revisionOf = ({ body }: { body: Record<string, unknown> }) => String(body['revision'])
const statesOf = ({ body }: { body: Record<string, unknown> }) => String(body['states'])

async function hold({ api, seats }: SnapshotScene, objectLabels: string[], ttlSeconds = 600) {
  const held = await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN, ttlSeconds })
  expect(held.status).toBe(200)
}

describe('units', () => {
  test('a poll of what the caller has already is 304, and half a read unit', async () => {
    const scene = await openSnapshotScene(rowDrawing())
    const { poll, clock, calls, readUnits } = scene
    await hold(scene, ['A-1'])
    const revision = revisionOf(await poll())
    clock.advance(900)
    readUnits()
    expect((await poll('', revision)).status).toBe(304)
    expect(calls.all.map(({ operation, units }) => [operation, units])).toEqual([['Query', 0.5]])
    expect((await poll(`?since=${revision}`, revision)).status).toBe(304)
    expect(readUnits()).toBe(0.5)
  })

  test('a process that polls for the first time needs no more for it than whose event it is', async () => {
    const { poll, freshRuntime, eventKey, clock, calls } = await openSnapshotScene(rowDrawing())
    const revision = revisionOf(await poll())
    const another = pollerOver(freshRuntime(), eventKey)
    await another('', revision)
    clock.advance(900)
    calls.clear()
    await another('', revision)
    expect(calls.all.map(({ units }) => units)).toEqual([0.5])
  })

  test('ten thousand polls of a second, by ten processes, while seats change: not the reads of two readings', async () => {
    const scene = await openSnapshotScene(rowDrawing({ rows: 11, seatsPerRow: 90 }))
    const { poll, clock, told, freshRuntime, context, eventKey, readUnits, api, seats } = scene
    const extraData = { note: 'x'.repeat(2_000) }
    for (let row = 1; row <= 10; row += 1) {
      const objectLabels = labelsOf(String.fromCharCode(65 + row), 1, 90)
      await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN })
      await api(`POST ${seats}/book`, { objectLabels, holdToken: TOKEN, extraData })
    }
    const processes = Array.from({ length: 10 }, () => ({
      ...context(),
      store: freshRuntime().store,
    }))
    const polls = (times: number) =>
      Promise.all(
        processes.flatMap((process) =>
          Array.from({ length: times }, () => readSnapshot(process, { eventKey })),
        ),
      )
    await poll()
    await polls(1)
    await hold(scene, ['A-1'])
    await told.relay()
    clock.advance(1_000)
    readUnits()
    await poll()
    const reading = readUnits()
    expect(reading).toBeGreaterThan(300)
    let [units, answers] = [0, 0]
    for (let tenth = 0; tenth < 10; tenth += 1) {
      await hold(scene, [`A-${tenth + 2}`])
      await told.relay()
      readUnits()
      clock.advance(100)
      answers += (await polls(100)).filter(({ ok }) => ok).length
      units += readUnits()
    }
    expect(answers).toBe(10_000)
    expect(units).toBeLessThanOrEqual(2 * reading)
    clock.advance(1_000)
    expect(statesOf(await poll()).slice(0, 12)).toBe('hhhhhhhhhhhf')
  })
})

describe('what is told when', () => {
  test('nothing is read twice within a second, and what was counted is read then', async () => {
    const scene = await openSnapshotScene(rowDrawing())
    const { poll, clock, told } = scene
    expect(statesOf(await poll())).toBe('ffffffff')
    await hold(scene, ['A-1'])
    await told.relay()
    clock.advance(999)
    expect(statesOf(await poll())).toBe('ffffffff')
    clock.advance(201)
    expect(statesOf(await poll())).toBe('hfffffff')
  })

  test('a change that was never counted is told within a minute', async () => {
    const scene = await openSnapshotScene(rowDrawing())
    const { poll, clock } = scene
    await poll()
    await hold(scene, ['A-1'])
    clock.advance(59_999)
    expect(statesOf(await poll())).toBe('ffffffff')
    clock.advance(201)
    expect(statesOf(await poll())).toBe('hfffffff')
  })

  test('what is read anew and found unchanged keeps its revision', async () => {
    const scene = await openSnapshotScene(rowDrawing())
    const { poll, clock } = scene
    await hold(scene, ['A-1'])
    const revision = revisionOf(await poll())
    clock.advance(60_000)
    expect(revisionOf(await poll())).toBe(revision)
    clock.advance(60_000)
    expect((await poll('', revision)).status).toBe(304)
  })

  test('events that nobody polls have no counter, and are counted for nobody', async () => {
    const scene = await openSnapshotScene(rowDrawing())
    const { told, calls, poll } = scene
    await hold(scene, ['A-1'])
    calls.clear()
    await told.relay()
    expect(
      calls.all.filter(({ operation }) => operation === 'UpdateItem').map(({ status }) => status),
    ).toEqual([400])
    expect(statesOf(await poll())).toBe('hfffffff')
  })
})

describe('whoever reads for all', () => {
  /** An event that changed and whose next reading is claimed by a process of its own. */
  async function claimed() {
    const scene = await openSnapshotScene(rowDrawing())
    const { poll, clock, told, context, eventKey } = scene
    await poll()
    await hold(scene, ['A-1'])
    await told.relay()
    clock.advance(1_000)
    const slow = context()
    const event = await getEvent(slow.store, 'one', eventKey)
    if (event === undefined) throw new Error('No event')
    const { head } = await lookAt(slow.store, event)
    const claim = (await claimReading(slow.store, event, head)) ?? 0
    expect(claim).toBeGreaterThan(0)
    return { ...scene, slow: () => readAnew(slow, { event, claim, head }), event, claim }
  }

  test('keeps the others from reading, who tell what was read last', async () => {
    const { freshRuntime, eventKey, slow } = await claimed()
    const others = [1, 2, 3].map(() => pollerOver(freshRuntime(), eventKey))
    for (const other of others) expect(statesOf(await other())).toBe('ffffffff')
    await slow()
    expect(statesOf(await pollerOver(freshRuntime(), eventKey)())).toBe('hfffffff')
  })

  test('may die: ten seconds after its claim somebody else reads', async () => {
    const { freshRuntime, eventKey, clock } = await claimed()
    const other = pollerOver(freshRuntime(), eventKey)
    clock.advance(CLAIM_MS - 1)
    expect(statesOf(await other())).toBe('ffffffff')
    clock.advance(201)
    expect(statesOf(await other())).toBe('hfffffff')
  })

  test('and is too late then: what a later one has read stays, and can be read', async () => {
    const scene = await claimed()
    const { freshRuntime, eventKey, clock, slow, event, runtime } = scene
    const other = pollerOver(freshRuntime(), eventKey)
    clock.advance(CLAIM_MS)
    await hold(scene, ['B-1'])
    const newer = revisionOf(await other())
    expect(await slow()).toBe('overtaken')
    clock.advance(300)
    const anew = await pollerOver(freshRuntime(), eventKey)()
    expect([revisionOf(anew), statesOf(anew)]).toEqual([newer, 'hfffhfff'])
    const { head } = await lookAt(runtime.store, event)
    expect(
      head?.reading && (await findHall(freshRuntime().store, event.eventId, head.reading)),
    ).toBeDefined()
  })

  test('has nothing to tell yet: the others wait for it, and are told to come again where that takes too long', async () => {
    const { freshRuntime, eventKey, context, clock } = await openSnapshotScene(rowDrawing())
    const slow = context()
    const event = await getEvent(slow.store, 'one', eventKey)
    if (event === undefined) throw new Error('No event')
    const claim = (await claimReading(slow.store, event, undefined)) ?? 0
    const began = clock.now()
    const { status, headers } = await pollerOver(freshRuntime(), eventKey)()
    expect([status, headers['Retry-After']]).toEqual([503, '1'])
    expect(clock.now() - began).toBeLessThan(5_000)
    await readAnew(slow, { event, claim, head: undefined })
    expect((await pollerOver(freshRuntime(), eventKey)()).status).toBe(200)
  })

  test('is one of a process, however many find an event due together', async () => {
    const scene = await openSnapshotScene(rowDrawing())
    const { poll, calls, settle } = scene
    await poll()
    await hold(scene, ['A-1'])
    await settle()
    calls.clear()
    const all = await Promise.all(Array.from({ length: 20 }, () => poll()))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    const claims = calls.all.filter(({ operation, input }) => {
      return operation === 'UpdateItem' && JSON.stringify(input).includes('cu = ')
    })
    expect(claims).toHaveLength(1)
  })
})

test('publishable keys and secret keys are told the same', async () => {
  const { api, eventKey, poll } = await openSnapshotScene(rowDrawing())
  const { body } = await poll('?labels=true')
  const key = testKeys.secret
  const secret = await api(`GET /api/v1/events/${eventKey}/snapshot?labels=true`, undefined, {
    key,
  })
  expect(secret.body).toEqual(body)
})
