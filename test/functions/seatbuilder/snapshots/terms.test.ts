import { describe, expect, test } from 'vitest'
import type { Runtime } from '../../../../lib/open.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { testKeys } from '../../../support/holdfast.ts'
import { openSeason } from '../../../support/season-scene.ts'
import { openSeatsioScene, type SeatsioScene } from '../../../support/seatsio-scene.ts'
import { pollerOver } from '../../../support/snapshot-scene.ts'
import { openTold } from '../../../support/told.ts'

// What an event says of its objects, and the drawing does not: maps are told with the labels, and when to ask again.

const standard = { key: 1, label: 'Standard', color: '#2b8a3e', accessible: false }
const lounge = { key: 'lounge', label: 'Lounge', color: '#862e9c', accessible: true }
const own = { key: 'own', label: 'Own', color: '#123456', accessible: true }

/** What a publishable key is told of events, once everything has settled. */
async function pollsOf(scene: SeatsioScene) {
  const { native, clock } = scene
  const told = await openTold(scene)
  await told.relay()
  const poll = async (query = '', event = 'gala', headers: string[] = []) =>
    native(`GET /api/v1/events/${event}/snapshot${query}`, undefined, {
      key: testKeys.publishable,
      headers,
    })
  return {
    poll,
    settle: async () => {
      await told.relay()
      clock.advance(1_000)
    },
    versionOf: async (event?: string) => String((await poll('', event)).body['termsVersion']),
  }
}

async function open() {
  const scene = await openSeatsioScene(rowDrawing())
  return { ...scene, ...(await pollsOf(scene)) }
}

test('with the labels the categories of the chart come along, and nothing of objects where the event says nothing', async () => {
  const { poll } = await open()
  const { body } = await poll('?labels=true')
  expect(body['categories']).toEqual([standard, lounge])
  expect(body).not.toHaveProperty('objectCategories')
  for (const query of ['', '?labels=false']) {
    const { body: bare } = await poll(query)
    expect(bare).not.toHaveProperty('categories')
    expect(bare['termsVersion']).toBe(body['termsVersion'])
  }
})

test('categories that the event has stand for those of the chart with their key, and objects that are in others are told', async () => {
  const { api, poll, settle } = await open()
  await poll()
  const dear = { ...standard, label: 'Dear' }
  await api('POST /events/gala', {
    categories: [own, { ...dear, key: '1' }],
    objectCategories: { 'A-1': 'own', 'A-2': 1 },
  })
  await settle()
  expect((await poll('?labels=true')).body).toMatchObject({
    categories: [lounge, own, { ...dear, key: '1' }],
    objectCategories: { 'A-1': 'own', 'A-2': 1 },
  })
})

test('objects that the drawing has lost are not told of, nor categories that nobody has any more', async () => {
  const { api, native, poll, clock } = await open()
  await api('POST /events/gala', {
    categories: [own],
    objectCategories: { 'A-1': 'own', 'B-1': 'own', 'A-2': 1 },
  })
  const other = { ...rowDrawing({ rows: 1 }), categories: { list: [{ ...standard, key: 2 }] } }
  await native('PATCH /api/v1/charts/hall', { draftVersion: other })
  expect((await native('POST /api/v1/charts/hall/publish')).status).toBe(200)
  clock.advance(60_000)
  const { body } = await poll('?labels=true')
  expect(body['objectCategories']).toEqual({ 'A-1': 'own' })
  expect(body['categories']).toEqual([{ ...standard, key: 2 }, own])
})

const changes: Readonly<Record<string, [path: string, body: object]>> = {
  'the label of a category': ['gala', { categories: [{ ...own, label: 'Bar' }] }],
  'the category of an object': ['gala', { objectCategories: { 'A-1': 1 } }],
  'a channel': ['gala/channels', { key: 'fans', name: 'Fans', color: '#111111', objects: ['A-1'] }],
  'what is for sale': ['gala/actions/mark-as-not-for-sale', { objects: ['A-1'] }],
  'how tables are sold': ['gala', { tableBookingConfig: { mode: 'ALL_BY_TABLE' } }],
}

describe('another version of the terms, and with it another revision', () => {
  test.each(Object.entries(changes))('where %s changes', async (_, [path, body]) => {
    const { api, poll, settle, versionOf } = await open()
    await api('POST /events/gala', { categories: [own] })
    const before = await poll()
    expect((await api(`POST /events/${path}`, body)).status).toBeLessThan(300)
    await settle()
    const tag = ['If-None-Match', String(before.headers['ETag'])]
    const after = await poll(`?since=${String(before.body['revision'])}`, 'gala', tag)
    expect(after.status).toBe(200)
    expect(after.body['termsVersion']).not.toBe(before.body['termsVersion'])
    expect(after.body).toHaveProperty('changes')
    expect(await versionOf('ball')).not.toBe(after.body['termsVersion'])
  })

  test('and the same where seats, names and nothing change', async () => {
    const { api, settle, versionOf, clock } = await open()
    const before = await versionOf()
    await api('POST /events/gala/actions/book', { objects: ['A-1'] })
    await api('POST /events/gala', { name: 'Gala night' })
    await settle()
    expect(await versionOf()).toBe(before)
    clock.advance(60_000)
    expect(await versionOf()).toBe(before)
  })
})

test('terms are those of the letters: who remembers them tells both as they were, and where they are gone the event is read anew', async () => {
  const { api, versionOf, runtime, freshRuntime } = await open()
  await api('POST /events/gala', { categories: [own], objectCategories: { 'A-1': 'own' } })
  const before = await versionOf()
  await api('POST /events/gala', { objectCategories: { 'A-2': 'own' } })
  const told = async (of: Runtime) => (await pollerOver(of, 'gala')('?labels=true')).body
  expect(await told(runtime)).toMatchObject({
    termsVersion: before,
    objectCategories: { 'A-1': 'own' },
  })
  const anew = await told(freshRuntime())
  expect(anew['objectCategories']).toEqual({ 'A-2': 'own' })
  expect(anew['termsVersion']).not.toBe(before)
  expect(await told(freshRuntime())).toEqual(anew)
})

test('events of a season are told what their season says besides what they say themselves', async () => {
  const scene = await openSeason()
  const { api } = scene
  const { poll, settle, versionOf } = await pollsOf(scene)
  const before = await Promise.all(['season', 'spring', 'match-1'].map(versionOf))
  await api('POST /events/season', { categories: [own], objectCategories: { 'A-1': 'own' } })
  await api('POST /events/match-1', { objectCategories: { 'A-2': 'own' } })
  await settle()
  const after = await Promise.all(['season', 'spring', 'match-1'].map(versionOf))
  for (const [at, version] of after.entries()) expect(version).not.toBe(before[at])
  const told = async (event: string) => (await poll('?labels=true', event)).body
  expect(await told('season')).toMatchObject({ objectCategories: { 'A-1': 'own' } })
  expect(await told('match-1')).toMatchObject({
    categories: [standard, lounge, own],
    objectCategories: { 'A-1': 'own', 'A-2': 'own' },
  })
  expect((await told('match-2'))['objectCategories']).toEqual({ 'A-1': 'own' })
})
