import type { Pricing } from '@seatsio/seatsio-types'
import { describe, expect, test } from 'vitest'
import { OTHER_TOKEN } from '../../support/scene.ts'
import { openChartScene, type ChartScene } from './chart-scene.ts'
import { theatre } from './halls.ts'

const types: Pricing = [
  { category: 1, price: 30 },
  {
    category: 'Lounge',
    ticketTypes: [
      { ticketType: 'adult', price: 50, label: 'Adult' },
      { ticketType: 'child', price: 25 },
      { ticketType: 'ghost', price: 0, unavailable: true },
    ],
  },
]

const posts = ({ tab }: ChartScene) => tab().requests.filter(({ method }) => method === 'POST')
const holdByOther = ({ api, seats }: ChartScene, objectLabel: string) =>
  api(`POST ${seats}/hold`, { objectLabel, holdToken: OTHER_TOKEN })

describe('without a session', () => {
  test('what is clicked is selected, and given up by another click; nothing is held', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render()
    expect(scene.called).toEqual(['rendered'])
    await scene.click('A-1')
    expect(scene.called.slice(1)).toEqual(['clicked A-1', 'selected A-1'])
    expect([chart.selectedObjects, chart.holdToken]).toEqual([['A-1'], ''])
    await scene.click('A-1')
    expect(scene.called.slice(3)).toEqual(['clicked A-1', 'deselected A-1'])
    expect(chart.selectedObjects).toEqual([])
    expect(posts(scene)).toEqual([])
  })

  test('what somebody else takes meanwhile is selected no more, and the page is told', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render()
    await scene.click('A-1')
    await holdByOther(scene, 'A-1')
    await scene.pass(2_000)
    expect(chart.selectedObjects).toEqual([])
    expect(scene.called.slice(-2)).toEqual(['lost A-1', 'deselected A-1'])
  })

  test('places of an area stay selected while others take some of the rest', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ selectedObjects: [{ label: 'Lawn', amount: 2 }] })
    const area = { objectLabel: 'Lawn', objectType: 'generalAdmission', quantity: 3 }
    await scene.api(`POST ${scene.seats}/hold`, { ...area, holdToken: OTHER_TOKEN })
    await scene.pass(2_000)
    expect(chart.selectedObjects).toEqual(['Lawn'])
    expect(await chart.findObject('Lawn')).toMatchObject({ numFree: 6, numSelected: 2 })
    expect(scene.called).not.toContain('lost Lawn')
  })

  test('what is selected is in the form around the chart', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ selectedObjectsInputName: 'seats' })
    await chart.doSelectObjects(['A-1', 'A-2'])
    const input = () => scene.window.document.querySelector('form input[name=seats]')
    expect(input()?.getAttribute('type')).toBe('hidden')
    expect((input() as unknown as HTMLInputElement).value).toBe('A-1,A-2')
    chart.destroy()
    expect(input()).toBeNull()
  })
})

