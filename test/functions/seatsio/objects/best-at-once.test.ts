import { expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'
import { openSeason } from '../../../support/season-scene.ts'

// The best available seats for many at the same moment, and in seasons.

const BUYERS = 24

test('buyers who ask at once for the best seats all get some, and no two the same', async () => {
  const { api, infos } = await openSeatsioScene(rowDrawing({ rows: 20, seatsPerRow: 30 }))
  const answers = await Promise.all(
    Array.from({ length: BUYERS }, (_, buyer) =>
      api('POST /events/gala/actions/book', {
        bestAvailable: { number: 2 },
        orderId: `o-${buyer}`,
      }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  const sold = answers.map(({ body }) => body?.['objects'] as string[])
  expect(new Set(sold.flat()).size).toBe(2 * BUYERS)
  const told = await infos(sold.flat())
  for (const [buyer, labels] of sold.entries()) {
    expect(labels.map((label) => told[label]?.['orderId'])).toEqual([`o-${buyer}`, `o-${buyer}`])
  }
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
