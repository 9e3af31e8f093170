import { expect, test } from 'vitest'
import { drawArea, drawChart, drawRow, drawSeats, drawTable } from '../../support/drawings.ts'
import { openMapScene, type MapScene } from './map-scene.ts'

const types = [
  { id: 'adult', label: 'Adult', price: 30 },
  { id: 'child', label: 'Child', price: 12.5 },
]
const hall = drawChart({
  focalPoint: { x: 0, y: 0 },
  rows: [drawRow('A', drawSeats(3))],
  generalAdmissionAreas: [drawArea('Lawn', 5)],
  tables: [
    drawTable('T1', 6, {
      bookAsAWhole: true,
      variableOccupancy: true,
      minOccupancy: 2,
      maxOccupancy: 6,
    }),
    drawTable('T2', 4, { bookAsAWhole: true }),
  ],
})
const open = (prices: MapScene['element']['prices'], attributes = {}) =>
  openMapScene({ drawing: hall, attributes, prepare: (element) => void (element.prices = prices) })
const lines = (map: MapScene) =>
  map.element.selection.map(({ label, quantity, ticketType, price }) => [
    label,
    quantity,
    ticketType,
    price,
  ])
const dialog = (map: MapScene) => map.one('dialog') as HTMLDialogElement
const fill = async (map: MapScene, ...numbers: number[]) => {
  const inputs = map.all('dialog input') as HTMLInputElement[]
  for (const [place, number] of numbers.entries()) {
    const input = inputs[place]
    if (input === undefined) throw new Error('There is no such field.')
    input.value = String(number)
    input.dispatchEvent(new map.window.Event('change', { bubbles: true }) as never)
  }
  await submit(map)
}
const submit = async (map: MapScene) => {
  const event = new map.window.Event('submit', { cancelable: true })
  map.one('dialog form').dispatchEvent(event as never)
  await map.quiet()
}

test('of several tickets one is asked for, and nothing is held where nobody wants one', async () => {
  const map = await open([{ category: 1, ticketTypes: types }])
  await map.click('A-1')
  expect([dialog(map).open, map.element.selection]).toEqual([true, []])
  expect(map.all('dialog .ticket').map((it) => it.textContent)).toEqual(['Adult30', 'Child12.5'])
  map.button('Cancel').click()
  await map.quiet()
  expect([dialog(map).open, map.element.selection]).toEqual([false, []])
  await map.click('A-1')
  map.all('dialog .ticket')[1]?.click()
  await map.quiet()
  expect(lines(map)).toEqual([['A-1', 1, 'child', 12.5]])
  expect(map.one('.total strong').textContent).toBe('12.5')
})

test('places of an area are taken by their number, more and fewer, each type for itself', async () => {
  const map = await open([{ category: 'Standard', ticketTypes: types }])
  const lawn = () => map.picture().looks.of(map.picture().scene.byLabel.get('Lawn') ?? -1)
  expect(lawn().text).toBe('Lawn\n5 left')
  await map.click('Lawn')
  expect(map.all('dialog input').map((it) => (it as HTMLInputElement).value)).toEqual(['1', '0'])
  await fill(map, 2, 1)
  expect(lines(map)).toEqual([
    ['Lawn', 2, 'adult', 30],
    ['Lawn', 1, 'child', 12.5],
  ])
  expect([lawn().text, lawn().count]).toEqual([undefined, 3])
  expect(map.heard('holdfast-basket').at(-1)).toMatchObject({ total: 72.5 })
  await map.click('Lawn')
  await fill(map, 1, 2)
  expect(lines(map)).toEqual([
    ['Lawn', 1, 'adult', 30],
    ['Lawn', 2, 'child', 12.5],
  ])
  await map.click('Lawn')
  await fill(map, 0, 0)
  expect(lines(map)).toEqual([])
})

test('no more places can be asked for than are left, or than one buyer may have', async () => {
  const map = await open([], { 'max-seats': '4' })
  const takes = () => (map.one('dialog .primary') as HTMLButtonElement).disabled
  await map.click('Lawn')
  await fill(map, 9)
  expect(lines(map)).toEqual([['Lawn', 4, undefined, undefined]])
  await map.click('A-1')
  expect(lines(map)).toEqual([['Lawn', 4, undefined, undefined]])
  await map.click('Lawn')
  expect(takes()).toBe(false)
  await fill(map, 1)
  expect(lines(map)).toEqual([['Lawn', 1, undefined, undefined]])
})

test('a table that is sold whole asks how many come only where that may vary', async () => {
  const map = await open([{ category: 1, price: 20 }])
  await map.click('T1')
  expect(map.one('dialog h2').textContent).toBe('How many people?')
  await fill(map, 5)
  await map.click('T2')
  expect(lines(map)).toEqual([
    ['T1', 5, undefined, 20],
    ['T2', 1, undefined, 20],
  ])
  await map.click('T1')
  expect(lines(map)).toEqual([['T2', 1, undefined, 20]])
})

test('seats of a table that is sold whole look like it and stand for it', async () => {
  const map = await open([])
  const { looks, scene } = map.picture()
  const looksOf = (...labels: string[]) =>
    labels.map((label) => looks.of(scene.byLabel.get(label) ?? -1).state)
  expect(looksOf('T2', 'T2-1', 'T2-4', 'T1-1')).toEqual(['free', 'free', 'free', 'free'])
  map.picture().asked.length = 0
  await map.click('T2-3')
  expect(lines(map)).toEqual([['T2', 1, undefined, undefined]])
  expect(looksOf('T2', 'T2-1', 'T2-4', 'T1-1')).toEqual(['mine', 'mine', 'mine', 'free'])
  const table = scene.byLabel.get('T2') ?? -1
  expect(map.picture().asked).toContain(
    `repaint ${JSON.stringify([0, 1, 2, 3, 4].map((place) => table + place))}`,
  )
  await map.click('T2-1')
  expect([lines(map), looksOf('T2-1')]).toEqual([[], ['free']])
  map.button('List').click()
  await map.quiet()
  const listed = map.all('.groups .name').map((it) => it.textContent)
  expect(listed.toSorted()).toEqual(['Lawn', 'Row A', 'Table T1', 'Table T2'])
})

test('places that are held and places of the same area that are not yet are two lines', async () => {
  const map = await open([], { hold: 'checkout' })
  const held = () => map.element.selection.map(({ quantity, isHeld }) => [quantity, isHeld])
  const ask = async (asked: Promise<unknown>) => {
    await map.quiet()
    await asked
  }
  await ask(map.element.select([{ label: 'Lawn', quantity: 2 }]))
  await ask(map.element.checkout())
  await ask(map.element.select([{ label: 'Lawn', quantity: 1 }]))
  expect(held()).toEqual([
    [2, true],
    [1, false],
  ])
  expect(map.all('.items li')).toHaveLength(2)
  await map.click('Lawn')
  expect((map.one('dialog input') as HTMLInputElement).value).toBe('3')
  await fill(map, 5)
  expect(held()).toEqual([
    [2, true],
    [3, false],
  ])
  await map.click('Lawn')
  await fill(map, 3)
  expect(held()).toEqual([
    [2, true],
    [1, false],
  ])
  map.all('.items .remove')[1]?.click()
  await map.quiet()
  expect([held(), map.all('.items li').length]).toEqual([[[2, true]], 1])
  await map.click('Lawn')
  await fill(map, 1)
  expect(held()).toEqual([[1, true]])
})
