import { expect, test } from 'vitest'
import { readCatalog } from '../../../../lib/http/catalog.ts'
import { statusChange } from '../../../../lib/seatsio/objects/status-change.ts'
import { openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

// A secret key reaches into the baskets of others, and the documents say so where they say how.

const { endpoints } = await readCatalog()

test('every change of statuses but a hold says that it reaches what others hold, and how not to', () => {
  const changes = endpoints.filter(({ endpoint }) => endpoint.query === statusChange.query)
  const silent = changes.filter(
    ({ endpoint }) => !endpoint.description?.includes('What others hold'),
  )
  expect(changes.length).toBe(11)
  expect(silent.map(({ name }) => name).sort()).toEqual(['hold', 'hold-in-group'])
})

test.each([
  ['book', 'POST /events/gala/actions/book', {}],
  ['release', 'POST /events/gala/actions/release', {}],
  ['status', 'POST /events/gala/actions/change-object-status', { status: 'invited' }],
] as const)('so it is: %s', async (_, call, body) => {
  const { api, change, token, statuses } = await openSeatsioScene()
  const [holdToken, other] = [await token(), await token()]
  await change({ objects: ['A-1'], status: 'reservedByToken', holdToken })
  const send = (more: object) => api(call, { objects: ['A-1'], ...body, ...more })
  expect(verdictOf(await send({ holdToken: other }))).toBe('400 NOT_HELD_BY_TOKEN')
  const rejected = await send({ rejectedPreviousStatuses: ['reservedByToken'] })
  expect(verdictOf(rejected)).toBe('400 ILLEGAL_STATUS_CHANGE')
  const allowed = await send({ allowedPreviousStatuses: ['free'] })
  expect(verdictOf(allowed)).toBe('400 ILLEGAL_STATUS_CHANGE')
  expect(await statuses(['A-1'])).toEqual(['reservedByToken'])
  expect((await send({})).status).toBeLessThan(300)
})
