import { loadHall, takeChanges, type Hall } from './hall.ts'
import { load, troubleIn, type Parts, type Trouble } from './load.ts'
import { readSnapshot } from './read-answers.ts'
import { openReach, type Reach } from './reach.ts'
import type { Ask } from './requests.ts'
import type { Connection, LoadedEvent, Surroundings } from './sale.ts'
import type { ServerClock } from './server-clock.ts'
import {
  AGAIN_MS,
  IDLE_AFTER_MS,
  IDLE_POLL_MS,
  POLL_MS,
  REPEAT_MS,
  REPEAT_MS_MAX,
} from './times.ts'

// Follows an event by its snapshot. One question is under way at a time, so answers come in order:
//
// 1. Nothing is known, or drawing or terms are others: read everything.
// 2. Ask what has changed since, a second after the last question, or five where nobody does anything. Nobody looks: ask nothing.
// 3. No good answer: ask again, later each time, and as late as the server wishes. None for some seconds: say so. Refused, or gone: say so,
//    and look again now and then.

/** What following an event needs, and whom it tells. */
export interface Following {
  readonly around: Surroundings
  readonly eventKey: string
  readonly ask: Ask
  readonly clock: ServerClock
  readonly hall: Hall
  /** Whether it matters when the event was read. */
  readonly isDoubtful: () => boolean
  readonly onLoaded: (event: LoadedEvent) => void
  /** After every good answer, by the server's clock. */
  readonly onTold: (toldAt: number) => void
  readonly onConnection: (connection: Connection) => void
}

/** An event that is followed. */
export interface Follow {
  start(): void
  stop(): void
  /** Reads everything anew. */
  reload(): void
  /** Asks at once. */
  look(): void
  readonly connection: Connection
  /** When it is known whether there is anything to show; at once where nobody asks. */
  ready(): Promise<void>
}

interface State {
  /** Raised by start and stop: answers to what was asked before count for nothing. */
  turn: number
  /** Gives up what is under way. */
  abort: AbortController
  isOn: boolean
  known: { readonly edition: string; readonly revision: string } | undefined
  parts: Parts
  failures: number
  /** Answers in a row that were older than what is known. */
  older: number
  isAsking: boolean
  /** Whether somebody wished to know while a question was under way. */
  isWanted: boolean
  askedAt: number
  activeAt: number
  callOffNext: () => void
  ends: readonly (() => void)[]
}

/** Opens it; nothing is asked before `start`. */
export function openFollow(following: Following): Follow {
  const state: State = {
    ...{
      turn: 0,
      abort: new AbortController(),
      isOn: false,
      known: undefined,
      parts: {},
      failures: 0,
    },
    ...{ older: 0, isAsking: false, isWanted: false, askedAt: 0, activeAt: 0 },
    ...{ callOffNext: nothing, ends: [] },
  }
  const reach = openReach(following.around, following.onConnection)
  const ask: Ask = (request) => following.ask({ ...request, signal: state.abort.signal })
  const all: All = { ...following, ask, state, reach }
  const look = () => {
    if (state.isOn) step(all)
  }
  return {
    look,
    start() {
      if (!state.isOn) start(all)
    },
    stop() {
      if (state.isOn) stop(all)
    },
    reload() {
      forget(state)
      look()
    },
    get connection() {
      return reach.connection
    },
    ready: () => (state.isOn ? reach.ready() : Promise.resolve()),
  }
}

type All = Following & { readonly state: State; readonly reach: Reach }

function nothing(): void {
  // Nobody waits.
}

function start(all: All): void {
  const { state, around } = all
  state.turn += 1
  state.abort = new AbortController()
  state.isOn = true
  state.activeAt = around.now()
  const onVisibility = () => {
    state.callOffNext()
    if (!around.isVisible()) return
    state.activeAt = around.now()
    step(all)
  }
  state.ends = [
    around.onVisibility(onVisibility),
    around.onActivity?.(() => {
      noteActivity(all)
    }) ?? nothing,
  ]
  step(all)
}

function stop({ state, reach }: All): void {
  state.turn += 1
  state.abort.abort()
  state.isOn = false
  state.isAsking = false
  state.isWanted = false
  state.callOffNext()
  reach.unwatch()
  reach.letGo()
  for (const end of state.ends) end()
}

function forget(state: State): void {
  state.known = undefined
  state.parts = {}
}

function noteActivity(all: All): void {
  const { state, around, reach } = all
  const wasIdle = isIdle(all)
  state.activeAt = around.now()
  if (wasIdle && reach.connection === 'live') schedule(all, untilNext(all))
}

