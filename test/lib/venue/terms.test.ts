import { describe, expect, test } from 'vitest'
import type { EventDetails, EventHead } from '../../../lib/records/records.ts'
import {
  inventoryOf,
  kindWithdrawn,
  offerOf,
  sharersOf,
  termsOf,
} from '../../../lib/venue/terms.ts'
import {
  drawRow,
  drawSeat,
  drawTable,
  quaysideDrawing,
  rowDrawing,
} from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

/** Table T1 of two is sold whole on this chart, T2 by seat. */
const quayside = inventoryOf(readChart(quaysideDrawing()))
const tables = ['T1', 'T1-1', 'T1-2', 'T2', 'T2-1', 'T2-2']

const termsWith = (tableBooking?: EventHead['tableBooking'], details?: EventDetails) =>
  termsOf(quayside, tableBooking === undefined ? {} : { tableBooking }, details)

describe('of each table either the table or its seats are offered', () => {
  test.each<[EventHead['tableBooking'], EventDetails['tables'], string[]]>([
    [undefined, undefined, ['T1', 'T2-1', 'T2-2']],
    ['ALL_BY_TABLE', undefined, ['T1', 'T2']],
    ['ALL_BY_SEAT', undefined, ['T1-1', 'T1-2', 'T2-1', 'T2-2']],
    ['CUSTOM', { T1: 'BY_SEAT', T2: 'BY_TABLE' }, ['T1-1', 'T1-2', 'T2']],
    ['CUSTOM', { T2: 'BY_TABLE' }, ['T1', 'T2']],
    ['CUSTOM', undefined, ['T1', 'T2-1', 'T2-2']],
    // What a former mode left behind counts for nothing.
    ['ALL_BY_TABLE', { T1: 'BY_SEAT' }, ['T1', 'T2']],
  ])('%s %j', (mode, choices, offered) => {
    const terms = termsWith(mode, choices === undefined ? {} : { tables: choices })
    expect(tables.filter((label) => offerOf(terms, label) !== undefined)).toEqual(offered)
    for (const label of tables) {
      const withdrawn = label.includes('-') ? 'seat' : 'table'
      expect(kindWithdrawn(terms, label)).toBe(offered.includes(label) ? undefined : withdrawn)
    }
  })
})

test('seats at tables are for sale like seats in rows, and so are tables as a whole and areas', () => {
  const offers = (label: string) => offerOf(termsWith('ALL_BY_SEAT'), label)?.isForSale
  const labels = ['A-1', 'T1-1', 'B1', 'East-C-1', 'Pier']
  expect(labels.map(offers)).toEqual(labels.map(() => true))
  expect(offerOf(termsWith('ALL_BY_TABLE'), 'T2')?.isForSale).toBe(true)
})

test('the event says an object\u2019s category where it says one; its own categories and those of the chart count, as text', () => {
  const terms = termsWith(undefined, {
    objectCategories: { 'A-1': 9, 'A-2': 'lounge', 'A-3': 'nowhere', Z: 1 },
    categories: [{ key: '9', label: 'Nine', color: '#000000', accessible: false }],
  })
  const categoryOf = (label: string) => {
    const { key, label: name } = offerOf(terms, label)?.category ?? {}
    return [key, name]
  }
  expect(categoryOf('A-1')).toEqual(['9', 'Nine'])
  expect(categoryOf('A-2')).toEqual(['lounge', 'Lounge'])
  // One that there is not counts for nothing: the chart's stays.
  expect(categoryOf('A-3')).toEqual(['1', 'Standard'])
  expect(categoryOf('B1')).toEqual(['1', 'Standard'])
  expect(offerOf(terms, 'Z')).toBeUndefined()
})

test('a category of the event stands for the one of the chart with its key, also where objects do not name it', () => {
  const own = { key: 1, label: 'Gold', color: '#ffd700', accessible: false }
  const terms = termsWith(undefined, { objectCategories: { 'A-2': '1' }, categories: [own] })
  for (const label of ['A-1', 'A-2']) {
    expect(offerOf(terms, label)?.category).toEqual({ key: '1', label: 'Gold' })
  }
})

test('names of built-in properties are labels like others', () => {
  const terms = termsWith('CUSTOM', { objectCategories: {}, tables: {} })
  for (const label of ['constructor', '__proto__', 'toString']) {
    expect(offerOf(terms, label)).toBeUndefined()
  }
  const named = JSON.parse('{"__proto__":"lounge"}') as Record<string, string>
  const plane = { rows: [drawRow(null, [drawSeat('__proto__')])] }
  const inventory = inventoryOf(readChart(rowDrawing({ plane })))
  const [label = ''] = [...inventory.named.keys()].filter((it) => it.includes('__proto__'))
  const own = termsOf(inventory, {}, { objectCategories: { ...named, [label]: 'lounge' } })
  expect(offerOf(own, label)?.category?.key).toBe('lounge')
})

