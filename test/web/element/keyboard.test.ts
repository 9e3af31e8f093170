import { expect, test } from 'vitest'
import { readScene } from '../../../web/scene/read-scene.ts'
import { endOfRow, nextObject } from '../../../web/element/neighbours.ts'
import { drawChart, drawRow, drawSeats, rowDrawing } from '../../support/drawings.ts'
import { OTHER_TOKEN } from '../../support/scene.ts'
import { openMapScene, type MapScene } from './map-scene.ts'

const focused = (map: MapScene) => {
  const id = map.one('[role=listbox]').getAttribute('aria-activedescendant') ?? ''
  return map.one(`#${id}`).textContent.split(', ').slice(0, 2).join(' ')
}

test('arrows go from seat to seat, and what has the focus is said by an option of its own', async () => {
  const map = await openMapScene({ drawing: rowDrawing({ seatsPerRow: 5 }) })
  await map.press('ArrowRight')
  expect(focused(map)).toBe('Row A Seat 3')
  const before = map.one('[role=listbox]').getAttribute('aria-activedescendant')
  await map.press('ArrowRight')
  expect(focused(map)).toBe('Row A Seat 4')
  expect(map.one('[role=listbox]').getAttribute('aria-activedescendant')).not.toBe(before)
  await map.press('ArrowDown')
  expect(focused(map)).toBe('Row B Seat 4')
  await map.press('Home')
  expect(focused(map)).toBe('Row B Seat 1')
  await map.press('End', 'ArrowUp', 'ArrowLeft')
  expect(focused(map)).toBe('Row A Seat 4')
  await map.press('ArrowUp')
  expect(focused(map)).toBe('Row A Seat 4')
})

test('arrows leave out what cannot be had, and Enter and Space choose', async () => {
  const map = await openMapScene({ drawing: rowDrawing({ seatsPerRow: 5 }) })
  await map.api(`POST ${map.seats}/hold`, { objectLabel: 'A-4', holdToken: OTHER_TOKEN })
  await map.pass(3_000)
  await map.press('ArrowRight', 'ArrowRight')
  expect(focused(map)).toBe('Row A Seat 5')
  await map.press('Enter')
  expect(map.element.selection).toMatchObject([{ label: 'A-5' }])
  const option = () => map.all('[role=option]').find((it) => !it.hidden)
  expect(option()?.getAttribute('aria-selected')).toBe('true')
  await map.press(' ')
  expect([map.element.selection, option()?.getAttribute('aria-selected')]).toEqual([[], 'false'])
})

test('keys zoom, and Escape shows the whole hall', async () => {
  const map = await openMapScene()
  const { asked } = map.picture()
  asked.length = 0
  await map.press('+', '-', '0', 'Escape')
  expect(asked.filter((it) => it.startsWith('zoom'))).toEqual([
    'zoomBy 1.5',
    `zoomBy ${1 / 1.5}`,
    'zoomTo {"to":"all"}',
    'zoomTo {"to":"all"}',
  ])
  await map.press('Tab', 'x')
  expect(asked.filter((it) => it.startsWith('zoom'))).toHaveLength(4)
})

test('a row that is a ring ends where it began', () => {
  const scene = readScene(drawChart({ rows: [drawRow('A', drawSeats(3))] }))
  const ring = {
    ...scene,
    objects: scene.objects.map((object) => ({
      ...object,
      left: (object.index + 2) % 3,
      right: (object.index + 1) % 3,
    })),
  }
  const mayVisit = () => true
  expect(endOfRow(ring, 0, { end: 'right', mayVisit })).toBe(2)
  expect(nextObject(ring, 2, { direction: 'right', mayVisit: () => false })).toBeUndefined()
})