describe('with a session', () => {
  test('what is clicked is held, and the page has the token to book with', async () => {
    const scene = await openChartScene(theatre())
    const sessions: unknown[] = []
    const chart = await scene.render({
      session: 'continue',
      holdTokenInputName: 'token',
      onSessionInitialized: (session) => void sessions.push(session),
    })
    await scene.click('A-1')
    expect(scene.called.slice(1)).toEqual(['clicked A-1', 'selected A-1', 'held A-1'])
    expect(posts(scene)).toMatchObject([{ body: { holdToken: chart.holdToken } }])
    const input = scene.window.document.querySelector('form input[name=token]')
    expect((input as unknown as HTMLInputElement).value).toBe(chart.holdToken)
    const end = new Date(scene.clock.now() + 900_000).toISOString()
    const session = { token: chart.holdToken, expiresAt: end, expiresInSeconds: 900 }
    // Once when the token is known, and once when the first hold has set the deadline.
    expect(sessions).toEqual([session, session])
    const { status } = await scene.api(`POST ${scene.seats}/book`, {
      objectLabels: chart.selectedObjects,
      holdToken: chart.holdToken,
    })
    expect(status).toBe(200)
  })

  test('a seat that somebody else was faster at is refused', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ session: 'continue' })
    await holdByOther(scene, 'A-1')
    await scene.click('A-1')
    expect(scene.called.slice(1)).toEqual(['clicked A-1', 'refused A-1'])
    expect(chart.selectedObjects).toEqual([])
  })

  test('what is given up is released, and what expires is told', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ session: 'continue' })
    await scene.click('A-1')
    await scene.click('A-1')
    expect(scene.called.slice(4)).toEqual(['clicked A-1', 'deselected A-1', 'released A-1'])
    await scene.click('A-2')
    scene.called.length = 0
    await scene.pass(901_000)
    expect(scene.called.sort()).toEqual(['deselected A-2', 'expired'])
    expect(chart.selectedObjects).toEqual([])
  })

  test('the session continue goes on after a reload, start begins with another token', async () => {
    const scene = await openChartScene(theatre())
    const first = await scene.render({ session: 'continue' })
    await scene.click('A-1')
    first.destroy()
    scene.called.length = 0
    const second = await scene.render({ session: 'continue' })
    await scene.pass(2_000)
    expect(second.selectedObjects).toEqual(['A-1'])
    expect(second.holdToken).toBe(first.holdToken)
    expect(scene.called).toEqual(['selected A-1', 'rendered'])
    second.destroy()
    const third = await scene.render({ session: 'start' })
    expect(third.holdToken).not.toBe(first.holdToken)
    expect(third.selectedObjects).toEqual([])
  })

  test('the session manual holds under the token of the page', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ session: 'manual', holdToken: 'token-of-the-shop' })
    await scene.click('A-1')
    expect(posts(scene)).toMatchObject([{ body: { holdToken: 'token-of-the-shop' } }])
    expect(chart.holdToken).toBe('token-of-the-shop')
  })

  test('another session gives back what was held, under another token', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ session: 'continue' })
    await scene.click('A-1')
    const before = chart.holdToken
    const renewed = chart.startNewSession()
    await scene.quiet()
    await renewed
    expect(chart.selectedObjects).toEqual([])
    expect(chart.holdToken).not.toBe(before)
    expect(scene.called.slice(-2)).toEqual(['deselected A-1', 'released A-1'])
  })

  test('requests under way are told, once for all of them', async () => {
    const scene = await openChartScene(theatre())
    const told: string[] = []
    await scene.render({
      session: 'continue',
      onHoldCallsInProgress: () => void told.push('begin'),
      onHoldCallsComplete: () => void told.push('end'),
    })
    await scene.click('A-1')
    expect(told).toEqual(['begin', 'end'])
  })
})

