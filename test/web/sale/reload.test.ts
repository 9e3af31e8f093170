import { describe, expect, test } from 'vitest'
import { seatsioOver } from '../../support/seatsio.ts'
import { memoryStorage } from '../memory-storage.ts'
import { line, openLive, openTab } from './live.ts'
import { openSaleScene, type TabOptions } from './sale-scene.ts'

const SECOND = 1_000
const MINUTE = 60_000

describe('a reload of the page', () => {
  test('keeps token, lines and deadline, and extends nothing', async () => {
    const scene = await openSaleScene()
    const storage = memoryStorage()
    const first = await openTab(scene, { storage, holdSeconds: 600 })
    void first.sale.hold([{ ...line('A-1'), ticketType: 'child' }, line('A-2')])
    await scene.quiet()
    const { basket } = first.sale
    await scene.pass(MINUTE)
    first.sale.stop()
    const second = await openTab(scene, { storage, holdSeconds: 600, clockAhead: 7_200_000 })
    expect(second.sale.basket).toEqual(basket)
    expect(second.requests.every(({ method }) => method === 'GET')).toBe(true)
    await second.hold('A-3')
    expect(second.requests.at(-1)?.body).toMatchObject({
      holdToken: basket.holdToken,
      ttlSeconds: 540,
    })
    await scene.pass((basket.expiresAt ?? 0) - scene.clock.now())
    expect(second.heard('expired').flat()).toHaveLength(3)
  })

  test('right after a hold keeps it, though no snapshot shows it yet', async () => {
    const scene = await openSaleScene()
    const storage = memoryStorage()
    const first = await openTab(scene, { storage })
    await first.hold('A-1')
    first.sale.stop()
    const second = await openTab(scene, { storage })
    expect([second.sale.basket.items, second.sale.letterOf('A-1')]).toEqual([[line('A-1')], 'h'])
    await scene.pass(10 * SECOND)
    expect([second.sale.basket.items, second.heard('expired')]).toEqual([[line('A-1')], []])
  })

  test('drops what has ended or was lost meanwhile', async () => {
    const scene = await openSaleScene()
    const storage = memoryStorage()
    const first = await openTab(scene, { storage })
    await first.hold('A-1', 'A-2')
    await scene.pass(5 * SECOND)
    first.sale.stop()
    await scene.api(`POST ${scene.seats}/release`, { objectLabels: ['A-2'] })
    await scene.settle()
    await scene.pass(5 * SECOND)
    const second = await openTab(scene, { storage })
    expect([second.sale.basket.items, second.heard('expired')]).toEqual([
      [line('A-1')],
      [[line('A-2')]],
    ])
    second.sale.stop()
    await scene.pass(15 * MINUTE)
    const third = await openTab(scene, { storage })
    expect([third.sale.basket.items, third.heard('expired')]).toEqual([[], [[line('A-1')]]])
  })

  test.each(['{', 'null', '[]', '{"token":7}', '{"token":"t","items":[7,{"label":"A-1"}]}'])(
    'with %s in the storage begins anew',
    async (text) => {
      const storage = memoryStorage()
      const spoilt = { ...storage, getItem: () => text }
      const { sale, hold } = await openLive({ storage: spoilt })
      expect(sale.basket.items).toEqual([])
      expect((await hold('A-1')).held).toEqual(text.includes('"t"') ? [] : [line('A-1')])
    },
  )

  test('with a storage that refuses everything still sells', async () => {
    const refuse = () => {
      throw new Error('SecurityError')
    }
    const storage = { getItem: refuse, setItem: refuse, removeItem: refuse }
    const { hold } = await openLive({ storage })
    expect((await hold('A-1')).held).toEqual([line('A-1')])
  })
})

describe('tokens', () => {
  /** Names that tabs have claimed, as a browser's locks. */
  function locks(): NonNullable<TabOptions['claim']> {
    const taken = new Set<string>()
    return (name) => {
      if (taken.has(name)) return Promise.resolve(undefined)
      taken.add(name)
      return Promise.resolve(() => void taken.delete(name))
    }
  }

  function copyOf(storage: TabOptions['storage']) {
    const copy = memoryStorage()
    const name = 'holdfast-basket http://holdfast.test/ '
    return {
      ...copy,
      getItem: (key: string) =>
        copy.getItem(key) ?? (key.startsWith(name) ? (storage?.getItem(key) ?? null) : null),
    }
  }

  test('a duplicated tab has a basket of its own, and a reloaded one keeps it', async () => {
    const scene = await openSaleScene()
    const claim = locks()
    const storage = memoryStorage()
    const first = await openTab(scene, { storage, claim })
    await first.hold('A-1')
    const { basket } = first.sale
    const duplicate = await openTab(scene, { storage: copyOf(storage), claim })
    expect(duplicate.sale.basket.items).toEqual([])
    expect(duplicate.sale.basket.holdToken).not.toBe(basket.holdToken)
    expect((await duplicate.hold('A-1')).refused).toEqual([{ label: 'A-1', reason: 'held' }])
    first.sale.stop()
    const reloaded = await openTab(scene, { storage, claim })
    expect(reloaded.sale.basket).toEqual(basket)
  })

  test('a sale that was stopped goes on with its basket, unless another has it by now', async () => {
    const scene = await openSaleScene()
    const claim = locks()
    const storage = memoryStorage()
    const tab = await openTab(scene, { storage, claim })
    await tab.hold('A-1')
    const { basket } = tab.sale
    tab.sale.stop()
    tab.sale.start()
    await scene.quiet()
    expect(tab.sale.basket).toEqual(basket)
    tab.sale.stop()
    const other = await openTab(scene, { storage, claim })
    tab.sale.start()
    await scene.quiet()
    expect(other.sale.basket).toEqual(basket)
    expect(tab.sale.basket.items).toEqual([])
  })

  test('a token that the shop gives is used, and nothing of another’s basket', async () => {
    const scene = await openSaleScene()
    const storage = memoryStorage()
    const claim = locks()
    const first = await openTab(scene, { storage, claim })
    await first.hold('A-1')
    const holdToken = 'a-token-of-the-shop'
    const given = await openTab(scene, { storage, claim, holdToken })
    expect(given.sale.basket).toEqual({ holdToken, items: [], expiresAt: undefined })
    await given.hold('A-2')
    expect(given.requests.at(-1)?.body).toMatchObject({ holdToken })
    given.sale.stop()
    const again = await openTab(scene, { storage, claim, holdToken })
    expect(again.sale.basket.items).toEqual([line('A-2')])
  })

  test('a token that the other API issued has its own deadline, whatever the page wishes', async () => {
    const scene = await openSaleScene()
    const seatsio = seatsioOver(scene.runtime)
    const { body } = await seatsio('POST /hold-tokens', { expiresInMinutes: 5 })
    const holdToken = String(body?.['holdToken'])
    const until = scene.clock.now() + 5 * MINUTE
    await scene.pass(MINUTE)
    const { hold, sale, heard } = await openTab(scene, { holdToken, holdSeconds: 600 })
    await hold('A-1')
    await scene.pass(MINUTE)
    await hold('A-2')
    expect(sale.basket.expiresAt).toBe(until)
    await scene.pass(until - scene.clock.now())
    expect(heard('expired')).toEqual([[line('A-1'), line('A-2')]])
  })

  test('a token of another form than the API’s is refused in its words', async () => {
    const { hold, heard } = await openLive({ holdToken: 'short' })
    const refused = [{ label: 'A-1', reason: 'input_invalid' }]
    expect((await hold('A-1')).refused).toEqual(refused)
    expect(heard('refused')).toEqual([refused])
  })
})
