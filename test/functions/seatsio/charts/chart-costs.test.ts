import { REVISION_COPIES } from '../../../../lib/limits/limits.ts'
import { expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { seatsioOver } from '../../../support/seatsio.ts'

type Request = `${string} /${string}`

/** A head, its place in the list, the counter, a part of the drawing, of the manifest and of the facts. */
const NEW = 6

/** What the company's log says of it. */
const LOGGED = 1

/** A Holdfast whose process has seen the key and the chart, which has an event if that is asked for. */
async function open({ hasEvent = false } = {}) {
  const { runtime, calls } = await openHoldfast()
  const api = seatsioOver(runtime)
  await api('POST /system/public/charts/hall', rowDrawing())
  if (hasEvent) await api('POST /events', { chartKey: 'hall' })
  await api('GET /charts/hall')
  const costOf = async (request: Request, body?: object) => {
    calls.clear()
    expect((await api(request, body)).status).toBeLessThan(300)
    const { reads, writes, items } = calls.count()
    return { reads, writes, items }
  }
  return { api, costOf }
}

test('a chart is created by one write, and copied by two reads and one write', async () => {
  const { costOf } = await open()
  const made = { writes: 1, items: NEW + LOGGED }
  // A blank drawing has no focal point, which the account may mind.
  expect(await costOf('POST /charts')).toEqual({ reads: 1, ...made })
  const copy = 'POST /charts/hall/version/published/actions/copy'
  expect(await costOf(copy)).toEqual({ reads: 2, ...made })
})

test('an edit of a chart without events is its head, the three texts, and its place where the name is another', async () => {
  const { costOf } = await open()
  const texts = 3
  const edit = { reads: 2, writes: 1, items: 1 + texts + LOGGED }
  expect(await costOf('POST /charts/hall/categories', { key: 9, label: 'Nine' })).toEqual(edit)
  const renamed = { ...edit, items: edit.items + 1 }
  expect(await costOf('POST /charts/hall', { name: 'New' })).toEqual(renamed)
})

test('a draft is its head and one text, and asks once what the account wants', async () => {
  const { costOf } = await open({ hasEvent: true })
  const edit = { reads: 2, writes: 1, items: 2 }
  expect(await costOf('POST /charts/hall/categories', { key: 9, label: 'Nine' })).toEqual({
    ...edit,
    reads: 3,
  })
  expect(await costOf('DELETE /charts/hall/categories/9')).toEqual(edit)
  const publish = 'POST /charts/hall/version/draft/actions/publish'
  expect(await costOf(publish)).toEqual({
    reads: 2,
    writes: 1,
    items: 3 + REVISION_COPIES + LOGGED,
  })
})

test('a tag is the head and its place, and the archive the head, two places and the counter', async () => {
  const { costOf } = await open()
  expect(await costOf('POST /charts/hall/tags/x')).toEqual({ reads: 1, writes: 1, items: 2 })
  expect(await costOf('POST /charts/hall/tags/x')).toEqual({ reads: 1, writes: 1, items: 1 })
  const moved = { reads: 1, writes: 1, items: 4 }
  expect(await costOf('POST /charts/hall/actions/move-to-archive')).toEqual(moved)
})

test('validating what is published reads its head alone', async () => {
  const { costOf } = await open()
  const validate = 'POST /charts/hall/version/published/actions/validate'
  expect(await costOf(validate)).toEqual({ reads: 1, writes: 0, items: 0 })
})
