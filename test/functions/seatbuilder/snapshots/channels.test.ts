import { describe, expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../../../lib/http/auth.ts'
import { changeSettings } from '../../../../lib/actions/companies/change-settings.ts'
import { drawArea, rowDrawing } from '../../../support/drawings.ts'
import { testKeys } from '../../../support/holdfast.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'
import { openTold } from '../../../support/told.ts'

// Channels in browsers: only where the workspace lets publishable keys open them.

const holdToken = 'a-basket-0123456789'
const SEATS = '/api/v1/events/gala/seats'

/** Rows A and B and a lawn of 20: fans have A-1, B-2 and five places of the lawn, friends A-2 and the whole field. */
async function open(mayOpen?: boolean) {
  const plane = { generalAdmissionAreas: [drawArea('Lawn', 20), drawArea('Field', 10)] }
  const scene = await openSeatsioScene(rowDrawing({ plane }))
  const { api, native, clock, runtime } = scene
  const channels = [
    { key: 'fans', objects: ['B-2', 'A-1', 'Z-9'], areaPlaces: { Lawn: 5 } },
    { key: 'friends', objects: ['A-2', 'Field'] },
    { key: 'nobody', objects: [] },
  ].map((channel, index) => ({ ...channel, name: channel.key, color: '#111111', index }))
  expect((await api('POST /events/gala/channels/replace', { channels })).status).toBe(204)
  const told = await openTold(scene)
  const settle = async () => {
    await told.relay()
    clock.advance(1_000)
  }
  const allow = async (publishableMayOpenChannels: boolean) => {
    await changeSettings(runtime, 'one', { publishableMayOpenChannels })
    clock.advance(KEY_CACHE_MS)
  }
  if (mayOpen !== undefined) await allow(mayOpen)
  const poll = async (query = '', key: string = testKeys.publishable) =>
    (await native(`GET /api/v1/events/gala/snapshot${query}`, undefined, { key })).body
  const hold = async (objectLabel: string, more: object = {}) => {
    const body = { objectLabel, holdToken, ...more }
    const answer = await native(`POST ${SEATS}/hold`, body, { key: testKeys.publishable })
    const [failed] = (answer.body['failed'] ?? []) as { reason: string }[]
    return answer.status === 200 ? 'held' : `${answer.status} ${failed?.reason ?? answer.code}`
  }
  const best = async (more: object) => {
    const body = { number: 1, holdToken, ...more }
    const answer = await native(`POST ${SEATS}/best-available`, body, { key: testKeys.publishable })
    const [held] = (answer.body['held'] ?? []) as { objectLabel: string }[]
    return held?.objectLabel ?? `${answer.status} ${answer.code}`
  }
  return { ...scene, settle, allow, poll, hold, best }
}

describe.each([undefined, false])('where the setting is %s', (mayOpen) => {
  test('publishable keys are neither told of channels nor may they open one', async () => {
    const { poll, hold, best } = await open(mayOpen)
    const whole = await poll('?labels=true')
    expect(whole).not.toHaveProperty('channels')
    expect(JSON.stringify(whole)).not.toMatch(/fans|friends|freeByChannel/)
    expect(await hold('A-1', { channelKeys: ['fans'] })).toBe('403 channels_not_allowed')
    expect(await best({ channelKeys: ['fans'] })).toBe('403 channels_not_allowed')
    expect(await hold('A-1')).toBe('409 not_for_sale')
  })
})

describe('where the workspace lets publishable keys open channels', () => {
  test('channels come with the labels: what is in each by its place in the drawing, areas that they have some places of too', async () => {
    const { poll } = await open(true)
    const whole = await poll('?labels=true')
    const labels = whole['labels'] as string[]
    const told = whole['channels'] as { key: string; objects: number[] }[]
    expect(told.map(({ key, objects }) => [key, objects.map((index) => labels[index])])).toEqual([
      ['fans', ['A-1', 'B-2', 'Lawn']],
      ['friends', ['A-2', 'Field']],
      ['nobody', []],
    ])
    expect(String(whole['states']).slice(0, 8)).toBe('ccfffcff')
    expect(await poll('?labels=true', testKeys.secret)).toEqual(whole)
    expect(await poll()).not.toHaveProperty('channels')
  })

  test('areas tell what is left of each channel, also with what changed', async () => {
    const { poll, hold, settle } = await open(true)
    const { labels, revision, areas } = await poll('?labels=true')
    const [lawn, field] = ['Lawn', 'Field'].map((label) => (labels as string[]).indexOf(label))
    const told = (index: number | undefined, capacity: number, free: number) => ({
      index,
      capacity,
      free,
    })
    expect(areas).toEqual([
      { ...told(lawn, 20, 15), freeInChannels: 5, freeByChannel: [{ channel: 0, free: 5 }] },
      { ...told(field, 10, 0), freeInChannels: 10, freeByChannel: [{ channel: 1, free: 10 }] },
    ])
    const places = { objectType: 'generalAdmission', quantity: 2 }
    expect(await hold('Lawn', { ...places, channelKeys: ['fans'] })).toBe('held')
    expect(await hold('Field', { ...places, channelKeys: ['friends'] })).toBe('held')
    await settle()
    expect((await poll(`?since=${String(revision)}`))['areas']).toEqual([
      { ...told(lawn, 20, 15), freeInChannels: 3, freeByChannel: [{ channel: 0, free: 3 }] },
      { ...told(field, 10, 0), freeInChannels: 8, freeByChannel: [{ channel: 1, free: 8 }] },
    ])
  })

  test('they are held by naming them, and by the best of them', async () => {
    const { hold, best } = await open(true)
    expect(await hold('A-1')).toBe('409 not_for_sale')
    expect(await hold('A-1', { channelKeys: ['friends'] })).toBe('409 not_for_sale')
    expect(await hold('A-1', { channelKeys: ['fans'] })).toBe('held')
    expect(await hold('A-3', { channelKeys: ['fans'] })).toBe('409 not_for_sale')
    expect(await hold('A-3', { channelKeys: ['fans', 'NO_CHANNEL'] })).toBe('held')
    expect(await best({ channelKeys: ['friends'] })).toBe('A-2')
  })

  test('never by ignoring channels, nor by the id of one', async () => {
    const { api, hold, best } = await open(true)
    expect(await hold('A-1', { ignoreChannels: true })).toBe('403 channels_not_allowed')
    expect(await best({ ignoreChannels: true })).toBe('403 channels_not_allowed')
    const { body } = await api('GET /events/gala')
    const [fans] = (body?.['channels'] ?? []) as { id: string }[]
    const places = { objectType: 'generalAdmission', channelKeys: ['fans'] }
    expect(await hold(`Lawn##${fans?.id ?? ''}`, places)).toBe('403 channels_not_allowed')
  })

  test('until it does so no more', async () => {
    const { poll, hold, allow } = await open(true)
    await poll('?labels=true')
    await allow(false)
    expect(await hold('A-1', { channelKeys: ['fans'] })).toBe('403 channels_not_allowed')
    expect(await poll('?labels=true')).not.toHaveProperty('channels')
  })
})
