import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../lib/actions/seats/change-seats.ts'
import type { ApiAnswer } from '../../support/api.ts'
import { arenaDrawing, arenaLabels } from '../../support/drawn-arena.ts'
import { rescueAll, walk } from '../../support/kills.ts'
import { runKeyed } from '../../support/keyed.ts'
import { holdOf, makeEvents } from '../../support/many-events.ts'
import { openPlainHoldfast, type PlainProcess } from '../../support/plain-holdfast.ts'
import { makeEvent, TOKEN } from '../../support/scene.ts'
import { shown } from '../../support/shown.ts'

/** Details, header with pointer, decision, history, end; with a hold entry one more. Each seat is locked and then applied. */
const OVERHEAD = 5
const SEATS = 200

/** Every so many of the states from which nothing was sold, the request is repeated to its end: they are all alike. */
const REPEAT_EACH = 25

/** Far more than it takes: a busy machine is no fault, and the environment may ask for every kill. */
const EVERY_KILL_MS_MAX = 600_000

const labels = arenaLabels(SEATS)
const keyed = { headers: ['Idempotency-Key', 'order-1'] }

async function openArena() {
  const holdfast = await openPlainHoldfast()
  const { eventKey } = await makeEvent(holdfast.api, arenaDrawing())
  return { holdfast, seats: `/api/v1/events/${eventKey}/seats` as const }
}

const isReplay = ({ headers }: ApiAnswer) => headers['Idempotent-Replayed'] === 'true'

describe('a process killed before and after every single write leaves all 200 seats or none', () => {
  test.each([
    ['held', [], 'hold', { objectLabels: labels, holdToken: TOKEN, ttlSeconds: 600 }, 1],
    ['booked', ['hold'], 'book', { objectLabels: labels, holdToken: TOKEN }, 0],
    ['released', ['hold', 'book'], 'release', { objectLabels: labels }, 0],
  ] as const)(
    '%s, and a repeat of the request is answered',
    async (_, first, verb, body, holds) => {
      const { holdfast, seats } = await openArena()
      const { api } = holdfast
      for (const step of first) {
        await api(`POST ${seats}/${step}`, { objectLabels: labels, holdToken: TOKEN })
      }
      const walked = await walk(holdfast, () => api(`POST ${seats}/${verb}`, body, keyed))
      expect(walked.result.status).toBe(200)
      expect(walked.writes).toBe(2 * SEATS + OVERHEAD + holds)
      expect(walked.states).toHaveLength(walked.writes + 1)
      const rescuer = holdfast.another('rescuer')
      const found: string[] = []
      await rescueAll(holdfast, { rescuer, walked }, async ({ state, whole, loose }) => {
        const where = `after ${state.writes} writes`
        expect(loose, where).toBe(0)
        found.push(whole)
        if (whole === 'nothing' && state.writes % REPEAT_EACH > 0) return
        const again = await rescuer.api(`POST ${seats}/${verb}`, body, keyed)
        expect(again.status, where).toBe(200)
        expect(isReplay(again), where).toBe(whole === 'everything')
        if (isReplay(again)) expect(again, where).toEqual(walked.result)
        else
          expect(isReplay(await rescuer.api(`POST ${seats}/${verb}`, body, keyed)), where).toBe(
            true,
          )
      })
      // Details, header and locks; the decision is the write after these.
      const undecided = 2 + SEATS
      const decided = walked.writes - undecided
      expect(found).toEqual([
        ...Array.from({ length: undecided + 1 }, () => 'nothing'),
        ...Array.from({ length: decided }, () => 'everything'),
      ])
    },
    EVERY_KILL_MS_MAX,
  )
})

const EVENTS = 50
const SEATS_EACH = 20

/** At both ends every write, and between them each of so many; all of them where the environment says so. */
const AT_ENDS = 60
const EACH = process.env['EVERY_KILL'] === undefined ? 25 : 1

test(
  'a process killed while it holds 1,000 objects in 50 events leaves all or none, and a repeat is answered',
  async () => {
    const holdfast = await openPlainHoldfast()
    const parts = await makeEvents(holdfast, { events: EVENTS, seats: SEATS_EACH })
    const change = holdOf(holdfast)
    const request = ({ runtime, context }: PlainProcess) =>
      runKeyed(runtime, 'order-1', (keyed) =>
        shown(
          { ...context, keyed },
          (it) => changeSeats(it, { parts, change }),
          ({ seats }) => seats.length,
        ),
      )
    const untouched = holdfast.table.snapshot()
    const run = () => request(holdfast)
    const { writes } = await walk(holdfast, run, () => false)
    holdfast.table.restore(untouched)
    const isNearEnd = (at: number) => at <= AT_ENDS || at >= writes - AT_ENDS
    const walked = await walk(holdfast, run, (at) => isNearEnd(at) || at % EACH === 0)
    const objects = EVENTS * SEATS_EACH
    expect(walked.result).toMatchObject({ kind: 'ran', result: { value: objects } })
    expect(walked.writes).toBe(writes)
    const rescuer = holdfast.another('rescuer')
    await rescueAll(holdfast, { rescuer, walked }, async ({ state, whole, loose }) => {
      const where = `after ${state.writes} writes`
      expect(loose, where).toBe(0)
      expect(whole, where).toBe(state.writes <= objects + 2 ? 'nothing' : 'everything')
      if (whole === 'nothing' && state.writes % (10 * EACH) > 0) return
      const again = await request(rescuer)
      if (whole === 'nothing') expect(again, where).toMatchObject({ result: { value: objects } })
      else expect(again, where).toMatchObject({ answer: { body: String(objects) } })
    })
  },
  EVERY_KILL_MS_MAX,
)
