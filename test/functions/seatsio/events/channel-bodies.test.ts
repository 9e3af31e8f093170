import { expect, test } from 'vitest'
import { errorOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

// Channels are added alone or in a list, and the list may be empty.

const CALL = 'POST /events/gala/channels'

test('an empty list adds no channel, and changes nothing', async () => {
  const { api } = await openSeatsioScene()
  await api(CALL, { key: 'a', name: 'A' })
  const before = (await api('GET /events/gala')).body
  const { status, body } = await api(CALL, [])
  expect([status, body]).toEqual([204, undefined])
  expect((await api('GET /events/gala')).body).toEqual(before)
  expect((await api('POST /events/nope/channels', [])).status).toBe(404)
})

test.each([
  [[{ key: 'x', name: 'X' }, { key: 'y' }], '#/1: required key [name] not found'],
  [[[]], '#/0: expected type: JSONObject, found: JSONArray'],
  [[{ key: 'x', name: 'X', objects: [5] }], '#/0/objects/0: expected type: String, found: Integer'],
  [{ key: 'x', name: 'X', objects: [5] }, '#/objects/0: expected type: String, found: Integer'],
  [{ key: '.', name: 'X' }, '#/key: this key is used by the API itself: choose another'],
  [{ key: 'x' }, '#: required key [name] not found'],
  [{}, '#: required key [key] not found'],
  [undefined, '#: required key [key] not found'],
  [5, '#: expected type: JSONObject, found: Integer'],
])('%j: what is wrong is told at its place in the body, %s', async (body, message) => {
  const { api } = await openSeatsioScene()
  const answer = await api(CALL, body)
  expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
  expect(errorOf(answer)['message']).toBe(message)
})
