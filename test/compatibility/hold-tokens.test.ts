import { CreateEventParams } from 'seatsio'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

const MINUTE = 60_000

async function open() {
  const server = await startSeatsio()
  const { events, holdTokens } = server.client
  for (const chart of ['hall', 'park']) {
    await server.importChart(chart, rowDrawing())
    await events.create(chart, new CreateEventParams().withKey(`${chart}-night`))
  }
  return { ...server, events, holdTokens }
}

test('a token is created, looked up and moved, and names its workspace', async () => {
  const { holdTokens, clock, workspace } = await open()
  const created = await holdTokens.create()
  expect(created).toMatchObject({ expiresInSeconds: 900, workspaceKey: workspace.key })
  expect(created.expiresAt.getTime()).toBe(clock.now() + 15 * MINUTE)
  expect(await holdTokens.retrieve(created.holdToken)).toEqual(created)
  expect((await holdTokens.create(30)).expiresInSeconds).toBe(1_800)
  clock.advance(MINUTE)
  const moved = await holdTokens.expiresInMinutes(created.holdToken, 60)
  expect(moved.expiresAt.getTime()).toBe(clock.now() + 60 * MINUTE)
  expect(await holdTokens.retrieve(created.holdToken)).toEqual(moved)
})

test('a token that is unknown, has run out or lives too long is refused with an error that can be read', async () => {
  const { holdTokens, clock } = await open()
  const notFound = { status: 404, errors: [{ code: 'HOLD_TOKEN_NOT_FOUND' }] }
  await expect(holdTokens.retrieve('nobody')).rejects.toMatchObject(notFound)
  const { holdToken } = await holdTokens.create(1)
  await expect(holdTokens.expiresInMinutes(holdToken, 121)).rejects.toMatchObject({ status: 400 })
  await expect(holdTokens.create(0)).rejects.toMatchObject({ status: 400 })
  clock.advance(MINUTE)
  await expect(holdTokens.retrieve(holdToken)).rejects.toMatchObject(notFound)
  await expect(holdTokens.expiresInMinutes(holdToken, 5)).rejects.toMatchObject(notFound)
})

test('all that a token holds, on two charts, follows its deadline and is let go when it is ended', async () => {
  const { holdTokens, events, clock } = await open()
  const { holdToken } = await holdTokens.create()
  const held = async () => {
    const infos = [
      await events.retrieveObjectInfo('hall-night', 'A-1'),
      await events.retrieveObjectInfo('park-night', 'B-2'),
    ]
    return infos.map(({ status }) => status)
  }
  await events.hold('hall-night', 'A-1', holdToken)
  await events.hold('park-night', 'B-2', holdToken)
  await holdTokens.expiresInMinutes(holdToken, 30)
  clock.advance(30 * MINUTE - 1)
  expect(await held()).toEqual(['reservedByToken', 'reservedByToken'])
  await holdTokens.expiresInMinutes(holdToken, 10)
  await holdTokens.expiresInMinutes(holdToken, 0)
  expect(await held()).toEqual(['free', 'free'])
  const { items } = await events.statusChanges('park-night').firstPage()
  expect(items[0]).toMatchObject({ status: 'free', origin: { type: 'HOLD_EXPIRED' } })
})
