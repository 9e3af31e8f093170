import { expect, test } from 'vitest'
import { LOOK_MS, STEPS, WINDOW_SECONDS } from '../../../lib/http/limit-requests.ts'
import { SECOND_MS } from '../../../lib/limits/durations.ts'
import { runtimeOver } from '../../../lib/open.ts'
import {
  REQUESTS_PER_MINUTE_MAX,
  requestLimitsFrom,
  type RequestLimits,
} from '../../../lib/request-limits.ts'
import { partitionStarts } from '../../../lib/store/table/partitions.ts'
import { apiOver } from '../../support/api.ts'
import { testKeys, testWorkspaceKeys } from '../../support/holdfast.ts'
import { intercepted } from '../../support/intercepted.ts'
import { openScene, TOKEN } from '../../support/scene.ts'

const MINUTE_MS = WINDOW_SECONDS.perAddress * SECOND_MS

/** A stage with limits, at the beginning of a minute, and what its buyers get from it. */
async function openLimited(requestLimits: RequestLimits) {
  const scene = await openScene()
  const { clock, port, seats, calls } = scene
  clock.advance(MINUTE_MS - (clock.now() % MINUTE_MS))
  const addressSource = { header: 'X-Buyer', fromRight: 1 }
  const newProcess = () => {
    const runtime = runtimeOver(port, { requestLimits, addressSource })
    const api = apiOver(runtime)
    const ask = (address: string, key: string = testKeys.publishable) =>
      api(
        `POST ${seats}/release`,
        { objectLabels: ['A-1'], holdToken: TOKEN },
        { key, headers: ['X-Buyer', address] },
      )
    /** Whether each of so many requests of one address was let through: one that is refused by seats was. */
    const pass = async (times: number, address = '203.0.113.1') => {
      const answers = []
      for (let time = 0; time < times; time += 1) answers.push(await ask(address))
      return answers.filter(({ status }) => status !== 429).length
    }
    return { runtime, api, ask, pass }
  }
  /** Calls that counted since the last time. */
  const counting = () => {
    const ofCounts = calls.all.filter(({ input }) =>
      JSON.stringify(input).includes(`"${partitionStarts.requests}`),
    )
    const writes = ofCounts.filter(({ operation }) => operation === 'UpdateItem').length
    calls.clear()
    return { writes, reads: ofCounts.length - writes }
  }
  return { ...scene, ...newProcess(), newProcess, counting }
}

test('an address gets its requests of a minute, and no more until the next', async () => {
  const { pass, ask, clock } = await openLimited({ perAddress: 3 })
  expect([await pass(2), await pass(1), await pass(2)]).toEqual([2, 1, 0])
  clock.advance(MINUTE_MS - 1)
  const { status, code, headers, body } = await ask('203.0.113.1')
  expect([status, code, headers['Retry-After']]).toEqual([429, 'too_many_requests', '1'])
  expect(body['message']).toMatch(/nothing was done, try again later/)
  clock.advance(1)
  expect(await pass(4)).toBe(3)
})

test('others are counted apart: other addresses, other keys, and other networks of IPv6', async () => {
  const { pass, ask } = await openLimited({ perAddress: 1 })
  expect([await pass(2), await pass(2, '203.0.113.2')]).toEqual([1, 1])
  expect((await ask('203.0.113.1', testWorkspaceKeys.one)).status).not.toBe(429)
  expect([await pass(1, '2001:db8::1'), await pass(1, '2001:db8::2')]).toEqual([1, 0])
  expect(await pass(1, '2001:db8:0:1::1')).toBe(1)
})

test('a key gets its share of ten seconds whoever asks, and who was refused for their address took nothing of it', async () => {
  const { pass, clock } = await openLimited({ perAddress: 2, perKey: 24 })
  const isPassed = [await pass(9, '203.0.113.1'), await pass(2, '203.0.113.2')]
  expect([...isPassed, await pass(1, '203.0.113.3')]).toEqual([2, 2, 0])
  clock.advance(WINDOW_SECONDS.perKey * SECOND_MS)
  expect(await pass(1, '203.0.113.3')).toBe(1)
})

test('answers tell what is left in the header fields of the IETF, which pages may read', async () => {
  const { ask, clock } = await openLimited({ perAddress: 2, perKey: 60 })
  clock.advance(500)
  const told = async () => {
    const { headers } = await ask('203.0.113.1')
    return [headers['RateLimit-Policy'], headers['RateLimit']]
  }
  const policy = '"address";q=2;w=60, "key";q=10;w=10'
  expect(await told()).toEqual([policy, '"address";r=1;t=60, "key";r=9;t=10'])
  clock.advance(9_499)
  expect(await told()).toEqual([policy, '"address";r=0;t=51, "key";r=8;t=1'])
  expect(await told()).toEqual(['"address";q=2;w=60', '"address";r=0;t=51'])
  const { headers } = await ask('203.0.113.9')
  expect(headers['Access-Control-Expose-Headers']).toContain('RateLimit, RateLimit-Policy')
})

