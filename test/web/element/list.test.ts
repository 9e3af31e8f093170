import { expect, test } from 'vitest'
import { drawArea, drawChart, drawRow, drawSeats, drawSection } from '../../support/drawings.ts'
import { OTHER_TOKEN } from '../../support/scene.ts'
import { openMapScene, type MapScene } from './map-scene.ts'

/** Two sections of two rows each, a row in none, and an area. */
const hall = drawChart({
  focalPoint: { x: 0, y: 0 },
  rows: [drawRow('A', drawSeats(3))],
  generalAdmissionAreas: [drawArea('Lawn', 50)],
  sections: ['East', 'West'].map((label) =>
    drawSection(label, { rows: ['A', 'B'].map((row) => drawRow(row, drawSeats(4))) }),
  ),
})

const openList = async (drawing: object = hall, attributes = {}) => {
  const map = await openMapScene({ drawing, attributes })
  map.button('List').click()
  await map.quiet()
  return map
}
const folds = (map: MapScene) =>
  map
    .all('.groups > .fold > summary')
    .map((it) => [...it.children].map((part) => part.textContent).join('|'))
const unfold = async (map: MapScene, name: string) => {
  const summary = map.all('summary').find((it) => it.firstElementChild?.textContent === name)
  const details = summary?.parentElement as HTMLDetailsElement
  details.open = !details.open
  details.dispatchEvent(new map.window.Event('toggle') as never)
  await map.quiet()
}
const seats = (map: MapScene) => map.all('.groups .seat .name').map((it) => it.textContent)
const type = async (map: MapScene, text: string) => {
  const input = map.one('input[type=search]') as HTMLInputElement
  input.value = text
  input.dispatchEvent(new map.window.Event('input') as never)
  await map.hear()
  await map.quiet()
}

test('the list tells what is left by section, and has elements only for what is unfolded', async () => {
  const map = await openList()
  expect(map.one('.stage').hidden).toBe(true)
  expect(folds(map)).toEqual([
    'Other places|53 left|',
    'Section East|8 left|',
    'Section West|8 left|',
  ])
  expect(seats(map)).toEqual([])
  await unfold(map, 'Section East')
  expect(map.all('.rows .fold .name').map((it) => it.textContent)).toEqual(['Row A', 'Row B'])
  await unfold(map, 'Row B')
  expect(seats(map)).toEqual(['Seat 1', 'Seat 2', 'Seat 3', 'Seat 4'])
  await unfold(map, 'Section East')
  expect(map.all('.rows')).toEqual([])
})

test('everything can be bought from the list without the picture, and keeps its place', async () => {
  const map = await openList()
  await unfold(map, 'Section West')
  await unfold(map, 'Row A')
  const [first, second] = map.all('.groups .seat')
  second?.click()
  await map.quiet()
  expect(map.element.selection).toMatchObject([{ section: 'West', row: 'A', seat: '2' }])
  expect(map.all('.groups .seat')[1]).toBe(second)
  expect(second?.getAttribute('aria-pressed')).toBe('true')
  await map.api(`POST ${map.seats}/hold`, { objectLabel: 'West-A-1', holdToken: OTHER_TOKEN })
  await map.pass(3_000)
  expect(map.all('.groups .seat')[0]).toBe(first)
  expect([first?.getAttribute('aria-disabled'), first?.textContent]).toEqual([
    'true',
    expect.stringContaining('Taken'),
  ])
  expect(folds(map)[2]).toBe('Section West|6 left|')
  await unfold(map, 'Row A')
  await unfold(map, 'Row A')
  expect(seats(map)).toEqual(['Seat 2', 'Seat 3', 'Seat 4'])
  map.all('.groups .seat')[0]?.click()
  await map.quiet()
  expect(map.element.selection).toEqual([])
})

test('what is sold out is not in the list', async () => {
  const map = await openList()
  const objectLabels = ['A', 'B'].flatMap((row) =>
    [1, 2, 3, 4].map((seat) => `East-${row}-${seat}`),
  )
  await map.api(`POST ${map.seats}/hold`, { objectLabels, holdToken: OTHER_TOKEN })
  await map.pass(3_000)
  expect(folds(map).map((fold) => fold.split('|')[0])).toEqual(['Other places', 'Section West'])
})

test('a search finds what is free by the words of its name or by its label', async () => {
  const map = await openList()
  const found = () => map.all('.search .seat .name').map((it) => it.textContent)
  await type(map, 'west b 3')
  expect([map.one('.search [role=status]').textContent, found()]).toEqual([
    '1 found',
    ['Section West, Row B, Seat 3'],
  ])
  expect(map.one('.groups').hidden).toBe(true)
  map.one('.search .seat').click()
  await map.quiet()
  expect(map.element.selection).toMatchObject([{ label: 'West-B-3' }])
  await type(map, 'East-A-4')
  expect(found()).toEqual(['Section East, Row A, Seat 4'])
  await type(map, 'north')
  expect(map.one('.search [role=status]').textContent).toBe('Nothing found that can be bought.')
  await type(map, '')
  expect([found(), map.one('.groups').hidden]).toEqual([[], false])
})

test('a hall of many rows shows a hundred of them, and more when asked', async () => {
  const rows = Array.from({ length: 230 }, (_, row) =>
    drawRow(`R${row}`, drawSeats(1, { y: row * 20 })),
  )
  const map = await openList(drawChart({ focalPoint: { x: 0, y: 0 }, rows }))
  const shown = () => map.all('.groups > .fold').length
  expect(shown()).toBe(100)
  map.button('Show more').click()
  await map.quiet()
  expect(shown()).toBe(200)
  map.button('Show more').click()
  await map.quiet()
  expect([shown(), map.all('.groups > button').length]).toEqual([230, 0])
})

test('categories that are looked for leave the rest of the list out, and dim it on the map', async () => {
  const lounge = { categoryKey: 'lounge' }
  const drawing = drawChart({
    focalPoint: { x: 0, y: 0 },
    rows: [drawRow('A', drawSeats(2)), drawRow('B', drawSeats(2, { y: 90, ...lounge }))],
  })
  const map = await openList(drawing)
  const chip = map.all('.chip').find((it) => it.textContent.includes('Lounge'))
  chip?.click()
  await map.quiet()
  expect(chip?.getAttribute('aria-pressed')).toBe('true')
  expect(map.all('.groups > .fold .name').map((it) => it.textContent)).toEqual(['Row B'])
  const { looks, scene } = map.picture()
  expect(scene.objects.map(({ index }) => looks.of(index).state)).toEqual([
    ...['dimmed', 'dimmed', 'free', 'free'],
  ])
  chip?.click()
  await map.quiet()
  expect(map.all('.groups > .fold')).toHaveLength(2)
})
