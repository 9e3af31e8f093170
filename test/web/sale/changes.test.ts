import { describe, expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../support/drawings.ts'
import { line, openLive } from './live.ts'
import { never, openSaleScene, type Wire } from './sale-scene.ts'

const SECOND = 1_000

const pass: Wire['handle'] = (_, send) => send()

/** Befalls changes alone: the event is followed all the while. */
function onChanges(handle: Wire['handle']): Wire['handle'] {
  return (request, send) => (request.method === 'POST' ? handle(request, send) : send())
}

describe('one after the other', () => {
  test('a seat that is clicked twice is held once', async () => {
    const { sale, quiet, posts } = await openLive()
    const both = [sale.hold([line('A-1')]), sale.hold([line('A-1')])]
    await quiet()
    expect(await Promise.all(both)).toEqual([
      { held: [line('A-1')], refused: [] },
      { held: [line('A-1')], refused: [] },
    ])
    expect(sale.basket.items).toEqual([line('A-1')])
    expect(posts()).toHaveLength(1)
  })

  test('a release while the hold is under way follows it', async () => {
    const { sale, quiet, posts, heard, statusOf } = await openLive()
    void sale.hold([line('A-1')])
    void sale.release(['A-1'])
    void sale.hold([line('A-2')])
    await quiet()
    expect(posts().map(({ path }) => path)).toEqual([
      '/seats/hold',
      '/seats/release',
      '/seats/hold',
    ])
    expect([heard('released'), sale.basket.items]).toEqual([[[line('A-1')]], [line('A-2')]])
    expect(await statusOf('A-1')).toBe('free')
  })

  test('what is wished before the event is there is held once it is', async () => {
    const { open, quiet, pass: wait } = await openSaleScene()
    const { sale } = open()
    const early = sale.hold([line('A-1')])
    await quiet()
    expect((await early).refused).toEqual([{ label: 'A-1', reason: 'offline' }])
    sale.start()
    const held = sale.hold([line('A-1')])
    await quiet()
    expect((await held).held).toEqual([line('A-1')])
    const other = open()
    other.wire.handle = () => never
    other.sale.start()
    const hopeless = other.sale.hold([line('A-2')])
    await wait(4 * SECOND)
    expect((await hopeless).refused).toEqual([{ label: 'A-2', reason: 'offline' }])
  })

  test('a seat is shown as held while that is asked', async () => {
    const { sale, wire, quiet } = await openLive()
    const seen: string[] = []
    wire.handle = onChanges((_, send) => {
      seen.push(sale.letterOf('A-1'))
      return send()
    })
    void sale.hold([line('A-1')])
    await quiet()
    expect(seen).toEqual(['h'])
  })

  test('a poll that was under way when a seat was held does not take it away', async () => {
    const { sale, wire, pass: wait, quiet, heard } = await openLive()
    let answer = () => {}
    const late = new Promise<void>((resolve) => (answer = resolve))
    const asked = new Promise<void>((resolve) => {
      wire.handle = async ({ path }, send) => {
        const reply = await send()
        if (!path.startsWith('/snapshot')) return reply
        resolve()
        await late
        return reply
      }
    })
    const waiting = wait(SECOND)
    await asked
    expect((await sale.hold([line('A-1')])).held).toEqual([line('A-1')])
    answer()
    await waiting
    await quiet()
    expect([sale.letterOf('A-1'), sale.basket.items]).toEqual(['h', [line('A-1')]])
    expect(heard('expired')).toEqual([])
  })

  test('whoever holds a seat again may choose another ticket type, and no request is made for it', async () => {
    const { sale, quiet, hold, posts } = await openLive()
    await hold('A-1')
    const child = { ...line('A-1'), ticketType: 'child' }
    void sale.hold([child])
    await quiet()
    expect([sale.basket.items, posts().length]).toEqual([[child], 1])
  })
})

describe('an answer that is lost', () => {
  test.each(['/seats/hold', '/seats/release', '/seats/best-available'])(
    'of %s is told again, and nothing is done twice',
    async (lost) => {
      const drawing = rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 20)] } })
      const { sale, wire, pass: wait, quiet, posts } = await openLive({}, drawing)
      let left = 2
      wire.handle = onChanges(async ({ path }, send) => {
        const answer = await send()
        if (path === lost && left-- > 0) throw new TypeError('Failed to fetch')
        return answer
      })
      const best = sale.bestAvailable({ number: 2 })
      void sale.hold([line('Lawn', 5)])
      void sale.release([line('Lawn', 2)])
      await wait(10 * SECOND)
      await quiet()
      expect((await best).held).toHaveLength(2)
      expect(sale.basket.items.at(-1)).toEqual(line('Lawn', 3))
      await wait(2 * SECOND)
      expect(sale.leftOf('Lawn')).toBe(17)
      const sent = posts().filter(({ path }) => path === lost)
      expect(sent).toHaveLength(3)
      expect(new Set(sent.map(({ headers }) => headers['Idempotency-Key'])).size).toBe(1)
    },
  )

  test('for good is a refusal, and what was held is given back when the server answers again', async () => {
    const { sale, wire, pass: wait, statusOf, heard } = await openLive()
    wire.handle = async ({ method }, send) => {
      if (method === 'POST') await send()
      throw new TypeError('Failed to fetch')
    }
    const asked = sale.hold([line('A-1'), line('A-2')])
    await wait(10 * SECOND)
    const refused = ['A-1', 'A-2'].map((label) => ({ label, reason: 'offline' }))
    expect([await asked, sale.connection]).toEqual([{ held: [], refused }, 'offline'])
    expect(heard('refused')).toEqual([refused])
    expect(await statusOf('A-1')).toBe('held')
    wire.handle = pass
    await wait(30 * SECOND)
    expect([sale.connection, sale.basket.items]).toEqual(['live', []])
    expect([await statusOf('A-1'), await statusOf('A-2')]).toEqual(['free', 'free'])
  })

  test('that was never done leaves nothing behind either', async () => {
    const { sale, wire, pass: wait, statusOf } = await openLive()
    wire.handle = () => never
    void sale.hold([line('A-1')])
    void sale.bestAvailable({ number: 2 })
    await wait(20 * SECOND)
    wire.handle = pass
    await wait(30 * SECOND)
    expect([sale.basket.items, await statusOf('A-1')]).toEqual([[], 'free'])
    expect(sale.letterOf('A-1')).toBe('f')
  })
})

describe('while the server is not reached', () => {
  async function openOffline() {
    const live = await openLive()
    await live.hold('B-1')
    live.wire.handle = () => Promise.reject(new TypeError('Failed to fetch'))
    await live.pass(6 * SECOND)
    expect(live.sale.connection).toBe('offline')
    return live
  }

  test('nothing is held, and nothing is sent', async () => {
    const { hold, posts, sale, quiet } = await openOffline()
    const before = posts().length
    expect((await hold('A-1')).refused).toEqual([{ label: 'A-1', reason: 'offline' }])
    const best = sale.bestAvailable({ number: 1 })
    await quiet()
    expect((await best).refused).toEqual([{ label: '', reason: 'offline' }])
    expect(posts()).toHaveLength(before)
  })

  test('what is released leaves the basket, and is given back later', async () => {
    const { sale, wire, pass: wait, quiet, statusOf } = await openOffline()
    void sale.release(['B-1'])
    await quiet()
    expect(sale.basket.items).toEqual([])
    expect(await statusOf('B-1')).toBe('held')
    wire.handle = pass
    await wait(15 * SECOND)
    expect(await statusOf('B-1')).toBe('free')
  })
})
