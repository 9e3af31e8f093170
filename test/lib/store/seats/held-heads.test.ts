import { beforeEach, describe, expect, test } from 'vitest'
import { REVISION_COPIES } from '../../../../lib/limits/limits.ts'
import { apiOver, type Api } from '../../../support/api.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { openScene, TOKEN, type Scene } from '../../../support/scene.ts'

let scene: Scene
/** A process that remembers the heads. */
let warm: Api

const hold = (label: string) =>
  warm(`POST ${scene.seats}/hold`, { objectLabel: label, holdToken: TOKEN })

beforeEach(async () => {
  scene = await openScene(rowDrawing({ seatsPerRow: 20 }))
  warm = apiOver(scene.freshRuntime())
  for (const label of ['A-1', 'A-2', 'A-3']) expect((await hold(label)).status).toBe(200)
  scene.calls.clear()
})

interface Written {
  readonly Put?: { readonly Item: { pk: { S: string } }; readonly ConditionExpression?: string }
  readonly Update?: { readonly Key: { pk: { S: string } } }
  readonly Delete?: { readonly Key: { pk: { S: string } } }
}

const partitionsRead = () =>
  scene.calls.all
    .filter(({ operation }) => operation === 'BatchGetItem')
    .flatMap(({ input }) =>
      Object.values(input['RequestItems'] as Record<string, { Keys: { pk: { S: string } }[] }>),
    )
    .flatMap(({ Keys }) => Keys.map(({ pk }) => pk.S))

const readOf = (start: string) => partitionsRead().filter((pk) => pk.startsWith(start))

test('a request of a process that knows an event reads one copy of a revision, and no head', async () => {
  await hold('A-4')
  expect(readOf('Z#')).toHaveLength(1)
  expect([...readOf('E#'), ...readOf('C#')]).toEqual([])
})

test('requests read copies at random', async () => {
  for (let at = 1; at <= 10; at += 1) await hold(`B-${at}`)
  expect(new Set(readOf('Z#')).size).toBeGreaterThan(4)
})

/** What raises the revision of a chart. */
const raised = () =>
  scene.calls.all.map(({ input }) => {
    const items = (input['TransactItems'] ?? []) as Written[]
    return items.filter(({ Update }) => Update?.Key.pk.S.startsWith('Z#') === true).length
  })

describe('a change is noticed by the next request, since its transaction raises every copy', () => {
  const changes: [string, () => Promise<unknown>, (answer: { status: number }) => void][] = [
    [
      'another version of the chart is published',
      async () => {
        const { api, chartKey } = scene
        const draftVersion = rowDrawing({ seatsPerRow: 10 })
        await api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion })
        scene.calls.clear()
        return api(`POST /api/v1/charts/${chartKey}/publish`)
      },
      ({ status }) => {
        expect(status).toBe(200)
      },
    ],
    [
      'the event is deleted',
      () => scene.api(`DELETE /api/v1/events/${scene.eventKey}`),
      ({ status }) => {
        expect(status).toBe(404)
      },
    ],
    [
      'the event is changed',
      () => scene.api(`PATCH /api/v1/events/${scene.eventKey}`, { name: 'Other night' }),
      ({ status }) => {
        expect(status).toBe(200)
      },
    ],
  ]
  test.each(changes)('%s', async (_, change, judge) => {
    await change()
    expect(raised()).toContain(REVISION_COPIES)
    scene.calls.clear()
    judge(await hold('A-5'))
    expect([...readOf('E#'), ...readOf('C#')]).not.toEqual([])
  })
})

test('creating an event raises nothing', async () => {
  await scene.api('POST /api/v1/events', { chartKey: scene.chartKey })
  expect(Math.max(...raised())).toBe(0)
})

test('what is remembered is read again after a minute, whoever forgot to raise', async () => {
  scene.clock.advance(61_000)
  await hold('A-5')
  expect(readOf('E#')).toHaveLength(1)
  scene.calls.clear()
  await hold('A-6')
  expect(readOf('E#')).toEqual([])
})