describe('what is asked before something is selected', () => {
  test('the page asks for the type of a ticket itself', async () => {
    const scene = await openChartScene(theatre())
    const asked: unknown[] = []
    const chart = await scene.render({
      pricing: types,
      onTicketTypePrompt: ({ ticketTypes, objectToSelect }, confirm) => {
        asked.push(objectToSelect.label, ...ticketTypes.map(({ ticketType }) => ticketType))
        confirm('child')
      },
    })
    await scene.click('L-1')
    expect(asked).toEqual(['L-1', 'adult', 'child'])
    expect(scene.called.at(-1)).toBe('selected L-1 child')
    const [object] = await chart.listSelectedObjects()
    expect(object).toMatchObject({ label: 'L-1', selectedTicketType: 'child', selected: true })
    // Of category 1 there is nothing to ask.
    await scene.click('A-1')
    expect([scene.called.at(-1), asked.length]).toEqual(['selected A-1', 3])
  })

  test('the page asks for the number of places itself, and may change it', async () => {
    const scene = await openChartScene(theatre())
    const asked: unknown[] = []
    let answer = 3
    const chart = await scene.render({
      maxSelectedObjects: 5,
      onPlacesPrompt: ({ selectedPlaces, minPlaces, maxPlaces }, confirm) => {
        asked.push([selectedPlaces, minPlaces, maxPlaces])
        confirm(answer)
      },
    })
    const numberOf = async () => {
      const [object] = await chart.listSelectedObjects()
      return object?.objectType === 'GeneralAdmissionArea' ? object.numSelected : 0
    }
    await scene.click('Lawn')
    expect(await numberOf()).toBe(3)
    answer = 1
    await scene.click('Lawn')
    expect(await numberOf()).toBe(1)
    answer = 0
    await scene.click('Lawn')
    expect(await numberOf()).toBe(0)
    expect(asked).toEqual([
      [0, 0, 5],
      [3, 0, 5],
      [1, 0, 5],
    ])
    const places = scene.called.filter((it) => it === 'selected Lawn')
    expect(places).toHaveLength(3 + 1)
  })

  test('the page asks for places by type of ticket itself', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({
      pricing: types,
      onPlacesWithTicketTypesPrompt: ({ selectedPlacesByTicketType }, confirm) => {
        const { adult = 0 } = selectedPlacesByTicketType
        confirm({ adult: adult + 1, child: 2 })
      },
    })
    await scene.click('Lawn')
    await scene.click('Lawn')
    const [object] = await chart.listSelectedObjects()
    expect(object).toMatchObject({ numSelected: 4, selectionPerTicketType: { adult: 2, child: 2 } })
  })
})

describe('limits', () => {
  test('no more is selected than the page allows in all', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ maxSelectedObjects: [{ total: 2 }] })
    for (const label of ['A-1', 'A-2', 'A-3']) await scene.click(label)
    expect(chart.selectedObjects).toEqual(['A-1', 'A-2'])
  })

  test('no more of a category and of a type of ticket', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({
      pricing: types,
      maxSelectedObjects: [
        { category: 1, quantity: 1 },
        { category: 'Lounge', ticketTypes: [{ ticketType: 'child', quantity: 1 }] },
      ],
      onTicketTypePrompt: (_, confirm) => {
        confirm('child')
      },
    })
    for (const label of ['A-1', 'A-2', 'L-1', 'L-2']) await scene.click(label)
    expect(chart.selectedObjects).toEqual(['A-1', 'L-1'])
    expect(scene.lookOf('A-2')?.state).toBe('off')
    await scene.click('A-1')
    expect(scene.lookOf('A-2')?.state).toBe('free')
  })

  test('one click selects as many side by side as the page wants', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ numberOfPlacesToSelect: 3 })
    await scene.click('A-2')
    // Not, which would leave A-1 alone.
    expect(chart.selectedObjects).toEqual(['A-1', 'A-2', 'A-3'])
    await scene.click('A-6')
    expect(chart.selectedObjects).toEqual(['A-4', 'A-5', 'A-6'])
    await scene.click('East-C-1')
    expect(chart.selectedObjects).toEqual(['East-C-1', 'East-C-2'])
    await scene.click('A-1')
    expect(chart.selectedObjects).toEqual(['East-C-1', 'East-C-2', 'A-1'])
  })

  test('a click completes what was given up in part', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ numberOfPlacesToSelect: 4 })
    for (const label of ['A-1', 'A-2', 'A-3']) await scene.click(label)
    expect(chart.selectedObjects).toEqual(['A-1', 'A-4'])
    await scene.click('A-2')
    expect(chart.selectedObjects.toSorted()).toEqual(['A-1', 'A-2', 'A-3', 'A-4'])
  })

  test('one click takes so many places of an area, and booths as ever', async () => {
    const scene = await openChartScene(theatre())
    const chart = await scene.render({ numberOfPlacesToSelect: 3 })
    await scene.click('B')
    expect(chart.selectedObjects).toEqual(['B'])
    await scene.click('B')
    await scene.click('Lawn')
    expect(await chart.listSelectedObjects()).toMatchObject([{ label: 'Lawn', numSelected: 3 }])
  })
})
