import { expect, test } from 'vitest'
import { diceOf } from '../../../bench/dice.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openPlainHoldfast } from '../../support/plain-holdfast.ts'
import { labelsOf, makeEvent } from '../../support/scene.ts'

const HOLDS = 2_000
const ROWS = 'A B C D E F G H I J K L M N O P Q R S T'.split(' ')

/** Longest time between two holds: so deadlines have all sorts of milliseconds. */
const PAUSE_MS_MAX = 50

test('2,000 seats with mixed deadlines are refused to a second buyer until the last millisecond, and given at the deadline', async () => {
  const { api, clock } = await openPlainHoldfast()
  const perRow = HOLDS / ROWS.length
  const { eventKey } = await makeEvent(api, rowDrawing({ rows: ROWS.length, seatsPerRow: perRow }))
  const dice = diceOf(1)
  const hold = (objectLabel: string, holdToken: string, ttlSeconds: number) =>
    api(`POST /api/v1/events/${eventKey}/seats/hold`, { objectLabel, holdToken, ttlSeconds })
  const holds: { label: string; until: number }[] = []
  for (const label of ROWS.flatMap((row) => labelsOf(row, 1, perRow))) {
    const held = await hold(label, `first-of-${label}`, 120 + Math.floor(dice() * 780))
    holds.push({ label, until: Date.parse(String(held.body['holdExpiresAt'])) })
    clock.advance(Math.floor(dice() * PAUSE_MS_MAX))
  }
  const byDeadline = holds.toSorted((a, b) => a.until - b.until)
  expect(new Set(holds.map(({ until }) => until % 1_000)).size).toBeGreaterThan(800)
  expect(byDeadline[0]?.until).toBeGreaterThan(clock.now())

  const answers = { before: new Set<number>(), atDeadline: new Set<number>() }
  for (const { label, until } of byDeadline) {
    clock.advance(until - 1 - clock.now())
    answers.before.add((await hold(label, `second-of-${label}`, 7_200)).status)
    clock.advance(1)
    answers.atDeadline.add((await hold(label, `second-of-${label}`, 7_200)).status)
  }
  expect(answers).toEqual({ before: new Set([409]), atDeadline: new Set([200]) })
}, 180_000)
