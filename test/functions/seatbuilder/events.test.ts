import { describe, expect, test } from 'vitest'
import { apiOver } from '../../support/api.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openHoldfast } from '../../support/holdfast.ts'
import { openScene, TOKEN } from '../../support/scene.ts'

describe('create event', () => {
  test('answers 201 and makes a key from the name', async () => {
    const { api, chartKey } = await openScene()
    const name = 'Spring Gala — 2027!'
    const answer = await api('POST /api/v1/events', { chartKey, name })
    expect(answer).toEqual({
      status: 201,
      body: {
        eventKey: expect.stringMatching(/^evt_spring-gala-2027-[0-9a-f]{8}$/) as string,
        chartKey,
        chartPublishedVersion: 1,
        name,
        createdAt: '2027-03-04T18:20:00.000Z',
        updatedAt: '2027-03-04T18:20:00.000Z',
      },
    })
    const unnamed = await api('POST /api/v1/events', { chartKey })
    expect(unnamed.body).toMatchObject({ name: null })
    expect(unnamed.body['eventKey']).toMatch(/^evt_[0-9a-f]{8}$/)
  })

  test('takes a key of the caller once, and again after the event has gone', async () => {
    const { api, chartKey } = await openScene()
    const create = () => api('POST /api/v1/events', { chartKey, eventKey: 'gala-1' })
    expect((await create()).status).toBe(201)
    expect((await create()).status).toBe(409)
    await api('DELETE /api/v1/events/gala-1')
    expect((await create()).status).toBe(201)
  })

  test('refuses an unknown chart with 404 and an unpublished one with 409', async () => {
    const { api, chartKey } = await openScene()
    expect((await api('POST /api/v1/events', { chartKey: 'chart_none' })).status).toBe(404)
    await api(`POST /api/v1/charts/${chartKey}/unpublish`)
    expect((await api('POST /api/v1/events', { chartKey })).status).toBe(409)
  })

  test('made again under the same key starts with every seat free, also where the old one is remembered', async () => {
    const { api, chartKey } = await openScene()
    const create = () => api('POST /api/v1/events', { chartKey, eventKey: 'gala-1' })
    const hold = () =>
      api('POST /api/v1/events/gala-1/seats/hold', { objectLabel: 'A-1', holdToken: TOKEN })
    await create()
    await hold()
    await api('POST /api/v1/events/gala-1/seats/book', { objectLabels: ['A-1'], holdToken: TOKEN })
    await api('DELETE /api/v1/events/gala-1')
    expect((await hold()).status).toBe(404)
    await create()
    expect(
      (await api('POST /api/v1/events/gala-1/seats/extend', { holdToken: TOKEN })).body,
    ).toMatchObject({ extended: [] })
    expect((await hold()).status).toBe(200)
    expect(
      (await api('POST /api/v1/events/gala-1/seats/extend', { holdToken: TOKEN })).body,
    ).toMatchObject({ extended: [{ objectLabel: 'A-1' }] })
  })
})

test('a process that remembers an event notices that another one replaced it', async () => {
  const scene = await openScene()
  const { api, chartKey } = scene
  const other = apiOver(scene.freshRuntime())
  const eventKey = 'gala-1'
  const seats = `/api/v1/events/${eventKey}/seats` as const
  await api('POST /api/v1/events', { chartKey, eventKey })
  await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
  await other(`DELETE /api/v1/events/${eventKey}`)
  await other('POST /api/v1/events', { chartKey, eventKey })
  await other(`POST ${seats}/hold`, { objectLabel: 'A-2', holdToken: TOKEN })
  const extended = await api(`POST ${seats}/extend`, { holdToken: TOKEN })
  expect(extended.body['extended']).toEqual([{ objectLabel: 'A-2' }])
  await other(`DELETE /api/v1/events/${eventKey}`)
  await other('POST /api/v1/events', { chartKey, eventKey })
  await other(`POST ${seats}/hold`, { objectLabel: 'A-3', holdToken: 'token-of-ben' })
  const refused = await api(`POST ${seats}/hold`, { objectLabel: 'A-3', holdToken: TOKEN })
  expect(refused.body).toMatchObject({ failed: [{ objectLabel: 'A-3', reason: 'held' }] })
})

describe('update event', () => {
  test('renames, takes the name away, and changes nothing without a field', async () => {
    const { api, eventKey, clock } = await openScene()
    clock.advance(1_000)
    const patch = (body: object) => api(`PATCH /api/v1/events/${eventKey}`, body)
    const updatedAt = '2027-03-04T18:20:01.000Z'
    expect((await patch({ name: 'Other' })).body).toMatchObject({ name: 'Other', updatedAt })
    clock.advance(1_000)
    expect((await patch({})).body).toMatchObject({ name: 'Other', updatedAt })
    expect((await patch({ name: null })).body).toMatchObject({ name: null })
    expect((await patch({ name: 'Back' })).body).toMatchObject({ name: 'Back' })
    expect((await patch({ name: '' })).body).toMatchObject({ name: null })
  })
})

describe('delete event', () => {
  test('never asks, unless it is told to keep bookings', async () => {
    const { api, seats, eventKey } = await openScene()
    const path = `/api/v1/events/${eventKey}` as const
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    await api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken: TOKEN })
    expect((await api(`DELETE ${path}?ifUnbooked=true`)).status).toBe(409)
    expect((await api(`GET ${path}`)).status).toBe(200)
    expect(await api(`DELETE ${path}`)).toEqual({ status: 200, body: { eventKey, deleted: true } })
    for (const request of [`GET ${path}`, `DELETE ${path}`, `GET ${path}/status`] as const) {
      expect((await api(request)).status).toBe(404)
    }
  })

  test('told to keep bookings deletes an event that has only holds', async () => {
    const { api, seats, eventKey } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    const answer = await api(`DELETE /api/v1/events/${eventKey}?ifUnbooked=true`)
    expect(answer.status).toBe(200)
  })
})

describe('list events', () => {
  test('goes newest first with the chart version of now, and counts deletions', async () => {
    const { api, chartKey, eventKey } = await openScene()
    await api('POST /api/v1/events', { chartKey, eventKey: 'second' })
    const list = async () => (await api('GET /api/v1/events')).body
    const both = [{ eventKey: 'second', chartPublishedVersion: 1 }, { eventKey }]
    expect(await list()).toMatchObject({ items: both, total: 2 })
    await api('DELETE /api/v1/events/second')
    expect(await list()).toMatchObject({ items: [{ eventKey }], total: 1 })
  })
})

test('a layout goes out as it came in', async () => {
  const holdfast = await openHoldfast()
  const api = apiOver(holdfast.runtime)
  const drawing = { ...rowDrawing(), unknown: { deep: [null, 1.25, 'x'] } }
  const chart = await api('POST /api/v1/charts', { name: 'Hall', draftVersion: drawing })
  const chartKey = chart.body['chartKey'] as string
  await api(`POST /api/v1/charts/${chartKey}/publish`)
  await api('POST /api/v1/events', { chartKey, eventKey: 'night' })
  expect((await api('GET /api/v1/events/night/layout')).body).toEqual(drawing)
})
