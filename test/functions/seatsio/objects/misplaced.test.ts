import { expect, test } from 'vitest'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'

const one = '/events/gala'
const entry = { event: 'gala', objects: ['A-1'], status: 'booked' }

test.each([
  [`${one}/actions/book`, { objects: ['A-1'] }, ['labels', 'events', 'quantity']],
  [`${one}/actions/hold`, { objects: ['A-1'] }, ['objectLabels', 'expiresInMinutes']],
  [`${one}/actions/release`, { objects: ['A-1'] }, ['extraData', 'ttlSeconds']],
  [`${one}/actions/change-object-status`, { objects: ['A-1'], status: 'x' }, ['label', 'event']],
  ['/events/groups/actions/book', { events: ['gala'], objects: ['A-1'] }, ['label', 'event']],
  ['/events/actions/change-object-status', { statusChanges: [entry] }, ['holdToken', 'objects']],
  [`${one}/objects/A-1/actions/update-extra-data`, { extraData: {} }, ['objects', 'keepExtraData']],
  [`${one}/actions/update-extra-data`, { extraData: { 'A-1': {} } }, ['objects', 'holdToken']],
  ['/hold-tokens', {}, ['ttlSeconds', 'objects']],
] as const)('%s refuses by name what only a sibling knows', async (path, sent, words) => {
  const { api, lines } = await openSeatsioScene()
  for (const word of words) {
    const { status, body } = await api(`POST ${path}`, { ...sent, [word]: 'A-1' })
    expect([word, status]).toEqual([word, 400])
    expect(JSON.stringify(body?.['messages'])).toContain(`#/${word}: not a field of this call`)
  }
  expect(await lines()).toEqual([])
})

test('so does one change of many', async () => {
  const { api } = await openSeatsioScene()
  const statusChanges = [{ ...entry, events: ['gala'] }]
  const inEntry = await api('POST /events/actions/change-object-status', { statusChanges })
  expect(inEntry.status).toBe(400)
})

test('what a map tells of a seat may be passed on with it, and a named action be named again', async () => {
  const { api, info } = await openSeatsioScene()
  const seat = { objectId: 'A-1', label: 'A-1', labels: { own: '1' }, status: 'free' }
  const sent = { objects: [seat], status: 'free', type: 'CHANGE_STATUS_TO' }
  expect((await api(`POST ${one}/actions/book`, sent)).status).toBe(204)
  expect(await info('A-1')).toMatchObject({ status: 'booked' })
})

test('what nobody knows is ignored, and what is null is not there', async () => {
  const { api } = await openSeatsioScene()
  const sent = { objects: ['A-1'], colour: 'red', labels: null, status: null }
  expect((await api(`POST ${one}/actions/book`, sent)).status).toBe(204)
})