function isIdle({ state, around }: All): boolean {
  return around.now() - state.activeAt >= IDLE_AFTER_MS
}

function untilNext(all: All): number {
  const interval = isIdle(all) ? IDLE_POLL_MS : POLL_MS
  return Math.max(0, all.state.askedAt + interval - all.around.now())
}

function schedule(all: All, delayMs: number): void {
  const { state, around } = all
  state.callOffNext()
  state.callOffNext = nothing
  if (state.isOn && !state.isAsking && around.isVisible()) {
    state.callOffNext = around.later(delayMs, () => {
      step(all)
    })
  }
}

function step(all: All): void {
  const { state, around } = all
  if (state.isAsking) {
    state.isWanted = true
    return
  }
  state.callOffNext()
  state.isAsking = true
  state.askedAt = around.now()
  all.reach.watch()
  const { turn } = state
  const asked = state.known === undefined ? loadAll(all) : poll(all, state.known)
  void asked.then((result) => {
    if (turn !== state.turn) return
    state.isAsking = false
    settle(all, result())
  })
}

type Result = { readonly kind: 'good' | 'anew' } | Trouble

const good = { kind: 'good' } as const
const anew = { kind: 'anew' } as const

/** Reads everything; what came is taken by the answer, once it is known that it still counts. */
async function loadAll(all: All): Promise<() => Result> {
  const { state, reach, hall, eventKey, ask, clock } = all
  const { parts } = state
  const heard = () => {
    // Until there is something to show, an answer that is still coming in is no silence.
    if (reach.connection === 'loading') reach.unwatch()
  }
  const loaded = await load({ ask, eventKey, heard }, parts)
  return () => {
    // Told to read anew meanwhile.
    if (parts !== state.parts) return anew
    if (loaded.kind !== 'loaded') return loaded
    const { event, snapshot, answer, isOld } = loaded
    state.parts = {}
    if (isOld || !loadHall(hall, snapshot)) return { kind: 'failed', retryAfterMs: 0 }
    clock.hear({ ...answer, serverTime: snapshot.serverTime })
    state.known = snapshot
    all.onLoaded(event)
    return good
  }
}

async function poll(all: All, known: Required<State>['known']): Promise<() => Result> {
  const { state, hall, clock } = all
  const revision = known?.revision ?? ''
  const answer = await all.ask({
    path: `/snapshot?since=${encodeURIComponent(revision)}`,
    // Only an answer with a body says what time it is to the millisecond, and when the event was read.
    ...(clock.isExact && !all.isDoubtful() ? { tag: revision } : {}),
  })
  return () => {
    if (known !== state.known) return anew
    if (answer?.status === 304) return good
    const snapshot = answer?.status === 200 ? readSnapshot(answer.body) : undefined
    if (answer === undefined || snapshot === undefined) return troubleIn(answer)
    clock.hear({ ...answer, serverTime: snapshot.serverTime })
    if (snapshot.edition !== known?.edition) return anew
    if (isBefore(snapshot.revision, revision) && state.older < OLDER_MAX) {
      state.older += 1
      return good
    }
    if (!takeChanges(hall, snapshot)) return anew
    state.older = 0
    state.known = snapshot
    return good
  }
}

/** So many loads in a row that came to nothing are told. */
const FAILED_LOADS = 3

/** Answers of another process that is behind; after so many in a row it is the truth. */
const OLDER_MAX = 5

function isBefore(one: string, other: string): boolean {
  return Number.parseInt(one, 10) < Number.parseInt(other, 10)
}

function settle(all: All, result: Result): void {
  const { state, reach } = all
  const isWanted = state.isWanted
  state.isWanted = false
  switch (result.kind) {
    case 'good':
      state.failures = 0
      reach.unwatch()
      reach.connect('live')
      schedule(all, isWanted ? 0 : untilNext(all))
      all.onTold(all.clock.now())
      return
    case 'anew':
      forget(state)
      schedule(all, 0)
      return
    case 'failed':
      state.failures += 1
      // Answers may come and be of no use: somebody waits for a hall that does not load.
      if (reach.connection === 'loading' && state.failures >= FAILED_LOADS) reach.connect('offline')
      schedule(all, Math.max(backOff(all), result.retryAfterMs))
      return
    case 'refused':
    case 'gone':
      reach.unwatch()
      forget(state)
      reach.connect(result.kind)
      schedule(all, AGAIN_MS)
  }
}

function backOff({ state, around }: All): number {
  const most = Math.min(REPEAT_MS * 2 ** (state.failures - 1), REPEAT_MS_MAX)
  return Math.floor(most * (0.5 + around.random() / 2))
}
