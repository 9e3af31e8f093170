import { describe, expect, test } from 'vitest'
import { apiOver } from '../../support/api.ts'
import { drawChart, drawRow, drawSeats, rowDrawing } from '../../support/drawings.ts'
import { openHoldfast } from '../../support/holdfast.ts'
import { makeEvent } from '../../support/scene.ts'

async function openApi() {
  const holdfast = await openHoldfast()
  return { ...holdfast, api: apiOver(holdfast.runtime) }
}

describe('create chart', () => {
  test('answers 201 with draft 1 and nothing published', async () => {
    const { api } = await openApi()
    const answer = await api('POST /api/v1/charts', { name: 'Hall' })
    expect(answer).toEqual({
      status: 201,
      body: {
        chartKey: expect.stringMatching(/^chart_[0-9a-f]+$/) as string,
        name: 'Hall',
        draftVersion: 1,
        publishedVersion: null,
        createdAt: '2027-03-04T18:20:00.000Z',
        updatedAt: '2027-03-04T18:20:00.000Z',
      },
    })
  })

  test('keeps the drawing as it came, whatever its fields are called', async () => {
    const { api } = await openApi()
    const text =
      '{"name":"x","__proto__":{"a":null},"constructor":1.5,"subChart":{"rows":[]},"odd":"\\u0000 é 🎭"}'
    const raw = `{"name":"Hall","draftVersion":${text}}`
    const created = await api('POST /api/v1/charts', undefined, { raw })
    const { chartKey } = created.body as { chartKey: string }
    const layout = await api(`GET /api/v1/charts/${chartKey}/layout`)
    expect(JSON.stringify(layout.body)).toBe(JSON.stringify(JSON.parse(text)))
    expect(Object.keys(layout.body)).toContain('__proto__')
  })
})

describe('update chart', () => {
  test('counts a new draft, but not a new name, and leaves what is published alone', async () => {
    const { api, clock } = await openApi()
    const { chartKey, eventKey } = await makeEvent(api, rowDrawing())
    clock.advance(1_000)
    const path = `/api/v1/charts/${chartKey}` as const
    const renamed = await api(`PATCH ${path}`, { name: 'New name' })
    expect(renamed.body).toMatchObject({ name: 'New name', draftVersion: 1, publishedVersion: 1 })
    expect(renamed.body).toMatchObject({ updatedAt: '2027-03-04T18:20:01.000Z' })
    const draft = rowDrawing({ rows: 1, firstRow: 'X' })
    const redrawn = await api(`PATCH ${path}`, { draftVersion: draft })
    expect(redrawn.body).toMatchObject({ draftVersion: 2, publishedVersion: 1 })
    const seats = `/api/v1/events/${eventKey}/seats` as const
    const hold = (objectLabel: string) =>
      api(`POST ${seats}/hold`, { objectLabel, holdToken: 'token-of-ada' })
    expect((await hold('X-1')).body).toMatchObject({ failed: [{ reason: 'not_found' }] })
    expect((await api(`GET ${path}/layout?version=draft`)).body).toEqual(draft)
    expect((await api(`GET ${path}/layout?version=published`)).body).toEqual(rowDrawing())
    await api(`POST ${path}/publish`)
    expect((await hold('X-1')).status).toBe(200)
    expect((await api(`GET ${path}/layout?version=published`)).body).toEqual(draft)
  })

  test('without a field to change is refused', async () => {
    const { api } = await openApi()
    const { chartKey } = await makeEvent(api, rowDrawing())
    const answer = await api(`PATCH /api/v1/charts/${chartKey}`, { other: 1 })
    const errors = { name: [expect.any(String)], draftVersion: [expect.any(String)] }
    expect(answer).toMatchObject({ status: 400, body: { errors } })
  })
})

