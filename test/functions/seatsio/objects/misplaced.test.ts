import { expect, test } from 'vitest'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'

const one = '/events/gala'
const entry = { event: 'gala', objects: ['A-1'], status: 'booked' }

test.each([
  [`${one}/actions/book`, { objects: ['A-1'] }, ['labels', 'status', 'events', 'quantity']],
  [`${one}/actions/hold`, { objects: ['A-1'] }, ['objectLabels', 'type', 'expiresInMinutes']],
  [`${one}/actions/release`, { objects: ['A-1'] }, ['status', 'extraData', 'ttlSeconds']],
  [`${one}/actions/change-object-status`, { objects: ['A-1'], status: 'x' }, ['label', 'event']],
  ['/events/groups/actions/book', { events: ['gala'], objects: ['A-1'] }, ['status', 'event']],
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

test.each([{ holdToken: 'T' }, { label: 'A-2' }, { status: 'x' }])(
  'so does one change of many, and one object of a change: %j',
  async (misplaced) => {
    const { api } = await openSeatsioScene()
    const objects = [{ objectId: 'A-1', ...misplaced }]
    const inObject = await api(`POST ${one}/actions/book`, { objects })
    expect([inObject.status, JSON.stringify(inObject.body)]).toEqual([
      400,
      expect.stringContaining(`#/objects/0/${Object.keys(misplaced).join('')}`),
    ])
    const statusChanges = [{ ...entry, events: ['gala'] }]
    const inEntry = await api('POST /events/actions/change-object-status', { statusChanges })
    expect(inEntry.status).toBe(400)
  },
)

test('what nobody knows is ignored, and what is null is not there', async () => {
  const { api } = await openSeatsioScene()
  const sent = { objects: ['A-1'], colour: 'red', labels: null, status: null }
  expect((await api(`POST ${one}/actions/book`, sent)).status).toBe(204)
})
