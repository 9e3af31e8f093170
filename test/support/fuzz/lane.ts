import type { DocumentedOperation } from '../openapi.ts'
import { writeDraft, type Attempt, type Draft, type Kind } from './attempt.ts'
import { chanceOf, weighted, type Chance } from './chance.ts'
import { inventDraft } from './invent.ts'
import { operations, type Verdict } from './judge.ts'
import { learn, newMemory, type Memory } from './memory.ts'
import { mutateDraft } from './mutate.ts'
import { twist } from './odd-requests.ts'
import { newKeyMemory, type KeyMemory } from './repeats.ts'
import type { Workspace } from './world.ts'

/** A caller that sends one request after the other, and learns from the answers. */
export interface Lane {
  readonly workspace: Workspace
  readonly chance: Chance
  readonly memory: Memory
  readonly keys: KeyMemory
  /** Requests made so far. */
  count: number
}

/** A lane at its beginning; the same seed and the same answers make the same requests. */
export function newLane(workspace: Workspace, seed: string): Lane {
  const chance = chanceOf(`${seed}/${workspace.name}`)
  const keys = newKeyMemory(`${seed}/${workspace.name}`)
  return { workspace, chance, memory: newMemory(), keys, count: 0 }
}

/** How often each kind is, of a hundred. */
const kinds: readonly (readonly [number, Kind])[] = [
  [58, 'sensible'],
  [27, 'mutated'],
  [15, 'odd'],
]

/** What a lane begins with, so that there is something to sell. */
const opening = ['createChart', 'publishChart', 'createEvent', 'holdSeats']

/** Operations that come more, or less, often than once in a round of all; whatever is not here counts 3. */
const weights: Readonly<Record<string, number>> = {
  holdSeats: 9,
  extendHolds: 5,
  bookSeats: 5,
  releaseSeats: 5,
  createChart: 4,
  publishChart: 4,
  createEvent: 4,
  deleteChart: 2,
  deleteEvent: 1,
  unpublishChart: 1,
  getHealth: 1,
}
const WEIGHT = 3

/** The lane's next request. */
export function nextAttempt(lane: Lane, now: number): Attempt {
  const { chance, memory, workspace } = lane
  const kind = opening[lane.count] === undefined ? weighted(chance, kinds) : 'sensible'
  const operation = nextOperation(lane)
  lane.count += 1
  const id = `${workspace.name}/${lane.count}`
  const draft = inventDraft(operation, { lane: workspace.name, chance, memory, now })
  // Drawn carelessly, it may well be refused.
  const isCareless = kind === 'sensible' && draft.venue?.labels.length === 0
  const origin = { id, kind: isCareless ? 'mutated' : kind, workspace } as const
  if (lane.count <= opening.length) return writeDraft({ ...draft, role: 'secret' }, origin)
  if (kind === 'mutated') return writeDraft(mutateDraft(draft, chance), origin)
  const attempt = writeDraft(draft, origin)
  return kind === 'odd' ? twist(attempt, chance) : attempt
}

function nextOperation({ chance, memory, count }: Lane): DocumentedOperation {
  const isShort = memory.events.length === 0 && chance.percent(40)
  const name = opening[count] ?? (isShort ? chance.pick(opening) : undefined)
  const named = operations.find(({ operationId }) => operationId === name)
  if (named !== undefined) return named
  return weighted(
    chance,
    operations.map((operation) => [weights[operation.operationId] ?? WEIGHT, operation] as const),
  )
}

/** Keeps what a faultless success tells. */
export function learnFrom({ memory, workspace }: Lane, attempt: Attempt, verdict: Verdict): void {
  const { operation, status, said, faults } = verdict
  const isOwn = attempt.workspace === workspace && attempt.role !== 'stranger'
  const isSuccess = operation !== undefined && status < 300 && faults.length === 0
  if (!isOwn || !isSuccess) return
  const text = new TextDecoder().decode(attempt.body)
  const sent = operation.requestSchema === undefined ? {} : (JSON.parse(text) as object)
  learn(memory, {
    operationId: operation.operationId,
    params: paramsOf(operation, attempt.target),
    sent: sent as Record<string, unknown>,
    said: said as Record<string, unknown>,
    venue: attempt.venue,
  })
}

function paramsOf({ path }: DocumentedOperation, target: string): Record<string, string> {
  const segments = (target.split('?', 1)[0] ?? '').split('/')
  const params: Record<string, string> = {}
  for (const [index, name] of path.split('/').entries()) {
    if (name.startsWith('{')) params[name.slice(1, -1)] = decodeURIComponent(segments[index] ?? '')
  }
  return params
}

/** Where the lanes meet. */
export interface Arena {
  readonly workspace: Workspace
  readonly chartKey: string
}

/** All lanes want the same seats, under few tokens: nothing is learned, since nobody knows who comes first. */
export function arenaAttempt(lane: Lane, arena: Arena, turn: number): Attempt {
  const { chance, workspace, count } = lane
  const [name, params] = weighted<readonly [string, Draft['params']]>(chance, [
    [6, ['holdSeats', { eventKey: ARENA_EVENT }]],
    [3, ['extendHolds', { eventKey: ARENA_EVENT }]],
    [3, ['bookSeats', { eventKey: ARENA_EVENT }]],
    [4, ['releaseSeats', { eventKey: ARENA_EVENT }]],
    [2, ['getStatus', { eventKey: ARENA_EVENT }]],
    [2, ['getReports', { eventKey: ARENA_EVENT }]],
    [1, ['updateEvent', { eventKey: ARENA_EVENT }]],
    [2, ['createEvent', {}]],
    [2, ['deleteEvent', { eventKey: ARENA_TWIN }]],
    [1, ['listEvents', {}]],
  ])
  const operation = operations.find(({ operationId }) => operationId === name)
  if (operation === undefined) throw new Error(`No operation ${name}`)
  const labels = chance.some(arenaLabels, 4)
  const bodies: Readonly<Record<string, object>> = {
    holdSeats: { objectLabels: labels, holdToken: chance.pick(arenaTokens), ttlSeconds: 60 },
    extendHolds: { holdToken: chance.pick(arenaTokens), ttlSeconds: 60 },
    bookSeats: { objectLabels: labels.slice(0, 2), holdToken: chance.pick(arenaTokens) },
    releaseSeats: { objectLabels: labels.slice(0, 2) },
    updateEvent: { name: `Night ${chance.below(9)}` },
    createEvent: { chartKey: arena.chartKey, eventKey: ARENA_TWIN },
  }
  const draft = { operation, params, query: [], body: bodies[name], venue: undefined }
  const id = `${workspace.name}/${count}/${turn}`
  const isForBuyers = operation.keys.includes('PublishableKey') && name !== 'releaseSeats'
  const role = isForBuyers && chance.percent(40) ? 'publishable' : 'secret'
  return writeDraft({ ...draft, role }, { id, kind: 'arena', workspace: arena.workspace })
}

export const ARENA_EVENT = 'arena-night'
const ARENA_TWIN = 'arena-twin'
/** The seats of the arena's chart: row A. */
export const arenaLabels = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6']
const arenaTokens = ['tkn~arena-1', 'tkn~arena-2', 'tkn~arena-3']
