import { expect, test } from 'vitest'
import { never, openSaleScene } from './sale-scene.ts'

const SECOND = 1_000
const MINUTE = 60_000

test('a sale that is stopped gives up what is under way, of a load and of a poll, and tells nothing of it', async () => {
  const { open, pass } = await openSaleScene()
  const { sale, requests, wire, heard } = open()
  wire.handle = () => never
  const underWay = () => requests.filter(({ signal }) => signal?.aborted === false).length
  for (let round = 1; round <= 50; round += 1) {
    sale.start()
    expect([requests.length, underWay()]).toEqual([3 * round, 3])
    sale.stop()
    expect(underWay()).toBe(0)
  }
  await pass(MINUTE)
  expect([heard('connection'), heard('loaded')]).toEqual([[], []])
  wire.handle = (_, send) => send()
  sale.start()
  await pass(0)
  wire.handle = () => never
  requests.splice(0)
  await pass(SECOND)
  expect(underWay()).toBe(1)
  sale.stop()
  expect(underWay()).toBe(0)
  await pass(MINUTE)
  expect(heard('connection')).toEqual(['live'])
})
