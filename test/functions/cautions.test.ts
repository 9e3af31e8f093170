import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { openSeatsioScene } from '../support/seatsio-scene.ts'

// What a request asks to be left undone is not ignored where a call does not know how to leave it.

const scene = () => openSeatsioScene(rowDrawing())

describe.each(['dryRun=true', 'dryRun=false', 'ifUnsold=true'])('%s', (asked) => {
  const [word = ''] = asked.split('=')

  test.each([
    'POST /events/gala/actions/move-to-new-chart-copy',
    'POST /events/gala/actions/mark-everything-as-not-for-sale',
    'DELETE /events/gala',
  ] as const)('is refused by name where it means nothing: %s', async (call) => {
    const { api } = await scene()
    const before = (await api('GET /events/gala')).body
    const { status, body } = await api(`${call}?${asked}`)
    expect([status, body]).toMatchObject([
      400,
      { messages: [`#/${word}: not a parameter of this call`] },
    ])
    expect((await api('GET /events/gala')).body).toEqual(before)
  })

  test('and on SeatBuilder\u2019s surface', async () => {
    const { native } = await scene()
    const { status, body } = await native(`POST /api/v1/charts/hall/unpublish?${asked}`)
    expect([status, body]).toMatchObject([
      400,
      { errors: { [word]: ['not a parameter of this call'] } },
    ])
    expect((await native('GET /api/v1/charts/hall')).body).toMatchObject({ publishedVersion: 1 })
  })

  test('what only reads, and other parameters that nobody knows, are ignored as ever', async () => {
    const { api } = await scene()
    expect((await api(`GET /events/gala?${asked}`)).status).toBe(200)
    expect((await api('DELETE /events/gala?dry_run=true&dryRun=')).status).toBe(204)
  })
})
