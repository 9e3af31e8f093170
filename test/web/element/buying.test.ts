import { expect, test } from 'vitest'
import { OTHER_TOKEN } from '../../support/scene.ts'
import { openMapScene, type MapScene } from './map-scene.ts'

const prices = [{ category: 1, price: 40 }]
const withPrices = { prepare: (element: MapScene['element']) => void (element.prices = prices) }
const state = (map: MapScene, label: string) => {
  const { looks, scene } = map.picture()
  return looks.of(scene.byLabel.get(label) ?? -1).state
}
const labels = (map: MapScene) => map.element.selection.map(({ label }) => label)
const basket = (map: MapScene) => map.all('.items li').map((line) => line.textContent)

test('a map says what it has read, and is live', async () => {
  const map = await openMapScene()
  expect(map.heard('holdfast-loaded')).toMatchObject([{ name: 'Test night', notes: [] }])
  expect([map.element.status, map.heard('holdfast-status')]).toEqual(['live', [{ status: 'live' }]])
  expect(map.one('[role=listbox]').getAttribute('aria-label')).toBe('Seat map: Rows')
  expect(map.one('.banner').classList.contains('quiet')).toBe(true)
  expect(map.picture().asked).toContain('show')
})

test('a click holds a free seat at once, and a second gives it back', async () => {
  const map = await openMapScene(withPrices)
  const { picture } = map
  const { handlers, scene } = picture()
  handlers.onPick({ kind: 'object', index: scene.byLabel.get('A-2') ?? -1 }, { x: 0, y: 0 })
  expect(state(map, 'A-2')).toBe('busy')
  await map.quiet()
  expect([state(map, 'A-2'), labels(map)]).toEqual(['mine', ['A-2']])
  const held = { label: 'A-2', quantity: 1, price: 40, row: 'A', seat: '2', isHeld: true }
  expect(map.heard('holdfast-selected')).toMatchObject([{ objects: [held] }])
  expect(map.heard('holdfast-held')).toMatchObject([
    { objects: [held], holdToken: map.element.holdToken, expiresAt: map.element.holdExpiresAt },
  ])
  expect(map.heard('holdfast-basket').at(-1)).toMatchObject({ total: 40 })
  expect(basket(map)).toEqual(['Row A, Seat 240Standard'])
  expect((await map.hear()).polite).toBe('Row A, Seat 2 held for you.')
  await map.click('A-2')
  expect([state(map, 'A-2'), labels(map), basket(map)]).toEqual(['free', [], []])
  expect(map.heard('holdfast-released')).toMatchObject([{ objects: [{ label: 'A-2' }] }])
  expect(map.heard('holdfast-deselected')).toMatchObject([{ objects: [{ label: 'A-2' }] }])
  expect((await map.hear()).polite).toBe('Row A, Seat 2 removed.')
})

test('a seat that somebody else was faster at is shown taken at once, and that is said', async () => {
  const map = await openMapScene()
  await map.api(`POST ${map.seats}/hold`, { objectLabel: 'A-1', holdToken: OTHER_TOKEN })
  await map.click('A-1')
  expect([state(map, 'A-1'), labels(map)]).toEqual(['taken', []])
  const refused = [{ label: 'A-1', reason: 'held' }]
  expect(map.heard('holdfast-refused')).toEqual([{ refused }])
  expect((await map.hear()).urgent).toBe('Row A, Seat 1: somebody else has just taken it.')
  // Everybody sees it too, for a while.
  expect(map.one('.main > [role=alert]').className).toBe('toast')
  expect((await map.hear()).urgent).toBe('')
  await map.click('A-1')
  expect(map.heard('holdfast-refused')).toHaveLength(1)
  expect((await map.hear()).polite).toBe('Row A, Seat 1: Taken')
})

