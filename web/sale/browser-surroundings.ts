import { SECOND_MS } from '../../lib/limits/durations.ts'
import type { Surroundings } from './sale.ts'

/** How long a page waits for a name that another may be about to give up. */
const CLAIM_MS = SECOND_MS

/** What a person does, as a page hears of it. */
const activities = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** The browser as it is. */
export function browserSurroundings(): Surroundings {
  return {
    fetch: (...request) => fetch(...request),
    // Unlike the time of day it never jumps; that it may stand still in a sleeping device shows by the server's answers.
    now: () => performance.timeOrigin + performance.now(),
    later(milliseconds, call) {
      const timer = setTimeout(call, milliseconds)
      return () => {
        clearTimeout(timer)
      }
    },
    storage: tabStorage(),
    isVisible: () => document.visibilityState !== 'hidden',
    onVisibility: (call) => listen(document, ['visibilitychange'], call),
    onActivity: (call) => listen(document, activities, call),
    makeToken,
    random: () => Math.random(),
    ...('locks' in navigator ? { claim } : {}),
  }
}

function listen(target: EventTarget, names: readonly string[], call: () => void): () => void {
  const options = { passive: true, capture: true }
  const hear = () => {
    call()
  }
  for (const name of names) target.addEventListener(name, hear, options)
  return () => {
    for (const name of names) target.removeEventListener(name, hear, options)
  }
}

/** The tab's own storage, or memory where a browser forbids it. */
function tabStorage(): Surroundings['storage'] {
  try {
    const { sessionStorage } = window
    const probe = 'holdfast-probe'
    sessionStorage.setItem(probe, probe)
    sessionStorage.removeItem(probe)
    return sessionStorage
  } catch {
    const kept = new Map<string, string>()
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    }
  }
}

const TOKEN_BYTES = 16

/** As `crypto.randomUUID` makes it, which pages without TLS do not have. */
function makeToken(): string {
  if ('randomUUID' in crypto) return crypto.randomUUID()
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(TOKEN_BYTES))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A lock that lasts as long as the page, or until it is given up. */
function claim(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const hold = () =>
      new Promise<void>((release) => {
        resolve(() => {
          release()
        })
      })
    navigator.locks.request(name, { signal: AbortSignal.timeout(CLAIM_MS) }, hold).catch(() => {
      resolve(undefined)
    })
  })
}
