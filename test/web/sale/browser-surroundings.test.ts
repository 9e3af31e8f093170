import { Window } from 'happy-dom'
import { afterEach, expect, test, vi } from 'vitest'
import { diceOf } from '../../support/dice.ts'
import { browserSurroundings } from '../../../web/sale/browser-surroundings.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A page as a browser has it. */
function openPage(more: Readonly<Record<string, unknown>> = {}) {
  const window = new Window()
  const { document, sessionStorage } = window
  const globals = { window, document, navigator: {}, crypto, ...more }
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  const raise = (name: string) => document.dispatchEvent(new window.Event(name))
  return { around: browserSurroundings(), raise, sessionStorage, document }
}

test('the time is about that of the device, and never goes back', () => {
  const { around } = openPage()
  expect(Math.abs(around.now() - Date.now())).toBeLessThan(60_000)
  const times = Array.from({ length: 50 }, () => around.now())
  expect(times).toEqual([...times].sort((one, other) => one - other))
})

test('what a tab keeps is in its own storage', () => {
  const { around, sessionStorage } = openPage()
  around.storage.setItem('basket', 'A-1')
  expect([sessionStorage.getItem('basket'), sessionStorage.length]).toEqual(['A-1', 1])
})

test('where a browser forbids storage, memory does', () => {
  const window = {
    get sessionStorage() {
      throw new Error('SecurityError')
    },
  }
  const { around } = openPage({ window })
  around.storage.setItem('basket', 'A-1')
  expect(around.storage.getItem('basket')).toBe('A-1')
  around.storage.removeItem('basket')
  expect(around.storage.getItem('basket')).toBeNull()
})

test('whoever looks away, comes back or does something is heard, until nobody listens', () => {
  const { around, raise } = openPage()
  const heard: string[] = []
  const ends = [
    around.onVisibility(() => heard.push('seen')),
    around.onActivity?.(() => heard.push('done')),
  ]
  for (const name of ['visibilitychange', 'pointerdown', 'keydown', 'wheel', 'blur']) raise(name)
  expect(heard).toEqual(['seen', 'done', 'done', 'done'])
  for (const end of ends) end?.()
  for (const name of ['visibilitychange', 'pointerdown']) raise(name)
  expect(heard).toHaveLength(4)
})

test('tokens are hard to guess, without TLS too', () => {
  const dice = diceOf(1)
  const insecure = { getRandomValues: (bytes: Uint8Array) => bytes.map(() => dice(256)) }
  for (const more of [{}, { crypto: insecure }]) {
    const { around } = openPage(more)
    const tokens = Array.from({ length: 100 }, () => around.makeToken())
    expect(new Set(tokens).size).toBe(100)
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f-]{32,36}$/)
  }
})

test('a name is this tab’s alone until it is given up, where a browser has locks', async () => {
  const taken = new Set<string>()
  const request = async (name: string, options: object, hold: () => Promise<void>) => {
    expect(options).toHaveProperty('signal')
    if (taken.has(name)) throw new Error('AbortError')
    taken.add(name)
    await hold()
    taken.delete(name)
  }
  const { around } = openPage({ navigator: { locks: { request } } })
  const giveUp = await around.claim?.('basket')
  expect(giveUp).toBeDefined()
  expect(await around.claim?.('basket')).toBeUndefined()
  giveUp?.()
  await Promise.resolve()
  await Promise.resolve()
  expect(await around.claim?.('basket')).toBeDefined()
  expect(openPage().around.claim).toBeUndefined()
})
