import * as z from 'zod'
import { expect, test } from 'vitest'
import { holdSeats } from '../../../functions/seatbuilder/seats/hold-seats.ts'
import { costFaults, costFaultsOf } from './costs.ts'
import { hostileBodies } from '../../support/hostile-bodies.ts'
import { BODY_BYTES_MAX } from '../../../lib/limits/limits.ts'

const bodies = hostileBodies(BODY_BYTES_MAX - 1_000)
const attempt = { method: 'POST', target: '/api/v1/events/none/seats/hold' }

test('the fuzzer notices a body whose reading costs far more than its parsing', () => {
  // Copies the whole list for each of its elements.
  const costly = z.object({ objectLabels: z.array(z.unknown()) }).transform(({ objectLabels }) => {
    let seen: unknown[] = []
    for (const label of objectLabels.slice(0, 1_500)) seen = [label, ...objectLabels]
    return seen
  })
  const body = Buffer.from(`{"objectLabels":[${Array(100_000).fill('1').join(',')}]}`)
  expect(costFaultsOf({ ...holdSeats, body: costly }, { ...attempt, body })).toEqual([
    expect.stringMatching(/^reading the body cost \d+ times its parsing/),
  ])
})

test('it finds no fault in how hostile bodies are read', () => {
  for (const [name, text] of Object.entries(bodies)) {
    const body = Buffer.from(text)
    for (const target of [attempt.target, '/events/none/actions/book', '/events']) {
      expect([name, costFaults({ method: 'POST', target, body })]).toEqual([name, []])
    }
  }
})
