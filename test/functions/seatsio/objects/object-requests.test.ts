import { describe, expect, test } from 'vitest'
import { drawBooth, rowDrawing } from '../../../support/drawings.ts'
import { openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

describe('objects are asked for by label', () => {
  test('those that there are not are left out, and each is answered once', async () => {
    const { infos } = await openSeatsioScene()
    expect(Object.keys(await infos(['A-2', 'Z-1', 'A-1', 'A-2']))).toEqual(['A-2', 'A-1'])
    expect(await infos(['Z-1', 'a-1', ' A-1'])).toEqual({})
  })

  test.each(['', '?label=', '?label', `?label=${'x'.repeat(1_001)}`])(
    'not by %j',
    async (query) => {
      const { api } = await openSeatsioScene()
      expect(verdictOf(await api(`GET /events/gala/objects${query}`))).toBe('400 GENERAL_ERROR')
    },
  )

  test('a thousand of them at most', async () => {
    const { api } = await openSeatsioScene()
    const ask = async (count: number) => {
      const query = Array.from({ length: count }, (_, place) => `label=Q-${place}`).join('&')
      return verdictOf(await api(`GET /events/gala/objects?${query}`))
    }
    expect([await ask(1_000), await ask(1_001)]).toEqual(['200', '400 TOO_MANY_OBJECTS'])
  })

  test('labels may have any character', async () => {
    const odd = [
      'GA 1/2',
      'é🎭',
      '100%',
      'a:b#c?d',
      '..',
      'A&B=C+D',
      '%2F',
      '__proto__',
      'constructor',
    ]
    const booths = odd.map((label) => drawBooth(label))
    const { api, infos, change } = await openSeatsioScene(rowDrawing({ plane: { booths } }))
    expect(Object.keys(await infos(odd)).sort()).toEqual([...odd].sort())
    await change({ objects: odd, status: 'booked' })
    for (const label of odd) {
      const path = `/events/gala/objects/${encodeURIComponent(label)}` as const
      expect([label, (await api(`GET ${path}`)).body?.['status']]).toEqual([label, 'booked'])
      const { body } = await api(`GET ${path}/status-changes`)
      expect(body?.['items']).toMatchObject([{ objectLabel: label, isPresentOnChart: true }])
      const extra = await api(`POST ${path}/actions/update-extra-data`, { extraData: { label } })
      expect(extra.status).toBe(204)
    }
    expect((await infos(odd))['GA 1/2']).toMatchObject({ extraData: { label: 'GA 1/2' } })
  })

  test('in an event that there is not they are not found', async () => {
    const { api } = await openSeatsioScene()
    for (const path of ['objects?label=A-1', 'objects/A-1']) {
      expect(verdictOf(await api(`GET /events/nowhere/${path}`))).toBe('404 EVENT_NOT_FOUND')
    }
  })
})

test('the older form shows the status and what goes with it, and nothing of the chart', async () => {
  const { api, change, token } = await openSeatsioScene()
  const older = async (label: string) => (await api(`GET /events/gala/objects/${label}`)).body
  expect(await older('A-1')).toEqual({ status: 'free', forSale: true })
  const holdToken = await token()
  const objects = [{ objectId: 'A-1', ticketType: 'adult', extraData: { n: 1 } }]
  await change({ objects, status: 'reservedByToken', holdToken, orderId: 'o-1' })
  expect(await older('A-1')).toEqual({
    status: 'reservedByToken',
    ticketType: 'adult',
    extraData: { n: 1 },
    orderId: 'o-1',
    holdToken,
    forSale: true,
  })
  expect(verdictOf(await api('GET /events/gala/objects/Z-1'))).toBe('404 OBJECT_NOT_FOUND')
})
