import { expect, test } from 'vitest'
import { rowDrawing } from '../../support/drawings.ts'
import { openSeatsioScene } from '../../support/seatsio-scene.ts'

test('a hold whose answer got lost is decided again when another one has moved its token meanwhile', async () => {
  const scene = await openSeatsioScene(rowDrawing())
  const { api, token, engine, clock, statuses } = scene
  const holdToken = await token()
  const hold = (label: string) =>
    api('POST /events/gala/actions/hold', { objects: [label], holdToken })
  let sent = 0
  engine.inject = ({ operation }) => {
    if (operation !== 'TransactWriteItems') return undefined
    sent += 1
    return sent === 1 ? 'lost-before' : undefined
  }
  const sleep = clock.sleep.bind(clock)
  let others: Promise<unknown> | undefined
  clock.sleep = async (milliseconds) => {
    // The first wait is the one for the answer that got lost.
    others ??= hold('A-2')
    await others
    await sleep(milliseconds)
  }
  expect((await hold('A-1')).status).toBe(204)
  expect(await statuses(['A-1', 'A-2'])).toEqual(['reservedByToken', 'reservedByToken'])
  expect(sent).toBeGreaterThanOrEqual(4)
})
