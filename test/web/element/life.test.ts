import { expect, test } from 'vitest'
import { drawChart, rowDrawing } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openMapScene, type MapScene } from './map-scene.ts'

const state = (map: MapScene, label: string) => {
  const { looks, scene } = map.picture()
  return looks.of(scene.byLabel.get(label) ?? -1).state
}

test('a map that is moved on its page goes on, and one that is taken away ends', async () => {
  const map = await openMapScene()
  const elsewhere = map.window.document.createElement('div')
  map.window.document.body.append(elsewhere)
  elsewhere.append(map.element as never)
  await map.quiet()
  expect(map.opened).toMatchObject({ sales: 1, closed: 0 })
  map.element.remove()
  await map.quiet()
  expect(map.opened).toMatchObject({ sales: 1, pictures: 1, closed: 1 })
  const { requests } = map.tab()
  const asked = requests.length
  await map.pass(10_000)
  expect(requests).toHaveLength(asked)
  map.window.document.body.append(map.element as never)
  await map.quiet()
  expect([map.opened.sales, map.element.status]).toEqual([2, 'live'])
})

test('another event begins another sale; words and prices are shown as they change', async () => {
  const map = await openMapScene()
  await map.click('A-1')
  map.element.language = 'de'
  map.element.prices = [{ category: 1, price: 12 }]
  map.element.currency = 'EUR'
  await map.quiet()
  expect(map.opened.sales).toBe(1)
  expect(map.element.getAttribute('language')).toBe('de')
  expect(map.one('.basket h2').textContent).toBe('Ihre Plätze')
  expect(map.one('.items .price').textContent.replace(/\s/g, ' ')).toBe('12 €')
  expect(map.one('.map').lang).toBe('de')
  map.element.language = 'ar'
  await map.quiet()
  expect(map.one('.map').dir).toBe('rtl')
  map.element.event = 'evt_nowhere'
  await map.quiet()
  expect(map.opened).toMatchObject({ sales: 2, closed: 1 })
})

test('what a page has set before the element was defined counts once it is', async () => {
  const early = {
    currency: 'EUR',
    maxSeats: 3,
    prices: [{ category: 1, price: 7 }],
    status: 'lost',
  }
  // An element that is not defined yet takes properties of its own, which then hide those of its class.
  const map = await openMapScene({
    prepare: (element) => {
      for (const [name, value] of Object.entries(early)) {
        Object.defineProperty(element, name, { value, configurable: true, writable: true })
      }
    },
  })
  await map.click('A-1')
  expect(map.element.selection).toMatchObject([{ price: 7 }])
  expect([map.element.maxSeats, map.element.getAttribute('currency'), map.element.status]).toEqual([
    ...[3, 'EUR', 'live'],
  ])
})

test('frameworks may write what is also a method, and a key that they keep to themselves', async () => {
  const map = await openMapScene({
    prepare: (element) => {
      element.hold = 'checkout'
      element.apiKey = testKeys.publishable
    },
  })
  expect([map.element.holdMode, map.element.getAttribute('hold')]).toEqual(['checkout', 'checkout'])
  expect(typeof map.element.hold).toBe('function')
  expect(map.element.key).toBe(testKeys.publishable)
})

test.each([
  ['max-seats', '-3', 'maxSeats', Infinity],
  ['max-seats', 'many', 'maxSeats', Infinity],
  ['max-seats', '4', 'maxSeats', 4],
  ['hold', 'never', 'holdMode', 'selection'],
  ['hold-seconds', '0', 'holdSeconds', undefined],
  ['currency', 'Euro', 'currency', undefined],
  ['mode', 'static', 'mode', 'static'],
] as const)('%s="%s" is read as what it can mean', async (attribute, value, name, read) => {
  const map = await openMapScene({ attributes: { [attribute]: value } })
  expect(map.element[name]).toBe(read)
})

test('a limit that is no number is none, and whoever wrote the page is warned once', async () => {
  const map = await openMapScene({ attributes: { 'max-seats': 'abc' } })
  map.element.maxSeats = 3
  map.element.removeAttribute('max-seats')
  map.element.setAttribute('max-seats', 'abc')
  expect([map.element.maxSeats, map.noted]).toEqual([
    Infinity,
    [['Holdfast: max-seats is no whole number above 0, so there is no limit', 'abc']],
  ])
})

test('a map without a key or an event says that it cannot be shown', async () => {
  const map = await openMapScene({ attributes: { key: '' } })
  expect(map.element.shadowRoot?.textContent).toContain('can no longer be shown')
  map.element.key = testKeys.publishable
  await map.quiet()
  expect(map.element.status).toBe('live')
})

test('without the server nothing can be chosen, and the map is shown as old', async () => {
  const map = await openMapScene()
  map.tab().wire.handle = () => Promise.reject(new TypeError('Failed to fetch'))
  await map.pass(15_000)
  expect([map.element.status, map.one('.map').dataset['status']]).toEqual(['offline', 'offline'])
  expect(map.one('.banner').textContent).toContain('No connection')
  await map.click('A-1')
  expect(map.element.selection).toEqual([])
  expect((await map.hear()).urgent).toContain('No connection')
  map.tab().wire.handle = (_, send) => send()
  map.button('Try again').click()
  await map.quiet()
  expect([map.element.status, map.one('.banner').classList.contains('quiet')]).toEqual([
    'live',
    true,
  ])
  expect((await map.hear()).polite).toBe('Connected again.')
})

