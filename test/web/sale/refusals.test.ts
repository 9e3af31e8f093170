import { describe, expect, test } from 'vitest'
import { changeSettings } from '../../../lib/actions/companies/change-settings.ts'
import { KEY_CACHE_MS } from '../../../lib/http/auth.ts'
import { drawArea, rowDrawing } from '../../support/drawings.ts'
import { labelsOf, OTHER_TOKEN } from '../../support/scene.ts'
import { seatsioOver } from '../../support/seatsio.ts'
import { line, openLive } from './live.ts'
import { openSaleScene, type Wire } from './sale-scene.ts'

const SECOND = 1_000

/** Befalls changes alone: the event is followed all the while. */
function onChanges(handle: Wire['handle']): Wire['handle'] {
  return (request, send) => (request.method === 'POST' ? handle(request, send) : send())
}

describe('refusals', () => {
  test('say the API’s reason of each object, and show it as it is', async () => {
    const { api, seats, hold, sale } = await openLive()
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: OTHER_TOKEN })
    await api(`POST ${seats}/book`, { objectLabels: ['A-2'], holdToken: OTHER_TOKEN })
    const { refused } = await hold('A-1', 'A-2', 'A-3', 'Nowhere')
    expect(refused).toEqual([
      { label: 'A-1', reason: 'held' },
      { label: 'A-2', reason: 'booked' },
      { label: 'Nowhere', reason: 'not_found' },
    ])
    expect(['A-1', 'A-2', 'A-3', 'Nowhere'].map((it) => sale.letterOf(it)).join('')).toBe('hbf-')
  })

  test('of more seats than a request may name are told of each', async () => {
    const drawing = rowDrawing({ rows: 1, seatsPerRow: 201 })
    const { hold } = await openLive({}, drawing)
    const { refused } = await hold(...labelsOf('A', 1, 201))
    expect(refused).toHaveLength(201)
    expect(refused[0]).toEqual({ label: 'A-1', reason: 'input_invalid' })
    expect((await hold(...labelsOf('A', 1, 200))).held).toHaveLength(200)
  })

  test('by the cap of live holds are told, and not asked again', async () => {
    const { runtime, pass: wait, hold, posts } = await openLive()
    await changeSettings(runtime, 'one', { liveHoldsMax: 2 })
    await wait(KEY_CACHE_MS + SECOND)
    await hold('A-1', 'A-2')
    expect((await hold('A-3')).refused).toEqual([{ label: 'A-3', reason: 'too_many_live_holds' }])
    expect(posts()).toHaveLength(2)
  })

  test('of the best are told under no label', async () => {
    const { sale, quiet, heard } = await openLive()
    const asked = sale.bestAvailable({ number: 99 })
    await quiet()
    const refused = [{ label: '', reason: 'best_not_found' }]
    expect([await asked, heard('refused')]).toEqual([{ held: [], refused }, [refused]])
  })

  test('by servers in trouble are asked again a few times, as late as they wish', async () => {
    const { sale, wire, pass: wait, posts } = await openLive()
    const trouble = new Response('{}', { status: 503, headers: { 'Retry-After': '7' } })
    wire.handle = onChanges(() => Promise.resolve(trouble.clone()))
    const asked = sale.hold([line('A-1')])
    await wait(7 * SECOND - 1)
    expect(posts()).toHaveLength(1)
    await wait(8 * SECOND)
    expect((await asked).refused).toEqual([{ label: 'A-1', reason: 'offline' }])
  })
})

test('the best seats are held under the deadline of the basket', async () => {
  const { sale, hold, quiet, posts, clock, pass: wait, heard } = await openLive({ holdSeconds: 90 })
  await hold('B-1')
  const until = clock.now() + 90 * SECOND
  await wait(30 * SECOND)
  const asked = sale.bestAvailable({ number: 2, together: true })
  await quiet()
  const { held } = await asked
  expect(held).toHaveLength(2)
  expect(posts().at(-1)?.body).toMatchObject({ number: 2, together: true, ttlSeconds: 60 })
  expect([sale.basket.expiresAt, sale.basket.items.length]).toEqual([until, 3])
  expect(held.map(({ label }) => sale.letterOf(label))).toEqual(['h', 'h'])
  expect(heard('held')).toEqual([[line('B-1')], held])
})

describe('channels', () => {
  const channels = ['fans']
  const drawing = rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 20)] } })

  test('are named with every hold, and refused where the workspace lets no browser open them', async () => {
    const { hold, posts } = await openLive({ channels }, drawing)
    expect((await hold('A-1')).refused).toEqual([{ label: 'A-1', reason: 'channels_not_allowed' }])
    expect(posts().at(-1)?.body).toMatchObject({ channelKeys: channels })
  })

  test('are free for their buyers alone, and held from nowhere else, where it lets them', async () => {
    const scene = await openSaleScene(drawing)
    const body = [
      { key: 'fans', objects: ['A-1', 'A-2'], areaPlaces: { Lawn: 5 } },
      { key: 'friends', objects: ['B-1'] },
    ].map((channel, index) => ({ ...channel, name: channel.key, color: '#111111', index }))
    const replace = `POST /events/${scene.eventKey}/channels/replace` as const
    await seatsioOver(scene.runtime)(replace, { channels: body })
    await changeSettings(scene.runtime, 'one', { publishableMayOpenChannels: true })
    await scene.pass(KEY_CACHE_MS)
    const look = async (own: readonly string[]) => {
      const { sale } = scene.open({ channels: own })
      sale.start()
      await scene.pass(0)
      const letters = ['A-1', 'B-1', 'B-2'].map((label) => sale.letterOf(label)).join('')
      return { sale, seen: [letters, sale.leftOf('Lawn')] }
    }
    expect((await look([])).seen).toEqual(['ccf', 15])
    expect((await look(['fans', 'NO_CHANNEL'])).seen).toEqual(['fcf', 20])
    const { sale, seen } = await look(channels)
    expect(seen).toEqual(['fcn', 5])
    const held = sale.hold([line('A-1'), line('Lawn', 5)])
    await scene.quiet()
    expect(await held).toMatchObject({ refused: [] })
    const refused = sale.hold([line('B-2')])
    await scene.quiet()
    expect((await refused).refused).toEqual([{ label: 'B-2', reason: 'not_for_sale' }])
    await scene.pass(2 * SECOND)
    expect([sale.letterOf('A-1'), sale.leftOf('Lawn')]).toEqual(['h', 0])
  })

  test('no channels are no word of channels', async () => {
    const { hold, posts } = await openLive({ channels: [] })
    expect((await hold('A-1')).held).toHaveLength(1)
    expect(posts().at(-1)?.body).not.toHaveProperty('channelKeys')
  })
})
