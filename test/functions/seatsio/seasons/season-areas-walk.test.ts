import { expect, test } from 'vitest'
import { hallWith, places } from '../../../support/area-scene.ts'
import * as judged from '../../../support/judged-lawn.ts'
import { CAPACITY, events, seasons } from '../../../support/judged-lawn.ts'
import { diceOf } from '../../../support/dice.ts'
import { makeSeason } from '../../../support/season-scene.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'
import { openTold } from '../../../support/told.ts'
import { getEvent } from '../../../../lib/store/events/events.ts'
import { readEventRows, readSeasonRows } from '../../../../lib/store/seats/read-event.ts'

// Whoever wants places of one area, in a season and in its events, by chance; judged by sums that are made apart from the code.

const MINUTE_MS = 60_000
const STEPS = 64
const all = [...seasons, ...events]

async function openWalk() {
  const scene = await openSeatsioScene(hallWith(CAPACITY))
  const { api, clock, info, token } = scene
  const told = await openTold(scene)
  const context = scene.context()
  const partials = { spring: ['match-1', 'match-2'], autumn: ['match-2', 'match-3'] }
  await makeSeason(context, { chartKey: 'hall', events, partials })
  const lawn = judged.newLawn(clock.now())
  const lives = [1, 2, 3, 5].map((minutes) => ({ minutes, name: '', until: 0 }))
  const renew = async () => {
    for (const life of lives) {
      if (life.until > lawn.now) continue
      life.name = await token(life.minutes)
      life.until = lawn.now + life.minutes * MINUTE_MS
    }
  }
  const act = async (of: string, action: string, body: object) =>
    (await api(`POST /events/${of}/actions/${action}`, body)).status === 204
  const check = async (step: string) => {
    for (const of of all) {
      const { numBooked, numHeld, numFree } = await info('Lawn', of)
      expect([step, of, numBooked, numHeld, numFree]).toEqual([step, of, ...judged.told(lawn, of)])
      if (events.includes(of))
        expect(Number(numBooked) + Number(numHeld)).toBeLessThanOrEqual(CAPACITY)
    }
  }
  /** What the season's row says that each has is what is stored of it. */
  const checkRows = async () => {
    const heads = await Promise.all(
      all.map((key) => getEvent(context.store, context.caller.workspaceId, key)),
    )
    const [top] = heads
    if (top === undefined) throw new Error('no season')
    const stored = (await readSeasonRows(context.store, top)).get('Lawn')?.places ?? {}
    for (const head of heads) {
      if (head === undefined) throw new Error('no head')
      const { blocks } = await readEventRows(context.store, head)
      const counts = new Map<string, number>()
      for (const { row } of blocks) {
        for (const { pool, booked } of row.pools) counts.set(pool, (counts.get(pool) ?? 0) + booked)
        for (const { pool, places: held } of row.holds) {
          counts.set(pool, (counts.get(pool) ?? 0) + held)
        }
      }
      const owner = head.season?.role === 'event' ? String(head.season.number) : head.eventId
      const taken = Object.fromEntries([...counts].filter(([, count]) => count > 0))
      expect([head.eventKey, stored[owner] ?? {}]).toEqual([head.eventKey, taken])
    }
  }
  return { told, lawn, lives, renew, act, check, checkRows, clock, api }
}

type Walk = Awaited<ReturnType<typeof openWalk>>

/** What is done in a step. */
interface Step {
  readonly of: string
  readonly event: string
  readonly season: string
  readonly count: number
  readonly life: Walk['lives'][number]
}

/** Whether the product did it, and whether it was to. */
type Done = readonly [done: boolean, expected: boolean]

const objectsOf = (count: number) => [places('Lawn', count)]
const labelsOf = (count: number) => Array.from({ length: count }, () => 'Lawn')

const moves: Record<string, (walk: Walk, step: Step) => Promise<Done>> = {
  book: async ({ act, lawn }, { of, count }) => [
    await act(of, 'book', { objects: objectsOf(count) }),
    judged.book(lawn, of, { count }),
  ],
  hold: async ({ act, lawn }, { of, count, life: { name: holdToken, until } }) => [
    await act(of, 'hold', { objects: objectsOf(count), holdToken }),
    judged.hold(lawn, of, { token: holdToken, count, until }),
  ],
  'book-held': async ({ act, lawn }, { of, count, life: { name: holdToken } }) => [
    await act(of, 'book', { objects: objectsOf(count), holdToken }),
    judged.book(lawn, of, { count, token: holdToken }),
  ],
  release: async ({ act, lawn }, { of, count }) => [
    await act(of, 'release', { objects: objectsOf(count) }),
    judged.release(lawn, of, { count }),
  ],
  'release-held': async ({ act, lawn }, { of, count, life: { name: holdToken } }) => [
    await act(of, 'release', { objects: objectsOf(count), holdToken }),
    judged.release(lawn, of, { count, token: holdToken }),
  ],
  override: async ({ act, lawn }, { event, season, count }) => [
    await act(event, 'override-season-status', { objects: labelsOf(count), season }),
    judged.override(lawn, event, { season, count }),
  ],
  use: async ({ act, lawn }, { event, season, count }) => [
    await act(event, 'use-season-status', { objects: labelsOf(count), season }),
    judged.override(lawn, event, { season, count: -count }),
  ],
  wait: async ({ clock, lawn, told }, { count }) => {
    clock.advance(count % 2 === 0 ? MINUTE_MS / 2 : MINUTE_MS)
    lawn.now = clock.now()
    await told.relay()
    if (count > 2) await told.fire()
    return [true, true]
  },
  end: async ({ api, lawn }, { life }) => {
    const { status } = await api(`POST /hold-tokens/${life.name}`, { expiresInMinutes: 0 })
    for (const held of lawn.holds) if (held.token === life.name) held.until = lawn.now
    life.until = lawn.now
    return [status === 200, true]
  },
}
const usual = ['book', 'hold', 'hold', 'book-held', 'release', 'release-held']
const names = [...usual, 'override', 'override', 'use', 'wait', 'end']

test.each([1, 2, 3])(
  'season and events never sell a place twice, and tell all there is (walk %i)',
  async (seed) => {
    const dice = diceOf(20_270_900 + seed)
    const walk = await openWalk()
    const { lawn, lives, api, renew, check, checkRows, clock } = walk
    const pick = <Value>(from: readonly Value[]): Value => {
      const value = from[dice(from.length)]
      if (value === undefined) throw new Error('nothing to pick from')
      return value
    }
    const counts = { accepted: 0, refused: 0 }
    for (let number = 1; number <= STEPS; number += 1) {
      lawn.now = clock.now()
      await renew()
      if (number === STEPS / 2) {
        lawn.past.add('match-3')
        expect((await api('POST /events/match-3', { isInThePast: true })).status).toBe(204)
      }
      const of = { of: pick(all), event: pick(events), season: pick(seasons) }
      const step = { ...of, count: 1 + dice(5), life: pick(lives) }
      const name = pick(names)
      const [done, expected] = (await moves[name]?.(walk, step)) ?? [false, true]
      expect([number, name, step, done]).toEqual([number, name, step, expected])
      counts[done ? 'accepted' : 'refused'] += 1
      if (number % 8 !== 0) continue
      await check(`${number} ${name}`)
      await checkRows()
    }
    expect(counts.accepted).toBeGreaterThan(STEPS / 3)
    expect(counts.refused).toBeGreaterThan(STEPS / 15)
  },
)
