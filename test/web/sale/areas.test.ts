import { describe, expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { line, openLive } from './live.ts'

const SECOND = 1_000

describe('places of an area', () => {
  const drawing = rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 20)] } })

  test('are added, counted and given back line by line', async () => {
    const { sale, quiet, pass, heard, api, seats } = await openLive({}, drawing)
    expect([sale.letterOf('Lawn'), sale.leftOf('Lawn'), sale.leftOf('A-1')]).toEqual(['a', 20, 0])
    const adult = { ...line('Lawn', 2), ticketType: 'adult' }
    const child = { ...line('Lawn', 3), ticketType: 'child' }
    void sale.hold([adult, child])
    await quiet()
    expect([sale.basket.items, sale.leftOf('Lawn')]).toEqual([[adult, child], 15])
    for (let at = 0; at < 4 * SECOND; at += 250) {
      await pass(250)
      // Neither counted twice once the snapshot tells them, nor not at all until then.
      expect([at, sale.leftOf('Lawn')]).toEqual([at, 15])
    }
    void sale.hold([{ ...adult, quantity: 1 }])
    void sale.release([{ ...child, quantity: 2 }])
    await quiet()
    expect(sale.basket.items).toEqual([
      { ...adult, quantity: 3 },
      { ...child, quantity: 1 },
    ])
    expect(sale.leftOf('Lawn')).toBe(16)
    expect(heard('released')).toEqual([[{ ...child, quantity: 2 }]])
    await pass(3 * SECOND)
    expect(sale.leftOf('Lawn')).toBe(16)
    void sale.release(['Lawn'])
    await quiet()
    expect([sale.basket.items, sale.leftOf('Lawn')]).toEqual([[], 20])
    const rest = { objectLabel: 'Lawn', objectType: 'generalAdmission', quantity: 20 }
    const held = await api(`POST ${seats}/hold`, { ...rest, holdToken: 'somebody-else' })
    expect(held.status).toBe(200)
  })

  test('and seats are held all or none, though they take a request each', async () => {
    const { sale, quiet, api, seats } = await openLive({}, drawing)
    const both = [line('A-1'), line('Lawn', 21)]
    const refused = sale.hold(both)
    await quiet()
    expect(await refused).toEqual({
      held: [],
      refused: [{ label: 'Lawn', reason: 'not_enough_places' }],
    })
    expect([sale.basket.items, sale.letterOf('A-1'), sale.leftOf('Lawn')]).toEqual([[], 'f', 20])
    const status = await api(
      `POST ${seats}/hold`,
      {
        ...{ objectLabel: 'A-1', holdToken: 'somebody-else' },
      },
      { key: testKeys.publishable },
    )
    expect(status.status).toBe(200)
    const fine = sale.hold([line('A-2'), line('Lawn', 20)])
    await quiet()
    expect((await fine).held).toHaveLength(2)
    expect(sale.leftOf('Lawn')).toBe(0)
  })
})