test('of several objects with one label the first that the event sells counts', () => {
  const twins = { tables: [drawTable('T', 2, { bookAsAWhole: true }), drawTable('T', 2)] }
  const inventory = inventoryOf(readChart(rowDrawing({ plane: twins })))
  const numberOf = (mode: 'ALL_BY_TABLE' | 'ALL_BY_SEAT', label: string) =>
    inventory.named.get(label) !== undefined &&
    offerOf(termsOf(inventory, { tableBooking: mode }), label)?.object ===
      [inventory.named.get(label) ?? []].flat()[0]
  expect(numberOf('ALL_BY_TABLE', 'T')).toBe(true)
  expect(numberOf('ALL_BY_SEAT', 'T-1')).toBe(true)
})

test('a table shares its places with its seats, a seat with its table, others with nobody', () => {
  const sharers = (label: string) => sharersOf(quayside, label)
  expect(sharers('T1')).toEqual(['T1-1', 'T1-2'])
  expect(sharers('T2-2')).toEqual(['T2'])
  expect(['A-1', 'B1', 'Pier', 'nowhere', '__proto__'].map(sharers)).toEqual([[], [], [], [], []])
})

test('of several objects with one label, whoever shares places with one of them shares them with the label', () => {
  const plane = {
    tables: [drawTable('T', 3), drawTable('T', 2, { bookAsAWhole: true })],
    rows: [drawRow('T', [drawSeat('2')])],
  }
  const inventory = inventoryOf(readChart(rowDrawing({ plane })))
  expect(sharersOf(inventory, 'T')).toEqual(['T-1', 'T-2', 'T-3'])
  for (const label of ['T-1', 'T-2', 'T-3']) expect(sharersOf(inventory, label)).toEqual(['T'])
})

describe('what is for sale', () => {
  const rules = { areaPlaces: {}, objects: [], categories: [] }
  const labels = ['A-1', 'A-2', 'B1', 'T1-1', 'T2-1', 'East-C-1', 'Pier']
  const offered = (saleRules: Partial<NonNullable<EventDetails['saleRules']>>) => {
    const terms = termsWith('ALL_BY_SEAT', {
      saleRules: { isListForSale: false, ...rules, ...saleRules },
      objectCategories: { 'A-2': 'vip' },
      categories: [{ key: 'vip', label: 'Hospitality', color: '#000000', accessible: false }],
    })
    return labels.filter((label) => offerOf(terms, label)?.isForSale)
  }
  const withoutSome = (...gone: string[]) => labels.filter((label) => !gone.includes(label))

  test('is all but the list, or the list alone', () => {
    expect(offered({})).toEqual(labels)
    expect(offered({ objects: ['A-1', 'nowhere', '__proto__'] })).toEqual(withoutSome('A-1'))
    expect(offered({ isListForSale: true, objects: ['A-1', 'Pier'] })).toEqual(['A-1', 'Pier'])
    expect(offered({ isListForSale: true })).toEqual([])
  })

  test('is told by the object, its category by key or label, and by its table', () => {
    expect(offered({ categories: ['vip'] })).toEqual(withoutSome('A-2'))
    expect(offered({ categories: ['Hospitality'] })).toEqual(withoutSome('A-2'))
    expect(offered({ isListForSale: true, categories: ['Hospitality'] })).toEqual(['A-2'])
    expect(offered({ objects: ['T1'] })).toEqual(withoutSome('T1-1'))
    expect(offered({ isListForSale: true, objects: ['T1', 'A-1'] })).toEqual(['A-1', 'T1-1'])
  })
})

test('an object is in the channel that names it, whatever it is called', () => {
  const channel = { id: 'chn_1', key: 'k', name: 'K', areaPlaces: {} }
  const objects = ['A-1', 'T1', 'constructor', '__proto__']
  const channels = [
    { ...channel, objects },
    { ...channel, id: 'chn_2', key: 'other', objects: ['A-2'] },
  ]
  const channelOf = (label: string) =>
    offerOf(termsWith('ALL_BY_SEAT', { channels }), label)?.channel
  expect(['A-1', 'A-2', 'A-3', 'T1-1'].map(channelOf)).toEqual(['k', 'other', undefined, undefined])
  expect(offerOf(termsWith('ALL_BY_TABLE', { channels }), 'T1')?.channel).toBe('k')
})
