import { createHash, type Hash } from 'node:crypto'
import { drawChart, drawRow, drawSeat } from '../../support/drawings.ts'
import { replayOf, writeDraft, type Draft } from './attempt.ts'
import { chanceOf, weighted, type Chance } from './chance.ts'
import { deliver, deliverRaw } from './courier.ts'
import { checkInvariants } from './invariants.ts'
import { judge, judgeLog, type Verdict } from './judge.ts'
import {
  ARENA_EVENT,
  arenaAttempt,
  arenaLabels,
  learnFrom,
  newLane,
  nextAttempt,
  type Arena,
  type Lane,
} from './lane.ts'
import { keepToken, strangeTokens } from './issued-tokens.ts'
import { inventRaw, type RawRequest } from './raw-requests.ts'
import { newReport, note, noteCoverage, type FuzzReport } from './report.ts'
import { askAgain, giveKey, judgeKey, keepAnswer, type Asked } from './repeats.ts'
import { nameOf, operations } from './surfaces.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

// Requests that nobody thought of, sent to the whole product over HTTP; every answer judged by the OpenAPI document of its
// surface:
//
// 1. A few lanes, each a workspace of its own that both surfaces sell from, send one request after the other, and learn keys,
//    labels and tokens from the answers. Beside each other they are concurrent; each by itself is not, so the same seed sends
//    the same requests.
// 2. In rounds: each begins with a burst into the arena, where all lanes want the same few seats at once, and ends with a step of
//    the clock, which else stands still.
// 3. Some writes carry an idempotency key, and some come again: what must be answered then was answered before.
// 4. In the end everything is read back through both surfaces, and must agree with itself; nothing secret may be in the log.

/** What to run. */
export interface FuzzOptions extends Omit<WorldOptions, 'seed'> {
  readonly requests: number
  readonly seed: number
}

/** Requests of each lane into the arena, at the beginning of a round, and by itself, in the rest of it. */
const BURST = 2
const ALONE = 22

/** Of a hundred requests that are due, this many go out as raw bytes. */
const RAW_SHARE = 4

/** Runs the fuzzer; rejects only when the product does not start. */
export async function fuzz({ requests, seed, ...options }: FuzzOptions): Promise<FuzzReport> {
  const world = await openWorld({ seed: String(seed), ...options })
  try {
    return await fuzzWorld(world, requests, seed)
  } finally {
    await world.close()
  }
}

async function fuzzWorld(world: World, requests: number, seed: number): Promise<FuzzReport> {
  const report = newReport({ requests, seed })
  const lanes = world.lanes.map((workspace) => newLane(workspace, String(seed)))
  const digests = lanes.map(() => createHash('sha256'))
  const run: Run = {
    world,
    report,
    arena: await openArena(world, report),
    owners: new Map(),
    left: requests,
  }
  const chance = chanceOf(`${seed}/clock`)
  while (run.left > 0) {
    const before = run.left
    const turns = lanes.map((lane, index) => {
      const share = Math.floor((before + index) / lanes.length)
      const count = Math.min(BURST + ALONE, share)
      run.left -= count
      return takeTurn(run, { lane, count, digest: digests[index] ?? createHash('sha256') })
    })
    await Promise.all(turns)
    await passTime(world, chance)
  }
  await checkInvariants({ world, lanes, arena: run.arena, report })
  note(report, judgeLog(world.log))
  noteCoverage(report)
  const digest = createHash('sha256')
  for (const each of digests) digest.update(each.digest())
  return { ...report, digest: digest.digest('hex') }
}

interface Run {
  readonly world: World
  readonly report: FuzzReport
  readonly arena: Arena
  /** The workspaces that tokens were issued in. */
  readonly owners: Map<string, string>
  left: number
}

interface Turn {
  readonly lane: Lane
  readonly count: number
  readonly digest: Hash
}

