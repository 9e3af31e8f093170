import { expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../../support/drawings.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { openSeason } from '../../../support/season-scene.ts'

// The best available seats for many at the same moment, and in seasons.

const BUYERS = 64
const ROUNDS_MAX = 3

/** By the luck of who meets whom, one or two lose five rounds: their clients ask again. */
const REFUSED_MAX = 2

test('of 64 buyers in eight processes who ask at once for the best of an arena hardly any is told to ask again, and 95 in a hundred are served within three rounds', async () => {
  const { api, infos, freshRuntime, calls } = await openSeatsioScene(
    rowDrawing({ rows: 150, seatsPerRow: 60 }),
  )
  const processes = Array.from({ length: 8 }, () => seatsioOver(freshRuntime()))
  const answers = await Promise.all(
    Array.from({ length: BUYERS }, (_, buyer) =>
      (processes[buyer % 8] ?? api)('POST /events/gala/actions/book', {
        bestAvailable: { number: 2 },
        orderId: `order ${buyer}.`,
      }),
    ),
  )
  const refused = answers.filter(({ status }) => status !== 200)
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 429))
  expect(refused.length).toBeLessThanOrEqual(REFUSED_MAX)
  const sold = answers.map(({ body }) => (body?.['objects'] ?? []) as string[])
  expect(new Set(sold.flat()).size).toBe(2 * (BUYERS - refused.length))
  const told = await infos(sold.flat())
  for (const [buyer, labels] of sold.entries()) {
    if (labels.length === 0) continue
    const order = `order ${buyer}.`
    expect(labels.map((label) => told[label]?.['orderId'])).toEqual([order, order])
  }
  const commits = calls.all
    .filter(({ operation }) => operation === 'TransactWriteItems')
    .map(({ input }) => JSON.stringify(input))
  const rounds = answers
    .map((_, buyer) => commits.filter((text) => text.includes(`order ${buyer}.`)).length)
    .toSorted((a, b) => a - b)
  expect(rounds[Math.ceil(BUYERS * 0.95) - 1]).toBeLessThanOrEqual(ROUNDS_MAX)
})

test('of an event in a season what its season has is not chosen, and what is not sold in any of its events is for a season', async () => {
  const { season, api } = await openSeason()
  const best = async (event: string, number: number) => {
    const path = `POST /events/${event}/actions/book` as const
    const bestAvailable = { number, tryToPreventOrphanSeats: false }
    return (await api(path, { bestAvailable })).body?.['objects']
  }
  const [first] = (await best('season', 1)) as string[]
  const second = (await best('match-1', 1)) as string[]
  expect(second).not.toContain(first)
  const third = (await best('spring', 2)) as string[]
  expect(third).not.toContain(first)
  expect(third).not.toContain(second[0])
  expect(await season.everywhere(first ?? '')).toBe(Array(6).fill('booked').join(' '))
  await season.override('match-2', [first])
  expect(await best('match-2', 1)).toEqual([first])
})

test('places of an area that others have in a season are missing to who asks for the best', async () => {
  const generalAdmissionAreas = [
    drawArea('Lawn', 40),
    drawArea('Meadow', 100, { center: { x: 2_000, y: 2_000 } }),
  ]
  const { season, api } = await openSeason({ generalAdmissionAreas })
  const best = async (event: string, number: number) => {
    const path = `POST /events/${event}/actions/book` as const
    const { body } = await api(path, { bestAvailable: { number } })
    const objects = (body?.['objects'] ?? []) as string[]
    return `${objects.length} ${objects[0] ?? ''}`
  }
  await season.book('match-1', [{ objectId: 'Lawn', quantity: 25 }])
  // The season is missing what one of its events has, and that of the others is not missing anything.
  expect(await best('season', 16)).toBe('16 Meadow')
  expect(await best('match-2', 40)).toBe('40 Lawn')
  await season.release('match-2', [{ objectId: 'Lawn', quantity: 40 }])
  expect(await best('season', 15)).toBe('15 Lawn')
  expect(await best('match-2', 26)).toBe('26 Meadow')
  expect(await best('match-2', 25)).toBe('25 Lawn')
  expect(await best('match-1', 85)).toBe('0 ')
  expect(await best('match-1', 84)).toBe('84 Meadow')
})
