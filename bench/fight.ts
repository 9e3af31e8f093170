import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { systemClock } from '../lib/clock.ts'
import { usage } from './fight-usage.ts'
import { demoKeys } from '../local/demo/seed-demo.ts'
import { readScript, refuseOption } from '../local/options.ts'

// Many buyers fight over few seats, over HTTP:
//
// 1. A chart and an event of their own, on a running product (`--url`) or on one started for the purpose.
// 2. Until time is up each buyer holds, extends, books, releases, lets holds lapse, and notes from the answers alone what
//    they own, and how long at least: from the answer of the hold to the next release sent, or the deadline.
// 3. Then everybody buys what is left. The notes must agree among themselves, and with the rows that status shows.

const checks = {
  answered: 'every request is answered, none with a 5xx',
  expected: 'every answer is 200, 201 or 409',
  deadline: 'nothing is booked, extended or released after its deadline',
  kept: 'no live hold and no booking is refused to its owner',
  owners: 'no seat has two owners at once',
  sold: 'all seats end sold',
  rows: 'the rows at the end are the bookings answered, each with its mark',
} as const
type Check = keyof typeof checks

/** A time in which one buyer surely owned a seat. */
interface Tenure {
  readonly label: string
  readonly mark: string
  readonly from: number
  until: number
}
type Order = Readonly<{ tenures: readonly Tenure[]; fields: object }>

interface Body {
  chartKey: string
  eventKey: string
  holdExpiresAt: string
  failed: { objectLabel: string; reason: string }[]
  extended: { objectLabel: string }[]
  objects: { objectLabel: string; status: string; extraData: { mark?: string } | null }[]
}

interface Fight {
  readonly url: string
  readonly eventKey: string
  readonly labels: readonly string[]
  /** Beyond this a buyer gives something back: so there is always something to fight over. */
  readonly bookingsMax: number
  /** Milliseconds that each answer took, by verb and outcome. */
  readonly outcomes: Map<string, number[]>
  readonly faults: Map<Check, unknown[]>
}

interface Buyer {
  readonly fight: Fight
  readonly name: string
  readonly random: () => number
  readonly tenures: Tenure[]
}

/** For one answer, and for the product to start. */
const ANSWER_MS_MAX = 30_000
const SELL_OUT_MS_MAX = 60_000
const BATCH_MAX = 6
const HOLD_SECONDS = 60
const EXAMPLES_MAX = 5

async function main(): Promise<void> {
  const { url, seconds, buyers, seats, seed } = readOptions()
  const product = url === undefined ? await startProduct() : { url, stop: () => Promise.resolve() }
  const fight = await openFight(product.url, { seats, buyers })
  const overAt = systemClock.now() + seconds * 1000
  const crowd = Array.from({ length: buyers }, (_, index): Buyer => {
    return { fight, name: `buyer-${index}`, random: randomFrom(seed * 1000 + index), tenures: [] }
  })
  await Promise.all(crowd.map((buyer) => shop(buyer, overAt)))
  await Promise.all(crowd.map((buyer) => sellOut(buyer)))
  const tenures = crowd.flatMap((buyer) => buyer.tenures)
  await compare(fight, tenures)
  await product.stop()
  report(fight)
}

function readOptions() {
  const text = (given: string) => ({ type: 'string', default: given }) as const
  const numbers = { seconds: text('60'), buyers: text('64'), seats: text('400'), seed: text('1') }
  const most = { seconds: 3600, buyers: 1000, seats: 5000, seed: 1_000_000 }
  const values = readScript({ usage, options: { url: { type: 'string' }, ...numbers } })
  const whole = (name: keyof typeof most) => {
    const value = Number(values[name])
    if (Number.isInteger(value) && value >= 1 && value <= most[name]) return value
    refuseOption(usage, `--${name} must be a whole number from 1 to ${most[name]}`)
  }
  const url = values.url === undefined ? undefined : new URL(values.url).origin
  const { hostname } = new URL(url ?? 'http://localhost')
  const isNear = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (!isNear) refuseOption(usage, '--url must be on this machine')
  const [seconds, buyers] = [whole('seconds'), whole('buyers')]
  return { url, seconds, buyers, seats: whole('seats'), seed: whole('seed') }
}

/** Starts the product on a free port; `stop` throws unless it ends cleanly. */
async function startProduct() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts'], {
    cwd: new URL('..', import.meta.url),
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    const [code] = (await exited) as [number | null]
    if (code !== 0) throw new Error(`The product stopped with code ${String(code)}`)
  }
  // Read to the end: a full pipe would stop the product.
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    const found = /ready at (\S+)/.exec(line)?.[1]
    if (found !== undefined) lines.emit('ready', found)
  })
  const patience = AbortSignal.timeout(ANSWER_MS_MAX)
  const [url] = (await once(lines, 'ready', { signal: patience })) as [string]
  return { url, stop }
}

