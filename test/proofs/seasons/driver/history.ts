import { randomOf, type Random } from '../../simulation/random.ts'
import { ask } from '../model/model.ts'
import type { Request, Verdict } from '../model/requests.ts'
import { infoOf } from '../model/effective.ts'
import { emptyWorld, labels, type Show, type World } from '../model/state.ts'
import { compareNative, compareShow } from './compare.ts'
import { wordsOf } from './courier.ts'
import { invent } from './invent.ts'
import type { Inventor } from './inventor.ts'
import { compareLog, compareNotices } from './log.ts'
import { openProduct, type Answer, type Product } from './product.ts'

// One history from one seed: requests that nobody thought of, one after the other, to the product and to the model. Whether each
// is accepted, all that can be read after it, and in the end what was written down and told, must be as the model says.

/** What a history is made from. */
export interface HistoryOptions {
  readonly seed: number
  readonly steps?: number
  /** Told of each step: for whoever looks for a fault. */
  readonly onStep?: (text: string) => void
}

/** What a history came to. */
export interface HistoryReport {
  readonly faults: readonly string[]
  readonly requests: number
  readonly accepted: number
}

interface History {
  readonly product: Product
  readonly random: Random
  readonly inventor: Inventor
  world: World
  requests: number
  accepted: number
  readonly onStep: (text: string) => void
}

const STEPS = 40

/** In how many of the histories there are seasons, and in how many channels and sale rules. */
const SEASONS = 0.9
const TERMS = 0.4

/** Plays one; it ends with the first step that goes wrong. */
export async function playHistory(options: HistoryOptions): Promise<HistoryReport> {
  const { seed, steps = STEPS, onStep = () => undefined } = options
  const random = randomOf(`history ${seed}`)
  const product = await openProduct(`history ${seed}`, {
    random: random.fork('processes'),
    transactionItemsMax: random.pick([100, 100, 6]),
  })
  const inventor = {
    random: random.fork('requests'),
    count: 0,
    hasSeasons: random.chance(SEASONS),
    hasTerms: random.chance(TERMS),
  }
  const world = emptyWorld(product.clock.now())
  const history: History = { product, random, inventor, world, requests: 0, accepted: 0, onStep }
  const faults = await play(history, steps)
  const { requests, accepted } = history
  return { faults, requests, accepted }
}

async function play(history: History, steps: number): Promise<string[]> {
  for (const request of beginning(history.inventor)) {
    const faults = await step(history, request)
    if (faults.length > 0) return faults
  }
  for (let left = steps; left > 0; left -= 1) {
    const faults = await step(history, invent(history.inventor, history.world))
    if (faults.length > 0) return faults
  }
  return end(history)
}

/** What every history finds: a plain event, and a season of three whose parts share one. */
function beginning({ hasSeasons }: Inventor): Request[] {
  const plain: Request = { kind: 'create-event', key: 'gala' }
  if (!hasSeasons) return [plain, { kind: 'create-event', key: 'ball' }]
  const season = 'season'
  return [
    plain,
    { kind: 'create-season', key: season, events: ['match-1', 'match-2', 'match-3'] },
    { kind: 'create-partial', season, key: 'spring', events: ['match-1', 'match-2'] },
    { kind: 'create-partial', season, key: 'autumn', events: ['match-2', 'match-3'] },
  ]
}

async function step(history: History, request: Request): Promise<string[]> {
  const { product, random } = history
  history.requests += 1
  let answer: Answer = { status: 204, body: undefined }
  if (request.kind === 'wait') product.clock.advance(request.ms)
  else {
    const { request: line, body } = wordsOf(request)
    answer = await product.call(line, body)
  }
  const before = history.world
  const { verdict, world } = ask(before, request, issuedBy(answer))
  history.world = world
  if (verdict.isOk) history.accepted += 1
  const words = `${JSON.stringify(request)} -> ${answer.status} ${JSON.stringify(answer.body)}`
  history.onStep(words.slice(0, 1_500))
  const faults = [...judgeAnswer(answer, verdict, request), ...product.errors.map(String)]
  if (product.clock.now() !== world.now) faults.push('the clock was moved by the product')
  if (random.chance(0.3)) await product.pump()
  if (faults.length === 0) faults.push(...(await compareSome(history, before)))
  return faults.map((fault) => `after ${words.slice(0, 700)}: ${fault}`)
}

/** Reads back what looks otherwise than before, and now and then something else: all of it is read in the end. */
async function compareSome({ product, random, world }: History, before: World): Promise<string[]> {
  for (const show of world.shows.values()) {
    const former = before.shows.get(show.id)
    const isNews = former === undefined || looksOf(before, former) !== looksOf(world, show)
    const faults = isNews || random.chance(0.15) ? await compareShow(product, world, show) : []
    if (faults.length > 0) return faults
    const native = random.chance(isNews ? 0.2 : 0.05)
      ? await compareNative(product, world, show)
      : []
    if (native.length > 0) return native
  }
  return []
}

function looksOf(world: World, show: Show): string {
  return JSON.stringify(labels.map((label) => infoOf(world, show, label)))
}

function issuedBy({ body }: Answer): string | undefined {
  return (body as { holdToken?: string } | undefined)?.holdToken
}

function judgeAnswer({ status, body }: Answer, verdict: Verdict, { kind }: Request): string[] {
  if (status < 300) return verdict.isOk ? [] : [`accepted, and it is ${saidOf(verdict)}`]
  if (verdict.isOk) return [`refused, and nothing is in the way`]
  const { codes } = verdict
  if (kind === 'native') return status === verdict.status ? [] : [`refused as ${status}`]
  const [error] = (body as { errors: { code: string }[] }).errors
  const code = error?.code ?? ''
  const isRight = codes === undefined ? status < 500 : codes.includes(code)
  return isRight ? [] : [`refused as ${code}, and it is ${saidOf(verdict)}`]
}

function saidOf(verdict: Verdict): string {
  return verdict.isOk ? 'fine' : `${verdict.status} ${verdict.codes?.join(' or ') ?? ''}`
}

/** Far beyond every hold. */
const REST_MS = 3 * 3_600_000

/** When all holds have ended, all that was changed has been written down and told. */
async function end(history: History): Promise<string[]> {
  const { product } = history
  await product.pump()
  product.clock.advance(REST_MS)
  history.world = ask(history.world, { kind: 'wait', ms: REST_MS }).world
  await product.pump()
  const faults = product.errors.map((error) => JSON.stringify(error))
  for (const show of history.world.shows.values()) {
    faults.push(...(await compareShow(product, history.world, show)))
    faults.push(...(await compareLog(product, show)))
  }
  return [...faults, ...compareNotices(product, history.world)]
}