test('a key that is refused and an event that is gone are told', async () => {
  const refused = await openMapScene({ attributes: { key: 'pk_test_of_nobody' } })
  expect([refused.element.status, refused.one('.banner span').textContent]).toEqual([
    'refused',
    expect.stringContaining('can no longer be shown'),
  ])
  const gone = await openMapScene({ attributes: { event: 'evt_nowhere' } })
  expect([gone.element.status, gone.one('.banner span').textContent]).toEqual([
    'gone',
    'This event is no longer on sale.',
  ])
})

test('callbacks of the page colour, hide and withhold seats; where they fail, the map goes on and says so once', async () => {
  const map = await openMapScene({
    prepare: (element) => {
      element.objectColor = ({ seat }) => (seat === '1' ? 'gold' : undefined)
      element.isObjectVisible = ({ label }) => label !== 'A-2'
      element.isObjectSelectable = ({ row }) => {
        if (row === 'B') throw new Error('not this one')
        return false
      }
    },
  })
  const { looks, scene } = map.picture()
  expect(['A-2', 'A-3', 'B-1', 'B-2'].map((label) => state(map, label))).toEqual([
    ...['hidden', 'off', 'free', 'free'],
  ])
  expect(looks.of(scene.byLabel.get('B-1') ?? -1).fill).toBe('gold')
  expect(map.heard('holdfast-error')).toEqual([
    { code: 'callback_failed', message: 'Error: not this one' },
  ])
  await map.click('A-3')
  expect(map.element.selection).toEqual([])
})

test('categories that are not offered cannot be chosen', async () => {
  const map = await openMapScene()
  map.element.unavailableCategories = ['Standard']
  await map.quiet()
  expect(state(map, 'A-1')).toBe('off')
  map.element.unavailableCategories = undefined
  map.element.availableCategories = ['1']
  await map.quiet()
  expect(state(map, 'A-1')).toBe('free')
  map.element.filteredCategories = ['lounge']
  await map.quiet()
  expect(state(map, 'A-1')).toBe('dimmed')
})

test('a static map is looked at', async () => {
  const map = await openMapScene({ attributes: { mode: 'static' } })
  await map.click('A-1')
  expect([map.element.selection, map.one('.basket').hidden]).toEqual([[], true])
})

test('what a drawing lacks is noted for whoever drew it, once', async () => {
  const map = await openMapScene({ drawing: rowDrawing({ categoryKey: null }) })
  const [loaded] = map.heard('holdfast-loaded')
  expect(loaded?.notes.map(({ code }) => code)).toContain('no-category')
  expect(map.noted).toHaveLength(1)
  map.element.reload()
  await map.quiet()
  expect(map.noted).toHaveLength(1)
})

const planeOf = (options = {}) => (rowDrawing(options) as { subChart: object }).subChart
const image = { imageObjects: [{ label: 'Logo' }] }

test.each([
  ['nothing', {}, ''],
  ['an image', image, 'A background image is not shown.'],
  [
    'a category, and an image',
    { ...planeOf({ categoryKey: null }), ...image },
    'Parts of this plan could not be drawn as meant.',
  ],
])('of a drawing that lacks %s people are told in one line', async (_, lacks, text) => {
  const drawing = { ...rowDrawing(), subChart: { ...planeOf(), ...lacks } }
  const map = await openMapScene({ drawing })
  const remark = map.one('.main > .stage + .remark')
  expect([remark.textContent, remark.hidden]).toEqual([text, text === ''])
  expect(remark.nextElementSibling?.className).toBe('list')
})

test('a hall that never came is not told to be out of date', async () => {
  const map = await openMapScene({ isReached: false })
  await map.pass(15_000)
  expect([map.element.status, map.one('.banner span').textContent]).toEqual([
    'offline',
    'No connection. The seats could not be loaded.',
  ])
  map.tab().wire.handle = (_, send) => send()
  map.button('Try again').click()
  await map.quiet()
  expect([map.element.status, map.one('.banner span').textContent]).toEqual(['live', ''])
})

test('of an event that is deleted while seats are held, no time is told to be up', async () => {
  const map = await openMapScene()
  await map.click('A-1')
  await map.hear()
  await map.api(`DELETE /api/v1/events/${map.eventKey}`)
  await map.purge()
  await map.pass(2_000)
  expect([map.element.status, map.element.selection]).toEqual(['gone', []])
  expect((await map.hear()).urgent).toBe('Row A, Seat 1 no longer held for you.')
})

test.each([{}, drawChart({}), [], 'no drawing', { subChart: { rows: [{ seats: 7 }] } }])(
  'a drawing with nothing to sell says so, whatever it is: %j',
  async (drawing) => {
    const map = await openMapScene()
    map.tab().wire.handle = (request, send) =>
      request.path === '/layout' ? Promise.resolve(new Response(JSON.stringify(drawing))) : send()
    map.element.reload()
    await map.quiet()
    expect(map.one('.banner span').textContent).toBe('Nothing on this map is for sale.')
    expect(map.heard('holdfast-error')).toEqual([])
  },
)