async function openFight(url: string, wanted: { seats: number; buyers: number }) {
  const numbers = Array.from({ length: wanted.seats }, (_, index) => index + 1)
  const labels = numbers.map((number) => `A-${number}`)
  const empty = { eventKey: '', outcomes: new Map(), faults: new Map() }
  const bookingsMax = (0.75 * wanted.seats) / wanted.buyers
  const opened: Fight = { url, labels, bookingsMax, ...empty }
  const seats = numbers.map((n) => ({ label: String(n), x: n * 20, y: 60, categoryKey: 1 }))
  const list = [{ key: 1, label: 'Standard', color: '#2b8a3e', accessible: false }]
  const subChart = { rows: [{ label: 'A', seats }] }
  const draft = { name: 'Fight', draftVersion: { name: 'Fight', categories: { list }, subChart } }
  const { chartKey } = (await call(opened, 'POST /api/v1/charts', draft)).body
  await call(opened, `POST /api/v1/charts/${String(chartKey)}/publish`)
  const event = await call(opened, 'POST /api/v1/events', { chartKey, name: 'Fight' })
  return { ...opened, eventKey: event.body.eventKey ?? '' }
}

async function shop(buyer: Buyer, overAt: number): Promise<void> {
  while (systemClock.now() < overAt) {
    const booked = buyer.tenures.filter(({ until }) => until === Infinity)
    if (booked.length > buyer.fight.bookingsMax) {
      await act(buyer, 'release', { tenures: pick(buyer, booked), fields: {} })
    } else await purchase(buyer, pick(buyer, buyer.fight.labels))
  }
}

/** One basket: held, and then whatever comes to the buyer's mind. */
async function purchase(buyer: Buyer, labels: readonly string[]): Promise<void> {
  const { random } = buyer
  const lapses = random() < 0.15
  const tenures = await hold(buyer, labels, lapses ? 1 + Math.floor(random() * 3) : HOLD_SECONDS)
  const [{ mark, until } = { mark: '', until: 0 }] = tenures
  if (tenures.length === 0 || (lapses && random() < 0.3)) return
  // Around the deadline either answer is right, as long as everybody is told the same.
  const waitMs = until - systemClock.now() + (random() - 0.5) * 40
  if (lapses) await systemClock.sleep(Math.max(0, waitMs))
  if (random() < 0.3) {
    const fields = { holdToken: mark, ttlSeconds: 1 + Math.floor(random() * HOLD_SECONDS) }
    await act(buyer, 'extend', { tenures, fields: random() < 0.5 ? { ...fields, labels } : fields })
  }
  if (random() < 0.15) await act(buyer, 'release', { tenures, fields: { holdToken: mark } })
  else await act(buyer, 'book', { tenures, fields: bookingOf(mark) })
}

/** Buys until nothing is left. */
async function sellOut(buyer: Buyer): Promise<void> {
  const { fight, random } = buyer
  const giveUpAt = systemClock.now() + SELL_OUT_MS_MAX
  while (systemClock.now() < giveUpAt) {
    const booked = new Set((await readBooked(fight)).map(({ objectLabel }) => objectLabel))
    const left = fight.labels.filter((label) => !booked.has(label))
    if (left.length === 0) return
    const tenures = await hold(buyer, pick(buyer, left), HOLD_SECONDS)
    const [{ mark } = { mark: '' }] = tenures
    if (mark !== '') await act(buyer, 'book', { tenures, fields: bookingOf(mark) })
    await systemClock.sleep(Math.ceil(random() * 1000))
  }
}

async function hold(buyer: Buyer, labels: readonly string[], ttlSeconds: number) {
  const { fight, name, tenures, random } = buyer
  const mark = `${name}-${Math.floor(random() * 2 ** 32)}`
  const wanted = labels.length === 1 ? { objectLabel: labels[0] } : { objectLabels: labels }
  const order = { ...wanted, holdToken: mark, ttlSeconds, extraData: { buyer: name } }
  const answer = await call(fight, `POST /api/v1/events/${fight.eventKey}/seats/hold`, order)
  const until = Date.parse(answer.body.holdExpiresAt ?? '')
  const held = labels.map((label): Tenure => ({ label, mark, from: answer.answeredAt, until }))
  if (answer.status !== 200) return []
  tenures.push(...held)
  return held
}

