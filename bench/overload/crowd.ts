import { createChart } from '../../lib/actions/charts/create-chart.ts'
import { publishChart } from '../../lib/actions/charts/publish-chart.ts'
import { createEvent } from '../../lib/actions/events/create-event.ts'
import { holdSeats } from '../../functions/seatbuilder/seats/hold-seats.ts'
import { handlerFor } from '../../lib/http/lambda.ts'
import { instant } from '../../lib/clock.ts'
import type { Port } from '../../lib/store/table/port.ts'
import { drawMeadow } from '../areas/holdfast.ts'
import { runtimeOver } from '../../lib/open.ts'
import { addApiKey } from '../../lib/store/companies/api-keys.ts'
import { toLambdaContext, toProxyEvent } from '../../local/http/api-gateway.ts'
import { openLoadedTable } from '../areas/loaded-table.ts'
import type { UnitLimits } from '../areas/partition-limits.ts'
import { diceOf } from '../dice.ts'
import { percentile } from '../chapters/percentile.ts'
import { contextOver, draw, resultOf } from '../world.ts'
import { overloads, type OverloadName } from './limits.ts'

// An on-sale that is more than some limit lets through, in virtual time and at a hundredth of its size: buyers hold a seat each, or a place,
// through the handlers that are deployed, in several processes. Each comes once, at a random moment.

/** Seats in the hall: each buyer wants another. */
const PLACES = 5_000
const HALL = { rows: 26, seatsPerRow: 160, events: 0 }
const SECOND_MS = 1_000
const WARM = 'token-of-the-first'
const PATIENCE_MS = 60 * SECOND_MS
const KEY = 'key-of-the-bench'
const EVENT_KEY = 'night-1'

/** What is in the way, and how much is asked. */
export interface Overload {
  readonly limits?: UnitLimits
  /** Places of one area of one block instead of seats. */
  readonly isArea?: boolean
  readonly perSecond: number
  readonly seconds: number
  /** From then on answers count; before, the processes learn. */
  readonly fromSecond?: number
  readonly processes: number
  readonly seed: number
}

async function openEvent(port: Port, isArea: boolean): Promise<void> {
  const context = contextOver(port)
  const drawing = isArea ? drawMeadow(PLACES) : draw(HALL)
  const { chartKey } = resultOf(await createChart(context, { name: 'Hall', drawing }))
  resultOf(await publishChart(context, chartKey))
  resultOf(await createEvent(context, { chartKey, eventKey: EVENT_KEY }))
}

const seatFor = (label: string, holdToken: string) => ({ objectLabels: [label], holdToken })

const placeFor = (holdToken: string) => ({
  objectLabel: 'Lawn',
  objectType: 'generalAdmission',
  holdToken,
})

function requestOf(body: object, now: number) {
  const path = `/api/v1/events/${EVENT_KEY}/seats/hold`
  const request = {
    method: 'POST',
    path,
    query: '',
    protocol: 'HTTP/1.1',
    rawHeaders: ['X-Api-Key', KEY],
    sourceIp: '127.0.0.1',
    body: Buffer.from(JSON.stringify(body)),
    requestId: 'bench',
    time: instant(now),
  }
  const handler = () => Promise.reject(new Error('It is called by whoever comes'))
  const route = { method: 'POST', path: holdSeats.path, handler }
  return toProxyEvent(request, { route, parameters: new Map([['eventKey', EVENT_KEY]]) })
}

/** How it went. */
export interface Outcome {
  readonly served: number
  readonly refused: number
  /** Busy, because others were in the way. */
  readonly busy: number
  readonly servedPerSecond: number
  /** Of all answers, and of those who were refused for want of room. */
  readonly p99Ms: number
  readonly refusedMsMax: number
}

interface Told {
  readonly status: number
  readonly code: string | undefined
  readonly at: number
  readonly ms: number
}

/** Lets them come. */
export async function sell(overload: Overload): Promise<Outcome> {
  const { limits, isArea = false, perSecond, seconds, fromSecond = 0, processes, seed } = overload
  const loaded = await openLoadedTable(seed, limits)
  const { scheduler, idle, port } = loaded
  const secret = { keyId: 'bench', kind: 'secret', workspaceId: 'bench' } as const
  await addApiKey(idle, KEY, secret)
  await openEvent(idle, isArea)
  const handlers = Array.from({ length: processes }, () => {
    const runtime = runtimeOver(port)
    return handlerFor(holdSeats, () => runtime)
  })
  const dice = diceOf(seed)
  const told: Told[] = []
  const startedAt = scheduler.now()
  const ask = async (buyer: number, body: object): Promise<void> => {
    const from = scheduler.now()
    const handler = handlers[Math.floor(dice() * processes)] ?? handlers[0]
    if (handler === undefined) throw new Error('There is no process')
    const answer = await handler(
      requestOf(body, from),
      toLambdaContext('f', String(buyer), () => 29_000),
    )
    const { code } = JSON.parse(answer.body) as { code?: string }
    told.push({ status: answer.statusCode, code, at: from - startedAt, ms: scheduler.now() - from })
  }
  // Each process has sold before.
  for (const [number, handler] of handlers.entries()) {
    const body = isArea ? placeFor(WARM) : seatFor(`Z-${HALL.seatsPerRow - number}`, WARM)
    const first = requestOf(body, scheduler.now())
    const { statusCode } = await handler(
      first,
      toLambdaContext('f', 'first', () => 29_000),
    )
    if (statusCode !== 200) throw new Error(`The first was answered ${statusCode}`)
  }
  loaded.load()
  const faults: unknown[] = []
  for (let at = 0, buyer = 0; at < seconds * SECOND_MS; buyer += 1) {
    at += (-Math.log(1 - dice()) * SECOND_MS) / perSecond
    const holdToken = `token-of-buyer-${buyer}`
    const seat = `${String.fromCharCode(65 + (buyer % HALL.rows))}-${1 + Math.floor(buyer / HALL.rows)}`
    const body = isArea ? placeFor(holdToken) : { objectLabels: [seat], holdToken }
    scheduler.after(at, () => {
      ask(buyer, body).catch((error: unknown) => faults.push(error))
    })
  }
  await scheduler.runDry(seconds * SECOND_MS + PATIENCE_MS)
  if (faults.length > 0) throw faults[0]
  return summary(
    told.filter(({ at }) => at >= fromSecond * SECOND_MS),
    seconds - fromSecond,
  )
}

/** Sales a second that a limit allows: its units, by what a sale takes that meets none. */
export async function allowedBy(name: OverloadName): Promise<number> {
  const limits = overloads[name](true)
  const few = { perSecond: 20, seconds: 3, processes: 1, seed: 1, isArea: name === 'block' }
  const { served } = await sell({ limits, ...few })
  return (limits.perSecond * served) / limits.units
}

function summary(told: readonly Told[], seconds: number): Outcome {
  const served = told.filter(({ status }) => status === 200).length
  const refused = told.filter(({ code }) => code === 'overloaded')
  return {
    served,
    refused: refused.length,
    busy: told.length - served - refused.length,
    servedPerSecond: served / seconds,
    p99Ms: percentile(
      told.map(({ ms }) => ms),
      0.99,
    ),
    refusedMsMax: Math.max(0, ...refused.map(({ ms }) => ms)),
  }
}
