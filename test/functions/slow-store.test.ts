import { describe, expect, test } from 'vitest'
import type { SeatsioAnswer } from '../support/seatsio.ts'
import { openSeatsioCompany } from '../support/seatsio-company.ts'
import { errorOf, openSeatsioScene } from '../support/seatsio-scene.ts'
import { rowDrawing } from '../support/drawings.ts'

// A table that takes no write for want of capacity, while nobody else changes anything.

const inScene = [
  ['POST /charts', { name: 'New hall' }],
  ['POST /charts/hall', { name: 'Renamed' }],
  ['POST /charts/hall/actions/move-to-archive', {}],
  ['POST /charts/hall/tags/old', {}],
  ['POST /charts/hall/version/published/actions/copy', {}],
  ['POST /system/public/charts/hall', rowDrawing()],
  ['POST /events', { chartKey: 'hall' }],
  ['POST /events/gala', { name: 'Renamed' }],
  ['POST /events/gala/actions/move-to-new-chart-copy', {}],
  ['DELETE /events/gala', undefined],
  ['POST /hold-tokens', {}],
] as const

const inCompany = [
  ['POST /workspaces', { name: 'One more' }],
  ['POST /accounts/me/actions/change-hold-period', { holdPeriodInMinutes: 20 }],
  ['POST /accounts/me/secret-key/actions/regenerate', {}],
  ['POST /ticket-buyers', { ids: ['7d2b1c1e-6d5f-4a3e-9a56-0f2d5c7b8e11'] }],
] as const

describe('a store that is only slow is not told of as others who change the same', () => {
  test.each(inScene)('by %s', async (call, body) => {
    const { api, engine, clock } = await openSeatsioScene()
    engine.inject = ({ operation }) => (operation.includes('Write') ? 'throttle' : undefined)
    expect(toldBy(await api(call, body))).toEqual(slow)
    engine.inject = undefined
    // For so long a share of the next requests is refused at once.
    clock.advance(10_001)
    expect((await api(call, body)).status).toBeLessThan(300)
  })

  test.each(inCompany)('by %s', async (call, body) => {
    const { admin, engine } = await openSeatsioCompany()
    engine.inject = ({ operation }) => (operation.includes('Write') ? 'throttle' : undefined)
    expect(toldBy(await admin(call, body))).toEqual(slow)
    engine.inject = undefined
    expect((await admin(call, body)).status).toBeLessThan(300)
  })

  test.each(inScene.slice(1, 4))('but others who are in the way are, by %s', async (call, body) => {
    const { api, engine } = await openSeatsioScene()
    engine.inject = ({ operation }) =>
      operation === 'TransactWriteItems' ? 'transaction-conflict' : undefined
    const answer = await api(call, body)
    expect(answer.status).toBe(429)
    expect(errorOf(answer)['message']).toContain('being changed by others')
  })
})

const slow = [
  429,
  expect.stringMatching(/^[123]$/),
  expect.stringContaining('Too many requests are under way'),
]

function toldBy(answer: SeatsioAnswer) {
  return [answer.status, answer.headers['retry-after'], errorOf(answer)['message']]
}
