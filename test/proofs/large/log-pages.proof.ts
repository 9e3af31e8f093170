import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diceOf } from '../../support/dice.ts'
import { openSeatsioScene, type LogItem, type SeatsioScene } from '../../support/seatsio-scene.ts'

// One long log, and every way to page through it, judged by the whole list.

interface Page {
  readonly items: LogItem[]
  readonly next_page_starts_after?: string
  readonly previous_page_ends_before?: string
}

const labels = ['A-1', 'A-10', 'A-2', 'B-1', 'B-10']
const statuses = ['booked', 'x', 'Z', 'é', 'free', 'resale']

/** Changes of one to five objects at once, sometimes two in one millisecond. */
async function openLog(seed: number): Promise<SeatsioScene> {
  const scene = await openSeatsioScene()
  const dice = diceOf(seed)
  for (let count = 0; count < 14; count += 1) {
    const objects = labels.filter(() => dice(2) === 0)
    const type = { type: 'RELEASE' }
    const status = { status: statuses[dice(statuses.length)], allowedPreviousStatuses: undefined }
    if (objects.length > 0) await scene.change({ objects, ...(dice(3) === 0 ? type : status) })
    scene.clock.advance(dice(3) * dice(40))
  }
  return scene
}

const sorts = ['', 'date', 'DATE:desc', 'objectLabel', 'objectLabel:desc', 'status', 'STATUS:DESC']
const filters = ['', 'A-1', '1', 'B', 'a', 'nothing', '-']

function pagesOf({ api }: SeatsioScene, sort: string, filter: string) {
  const path =
    `/events/gala/status-changes?sort=${sort}&filter=${filter}&filterType=CONTAINS` as const
  return async (query: string): Promise<Page> => {
    const { status, body } = await api(`GET ${path}&${query}`)
    expect(status).toBe(200)
    return body as unknown as Page
  }
}

const idsOf = (items: readonly LogItem[]) => items.map(({ id }) => id)

/** What the contract says of the order: by date as ids do; by another field, then newest first. */
function sortedAs(items: readonly LogItem[], sort: string): LogItem[] {
  const [field, direction] = (sort === '' ? 'date:desc' : sort.toLowerCase()).split(':')
  const isDescending = direction === 'desc'
  const keyOf = (item: LogItem) =>
    field === 'objectlabel' ? item.objectLabel : field === 'status' ? item.status : item.date
  return items.toSorted((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)]
    const sign = isDescending ? -1 : 1
    if (x === y) return field === 'date' ? sign * (a.id - b.id) : b.id - a.id
    return sign * (x < y ? -1 : 1)
  })
}

describe('a log of some thirty lines', () => {
  test.each(sorts)('is sorted by %j, and filtered by part of a label', async (sort) => {
    const scene = await openLog(1)
    const whole = await scene.lines()
    expect(whole.length).toBeGreaterThan(25)
    expect(new Set(idsOf(whole)).size).toBe(whole.length)
    for (const filter of filters) {
      const { items } = await pagesOf(scene, sort, filter)('')
      const wanted = whole.filter(({ objectLabel }) => objectLabel.includes(filter))
      expect(items).toEqual(sortedAs(wanted, sort))
    }
  })

  test.each(['', 'date', 'objectLabel', 'status:desc'])(
    'sorted by %j is told whole by pages of any size, forwards and backwards',
    async (sort) => {
      const scene = await openLog(2)
      for (const filter of ['B', '']) {
        const page = pagesOf(scene, sort, filter)
        const { items: whole } = await page('')
        for (const limit of [1, 4, whole.length, whole.length + 1]) {
          expect([limit, await walk(page, whole, limit)]).toEqual([limit, idsOf(whole)])
          expect([limit, await walkBack(page, whole, limit)]).toEqual([limit, idsOf(whole)])
        }
      }
    },
  )

  async function walk(
    page: (query: string) => Promise<Page>,
    whole: readonly LogItem[],
    limit: number,
  ): Promise<number[]> {
    const walked: number[] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined && walked.length <= whole.length) {
      const {
        items,
        next_page_starts_after: next,
        previous_page_ends_before: previous,
      } = await page(`limit=${limit}${cursor}`)
      expect(previous).toBe(walked.length === 0 ? undefined : String(items[0]?.id))
      expect(items).toHaveLength(Math.min(limit, whole.length - walked.length))
      walked.push(...idsOf(items))
      expect(next).toBe(walked.length < whole.length ? String(walked.at(-1)) : undefined)
      cursor = next === undefined ? undefined : `&start_after_id=${next}`
    }
    // Some clients go on until a page is empty.
    expect(await page(`limit=${limit}&start_after_id=${walked.at(-1)}`)).toEqual({ items: [] })
    return walked
  }

  async function walkBack(
    page: (query: string) => Promise<Page>,
    whole: readonly LogItem[],
    limit: number,
  ): Promise<number[]> {
    const last = whole.at(-1)?.id
    const walked = [last ?? 0]
    let before: string | undefined = String(last)
    while (before !== undefined && walked.length <= whole.length) {
      const {
        items,
        next_page_starts_after: next,
        previous_page_ends_before: previous,
      } = await page(`limit=${limit}&end_before_id=${before}`)
      if (items.length > 0) expect(next).toBe(String(items.at(-1)?.id))
      walked.unshift(...idsOf(items))
      before = previous
    }
    expect(await page(`limit=${limit}&end_before_id=${whole[0]?.id}`)).toEqual({ items: [] })
    return walked
  }
})

