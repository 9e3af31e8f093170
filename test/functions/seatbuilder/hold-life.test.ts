import { expect, test } from 'vitest'
import {
  changeSettings,
  type SettingsChange,
} from '../../../lib/actions/companies/change-settings.ts'
import { KEY_CACHE_MS } from '../../../lib/http/auth.ts'
import { MINUTE_MS } from '../../../lib/limits/durations.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openScene, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'
import { seatsioOver } from '../../support/seatsio.ts'

const MINUTE_SECONDS = 60

/** A scene whose workspace caps holds, and what buyers and servers ask of it: each answer in a word. */
async function open(caps: SettingsChange) {
  const scene = await openScene(rowDrawing({ seatsPerRow: 10 }))
  const { api, seats, runtime, clock, calls } = scene
  const settle = async (change: SettingsChange) => {
    await changeSettings(runtime, 'one', change)
    clock.advance(KEY_CACHE_MS)
  }
  await settle(caps)
  const told = ({ status, code, body }: Awaited<ReturnType<typeof api>>) =>
    status === 200 ? minutesTo(body['holdExpiresAt']) : [status, code]
  const minutesTo = (at: unknown) =>
    at === null ? null : (Date.parse(at as string) - clock.now()) / MINUTE_MS
  const hold = async (
    label: string,
    minutes: number,
    {
      key = testKeys.publishable,
      holdToken = TOKEN,
      keyed = '',
    }: { key?: string; holdToken?: string; keyed?: string } = {},
  ) => {
    const ttlSeconds = minutes * MINUTE_SECONDS
    const headers = keyed === '' ? [] : ['Idempotency-Key', keyed]
    const body = { objectLabel: label, holdToken, ttlSeconds }
    return told(await api(`POST ${seats}/hold`, body, { key, headers }))
  }
  const extend = async (minutes: number, { holdToken = TOKEN, keyed = '' } = {}) => {
    const headers = keyed === '' ? [] : ['Idempotency-Key', keyed]
    const body = { holdToken, ttlSeconds: minutes * MINUTE_SECONDS }
    return told(await api(`POST ${seats}/extend`, body, { headers }))
  }
  const best = async (minutes: number) => {
    const body = { number: 1, holdToken: TOKEN, ttlSeconds: minutes * MINUTE_SECONDS }
    return told(await api(`POST ${seats}/best-available`, body, { key: testKeys.publishable }))
  }
  const wait = (minutes: number) => {
    clock.advance(minutes * MINUTE_MS)
  }
  const unitsOf = async (ask: () => Promise<unknown>) => {
    calls.clear()
    await ask()
    return calls.all.reduce((sum, { units }) => sum + units, 0)
  }
  return { ...scene, settle, hold, extend, best, wait, unitsOf }
}

const USED_UP = [409, 'hold_life_used_up']
const TOO_OFTEN = [409, 'extensions_used_up']

test('a token holds for so long from its first hold on, however it goes on: by other seats, the same again, or extensions', async () => {
  const { hold, extend, best, wait } = await open({ holdMinutesMax: 20 })
  expect(await hold('A-1', 15)).toBe(15)
  wait(10)
  expect(await hold('A-2', 15)).toBe(10)
  expect(await hold('A-1', 15)).toBe(10)
  expect(await best(15)).toBe(10)
  expect(await extend(5)).toBe(5)
  expect(await extend(15)).toBe(10)
  expect(await extend(15)).toEqual(USED_UP)
  expect(await hold('B-10', 15, { holdToken: OTHER_TOKEN })).toBe(15)
  wait(9.5)
  expect([await hold('A-3', 15), await hold('A-1', 15)]).toEqual([0.5, 0.5])
})

test('below, at and above: a deadline is cut to the minute, also for secret keys and for the first hold', async () => {
  const { hold } = await open({ holdMinutesMax: 20 })
  const key = testKeys.secret
  expect([await hold('A-1', 19), await hold('A-2', 20), await hold('A-3', 21)]).toEqual([
    19, 20, 20,
  ])
  expect(await hold('B-1', 120, { key, holdToken: OTHER_TOKEN })).toBe(20)
})

test('whoever let all of it lapse begins anew, and whoever let it go does not', async () => {
  const { hold, wait, api, seats } = await open({ holdMinutesMax: 20 })
  await hold('A-1', 15)
  wait(14)
  await api(`POST ${seats}/release`, { objectLabels: ['A-1'], holdToken: TOKEN })
  expect(await hold('A-1', 15)).toBe(6)
  wait(6)
  expect(await hold('A-1', 15)).toBe(15)
})

