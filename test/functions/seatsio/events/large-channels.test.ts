import { describe, expect, test } from 'vitest'
import { REVISION_COPIES } from '../../../../lib/limits/limits.ts'
import {
  errorOf,
  openSeatsioScene,
  verdictOf,
  type SeatsioScene,
} from '../../../support/seatsio-scene.ts'

interface Shown {
  readonly key: string
  readonly objects: readonly string[]
}

const CHANNELS = '/events/gala/channels'

const contents = async ({ api }: SeatsioScene) => {
  const { body } = await api('GET /events/gala')
  const channels = (body?.['channels'] ?? []) as Shown[]
  return Object.fromEntries(channels.map(({ key, objects }) => [key, objects]))
}

describe('ten thousand objects', () => {
  const many = (length: number) => Array.from({ length }, (_, index) => `Z-${index}`)

  test('in one channel are a handful of writes, and cost later requests nothing', async () => {
    const scene = await openSeatsioScene()
    const { api, calls } = scene
    const costs = async () => {
      calls.clear()
      await api('POST /events/gala/actions/book', { objects: ['A-1', 'A-2'], orderId: 'o' })
      await api('POST /events/gala/actions/release', { objects: ['A-1', 'A-2'] })
      return calls.all.map(({ operation, units }) => ({ operation, units }))
    }
    await costs()
    const without = await costs()
    calls.clear()
    const channel = { key: 'a', name: 'A', objects: many(10_000) }
    expect((await api(`POST ${CHANNELS}`, channel)).status).toBe(204)
    expect(calls.count().items).toBeLessThanOrEqual(5 + REVISION_COPIES)
    const rules = { objects: many(10_000) }
    await api('POST /events/gala/actions/mark-as-not-for-sale', rules)
    await costs()
    expect(await costs()).toEqual(without)
    const { body } = await api('GET /events/gala')
    expect((body?.['channels'] as Shown[])[0]?.objects).toEqual(channel.objects)
  })

  test('are read once more at the first sight of a process', async () => {
    const scene = await openSeatsioScene()
    await scene.api(`POST ${CHANNELS}`, { key: 'a', name: 'A', objects: many(10_000) })
    const book = () => scene.api('POST /events/gala/actions/book', { objects: ['A-1'] })
    const release = () => scene.api('POST /events/gala/actions/release', { objects: ['A-1'] })
    await book()
    await release()
    scene.calls.clear()
    await book()
    const reads = scene.calls.count().reads
    await release()
    await scene.api(`POST ${CHANNELS}/a`, { name: 'Other' })
    scene.calls.clear()
    await book()
    expect(scene.calls.count().reads).toBe(reads + 3)
  })

  test('a list takes 50,000 labels, and an event as much as its text may have', async () => {
    const scene = await openSeatsioScene()
    const channel = { key: 'a', name: 'A', objects: many(50_001) }
    const tooMany = await scene.api(`POST ${CHANNELS}`, channel)
    expect(verdictOf(tooMany)).toBe('400 GENERAL_ERROR')
    const most = { ...channel, objects: many(50_000) }
    expect((await scene.api(`POST ${CHANNELS}`, most)).status).toBe(204)
    let answer = { status: 204 } as Awaited<ReturnType<SeatsioScene['api']>>
    for (let round = 1; answer.status === 204 && round < 9; round += 1) {
      const objects = many(4_000).map((label) => `${label}-${round}-${'x'.repeat(180)}`)
      answer = await scene.api(`POST ${CHANNELS}/a/objects`, { objects })
    }
    expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
    expect(String(errorOf(answer)['message'])).toContain('gala would say more')
  })
})

test('changes of one event at the same time are made one after the other, none over another', async () => {
  const scene = await openSeatsioScene()
  const keys = ['a', 'b', 'c', 'd']
  const added = await Promise.all(
    keys.map((key) => scene.api(`POST ${CHANNELS}`, { key, name: key, objects: [`${key}-1`] })),
  )
  const done = keys.filter((_, index) => added[index]?.status === 204)
  expect(Object.keys(await contents(scene)).sort()).toEqual(done)
  expect(done.length).toBeGreaterThan(0)
})