test('with hold="checkout" nothing is held before the end, and then all or nothing', async () => {
  const map = await openMapScene({ attributes: { hold: 'checkout' } })
  for (const label of ['A-1', 'A-2', 'A-3']) await map.click(label)
  expect(map.element.selection.map(({ label, isHeld }) => [label, isHeld])).toEqual([
    ['A-1', false],
    ['A-2', false],
    ['A-3', false],
  ])
  expect(map.heard('holdfast-held')).toEqual([])
  expect(map.heard('holdfast-selected')).toHaveLength(3)
  await map.api(`POST ${map.seats}/hold`, { objectLabel: 'A-3', holdToken: OTHER_TOKEN })
  map.button('Hold these seats').click()
  await map.quiet()
  expect(map.heard('holdfast-refused')).toEqual([{ refused: [{ label: 'A-3', reason: 'held' }] }])
  expect([labels(map), state(map, 'A-3')]).toEqual([['A-1', 'A-2'], 'taken'])
  expect([map.heard('holdfast-held'), map.heard('holdfast-checkout')]).toEqual([[], []])
  map.button('Hold these seats').click()
  await map.quiet()
  expect(map.element.selection.map(({ isHeld }) => isHeld)).toEqual([true, true])
  expect(map.heard('holdfast-checkout')).toMatchObject([
    { objects: [{ label: 'A-1' }, { label: 'A-2' }], holdToken: map.element.holdToken },
  ])
})

test('what was chosen and is sold to others meanwhile is chosen no more, and that is said', async () => {
  const map = await openMapScene({ attributes: { hold: 'checkout' } })
  await map.click('B-1')
  await map.api(`POST ${map.seats}/hold`, { objectLabel: 'B-1', holdToken: OTHER_TOKEN })
  await map.pass(3_000)
  expect([labels(map), state(map, 'B-1')]).toEqual([[], 'taken'])
  expect(map.heard('holdfast-deselected')).toMatchObject([{ objects: [{ label: 'B-1' }] }])
  expect(map.heard('holdfast-refused')).toEqual([{ refused: [{ label: 'B-1', reason: 'held' }] }])
  expect((await map.hear()).urgent).toContain('somebody else has just taken it')
})

test('no more than the most can be chosen, and a hold that is under way counts', async () => {
  const map = await openMapScene({ attributes: { 'max-seats': '2' } })
  const { handlers, scene } = map.picture()
  for (const label of ['A-1', 'A-2', 'A-3'])
    handlers.onPick({ kind: 'object', index: scene.byLabel.get(label) ?? -1 }, { x: 0, y: 0 })
  await map.quiet()
  expect(labels(map)).toEqual(['A-1', 'A-2'])
  expect((await map.hear()).urgent).toBe('You can choose at most 2 seats.')
  await map.click('A-2')
  await map.click('A-3')
  expect(labels(map)).toEqual(['A-1', 'A-3'])
})

test('what is held ends at its deadline, which is counted, told in time and said', async () => {
  const map = await openMapScene({ attributes: { 'hold-seconds': '180' } })
  await map.click('A-1')
  expect(map.one('.time').textContent).toBe('3:00')
  expect(map.element.secondsLeft).toBeCloseTo(180, 0)
  expect((await map.hear()).polite).toBe('Row A, Seat 1 held for you.')
  await map.pass(60_000)
  await map.hear()
  expect([map.one('.time').textContent, (await map.hear()).polite]).toEqual([
    '2:00',
    '2 minutes left.',
  ])
  await map.pass(121_000)
  expect([labels(map), state(map, 'A-1'), map.one('.countdown').hidden]).toEqual([[], 'free', true])
  expect(map.heard('holdfast-expired')).toMatchObject([{ objects: [{ label: 'A-1' }] }])
  expect((await map.hear()).urgent).toBe(
    'Your time is up. Your seats are available to others again.',
  )
})

test('the best seats are found, held and named; where there are none, that is said', async () => {
  const map = await openMapScene()
  const { held } = await map.element.bestAvailable({ number: 2 })
  expect([held.length, labels(map).length]).toEqual([2, 2])
  const refused = map.element.bestAvailable({ number: 100 })
  await map.quiet()
  expect(await refused).toMatchObject({ held: [], refused: [{ reason: 'best_not_found' }] })
  expect((await map.hear()).urgent).toBe('Best seats: no seats like that are left.')
})

test('the best seats are asked for by a form, which makes room for what it has found', async () => {
  const map = await openMapScene()
  const form = map.one('details.best') as HTMLDetailsElement
  form.open = true
  map.button('One more: Number of seats').click()
  map.one('.best form').dispatchEvent(new map.window.Event('submit', { cancelable: true }) as never)
  await map.quiet()
  expect([labels(map).length, form.open]).toEqual([3, false])
  const [first = ''] = labels(map)
  const index = map.picture().scene.byLabel.get(first)
  expect(map.picture().asked).toContain(`zoomTo ${JSON.stringify({ to: 'object', index })}`)
})