test('holds are extended so often, holding the same again included, and what ends sooner is no extension', async () => {
  const { hold, extend, wait } = await open({ extensionsMax: 2 })
  expect(await hold('A-1', 10)).toBe(10)
  expect(await extend(15)).toBe(15)
  expect(await extend(5)).toBe(5)
  expect(await hold('A-2', 15)).toBe(15)
  expect(await hold('A-1', 15)).toBe(15)
  expect(await hold('A-1', 15)).toBe(15)
  wait(1)
  expect([await hold('A-1', 15), await extend(20)]).toEqual([TOO_OFTEN, TOO_OFTEN])
  expect(await extend(3)).toBe(3)
  expect(await hold('A-3', 15)).toBe(15)
  expect(await hold('B-1', 10, { holdToken: OTHER_TOKEN })).toBe(10)
})

test('with no extension at all a hold stays as it was', async () => {
  const { hold, extend } = await open({ extensionsMax: 0 })
  expect([await hold('A-1', 10), await hold('A-1', 11), await extend(11)]).toEqual([
    10,
    TOO_OFTEN,
    TOO_OFTEN,
  ])
})

test('a repeat is told what was answered, though nothing is left by then', async () => {
  const { hold, extend, wait } = await open({ extensionsMax: 1, holdMinutesMax: 20 })
  await hold('A-1', 10)
  const keyed = 'extend-once'
  expect(await extend(20, { keyed })).toBe(20)
  wait(1)
  expect(await extend(20, { keyed })).toBe(19)
  expect(await extend(20)).toEqual(USED_UP)
})

test('what was held before counts from its last hold, and a cap that is lowered leaves what is held, until it is to be held longer', async () => {
  const { hold, extend, settle, wait } = await open({})
  expect(await hold('A-1', 30)).toBe(30)
  wait(9)
  await settle({ holdMinutesMax: 15 })
  expect(await hold('A-2', 15)).toBe(5)
  wait(6)
  expect([await hold('A-3', 15), await extend(30)]).toEqual([USED_UP, USED_UP])
  expect(await extend(10)).toBe(10)
})

test('where nothing is capped it costs nothing, and else what a look at the entries of the token does', async () => {
  const { hold, unitsOf, settle } = await open({})
  const of = (label: string) =>
    unitsOf(async () => {
      expect(await hold(label, 10)).toBe(10)
    })
  // From then on the process knows the event.
  for (const label of ['A-1', 'A-7', 'A-8']) await of(label)
  const before = await of('A-2')
  await settle({ holdMinutesMax: 20 })
  await of('A-3')
  expect((await of('A-4')) - before).toBe(1)
  await settle({ holdMinutesMax: null, extensionsMax: null })
  await of('A-5')
  expect(await of('A-6')).toBe(before)
})

test('tokens of the other surface live so long from their creation, and are extended so often', async () => {
  const { runtime, eventKey, wait, extend, hold } = await open({
    holdMinutesMax: 20,
    extensionsMax: 1,
  })
  const seatsio = seatsioOver(runtime)
  const issue = async (expiresInMinutes: number) =>
    (await seatsio('POST /hold-tokens', { expiresInMinutes })).body as {
      holdToken: string
      expiresInSeconds: number
    }
  const [short, cut] = [await issue(10), await issue(30)]
  expect([short.expiresInSeconds, cut.expiresInSeconds]).toEqual([600, 1_200])
  const { holdToken } = short
  const move = async (expiresInMinutes: number) => {
    const { status, body } = await seatsio(`POST /hold-tokens/${holdToken}`, { expiresInMinutes })
    const { messages = [] } = body as { messages?: string[] }
    return status === 200 ? 200 : [status, messages[0]]
  }
  const objects = [{ objectId: 'A-1' }]
  await seatsio(`POST /events/${eventKey}/actions/hold`, { objects, holdToken })
  expect(await move(21)).toEqual([400, expect.stringMatching(/20 minutes at most/)])
  expect([await move(5), await move(15)]).toEqual([200, 200])
  expect(await move(16)).toEqual([400, expect.stringMatching(/extended at most 1 times/)])
  expect(await extend(16, { holdToken })).toEqual(TOO_OFTEN)
  wait(10)
  expect(await hold('A-2', 15, { holdToken })).toBe(5)
  expect([await move(4), await move(0)]).toEqual([200, 200])
})
