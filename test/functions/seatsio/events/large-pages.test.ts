import { expect, test } from 'vitest'
import { FUNCTION_ANSWER_BYTES_MAX } from '../../../../lib/limits/aws-limits.ts'
import { PAGE_BYTES_MAX, toPage, withinAnswer } from '../../../../lib/seatsio/paging.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { openSeatsioScene, type SeatsioScene } from '../../../support/seatsio-scene.ts'

// Lists whose items say so much that a page of them is more than a function may answer.

interface Page {
  readonly items: readonly { readonly key: string }[]
  readonly next_page_starts_after?: string
  readonly previous_page_ends_before?: string
}

/** Five events of some 1.8 MB each, on a chart of their own; the newest is the last. */
async function openLarge(): Promise<SeatsioScene> {
  const scene = await openSeatsioScene()
  await scene.api('POST /system/public/charts/vast', rowDrawing())
  for (const eventKey of ['e1', 'e2', 'e3', 'e4', 'e5']) {
    await scene.api('POST /events', { chartKey: 'vast', eventKey })
    for (const key of ['a', 'b']) {
      const objects = Array.from(
        { length: 48_000 },
        (_, at) => `${key}-${String(at).padStart(14, '0')}`,
      )
      await scene.api(`POST /events/${eventKey}/channels`, { key, name: key, objects })
    }
  }
  return scene
}

async function pageOf(scene: SeatsioScene, query: string): Promise<Page> {
  const { status, text, body } = await scene.api(`GET /events?${query}`)
  expect(status).toBe(200)
  expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(FUNCTION_ANSWER_BYTES_MAX)
  return body as unknown as Page
}

const keysOf = ({ items }: Page) => items.map(({ key }) => key)

test('a page of events that would be too large ends early, and the next one goes on from there, in both directions', async () => {
  const scene = await openLarge()
  const first = await pageOf(scene, '')
  expect(keysOf(first)).toEqual(['e5', 'e4'])
  expect(first).not.toHaveProperty('previous_page_ends_before')
  const second = await pageOf(scene, `start_after_id=${first.next_page_starts_after ?? ''}`)
  expect(keysOf(second)).toEqual(['e3', 'e2'])
  const third = await pageOf(scene, `start_after_id=${second.next_page_starts_after ?? ''}`)
  expect(keysOf(third)).toEqual(['e1', 'open-air', 'ball', 'gala'])
  expect(third).not.toHaveProperty('next_page_starts_after')
  const before = await pageOf(scene, `end_before_id=${third.previous_page_ends_before ?? ''}`)
  expect(keysOf(before)).toEqual(['e3', 'e2'])
  const newest = await pageOf(scene, `end_before_id=${before.previous_page_ends_before ?? ''}`)
  expect(keysOf(newest)).toEqual(['e5', 'e4'])
  // A chart lists the newest of its events that an answer can hold.
  const chart = await scene.api('GET /charts/vast?expand=events')
  expect(keysOf({ items: chart.body?.['events'] as Page['items'] })).toEqual(['e5', 'e4'])
}, 60_000)

const ofBytes = (id: number, bytes: number) => ({
  id,
  text: 'x'.repeat(bytes - 25 - String(id).length),
})
const LARGE = PAGE_BYTES_MAX / 2

test('a page is cut where the next item is one too many, and has one at least', () => {
  const sizes = (...bytes: number[]) => withinAnswer(bytes, (it) => ofBytes(0, it)).length
  expect(sizes(LARGE, LARGE)).toBe(2)
  expect(sizes(LARGE, LARGE + 1)).toBe(1)
  expect(sizes(3 * LARGE, 30)).toBe(1)
  expect(sizes()).toBe(0)
})

test('it is not cut between two of one id, and keeps what is next to the cursor', () => {
  const part = (...ids: number[]) => ({
    items: ids.map((id) => ofBytes(id, LARGE)),
    hasMore: false,
    hasPrevious: false,
  })
  const ids = (page: ReturnType<typeof toPage>) => page.items.map(({ id }) => id)
  expect(ids(toPage(part(9, 8, 8)))).toEqual([9])
  expect(toPage(part(9, 8, 8))).toMatchObject({ next_page_starts_after: '9' })
  expect(ids(toPage(part(8, 8, 8, 7)))).toEqual([8, 8, 8])
  const back = toPage(part(9, 8, 7, 6), { before: 5 })
  expect([ids(back), back.previous_page_ends_before]).toEqual([[7, 6], '7'])
  expect(back).not.toHaveProperty('next_page_starts_after')
})
