import { Window } from 'happy-dom'
import { describe, expect, test } from 'vitest'
import { serverOf } from '../../../web/vendor/install.ts'
import { cleanUps } from '../../support/clean-ups.ts'
import { openChartScene } from './chart-scene.ts'
import { theatre } from './halls.ts'

describe('the life of a chart', () => {
  test('it is in its element, among the charts, until it is destroyed', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render()
    const inside = () => scene.window.document.querySelector('#chart')?.childElementCount
    expect([chart.state, inside(), scene.seatsio.charts.length]).toEqual(['RENDERED', 1, 1])
    chart.destroy()
    await scene.quiet()
    expect([chart.state, inside(), scene.seatsio.charts.length]).toEqual(['DESTROYED', 0, 0])
    expect(scene.asked).toContain('destroy')
    expect(() => {
      chart.destroy()
    }).not.toThrow()
    chart.render()
    await scene.pass(2_000)
    expect([chart.state, inside(), scene.seatsio.charts.length]).toEqual(['RENDERED', 1, 1])
  })

  test('destroyed before it was there it calls nobody back', async () => {
    const scene = await openChartScene(theatre())
    const rendered = scene.render()
    for (const chart of scene.seatsio.charts) chart.destroy()
    await rendered
    await scene.pass(2_000)
    expect(scene.called).toEqual([])
  })

  test('rendered twice it is there once', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render()
    chart.render()
    await scene.pass(2_000)
    expect([chart.state, scene.seatsio.charts]).toEqual(['RENDERED', [chart]])
    expect(scene.window.document.querySelectorAll('#chart > *')).toHaveLength(1)
  })

  test('a script that a page has twice makes charts that do not know of each other', async () => {
    const scene = await openChartScene(theatre())
    const second = scene.install()
    const chart = await scene.render({}, second)
    await scene.click('A-1')
    expect([chart.state, chart.selectedObjects]).toEqual(['RENDERED', ['A-1']])
    expect([scene.seatsio.charts, second.charts]).toEqual([[], [chart]])
  })

  test('rendered anew it gives up what was selected', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render()
    await scene.click('A-1')
    scene.called.length = 0
    chart.rerender()
    await scene.pass(2_000)
    expect(scene.called).toEqual(['rerendering', 'deselected A-1', 'rendered'])
    expect(chart.selectedObjects).toEqual([])
  })

  test('the page shows something of its own until the hall is there', async () => {
    const scene = await openChartScene(theatre())
    const rendered = scene.render({ loading: '<b>Wait</b>' })
    expect(scene.window.document.querySelector('#chart b')?.textContent).toBe('Wait')
    await rendered
    expect(scene.window.document.querySelector('#chart b')).toBeNull()
  })

  test('a static chart sells nothing', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ mode: 'static', numberOfPlacesToSelect: 2 })
    await scene.click('A-1')
    expect(scene.called).toEqual(['rendered', 'clicked A-1'])
    expect(chart.selectedObjects).toEqual([])
  })

  test('it is dressed as the page wants it', async () => {
    const scene = await openChartScene(theatre())
    await scene.render({
      colorScheme: 'dark',
      colors: { colorSelected: 'teal' },
      style: { font: 'Lato', cornerRadius: 'square' },
    })
    const { style } = scene.window.document.querySelector('#chart > *') as unknown as HTMLElement
    const names = ['color-scheme', '--holdfast-accent', '--holdfast-font', '--holdfast-radius']
    expect(names.map((name) => style.getPropertyValue(name))).toEqual([
      'dark',
      'teal',
      'Lato, system-ui, sans-serif',
      '0px',
    ])
  })
})

describe('what cannot be rendered', () => {
  test('no element of that name', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ divId: 'elsewhere' })
    expect(scene.called).toEqual(['failed'])
    expect(scene.faults.join()).toContain('neither container nor divId')
    expect(chart.selectedObjects).toEqual([])
  })

  test.each([
    ['a key that opens nothing', { workspaceKey: 'pk_test_of_nobody' }],
    ['no key', { workspaceKey: '' }],
    ['no event', { event: '' }],
    ['the session manual without a token', { session: 'manual' as const }],
    ['an event that there is not', { event: 'evt_of_nobody' }],
  ])('%s', async (_, config) => {
    const scene = await openChartScene(theatre())
    await scene.render(config)
    await scene.pass(2_000)
    expect(scene.called).toEqual(['failed'])
  })
})

describe('where the API is', () => {
  test('is where the script came from', () => {
    const window = new Window({ url: 'http://shop.test/pages/' })
    cleanUps.push(() => window.happyDOM.close())
    const document = window.document as unknown as Document
    const from = (src?: string) => {
      const currentScript = document.createElement('script')
      if (src !== undefined) currentScript.setAttribute('src', src)
      return serverOf(document, currentScript)
    }
    expect(from('https://api.test/chart.js?v=1')).toBe('https://api.test')
    expect(from('/chart.js')).toBe('http://shop.test')
    expect(from()).toBe('')
  })

  test('is elsewhere where the page says so', async () => {
    const scene = await openChartScene(theatre())
    await scene.render({ apiUrl: 'http://api.test' })
    const element = scene.window.document.querySelector('#chart > *')
    expect(element?.getAttribute('server')).toBe('http://api.test')
  })
})
