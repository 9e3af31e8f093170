import { describe, expect, test } from 'vitest'
import { seatsio } from '../../lib/seatsio/surface.ts'
import { rowDrawing } from '../support/drawings.ts'
import { seatsioOver } from '../support/seatsio.ts'
import { openSeatsioScene, verdictOf } from '../support/seatsio-scene.ts'

// Publishing the draft that was looked at, and no other.

const PUBLISH = 'POST /charts/hall/version/draft/actions/publish'
const NATIVE = 'POST /api/v1/charts/hall/publish'

const ifMatch = (tag: string, ...more: string[]) => ({ headers: ['If-Match', tag, ...more] })

/** A published chart with a draft, and who edits it. */
async function openDraft() {
  const scene = await openSeatsioScene(rowDrawing({ rows: 2 }))
  const edit = (name: string) =>
    scene.native('PATCH /api/v1/charts/hall', { draftVersion: rowDrawing({ name }) })
  await edit('Mine')
  const layout = async () => {
    const { headers } = await scene.native('GET /api/v1/charts/hall/layout?version=draft')
    return String(headers['ETag'])
  }
  const numbers = async () => {
    const { draftVersion, publishedVersion } = (await scene.native('GET /api/v1/charts/hall')).body
    return { draftVersion, publishedVersion }
  }
  return { ...scene, edit, layout, numbers }
}

describe('the tag of the draft that was read', () => {
  test('publishes it, and after another edit nothing, on either surface', async () => {
    const { api, native, edit, layout, numbers } = await openDraft()
    const seen = await layout()
    await edit('Theirs')
    expect(verdictOf(await api(PUBLISH, undefined, ifMatch(seen)))).toBe('412 GENERAL_ERROR')
    const refused = await native(NATIVE, undefined, ifMatch(seen))
    expect([refused.status, refused.code, refused.body['message']]).toEqual([
      412,
      'draft_changed',
      'The draft of hall is another than that of If-Match by now, its number 3: read it again',
    ])
    expect(await numbers()).toEqual({ draftVersion: 3, publishedVersion: 1 })
    expect((await api(PUBLISH, undefined, ifMatch(await layout()))).status).toBe(204)
    await edit('Another')
    expect((await native(NATIVE, undefined, ifMatch(await layout()))).status).toBe(200)
  })

  test('is the one that reading the draft gives on the seats.io surface', async () => {
    const { runtime, layout } = await openDraft()
    const plain = seatsioOver(runtime)
    const { headers } = await plain('GET /charts/hall/version/draft')
    expect(headers['etag']).toBe(await layout())
    const published = await plain('GET /charts/hall/version/published')
    expect(published.headers['etag']).not.toBe(await layout())
  })

  test('may be one of several, weak, or any at all; a dry run looks at it too', async () => {
    const { api, native, layout } = await openDraft()
    const tag = await layout()
    const dry = async (value: string) =>
      (await native(`${NATIVE}?dryRun=true`, undefined, ifMatch(value))).status
    expect(await dry(`"other", W/${tag}`)).toBe(200)
    expect(await dry('*')).toBe(200)
    expect(await dry('"other"')).toBe(412)
    expect(await dry('""')).toBe(412)
    expect((await api(`${PUBLISH}?dryRun=true`, undefined, ifMatch('"other"'))).status).toBe(412)
  })
})

describe('the number of the draft', () => {
  test('does as well, with quotes and without', async () => {
    const { native, edit } = await openDraft()
    expect((await native(NATIVE, undefined, ifMatch('"1"'))).status).toBe(412)
    expect((await native(NATIVE, undefined, ifMatch('2'))).status).toBe(200)
    await edit('Theirs')
    expect((await native(NATIVE, undefined, ifMatch('"2"'))).status).toBe(412)
    expect((await native(NATIVE, undefined, ifMatch('"3"'))).status).toBe(200)
  })

  test('rises with whatever puts another drawing in its place: a discarded draft, an import', async () => {
    const { api, native, numbers } = await openDraft()
    expect(await numbers()).toEqual({ draftVersion: 2, publishedVersion: 1 })
    await api('POST /charts/hall/version/draft/actions/discard')
    expect(await numbers()).toEqual({ draftVersion: 3, publishedVersion: 1 })
    await api('POST /system/public/charts/hall', rowDrawing({ rows: 3 }))
    expect(await numbers()).toEqual({ draftVersion: 4, publishedVersion: 2 })
    expect((await native(NATIVE, undefined, ifMatch('3'))).status).toBe(412)
  })

  test('stays where an import leaves the draft alone', async () => {
    const { api, numbers } = await openDraft()
    await api('POST /system/public/charts/hall', rowDrawing({ rows: 3 }))
    expect(await numbers()).toEqual({ draftVersion: 2, publishedVersion: 2 })
  })
})

test('a chart that is not there, and one without a draft, are told as such', async () => {
  const { api, native } = await openDraft()
  await api(PUBLISH)
  expect((await api(PUBLISH, undefined, ifMatch('"other"'))).status).toBe(404)
  expect((await native('POST /api/v1/charts/no/publish', undefined, ifMatch('1'))).status).toBe(404)
})

test('the same request for another draft is another request', async () => {
  const { native } = await openDraft()
  const publish = (tag: string) => native(NATIVE, undefined, ifMatch(tag, 'Idempotency-Key', 'one'))
  expect((await publish('"2"')).status).toBe(200)
  expect((await publish('"2"')).headers['Idempotent-Replayed']).toBe('true')
  expect((await publish('"3"')).code).toBe('key_reused')
})

test('pages of other origins may send it where they may call', () => {
  expect(seatsio.browsers.requestHeaders.split(', ')).toContain('If-Match')
})
