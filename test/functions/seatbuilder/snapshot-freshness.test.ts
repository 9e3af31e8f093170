import { expect, test } from 'vitest'
import { readSnapshot } from '../../../lib/actions/snapshots/read-snapshot.ts'
import { endedBy, lettersAfter } from '../../../lib/rules/snapshot/hall.ts'
import { diceOf } from '../../support/dice.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { TOKEN } from '../../support/scene.ts'
import { openSnapshotScene } from '../../support/snapshot-scene.ts'

/** How often the local product looks at the stream, and a browser of this test at the event. */
const RELAY_MS = 100
const POLL_MS = 5

/** How old what is told may be. */
const AGE_MS_MAX = 1_500

test('with the relay of the local product a change is told within a second and a half, and a hold that ends at its millisecond', async () => {
  const { api, seats, clock, told, context, eventKey } = await openSnapshotScene(
    rowDrawing({ rows: 1, seatsPerRow: 20 }),
  )
  const dice = diceOf(20_261_130)
  const asking = context()
  const held = new Map<number, { at: number; until: number }>()
  const began = clock.now()
  const ages: number[] = []
  const seen = new Set<number>()
  while (clock.now() < began + 20_000) {
    if (dice(100) === 0 && held.size < 20) {
      const index = held.size
      const body = { objectLabel: `A-${index + 1}`, holdToken: TOKEN, ttlSeconds: 2 + dice(3) }
      expect((await api(`POST ${seats}/hold`, body)).status).toBe(200)
      const at = clock.now()
      held.set(index, { at, until: at + 1_000 * body.ttlSeconds })
    }
    if ((clock.now() - began) % RELAY_MS === 0) await told.relay()
    const snapshot = await readSnapshot(asking, { eventKey })
    if (!snapshot.ok) throw new Error(snapshot.refusal.code)
    const { kept, now } = snapshot.value
    const letters = lettersAfter(kept.hall, endedBy(kept.hall, now))
    for (const [index, { at, until }] of held) {
      const isHeld = letters[index] === 'h'
      if (isHeld && !seen.has(index)) ages.push(now - at)
      if (isHeld) seen.add(index)
      // Once it was told, it is told until its end and not a millisecond longer.
      if (seen.has(index)) expect([index, now, isHeld]).toEqual([index, now, now < until])
    }
    clock.advance(POLL_MS)
  }
  expect(ages.length).toBe(held.size)
  expect(ages.length).toBeGreaterThan(10)
  expect(Math.max(...ages)).toBeLessThanOrEqual(AGE_MS_MAX)
  // A reading a second: what is told sooner was lucky.
  expect(Math.max(...ages)).toBeGreaterThan(500)
}, 120_000)
