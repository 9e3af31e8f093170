import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Config } from '../../../web/vendor/config.ts'
import { unserved } from '../../../web/vendor/unserved.ts'
import { chartServed, configServed, type Served } from '../../../web/vendor/served.ts'
import { openChartScene } from './chart-scene.ts'
import { theatre } from './halls.ts'

const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, root), 'utf8')
const document = await read('docs/seating-chart.md')
const types = await read('node_modules/@seatsio/seatsio-types/dist/index.d.ts')

/** What the document says of each name. */
const written = new Map(
  Array.from(document.matchAll(/^\| `(\w+)` +\| (.*?) +\|$/gm), ([, name = '', how = '']) => [
    name,
    how,
  ]),
)

const inWords = (served: Served) =>
  typeof served === 'string' ? served : `partly: ${served.partly}`

test('the document says of every name how it is served, and of no other', () => {
  const all: Record<string, Served> = { ...configServed, ...chartServed }
  // Both the page and the chart have these.
  const twice = ['holdToken', 'selectedObjects']
  for (const [name, served] of Object.entries(all)) {
    if (!twice.includes(name)) expect([name, written.get(name)]).toEqual([name, inWords(served)])
  }
  expect([...written.keys()].sort()).toEqual(Object.keys(all).sort())
})

test('every name that the vendor has is in the tables, whatever the compiler overlooks', () => {
  const bodyOf = (begin: string) => {
    const from = types.slice(types.indexOf(begin))
    return from.slice(0, from.search(/^}/m))
  }
  const namesIn = (begin: string) =>
    Array.from(bodyOf(begin).matchAll(/^ {4}(\w+)\??:/gm), ([, name = '']) => name)
  const config = ['interface ChartRendererConfigOptions', 'type ChartRendererCallbacks']
    .concat('interface CommonConfigOptions', 'type DeprecatedConfigProperties')
    .flatMap(namesIn)
  expect(config.length).toBeGreaterThan(90)
  expect(config.filter((name) => !(name in configServed))).toEqual([])
  const methods = namesIn('export interface SeatingChart {')
  expect(methods.length).toBeGreaterThan(25)
  expect(methods.filter((name) => !(name in chartServed))).toEqual([])
})

test('the document names the version that it was written from', async () => {
  const [, version = ''] =
    /"@seatsio\/seatsio-types": "([\d.]+)"/.exec(await read('package.json')) ?? []
  expect(document).toContain(`version ${version.split('.').slice(0, 2).join('.')} of`)
})

describe('what a page sets and is not served', () => {
  test('is all that is marked so, and what nobody knows', () => {
    const all = Object.fromEntries(Object.keys(configServed).map((name) => [name, 1]))
    const marked = Object.entries(configServed).filter(([, how]) => how === 'not served')
    expect(unserved(all).sort()).toEqual(marked.map(([name]) => name).sort())
    expect(unserved({ toString: 1, madeUp: 1, listings: undefined } as never)).toEqual([
      'toString',
      'madeUp',
    ])
  })

  test('is told of what is served in part, where the other part is used', () => {
    const fee = { category: 1, price: 5, fee: 1 }
    const channels = [{ channel: 'a', price: 4 }]
    const typed = { category: 3, ticketTypes: [{ ticketType: 'a', price: 5, fee: 1 }] }
    const of = (config: Config) => unserved(config)
    expect(of({ events: ['a'], mode: 'print', pricing: [{ category: 1, price: 5 }] })).toEqual([])
    expect(of({ events: ['a', 'b'] })).toEqual(['events beyond the first'])
    expect(of({ mode: 'spotlight' })).toEqual(['mode spotlight'])
    expect(of({ pricing: { prices: [fee] } })).toEqual(['fee in pricing'])
    expect(of({ pricing: { prices: [typed] } })).toEqual(['fee in pricing'])
    expect(of({ pricing: { prices: [{ listing: 'l', price: 5 }] } })).toEqual([
      'listing in pricing',
    ])
    const inChannels = { pricing: [{ category: 1, price: 5, channels }] }
    expect(of(inChannels)).toEqual(['channels in pricing'])
    expect(of({ ...inChannels, channels: ['a'] })).toEqual([])
    expect(of({ ...inChannels, channels: ['a', 'NO_CHANNEL'] })).toEqual(['channels in pricing'])
  })

  test('warns by its name, once for a page', async () => {
    const scene = await openChartScene(theatre())
    const config = { listings: [], showMinimap: false, pricing: [], showSeatLabels: true }
    const chart = await scene.render(config)
    expect(scene.warnings.map((text) => text.split(' ')[1])).toEqual(['listings', 'showMinimap'])
    chart.destroy()
    const again = await scene.render(config)
    await again.pulse(['A-1'])
    await again.pulse(['A-1'])
    await again.setSpotlightOnSelection()
    expect(scene.warnings.slice(2).map((text) => text.split(' ')[1])).toEqual([
      'pulse',
      'setSpotlightOnSelection',
    ])
  })
})

test('the designer and the event manager say that they are not served', async () => {
  const { seatsio } = await openChartScene(theatre())
  const config = {} as never
  expect(() => new seatsio.SeatingChartDesigner(config)).toThrow(/does not serve .*Designer/)
  expect(() => new seatsio.EventManager(config)).toThrow(/does not serve seatsio.EventManager/)
})

test('a chart has every property and method of the vendor’s', async () => {
  const scene = await openChartScene(theatre())
  const chart = await scene.render()
  for (const name of Object.keys(chartServed)) expect(name in chart, name).toBe(true)
})