test('polls and all other reads, and secret keys, are not counted', async () => {
  const { pass, ask, api, eventKey, counting } = await openLimited({ perAddress: 1, perKey: 6 })
  expect(await pass(2)).toBe(1)
  const options = { key: testKeys.publishable, headers: ['X-Buyer', '203.0.113.1'] }
  for (const path of ['', '/layout', '/snapshot', '/status']) {
    const { status, headers } = await api(
      `GET /api/v1/events/${eventKey}${path}`,
      undefined,
      options,
    )
    expect([status, headers['RateLimit']]).toEqual([200, undefined])
  }
  counting()
  expect((await ask('203.0.113.1', testKeys.secret)).status).toBe(409)
  expect(counting()).toEqual({ writes: 0, reads: 0 })
})

test('a stage without limits counts nothing and tells nothing', async () => {
  const { ask, counting } = await openLimited({})
  const { headers } = await ask('203.0.113.1')
  expect([headers['RateLimit'], headers['RateLimit-Policy']]).toEqual([undefined, undefined])
  expect(counting()).toEqual({ writes: 0, reads: 0 })
})

test('whoever is beyond a limit costs their process no call any more', async () => {
  const { pass, counting } = await openLimited({ perAddress: 2 })
  await pass(3)
  counting()
  expect([await pass(5), counting()]).toEqual([0, { writes: 0, reads: 0 }])
})

test('up to a hundred a window, processes count together to the request', async () => {
  const { pass, newProcess, counting } = await openLimited({ perAddress: STEPS })
  const other = newProcess()
  expect([await pass(STEPS - 40), await other.pass(39)]).toEqual([STEPS - 40, 39])
  expect(counting()).toEqual({ writes: STEPS - 1, reads: 0 })
  expect([await other.pass(2), await pass(1)]).toEqual([1, 0])
})

test('above, one request in many writes, the limit is met within a fifth, and another process knows within a second', async () => {
  const requestsMax = 3 * STEPS
  const { pass, newProcess, counting, clock } = await openLimited({ perAddress: requestsMax })
  const other = newProcess()
  expect([await other.pass(1), await pass(1)]).toEqual([1, 1])
  let passed = 2
  while (passed < 2 * requestsMax && (await pass(1)) === 1) passed += 1
  expect(passed).toBeGreaterThan(requestsMax * 0.8)
  expect(passed).toBeLessThan(requestsMax * 1.2)
  const { writes, reads } = counting()
  expect(writes).toBeLessThan(1.2 * STEPS)
  expect(reads).toBeLessThan(3)
  clock.advance(LOOK_MS)
  expect([await other.pass(1), await newProcess().pass(1)]).toEqual([0, 0])
})

test('where no count can be had, nobody is refused', async () => {
  const { runtime, seats } = await openLimited({ perAddress: 1 })
  const isOfCount = (input: object) => JSON.stringify(input).includes(partitionStarts.requests)
  const store = intercepted(runtime.store, {
    writes: (command, send) =>
      isOfCount(command.input) ? Promise.reject(new Error('the table is down')) : send(),
  })
  const api = apiOver({ ...runtime, store })
  const body = { objectLabels: ['A-1'], holdToken: TOKEN }
  for (let time = 0; time < 3; time += 1) {
    const { status } = await api(`POST ${seats}/release`, body, { key: testKeys.publishable })
    expect(status).toBe(409)
  }
})

test('the environment sets limits, or none; one that cannot be meant stops the start', () => {
  const read = (perAddress?: string, perKey?: string) =>
    requestLimitsFrom({
      HOLDFAST_REQUESTS_PER_ADDRESS: perAddress,
      HOLDFAST_REQUESTS_PER_KEY: perKey,
    })
  expect([read(), read('', ''), read('1')]).toEqual([{}, {}, { perAddress: 1 }])
  expect(read('60', `${REQUESTS_PER_MINUTE_MAX}`)).toEqual({
    perAddress: 60,
    perKey: REQUESTS_PER_MINUTE_MAX,
  })
  for (const wrong of ['0', '-1', '1.5', 'many', `${REQUESTS_PER_MINUTE_MAX + 1}`]) {
    expect(() => read(wrong)).toThrow(/HOLDFAST_REQUESTS_PER_ADDRESS/)
    expect(() => read('1', wrong)).toThrow(/HOLDFAST_REQUESTS_PER_KEY/)
  }
})