/** Sends an order about what the buyer holds or has booked, notes what came of it, and judges it by the notes. */
async function act({ fight }: Buyer, verb: string, { tenures, fields }: Order): Promise<void> {
  const labels = tenures.map(({ label }) => label)
  const body = verb === 'extend' ? fields : { ...fields, objectLabels: labels }
  const answer = await call(fight, `POST /api/v1/events/${fight.eventKey}/seats/${verb}`, body)
  const { failed = [], extended = [], holdExpiresAt = '' } = answer.body
  for (const tenure of tenures) {
    const { label, until } = tenure
    const reason = failed.find(({ objectLabel }) => objectLabel === label)?.reason ?? 'busy'
    if (reason !== 'busy' && until > answer.answeredAt) note(fight, 'kept', { tenure, answer })
    const isMoved = verb !== 'extend' || extended.some(({ objectLabel }) => objectLabel === label)
    if (answer.status !== 200 || !isMoved) continue
    if (until <= answer.sentAt) note(fight, 'deadline', { verb, tenure, answer })
    if (verb === 'release') tenure.until = Math.min(until, answer.sentAt)
    else tenure.until = verb === 'book' ? Infinity : Date.parse(holdExpiresAt)
  }
}

/** Compares the notes among themselves, and with the rows. */
async function compare(fight: Fight, tenures: readonly Tenure[]): Promise<void> {
  const latest = new Map<string, Tenure>()
  // A tenure may end before it surely began: a deadline that passed before the answer came.
  const sure = tenures.filter(({ from, until }) => from < until)
  for (const tenure of sure.sort((a, b) => a.from - b.from)) {
    const before = latest.get(tenure.label)
    if (tenure.from < (before?.until ?? 0)) note(fight, 'owners', [before, tenure])
    if ((before?.until ?? 0) < tenure.until) latest.set(tenure.label, tenure)
  }
  const booked = await readBooked(fight)
  if (booked.length !== fight.labels.length) note(fight, 'sold', `${booked.length} seats are sold`)
  const shown = booked.map((row) => `${row.objectLabel} ${row.extraData?.mark ?? ''}`)
  const kept = sure.filter(({ until }) => until === Infinity)
  const noted = kept.map(({ label, mark }) => `${label} ${mark}`)
  for (const row of shown) if (!noted.includes(row)) note(fight, 'rows', `not answered: ${row}`)
  for (const row of noted) if (!shown.includes(row)) note(fight, 'rows', `not shown: ${row}`)
}

async function readBooked(fight: Fight) {
  const { body } = await call(fight, `GET /api/v1/events/${fight.eventKey}/status`)
  return (body.objects ?? []).filter(({ status }) => status === 'booked')
}

function report({ outcomes, faults }: Fight): void {
  for (const [outcome, all] of [...outcomes].sort()) {
    const sorted = all.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
    console.log(`${outcome}: ${all.length}, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
  }
  for (const [name, promise] of Object.entries(checks)) {
    const found = faults.get(name as Check) ?? []
    console.log(`${found.length === 0 ? 'ok' : `FAILED (${found.length})`}: ${promise}`)
    for (const fault of found.slice(0, EXAMPLES_MAX)) console.log(`  ${JSON.stringify(fault)}`)
  }
  console.log(`${Object.keys(checks).length - faults.size} passed, ${faults.size} failed`)
  process.exitCode = faults.size === 0 ? 0 : 1
}

async function call(fight: Fight, route: string, body?: object) {
  const [method = '', path = ''] = route.split(' ')
  const sentAt = systemClock.now()
  const headers = { 'X-Api-Key': demoKeys.secret, 'Content-Type': 'application/json' }
  const sent = { method, headers, signal: AbortSignal.timeout(ANSWER_MS_MAX) }
  const text = body === undefined ? {} : { body: JSON.stringify(body) }
  const got = await fetch(`${fight.url}${path}`, { ...sent, ...text }).catch(() => undefined)
  const said = (await got?.json().catch(() => undefined)) as Partial<Body> | undefined
  const status = said === undefined ? 0 : (got?.status ?? 0)
  const answer = { status, body: said ?? {}, sentAt, answeredAt: systemClock.now() }
  if (status === 0 || status >= 500) note(fight, 'answered', { route, answer })
  else if (![200, 201, 409].includes(status)) note(fight, 'expected', { route, answer })
  const reasons = new Set((answer.body.failed ?? []).map(({ reason }) => reason))
  const outcome = [path.split('/').at(-1), status, ...[...reasons].sort()].join(' ')
  const times = fight.outcomes.get(outcome) ?? []
  fight.outcomes.set(outcome, times)
  times.push(answer.answeredAt - sentAt)
  return answer
}

function note({ faults }: Fight, check: Check, fault: unknown): void {
  faults.set(check, [...(faults.get(check) ?? []), fault])
}

const bookingOf = (mark: string) => ({ holdToken: mark, extraData: { mark } })

/** Some of them, each once, in any order. */
function pick<T>({ random }: Buyer, all: readonly T[]): T[] {
  const count = random() < 0.5 ? 1 : 1 + Math.floor(random() * BATCH_MAX)
  const places = Array.from({ length: count }, () => Math.floor(random() * all.length))
  return [...new Set(places)].flatMap((place) => all.slice(place, place + 1))
}

/** A small generator (linear congruential): the same seed, the same numbers. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 0) / 2 ** 32
  }
}

await main()
