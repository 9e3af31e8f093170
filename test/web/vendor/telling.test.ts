import type { SelectableObject } from '@seatsio/seatsio-types'
import { describe, expect, test } from 'vitest'
import { drawFloors, drawRow, drawSeats } from '../../support/drawings.ts'
import { OTHER_TOKEN } from '../../support/scene.ts'
import { openChartScene } from './chart-scene.ts'
import { theatre } from './halls.ts'

const simple = [{ category: 1, price: 30 }]

describe('objects as callbacks get them', () => {
  test('a seat', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ pricing: simple, priceFormatter: (price) => `€ ${price}` })
    const seat = await chart.findObject('A-2')
    expect(seat).toMatchObject({
      id: 'A-2',
      label: 'A-2',
      labels: { own: '2', parent: 'Front', displayedLabel: 'Front-2' },
      objectType: 'Seat',
      category: { key: 1, label: 'Standard', color: '#2b8a3e', accessible: false },
      pricing: { price: 30, formattedPrice: '€ 30' },
      status: 'free',
      forSale: true,
      selectable: true,
      selected: false,
      accessible: false,
      companionSeat: false,
      isOrphan: false,
      center: { x: 21, y: 60 },
      parent: { type: 'row' },
      entrance: null,
    })
    expect(await chart.findObject('L-1')).toMatchObject({ accessible: true, pricing: {} })
    await expect(chart.findObject('Z-9')).rejects.toThrow('no object Z-9')
  })

  test('a table, a booth, an area and a seat in a section', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render()
    const table = await chart.findObject('T')
    expect(table).toMatchObject({ objectType: 'Table', label: 'T', center: { x: 60, y: 150 } })
    expect(table.objectType === 'Table' && table.seats.map(({ label }) => label)).toEqual([
      'T-1',
      'T-2',
      'T-3',
      'T-4',
    ])
    expect(await chart.findObject('B')).toMatchObject({ objectType: 'Booth' })
    expect(await chart.findObject('Lawn')).toMatchObject({
      objectType: 'GeneralAdmissionArea',
      areaType: 'generalAdmission',
      capacity: 9,
      numFree: 9,
      numBooked: 0,
      numSelected: 0,
      bookAsAWhole: false,
    })
    expect(await chart.findObject('East-C-1')).toMatchObject({
      labels: { own: '1', parent: 'C', section: 'East side', displayedLabel: 'East side-C-1' },
      entrance: 'Gate 2',
    })
  })

  test('an object selects itself, gives itself up, and says why it cannot', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render()
    const seat = await chart.findObject('A-1')
    await seat.select()
    expect(chart.selectedObjects).toEqual(['A-1'])
    await seat.deselect()
    expect(chart.selectedObjects).toEqual([])
    await scene.api(`POST ${scene.seats}/hold`, { objectLabel: 'A-1', holdToken: OTHER_TOKEN })
    await scene.pass(2_000)
    await expect(seat.select()).rejects.toThrow('A-1 cannot be selected: held')
    expect(await chart.findObject('A-1')).toMatchObject({
      status: 'reservedByToken',
      selectable: false,
    })
  })
})

describe('what happens to the hall', () => {
  test('changes of others, and what is under the pointer', async () => {
    const scene = await openChartScene(theatre())
    const changed: string[] = []
    await scene.render({
      onObjectStatusChanged: ({ label, status }) =>
        void changed.push(`${label} ${JSON.stringify(status)}`),
    })
    await scene.api(`POST ${scene.seats}/hold`, { objectLabel: 'A-1', holdToken: OTHER_TOKEN })
    await scene.pass(2_000)
    expect(changed).toEqual(['A-1 "reservedByToken"'])
    scene.called.length = 0
    scene.hover('A-2')
    scene.hover('A-2')
    scene.hover('A-3')
    scene.hover()
    expect(scene.called).toEqual(['over A-2', 'out A-2', 'over A-3', 'out A-3'])
  })

  test('floors: the one that the page begins with, and where people go', async () => {
    const floors = [0, 1].map((at) => ({ rows: [drawRow(`R${at}`, drawSeats(2))] }))
    const scene = await openChartScene(drawFloors(floors))
    const chart = await scene.render({ activeFloor: '2' })
    expect(scene.asked).toContain('showFloor 1')
    scene.showFloor(1)
    scene.showFloor(1)
    scene.showFloor(0)
    expect(scene.called).toEqual(['rendered', 'floor 2', 'floor 1'])
    expect(await chart.findObject('R1-1')).toMatchObject({ floor: '2' })
  })

  test('whether what is selected is valid', async () => {
    const scene = await openChartScene(theatre())
    const told: string[] = []
    const chart = await scene.render({
      selectionValidators: [
        { type: 'consecutiveSeats' },
        { type: 'noOrphanSeats' },
        { type: 'minimumSelectedPlaces', minimum: 2 },
      ],
      onSelectionValid: () => void told.push('valid'),
      onSelectionInvalid: (violations) => void told.push(violations.join(' ')),
    })
    await scene.click('A-2')
    await scene.click('A-1')
    await scene.click('A-6')
    expect(told).toEqual([
      'minimumSelectedPlaces',
      'noOrphanSeats minimumSelectedPlaces',
      'valid',
      'consecutiveSeats',
    ])
    expect(chart.selectedObjects).toEqual(['A-2', 'A-1', 'A-6'])
  })

  test('a callback that throws is reported and stops nothing', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({
      onObjectSelected: () => {
        throw new Error('of the page')
      },
    })
    await scene.click('A-1')
    expect(chart.selectedObjects).toEqual(['A-1'])
    expect(scene.faults.join()).toContain('onObjectSelected of this page has failed')
  })
})

