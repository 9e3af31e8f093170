import { describe, expect, test } from 'vitest'
import { line, openLive } from './live.ts'

const SECOND = 1_000
const MINUTE = 60_000

describe('a basket', () => {
  test('has one deadline: what is held later is held for what is left', async () => {
    const { hold, sale, pass, clock, requests, heard } = await openLive({ holdSeconds: 300 })
    await hold('A-1')
    const until = clock.now() + 300_000
    await pass(100_500)
    await hold('A-2')
    expect(requests.at(-1)?.body).toMatchObject({ ttlSeconds: 200 })
    expect(sale.basket.expiresAt).toBe(until)
    await pass(until - clock.now())
    // The second ends half a second later, and is told with the first.
    expect(heard('expired')).toEqual([[line('A-1'), line('A-2')]])
    expect([sale.letterOf('A-1'), sale.letterOf('A-2')]).toEqual(['f', 'h'])
    await pass(500)
    expect(sale.letterOf('A-2')).toBe('f')
  })

  test('has the server’s own deadline unless told otherwise', async () => {
    const { hold, sale, clock, requests } = await openLive()
    await hold('A-1')
    expect(requests.at(-1)?.body).not.toHaveProperty('ttlSeconds')
    expect(sale.basket.expiresAt).toBe(clock.now() + 15 * MINUTE)
  })

  test('lasts longer only where the shop’s server has extended it and says so', async () => {
    const { hold, sale, api, seats, pass, clock, heard } = await openLive({ holdSeconds: 60 })
    await hold('A-1')
    await pass(50 * SECOND)
    const { holdToken } = sale.basket
    const { body } = await api(`POST ${seats}/extend`, { holdToken, ttlSeconds: 600 })
    const until = Date.parse(String(body['holdExpiresAt']))
    sale.keptUntil(NaN)
    sale.keptUntil(until)
    await pass(until - clock.now() - 1)
    expect([heard('expired'), sale.letterOf('A-1')]).toEqual([[], 'h'])
    await pass(1)
    expect(heard('expired')).toEqual([[line('A-1')]])
  })

  test('loses what somebody at the box office releases', async () => {
    const { hold, sale, api, seats, pass, heard } = await openLive()
    await hold('A-1', 'A-2')
    await pass(10 * SECOND)
    await api(`POST ${seats}/release`, { objectLabels: ['A-1'] })
    await pass(2 * SECOND)
    expect([heard('expired'), sale.basket.items]).toEqual([[[line('A-1')]], [line('A-2')]])
    expect(sale.letterOf('A-1')).toBe('f')
  })

  test.each([300, 700, 1_400])(
    'loses what is released %s ms after the hold, before a snapshot has shown it',
    async (later) => {
      const { hold, sale, api, seats, pass, wire, heard } = await openLive()
      await pass(10 * SECOND)
      let isSlow = true
      wire.handle = ({ path }, send) =>
        isSlow && path.startsWith('/snapshot')
          ? Promise.resolve(new Response(null, { status: 304 }))
          : send()
      await hold('A-1', 'A-2')
      await pass(later)
      await api(`POST ${seats}/release`, { objectLabels: ['A-1'] })
      isSlow = false
      await pass(3_900 - later)
      expect([heard('expired'), sale.basket.items.length]).toEqual([[], 2])
      await pass(2 * SECOND)
      expect([heard('expired'), sale.basket.items]).toEqual([[[line('A-1')]], [line('A-2')]])
      expect(sale.letterOf('A-1')).toBe('f')
    },
  )

  test('keeps what a snapshot shows as free that was read before the hold, whenever it is told', async () => {
    const { hold, sale, pass, wire, poll, clock, heard } = await openLive()
    await pass(10 * SECOND)
    const before = (await poll()).body
    wire.handle = ({ path }, send) => {
      if (!path.startsWith('/snapshot')) return send()
      const serverTime = new Date(clock.now()).toISOString()
      return Promise.resolve(new Response(JSON.stringify({ ...before, serverTime })))
    }
    await hold('A-1')
    await pass(MINUTE)
    expect([heard('expired'), sale.basket.items]).toEqual([[], [line('A-1')]])
  })

  test('loses what was booked, which has not expired', async () => {
    const { hold, sale, api, seats, pass, heard } = await openLive()
    await hold('A-1', 'A-2')
    await pass(10 * SECOND)
    const { holdToken } = sale.basket
    await api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken })
    await pass(2 * SECOND)
    expect([heard('expired'), sale.basket.items]).toEqual([[], [line('A-2')]])
    expect([sale.letterOf('A-1'), heard('basket').at(-1)?.items]).toEqual(['b', [line('A-2')]])
  })

  test('keeps what a late snapshot shows as free still', async () => {
    const { hold, sale, pass, wire, heard } = await openLive()
    const all: string[] = []
    wire.handle = async ({ path }, send) => {
      // The relay is a minute late: polls answer what was.
      if (!path.startsWith('/snapshot')) return send()
      all.push(path)
      return new Response(null, { status: 304 })
    }
    await hold('A-1')
    await pass(MINUTE)
    expect(all.length).toBe(60)
    expect([heard('expired'), sale.letterOf('A-1')]).toEqual([[], 'h'])
    await pass(11 * SECOND)
    expect([heard('expired'), sale.letterOf('A-1')]).toEqual([[[line('A-1')]], 'f'])
  })

  test('that was released and held again at once is kept, whatever polls were under way', async () => {
    const { hold, sale, pass, quiet, heard } = await openLive()
    for (let round = 0; round < 5; round += 1) {
      await hold('A-1')
      await pass(300 + round * 170)
      void sale.release(['A-1'])
      await quiet()
      await hold('A-1')
      await pass(4 * SECOND)
      expect([heard('expired'), sale.basket.items]).toEqual([[], [line('A-1')]])
      void sale.release(['A-1'])
      await quiet()
      expect(sale.letterOf('A-1')).toBe('f')
    }
  })

  test('is forgotten without release when somebody else has sold it', async () => {
    const { hold, sale, api, seats, pass, requests, heard } = await openLive()
    await hold('A-1')
    const { holdToken } = sale.basket
    await api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken })
    const before = requests.length
    sale.forget()
    expect([sale.basket.items, sale.letterOf('A-1')]).toEqual([[], 'b'])
    await pass(5 * SECOND)
    expect(sale.letterOf('A-1')).toBe('b')
    expect(requests.slice(before).every(({ method }) => method === 'GET')).toBe(true)
    expect(heard('released')).toEqual([])
  })

  test('begins anew under another token, and gives everything back', async () => {
    const { hold, sale, quiet, heard, api, seats } = await openLive()
    await hold('A-1')
    const { holdToken } = sale.basket
    void sale.startAnew()
    await quiet()
    expect(sale.basket.items).toEqual([])
    expect(sale.basket.holdToken).not.toBe(holdToken)
    expect(heard('released')).toEqual([[line('A-1')]])
    const body = { objectLabel: 'A-1', holdToken: 'somebody-else' }
    expect((await api(`POST ${seats}/hold`, body)).status).toBe(200)
  })
})