test('a basket is given back line by line, or as a whole', async () => {
  const map = await openMapScene()
  await map.click('A-1')
  await map.click('A-2')
  map.button('Remove Row A, Seat 1').click()
  await map.quiet()
  expect(labels(map)).toEqual(['A-2'])
  await map.click('A-3')
  map.button('Remove all').click()
  await map.quiet()
  expect([labels(map), basket(map)]).toEqual([[], []])
  expect(['A-1', 'A-2', 'A-3'].map((label) => state(map, label))).toEqual(['free', 'free', 'free'])
})

test('what the server has sold leaves the basket, and shows as taken', async () => {
  const map = await openMapScene()
  await map.click('A-1')
  map.element.forgetBasket()
  await map.quiet()
  expect([labels(map), state(map, 'A-1'), map.heard('holdfast-released')]).toEqual([
    [],
    'taken',
    [],
  ])
})

test('seats may be asked for by name, held, chosen and given back', async () => {
  const map = await openMapScene({ attributes: { 'max-seats': '3' } })
  const ask = async <Answer>(asked: Promise<Answer>) => {
    await map.quiet()
    return asked
  }
  expect(await ask(map.element.hold(['A-1', { label: 'A-2' }]))).toMatchObject({
    held: [{ label: 'A-1' }, { label: 'A-2' }],
    refused: [],
  })
  expect(await ask(map.element.select('A-1'))).toMatchObject({ refused: [] })
  expect((await ask(map.element.select('Z-1'))).refused).toEqual([
    { label: 'Z-1', reason: 'not_found' },
  ])
  expect((await ask(map.element.select(['A-3', 'A-4']))).refused).toEqual([
    { label: 'A-3', reason: 'too_many' },
    { label: 'A-4', reason: 'too_many' },
  ])
  await ask(map.element.release('A-1'))
  expect(labels(map)).toEqual(['A-2'])
  const before = map.element.holdToken
  await ask(map.element.startNewSession())
  expect(labels(map)).toEqual([])
  expect(map.element.holdToken).not.toBe(before)
})

test.each(['hold', 'select', 'bestAvailable'] as const)(
  'no script gets past the most that may be chosen by %s(), and all are told',
  async (name) => {
    const map = await openMapScene({ attributes: { 'max-seats': '2' } })
    const ask = async (number: number) => {
      const wants = ['A-1', 'A-2', 'A-3'].slice(0, number)
      const { element } = map
      const asked =
        name === 'bestAvailable' ? element.bestAvailable({ number }) : element[name](wants)
      await map.quiet()
      return asked
    }
    const beyond = await ask(3)
    expect(beyond.held).toEqual([])
    expect(new Set(beyond.refused.map(({ reason }) => reason))).toEqual(new Set(['too_many']))
    expect(map.heard('holdfast-refused')).toEqual([{ refused: beyond.refused }])
    expect((await map.hear()).urgent).toBe('You can choose at most 2 seats.')
    expect(labels(map)).toEqual([])
    expect(await ask(2)).toMatchObject({ held: [{}, {}], refused: [] })
    expect((await map.element.hold('B-1')).refused).toEqual([{ label: 'B-1', reason: 'too_many' }])
    expect(labels(map)).toHaveLength(2)
  },
)

test('what is chosen already is held by name though nothing more may be chosen', async () => {
  const map = await openMapScene({ attributes: { 'max-seats': '1', hold: 'checkout' } })
  await map.click('A-1')
  const held = map.element.hold('A-1')
  await map.quiet()
  expect(await held).toMatchObject({ held: [{ label: 'A-1' }], refused: [] })
})

test.each(['hold', 'select'] as const)(
  'a ticket that there is not is refused by %s(), not sold as the first one',
  async (name) => {
    const ticketTypes = [{ id: 'adult', price: 30 }]
    const map = await openMapScene({
      prepare: (element) => void (element.prices = [{ category: 1, ticketTypes }]),
    })
    const ask = async (ticketType: string) => {
      const asked = map.element[name]([{ label: 'A-1', ticketType }])
      await map.quiet()
      return asked
    }
    const refused = [{ label: 'A-1', reason: 'ticket_type_unknown' }]
    expect(await ask('nope')).toEqual({ held: [], refused })
    expect(map.heard('holdfast-refused')).toEqual([{ refused }])
    expect((await map.hear()).urgent).toBe('Row A, Seat 1: there is no such ticket.')
    expect(await ask('adult')).toMatchObject({ held: [{ label: 'A-1', price: 30 }], refused: [] })
  },
)
