import { expect, test } from 'vitest'
import type { Config } from '../../../web/vendor/config.ts'
import { drawChart, drawRow, drawSeat } from '../../support/drawings.ts'
import { openChartScene } from './chart-scene.ts'
import { theatre } from './halls.ts'

/** What of the map is seen, by a selector, once it is rendered so. */
async function openLook(config: Config, drawing = theatre()) {
  const scene = await openChartScene(drawing)
  const chart = await scene.render(config)
  const element = scene.window.document.querySelector('#chart > *') as unknown as HTMLElement
  const shown = (selector: string) => {
    const found = [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])]
    return found.filter((each) => each.closest('[hidden]') === null).map((it) => it.textContent)
  }
  return { ...scene, chart, shown }
}

test('the page speaks its language, in its own words', async () => {
  const { shown } = await openLook({ language: 'de', messages: { section: 'Bereich' } })
  expect(shown('[lang=de]')).toHaveLength(1)
  const list = await openLook({ messages: { seat: 'Stuhl' } })
  list.hover('A-1')
  expect(list.shown('[part=tooltip]').join()).toContain('Stuhl 1')
})

test('the page adds a line to what is told of an object, by either name', async () => {
  const { hover, shown } = await openLook({ popoverInfo: ({ label }) => `info on ${label}` })
  hover('A-2')
  expect(shown('[part=tooltip]').join()).toContain('info on A-2')
  const former = await openLook({ tooltipInfo: () => 'formerly' })
  former.hover('A-2')
  expect(former.shown('[part=tooltip]').join()).toContain('formerly')
})

test('prices are written as the page writes them', async () => {
  const { hover, shown } = await openLook({
    pricing: { prices: [{ objects: ['A-1'], price: 12 }], priceFormatter: (it) => `${it} pounds` },
  })
  hover('A-1')
  expect(shown('[part=tooltip]').join()).toContain('12 pounds')
})

test('there is a legend where the page wants one, or a filter', async () => {
  const legends = []
  for (const config of [{}, { showLegend: true }, { categoryFilter: { enabled: true } }]) {
    legends.push((await openLook(config)).shown('[part=legend]').length)
  }
  expect(legends).toEqual([0, 1, 1])
})

test('the page has no basket and no button of ours to go on', async () => {
  const { shown } = await openLook({ selectedObjects: ['A-1'] })
  expect([shown('[part=basket]'), shown('[part=checkout]')]).toEqual([[], []])
})

test('what the page leaves out cannot be had', async () => {
  const rows = [drawRow('A', [drawSeat('1'), drawSeat('2', { categoryKey: null })])]
  const open = await openLook({}, drawChart({ rows }))
  expect(open.lookOf('A-2')?.state).toBe('free')
  const closed = await openLook({ objectWithoutCategorySelectable: false }, drawChart({ rows }))
  expect([closed.lookOf('A-1')?.state, closed.lookOf('A-2')?.state]).toEqual(['free', 'off'])
  const asked = await openLook({ isObjectSelectable: ({ label }) => label !== 'A-1' })
  expect([asked.lookOf('A-1')?.state, asked.lookOf('A-2')?.state]).toEqual(['off', 'free'])
  const filtered = await openLook({ filteredCategories: ['Lounge'] })
  expect([filtered.lookOf('A-1')?.state, filtered.lookOf('L-1')?.state]).toEqual(['dimmed', 'free'])
})

test('all that is free has the colour that the page gives it', async () => {
  const { lookOf } = await openLook({ colors: { availableObjectColor: 'teal' } })
  expect([lookOf('A-1')?.fill, lookOf('L-1')?.fill]).toEqual(['teal', 'teal'])
})

test('the former word for a session still holds', async () => {
  const { chart, click, called } = await openLook({ holdOnSelect: true })
  await click('A-1')
  expect(called.at(-1)).toBe('held A-1')
  expect(chart.holdToken).not.toBe('')
})

test('what somebody has is selected all the same where the page lets it be', async () => {
  const booked = ['A-1', 'A-2', 'A-3']
  const scene = await openChartScene(theatre())
  for (const path of ['hold', 'book'] as const) {
    const body = { objectLabels: booked, holdToken: 'token-of-ben' }
    await scene.api(`POST ${scene.seats}/${path}`, body)
  }
  await scene.told.relay()
  const chart = await scene.render({ selectableObjects: ['A-1', { label: 'A-2', amount: 1 }] })
  expect([scene.lookOf('A-1')?.state, scene.lookOf('A-3')?.state]).toEqual(['free', 'taken'])
  for (const label of booked) await scene.click(label)
  await scene.pass(3_000)
  expect(chart.selectedObjects).toEqual(['A-1', 'A-2'])
  expect(await chart.findObject('A-1')).toMatchObject({ status: 'booked', selectable: true })
  expect(await chart.findObject('A-3')).toMatchObject({ status: 'booked', selectable: false })
})