describe('publish chart', () => {
  test('counts on after an unpublish, and events read the version live', async () => {
    const { api } = await openApi()
    const { chartKey, eventKey } = await makeEvent(api, rowDrawing())
    const path = `/api/v1/charts/${chartKey}` as const
    const version = async () =>
      (await api(`GET /api/v1/events/${eventKey}`)).body['chartPublishedVersion']
    expect(await version()).toBe(1)
    const unpublished = await api(`POST ${path}/unpublish`)
    expect(unpublished.body).toMatchObject({ publishedVersion: null, draftVersion: 1 })
    expect(unpublished.body).not.toHaveProperty('createdAt')
    expect(await version()).toBe(null)
    expect((await api(`POST ${path}/unpublish`)).status).toBe(200)
    const published = await api(`POST ${path}/publish`)
    expect(published.body).toMatchObject({
      publishedVersion: 2,
      publishedAt: '2027-03-04T18:20:00.000Z',
    })
    expect(await version()).toBe(2)
  })

  test('refuses a draft without objects, with repeated labels or without labels, and lists them', async () => {
    const { api } = await openApi()
    const publish = async (draftVersion?: object) => {
      const { body } = await api('POST /api/v1/charts', { name: 'Hall', draftVersion })
      return api(`POST /api/v1/charts/${body['chartKey'] as string}/publish`)
    }
    const faults = (messages: string[]) => ({
      status: 409,
      body: { errors: { draftVersion: messages } },
    })
    expect(await publish()).toMatchObject(faults(['The draft has no objects']))
    const twice = drawChart({ rows: [drawRow('A', drawSeats(2)), drawRow('A', drawSeats(1))] })
    expect(await publish(twice)).toMatchObject(faults(['Duplicate label: A-1']))
    const unlabeled = drawChart({ rows: [drawRow('?', drawSeats(1))] })
    expect(await publish(unlabeled)).toMatchObject(faults(['Missing label: ?-1']))
  })

  test('while unpublished nothing new can be held, but what is held can still be booked and released', async () => {
    const { api } = await openApi()
    const { chartKey, eventKey } = await makeEvent(api, rowDrawing())
    const seats = `/api/v1/events/${eventKey}/seats` as const
    const holdToken = 'token-of-ada'
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken })
    await api(`POST /api/v1/charts/${chartKey}/unpublish`)
    const refused = await api(`POST ${seats}/hold`, { objectLabel: 'A-3', holdToken })
    expect(refused.body).toMatchObject({ failed: [{ objectLabel: 'A-3', reason: 'not_found' }] })
    expect((await api(`POST ${seats}/extend`, { holdToken })).body['extended']).toHaveLength(2)
    const booked = await api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken })
    expect(booked.status).toBe(200)
    const released = await api(`POST ${seats}/release`, { objectLabels: ['A-1', 'A-2'] })
    expect(released.status).toBe(200)
    const layout = await api(`GET /api/v1/events/${eventKey}/layout`)
    expect(layout.status).toBe(404)
  })
})

describe('delete chart', () => {
  test('is refused while an event is bound to it', async () => {
    const { api } = await openApi()
    const { chartKey, eventKey } = await makeEvent(api, rowDrawing())
    const path = `/api/v1/charts/${chartKey}` as const
    expect((await api(`DELETE ${path}`)).status).toBe(409)
    await api(`DELETE /api/v1/events/${eventKey}`)
    expect(await api(`DELETE ${path}`)).toEqual({ status: 200, body: { chartKey, deleted: true } })
    expect((await api(`GET ${path}`)).status).toBe(404)
    expect((await api(`DELETE ${path}`)).status).toBe(404)
  })
})

describe('list charts', () => {
  test('goes newest first, in pages, with the count of all', async () => {
    const { api, clock } = await openApi()
    for (const name of ['One', 'Two', 'Three']) {
      await api('POST /api/v1/charts', { name })
      clock.advance(1)
    }
    const names = async (query: string) => {
      const { body } = await api(`GET /api/v1/charts${query}`)
      const items = body['items'] as { name: string }[]
      return { ...body, items: items.map(({ name }) => name) }
    }
    expect(await names('')).toEqual({
      items: ['Three', 'Two', 'One'],
      total: 3,
      page: 1,
      limit: 20,
    })
    expect(await names('?limit=2')).toMatchObject({ items: ['Three', 'Two'], total: 3 })
    expect(await names('?limit=2&page=2')).toMatchObject({ items: ['One'], total: 3, page: 2 })
    expect(await names('?limit=100&page=1000000')).toMatchObject({ items: [], total: 3 })
  })
})