describe('a cursor that belongs to no line', () => {
  let scene: SeatsioScene
  let whole: LogItem[] = []
  let oldestFirst: LogItem[] = []

  const anyCursor = () => {
    const ids = idsOf(whole)
    return fc.oneof(
      fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER),
      fc.constantFrom(...ids),
      fc
        .tuple(fc.constantFrom(...ids), fc.integer({ min: -9_000, max: 9_000 }))
        .map(([id, by]) => id + by),
    )
  }

  test('is a place by date all the same, with as many lines behind or before it as are wanted', async () => {
    scene = await openLog(3)
    whole = await scene.lines()
    oldestFirst = await scene.lines('sort=date')
    const limits = fc.integer({ min: 1, max: whole.length + 2 })
    await fc.assert(
      fc.asyncProperty(anyCursor(), limits, async (cursor, limit) => {
        const page = pagesOf(scene, 'date:desc', '')
        const older = whole.filter(({ id }) => id < cursor)
        const newer = whole.filter(({ id }) => id > cursor)
        const after = await page(`limit=${limit}&start_after_id=${cursor}`)
        expect(idsOf(after.items)).toEqual(idsOf(older.slice(0, limit)))
        expect('next_page_starts_after' in after).toBe(older.length > limit)
        const before = await page(`limit=${limit}&end_before_id=${cursor}`)
        expect(idsOf(before.items)).toEqual(idsOf(newer.slice(-limit)))
        expect('previous_page_ends_before' in before).toBe(newer.length > limit)
        await checkOldestFirst(cursor, limit)
      }),
      { numRuns: 25, seed: 19 },
    )
  })

  async function checkOldestFirst(cursor: number, limit: number): Promise<void> {
    const page = pagesOf(scene, 'date:asc', '')
    const newer = oldestFirst.filter(({ id }) => id > cursor)
    const older = oldestFirst.filter(({ id }) => id < cursor)
    const after = await page(`limit=${limit}&start_after_id=${cursor}`)
    expect(idsOf(after.items)).toEqual(idsOf(newer.slice(0, limit)))
    expect('next_page_starts_after' in after).toBe(newer.length > limit)
    const before = await page(`limit=${limit}&end_before_id=${cursor}`)
    expect(idsOf(before.items)).toEqual(idsOf(older.slice(-limit)))
    expect('previous_page_ends_before' in before).toBe(older.length > limit)
  }

  test.each(['status', 'objectLabel:desc'])(
    'gets a page and no error, sorted by %s',
    async (sort) => {
      const page = pagesOf(await openLog(4), sort, '')
      for (const query of [
        'start_after_id=0',
        'start_after_id=1',
        'end_before_id=0',
        `start_after_id=${2 ** 53}`,
      ]) {
        expect((await page(`limit=3&${query}`)).items.length).toBeLessThanOrEqual(3)
      }
    },
  )
})

test('a limit above the largest page is cut to it, and an empty one is none', async () => {
  const scene = await openLog(5)
  const whole = await scene.lines()
  expect(await scene.lines('limit=999999999')).toEqual(whole)
  expect(await scene.lines('limit=&sort=&start_after_id=&filter=&end_before_id=')).toEqual(whole)
})
