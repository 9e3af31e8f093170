import { openSale } from '../../../web/sale/open-sale.ts'
import type { Sale, SaleEvents, SaleOptions, Surroundings } from '../../../web/sale/sale.ts'
import type { Api } from '../../support/api.ts'
import { cleanUps } from '../../support/clean-ups.ts'
import { diceOf } from '../../support/dice.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openSnapshotScene, type SnapshotScene } from '../../support/snapshot-scene.ts'
import { memoryStorage } from '../memory-storage.ts'

/** A request of a browser as it arrives. */
export interface Arrived {
  readonly method: string
  /** Behind the path of the event, with its query. */
  readonly path: string
  readonly body: Record<string, unknown>
  readonly headers: Readonly<Record<string, string>>
  /** Aborted where the browser has given it up. */
  readonly signal: AbortSignal | null | undefined
}

/** What happens between browsers and the server: the test sets it. */
export interface Wire {
  /** Answers in the place of the server, or around it. */
  handle: (request: Arrived, send: () => Promise<Response>) => Promise<Response>
}

/** One tab of a browser, whose time passes with the scene's. */
export interface Tab {
  readonly sale: Sale
  /** What the sale told, in order. */
  readonly events: { readonly name: keyof SaleEvents; readonly what: unknown }[]
  /** What was told of one kind. */
  readonly heard: <Name extends keyof SaleEvents>(name: Name) => SaleEvents[Name][]
  /** Requests of this tab. */
  readonly requests: Arrived[]
  readonly wire: Wire
  readonly see: (isVisible: boolean) => void
  readonly act: () => void
  /** Moves the device's clock against the server's. */
  readonly skew: (milliseconds: number) => void
  readonly storage: Surroundings['storage']
}

export interface TabOptions extends Partial<SaleOptions> {
  readonly storage?: Surroundings['storage']
  readonly claim?: Surroundings['claim']
  readonly clockAhead?: number
}

/** A server, and the tabs of browsers that look at one event of it. */
export interface SaleScene extends SnapshotScene {
  readonly open: (options?: TabOptions) => Tab
  /** Lets time pass: timers go off at their millisecond, requests are answered at once. */
  readonly pass: (milliseconds: number) => Promise<void>
  /** Waits until nobody waits for an answer. */
  readonly quiet: () => Promise<void>
}

interface Timer {
  readonly at: () => number
  readonly call: () => void
}

interface World {
  readonly scene: SnapshotScene
  readonly timers: Set<Timer>
  readonly pending: Set<Promise<unknown>>
}

/** Opens it, with no tab yet. */
export async function openSaleScene(drawing?: object): Promise<SaleScene> {
  const scene = await openSnapshotScene(drawing)
  const world: World = { scene, timers: new Set(), pending: new Set() }
  const quiet = () => settleAll(world)
  return {
    ...scene,
    quiet,
    open: (options) => openTab(world, options),
    pass: (milliseconds) => passTime(world, milliseconds),
  }
}

async function passTime(world: World, milliseconds: number): Promise<void> {
  const { clock, told } = world.scene
  const end = clock.now() + milliseconds
  await settleAll(world)
  for (;;) {
    const next = [...world.timers].sort((one, other) => one.at() - other.at())[0]
    if (next === undefined || next.at() > end) break
    clock.advance(Math.max(0, next.at() - clock.now()))
    await told.relay()
    world.timers.delete(next)
    next.call()
    await settleAll(world)
  }
  clock.advance(Math.max(0, end - clock.now()))
  await told.relay()
}

/** Turns after which whoever was answered has said what else he wants. */
const TURNS = 40

async function settleAll({ pending }: World): Promise<void> {
  do {
    await Promise.allSettled(pending)
    for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve()
  } while (pending.size > 0)
}