describe('what the page decides', () => {
  test('colours, texts, what is seen and what can be had', async () => {
    const scene = await openChartScene(theatre())
    const isFirst = ({ label }: SelectableObject) => label === 'A-1'
    await scene.render({
      pricing: simple,
      extraConfig: { color: 'gold' },
      objectColor: (object, color, { color: own }) => (isFirst(object) ? String(own) : color),
      objectLabel: (object, label) => (isFirst(object) ? 'first' : label),
      isObjectVisible: ({ label }) => label !== 'A-2',
      sectionColor: ({ label }, color) => (label === 'East' ? 'pink' : color),
      objectWithoutPricingSelectable: false,
      unavailableCategories: ['none'],
    })
    expect(scene.lookOf('A-1')).toMatchObject({ state: 'free', fill: 'gold', text: 'first' })
    expect(scene.lookOf('A-2')?.state).toBe('hidden')
    expect(scene.lookOf('A-3')).toMatchObject({ state: 'free', fill: '#2b8a3e' })
    expect(scene.lookOf('L-1')?.state).toBe('off')
    expect(scene.sectionFill(0)).toBe('pink')
  })

  test('functions that a wrapper replaces are those that are asked', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ objectColor: () => 'red' })
    const told: string[] = []
    chart.config = {
      ...chart.config,
      objectColor: () => 'blue',
      onObjectSelected: ({ label }) => void told.push(label),
    }
    await scene.click('A-1')
    expect(told).toEqual(['A-1'])
    await scene.click('A-1')
    expect(scene.lookOf('A-1')?.fill).toBe('blue')
  })

  test('categories that are sold here, and what is changed later', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ availableCategories: ['Lounge'] })
    expect([scene.lookOf('A-1')?.state, scene.lookOf('L-1')?.state]).toEqual(['off', 'free'])
    expect(await chart.listCategories()).toMatchObject([
      { key: 1, label: 'Standard', hasSelectableObjects: false },
      { key: 'lounge', label: 'Lounge', hasSelectableObjects: true },
    ])
    await chart.changeConfig({ availableCategories: [1], filteredCategories: [1], pricing: simple })
    await scene.quiet()
    expect([scene.lookOf('A-1')?.state, scene.lookOf('L-1')?.state]).toEqual(['free', 'off'])
    expect(await chart.findObject('A-1')).toMatchObject({
      pricing: { price: 30 },
      category: { isFiltered: true },
    })
    expect(await chart.getReportBySelectability()).toMatchObject({
      selectable: { count: 13, byCategoryKey: { 1: 13, lounge: 0, NO_CATEGORY: 0 } },
      not_selectable: { count: 12, byCategoryLabel: { Standard: 0, Lounge: 12 } },
    })
  })
})

describe('methods', () => {
  test('what a page preselects and selects, as far as it can be had', async () => {
    const scene = await openChartScene(theatre())
    const lawn = { label: 'Lawn', amount: 2 }
    const chart = await scene.render({ selectedObjects: ['A-1', 'Z-9', lawn] })
    expect(chart.selectedObjects).toEqual(['A-1', 'Lawn'])
    expect(scene.called.at(-1)).toBe('rendered')
    await chart.trySelectObjects(['A-2', 'Z-9'])
    await expect(chart.doSelectObjects(['A-3', 'Z-9'])).rejects.toThrow('Z-9 cannot be selected')
    expect(chart.selectedObjects).toEqual(['A-1', 'Lawn', 'A-2'])
    await chart.deselectObjects(['Lawn', { label: 'A-2' }])
    expect(chart.selectedObjects).toEqual(['A-1'])
    await chart.selectCategories(['Lounge'])
    expect(chart.selectedObjects).toEqual(['A-1', 'L-1', 'L-2', 'L-3', 'Lawn'])
    await chart.deselectCategories(['lounge'])
    expect(chart.selectedObjects).toEqual(['A-1'])
    await chart.clearSelection()
    expect(chart.selectedObjects).toEqual([])
  })

  test('the best are held', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ session: 'continue' })
    const best = chart.holdBestAvailable({ number: 2, categories: ['Standard'] })
    await scene.quiet()
    const { objects } = await best
    expect(objects.map(({ label }) => label)).toEqual(chart.selectedObjects)
    expect(chart.selectedObjects).toHaveLength(2)
    const many = chart.holdBestAvailable({ number: 40 }).catch((fault: unknown) => String(fault))
    await scene.quiet()
    expect(await many).toContain('No best available')
  })

  test('the view goes where the page wants it', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ selectedObjects: ['A-1'] })
    scene.asked.length = 0
    await chart.zoomToSelectedObjects()
    await chart.zoomToObjects(['East-C-1', 'East-C-2'])
    await chart.zoomToObjects(['A-1', 'East-C-1'])
    const sections = chart.zoomToSection('East')
    await chart.resetView()
    expect(scene.asked).toEqual([
      'zoomTo {"to":"object","index":0}',
      'zoomTo {"to":"section","index":0}',
      'zoomTo {"to":"floor","index":0}',
      'zoomTo {"to":"section","index":0}',
      'zoomTo {"to":"all"}',
    ])
    expect(sections).toMatchObject([
      {
        label: 'East',
        numberOfSelectableObjects: 2,
        entrance: 'Gate 2',
        selectableCategories: [1],
      },
    ])
  })
})