async function takeTurn(run: Run, { lane, count, digest }: Turn): Promise<void> {
  const burst = Array.from({ length: Math.min(BURST, count) }, (_, turn) =>
    arenaAttempt(lane, run.arena, turn),
  )
  for (const attempt of burst) digest.update(replayOf(attempt))
  await Promise.all(burst.map((attempt) => exchange(run, { attempt, keyed: { kind: 'none' } })))
  for (let sent = burst.length; sent < count; sent++) {
    if (lane.count > 4 && lane.chance.percent(RAW_SHARE)) {
      const raw = inventRaw(lane.chance, run.arena.workspace)
      digest.update(raw.bytes)
      run.report.sent += 1
      note(run.report, await deliverRaw(run.world, raw), replayOfRaw(raw))
      continue
    }
    const now = run.world.now()
    const asked = askAgain(lane.keys, now) ?? giveKey(lane.keys, nextAttempt(lane, now))
    const { attempt, keyed } = asked
    digest.update(replayOf(attempt))
    const verdict = await exchange(run, asked)
    keepAnswer(lane.keys, asked, { ...verdict, now })
    const isNew = keyed.kind === 'none' || keyed.kind === 'fresh'
    if (isNew) learnFrom(lane, attempt, { ...verdict, now })
  }
}

/** Sends, judges and counts. */
async function exchange(
  { world, report, owners }: Run,
  { attempt, keyed }: Asked,
): Promise<Verdict> {
  const verdict = judge(await deliver(world, attempt))
  const { operation, status } = verdict
  const faults = [
    ...verdict.faults,
    ...judgeKey(keyed, verdict),
    ...strangeTokens({ attempt, text: verdict.text }, owners),
  ]
  keepToken(attempt, verdict, owners)
  report.sent += 1
  if (status >= 200 && status < 300) report.successes += 1
  const statuses = operation && report.answers.get(nameOf(operation))
  statuses?.set(status, (statuses.get(status) ?? 0) + 1)
  const where = `${attempt.method} ${attempt.target.slice(0, 200)} -> ${status}`
  note(
    report,
    faults.map((fault) => `${where}: ${fault}`),
    replayOf(attempt),
  )
  return { ...verdict, faults }
}

/** Mostly seconds, sometimes longer than any hold; now and then the table tidies up. */
async function passTime(world: World, chance: Chance): Promise<void> {
  const seconds = weighted(chance, [
    [7, 1 + chance.below(20)],
    [2, 60 + chance.below(600)],
    [1, 7_200],
  ])
  world.advance(seconds * 1_000 + chance.below(1_000))
  if (chance.percent(30)) await world.expire()
}

/** A chart of one short row, and the event for which everybody wants tickets. */
async function openArena(world: World, report: FuzzReport): Promise<Arena> {
  const workspace = world.arena
  const call = async (operationId: string, draft: Pick<Draft, 'params' | 'body'>) => {
    const operation = operations.find((other) => nameOf(other) === operationId)
    if (operation === undefined) throw new Error(`No operation ${operationId}`)
    const whole = { operation, query: [], venue: undefined, role: 'secret', ...draft } as const
    const attempt = writeDraft(whole, { id: 'arena/0', kind: 'sensible', workspace })
    const { said, faults } = judge(await deliver(world, attempt))
    note(report, faults, replayOf(attempt))
    return (said ?? {}) as Record<string, unknown>
  }
  const seats = arenaLabels.map((label, index) => drawSeat(label.slice(2), { x: index * 20 }))
  const draftVersion = drawChart({ rows: [drawRow('A', seats)] })
  const chart = await call('createChart', { params: {}, body: { name: 'Arena', draftVersion } })
  const chartKey = String(chart['chartKey'])
  await call('publishChart', { params: { chartKey }, body: undefined })
  await call('createEvent', { params: {}, body: { chartKey, eventKey: ARENA_EVENT } })
  return { workspace, chartKey }
}

function replayOfRaw({ name, bytes }: RawRequest): string {
  return JSON.stringify({ raw: name, base64: bytes.toString('base64') })
}