function openTab(world: World, options: TabOptions = {}): Tab {
  const { scene } = world
  const { storage = memoryStorage(), claim, clockAhead = 0, ...rest } = options
  const device = { ahead: clockAhead - Date.UTC(2020, 1, 1), isVisible: true }
  const seeing = new Set<() => void>()
  const acting = new Set<() => void>()
  const requests: Arrived[] = []
  const wire: Wire = { handle: (_, send) => send() }
  const dice = diceOf(7)
  const around: Surroundings = {
    fetch: fetchOver(world, { requests, wire }),
    now: () => scene.clock.now() + device.ahead,
    later: (milliseconds, call) => {
      const at = scene.clock.now() + milliseconds
      const timer = { at: () => at, call }
      world.timers.add(timer)
      return () => void world.timers.delete(timer)
    },
    storage,
    isVisible: () => device.isVisible,
    onVisibility: (call) => listenIn(seeing, call),
    onActivity: (call) => listenIn(acting, call),
    makeToken: () => `${(tokens += 1)}-made-by-a-test`,
    random: () => dice(1_000) / 1_000,
    ...(claim === undefined ? {} : { claim }),
  }
  const { eventKey } = scene
  const sale = openSale(
    { server: 'http://holdfast.test/', apiKey: testKeys.publishable, eventKey, ...rest },
    around,
  )
  cleanUps.push(() => {
    sale.stop()
    return Promise.resolve()
  })
  const events = listenTo(sale)
  return {
    ...{ sale, events, requests, wire, storage },
    heard: (name) => events.filter((it) => it.name === name).map(({ what }) => what as never),
    see: (isVisible) => {
      device.isVisible = isVisible
      for (const call of seeing) call()
    },
    act: () => {
      for (const call of acting) call()
    },
    skew: (milliseconds) => {
      device.ahead += milliseconds
    },
  }
}

/** Tokens differ among all tabs of a run. */
let tokens = 0

function listenIn(calls: Set<() => void>, call: () => void): () => void {
  calls.add(call)
  return () => void calls.delete(call)
}

const names = ['loaded', 'changed', 'connection', 'basket', 'held', 'refused', 'released'] as const

function listenTo(sale: Sale): Tab['events'] {
  const told: { name: keyof SaleEvents; what: unknown }[] = []
  for (const name of [...names, 'expired' as const]) {
    sale.on(name, (what) => void told.push({ name, what }))
  }
  return told
}

function fetchOver(
  { scene, pending }: World,
  { requests, wire }: Pick<Tab, 'requests' | 'wire'>,
): typeof fetch {
  return (url, init = {}) => {
    const { pathname, search } = new URL(url as string)
    const method = init.method ?? 'GET'
    const headers = init.headers as Record<string, string>
    const sent = typeof init.body === 'string' ? init.body : undefined
    const path = `${pathname}${search}`
    const body = (sent === undefined ? {} : JSON.parse(sent)) as Record<string, unknown>
    const request = {
      method,
      path: path.split(scene.eventKey)[1] ?? '',
      body,
      headers,
      signal: init.signal,
    }
    requests.push(request)
    const send = () => answerOver(scene, `${method} ${path as `/${string}`}`, { sent, headers })
    const answered = wire.handle(request, send)
    if (answered === never) return never
    pending.add(answered)
    const end = () => void pending.delete(answered)
    answered.then(end, end)
    return answered
  }
}

/** An answer that does not come. */
export const never = new Promise<Response>(() => undefined)

async function answerOver(
  { api, clock }: { readonly api: Api; readonly clock: SnapshotScene['clock'] },
  request: Parameters<Api>[0],
  { sent, headers }: { sent: string | undefined; headers: Readonly<Record<string, string>> },
): Promise<Response> {
  const { 'X-Api-Key': key = null, ...others } = headers
  const answer = await api(request, undefined, {
    key,
    headers: Object.entries(others).flat(),
    ...(sent === undefined ? {} : { raw: sent }),
  })
  const { status, code, body } = answer
  const retryAfter = answer.headers['Retry-After']
  const more = typeof retryAfter === 'string' ? { 'Retry-After': retryAfter } : {}
  return new Response(status === 304 ? null : JSON.stringify({ ...body, code }), {
    status,
    headers: { Date: new Date(clock.now()).toUTCString(), ...more },
  })
}
