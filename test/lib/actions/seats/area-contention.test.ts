import { expect, test } from 'vitest'
import { openAreas, places, type AreaScene } from '../../../support/area-scene.ts'
import { seededIds } from '../../../support/seeded-ids.ts'
import { errorOf, verdictOf, type Info } from '../../../support/seatsio-scene.ts'

const BUYERS = 20

/** Buys some places at a time until none is left, and answers how many; some orders are held first, some holds are let go. */
async function buy(
  { book, hold, release, token, clock }: AreaScene,
  buyer: string,
  more: object = {},
): Promise<number> {
  const ids = seededIds(clock, buyer)
  const holdToken = await token()
  let bought = 0
  for (;;) {
    const quantity = 1 + Math.floor(ids.random() * 5)
    const wanted = [places('Field', quantity)]
    const isHeld = ids.random() < 0.5
    const first = isHeld ? await hold(wanted, holdToken, more) : await book(wanted, more)
    const verdict = verdictOf(first)
    if (verdict === '400 NOT_ENOUGH_PLACES') {
      const { placesLeft } = errorOf(first)['data'] as Info
      if (placesLeft === 0) return bought
      continue
    }
    // What others keep changing is for another try.
    expect(['200', '429 RATE_LIMIT_EXCEEDED']).toContain(verdict)
    if (verdict !== '200') continue
    const isLetGo = isHeld && ids.random() < 0.3
    for (let done = !isHeld; !done;) {
      const then = isLetGo
        ? await release(wanted, { holdToken, ...more })
        : await book(wanted, { holdToken, ...more })
      expect(['200', '429 RATE_LIMIT_EXCEEDED']).toContain(verdictOf(then))
      done = verdictOf(then) === '200'
    }
    if (!isLetGo) bought += quantity
  }
}

test('20 buyers fight over an area of 130 places: each is sold once, and none beyond', async () => {
  const scene = await openAreas()
  const buyers = Array.from({ length: BUYERS }, (_, index) => buy(scene, `buyer-${index}`))
  const bought = await Promise.all(buyers)
  expect(bought.reduce((all, it) => all + it, 0)).toBe(130)
  expect(await scene.counts('Field')).toEqual([130, 0, 0])
})

test('while channels are given places and lose them, no more is sold than there is, and all of it', async () => {
  const scene = await openAreas()
  const { api } = scene
  const give = (Field: number) =>
    api('POST /events/gala/channels/replace', {
      channels: [
        { key: 'a', name: 'a', color: '#123', index: 0, objects: [], areaPlaces: { Field } },
      ],
    })
  await give(10)
  const everything = { ignoreChannels: true }
  const buyers = Array.from({ length: 12 }, (_, index) => buy(scene, `b${index}`, everything))
  for (const places of [40, 5, 90, 20, 60]) expect((await give(places)).status).toBe(204)
  const bought = (await Promise.all(buyers)).reduce((all, it) => all + it, 0)
  const [booked, held] = (await scene.counts('Field')) as number[]
  expect([booked, held]).toEqual([bought, 0])
  expect(bought).toBeLessThanOrEqual(130)
  // What was over at one time is cured by the next order, so that nothing is left.
  await give(1)
  await api('POST /events/gala/channels/replace', { channels: [] })
  const rest = 130 - bought
  if (rest > 0) expect(verdictOf(await scene.book([places('Field', rest)]))).toBe('200')
  expect(await scene.counts('Field')).toEqual([130, 0, 0])
})
