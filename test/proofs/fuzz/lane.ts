import type { DocumentedOperation, SurfaceName } from '../../support/openapi.ts'
import { writeDraft, type Attempt, type Draft, type Kind } from './attempt.ts'
import { chanceOf, weighted, type Chance } from './chance.ts'
import { inventDraft } from './invent.ts'
import type { Verdict } from './judge.ts'
import { newMemory, seatbuilderLearners, type Memory } from './memory.ts'
import { mutateDraft } from './mutate.ts'
import { twist } from './odd-requests.ts'
import { inventSeatsioDraft } from './seatsio-drafts.ts'
import { seatsioLearners } from './seatsio-lessons.ts'
import { nameOf, operations, surfaces } from './surfaces.ts'
import { newKeyMemory, type KeyMemory } from './repeats.ts'
import { webhookLearners } from './webhook-lessons.ts'
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

/** How requests of each surface are thought of. */
const inventors = {
  seatbuilder: inventDraft,
  seatsio: inventSeatsioDraft,
} satisfies Record<SurfaceName, typeof inventDraft>

const learners = { ...seatbuilderLearners, ...webhookLearners, ...seatsioLearners }

/** What a lane begins with, so that there is something to sell. */
const opening = [
  'createChart',
  'publishChart',
  'createEvent',
  'holdSeats',
  'seatsio/createHoldToken',
]

/** Operations that come more, or less, often than others. */
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
  redeliver: 8,
  getHealth: 1,
  'seatsio/createHoldToken': 6,
  'seatsio/changeObjectStatusInBatch': 6,
  'seatsio/changeObjectStatusInGroup': 5,
  'seatsio/hold': 5,
  'seatsio/createEvents': 1,
  'seatsio/archiveChart': 2,
  'seatsio/unarchiveChart': 2,
  'seatsio/addTag': 3,
  'seatsio/removeTag': 3,
}
const WEIGHT = 3

/** Charts and events are made by both surfaces: what there is to sell is for the other calls of the second one. */
const RARE_WEIGHT = 1
const isRare = ({ surface, path }: DocumentedOperation) =>
  surface === 'seatsio' && /^\/(charts|system)|^\/events(\/\{eventKey\})?$/.test(path)

function weightOf(operation: DocumentedOperation): number {
  return weights[nameOf(operation)] ?? (isRare(operation) ? RARE_WEIGHT : WEIGHT)
}

/** The lane's next request. */
export function nextAttempt(lane: Lane, now: number): Attempt {
  const { chance, memory, workspace } = lane
  const kind = opening[lane.count] === undefined ? weighted(chance, kinds) : 'sensible'
  const operation = nextOperation(lane)
  lane.count += 1
  const id = `${workspace.name}/${lane.count}`
  const draft = inventors[operation.surface](operation, {
    lane: workspace.name,
    chance,
    memory,
    now,
  })
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
  const named = operations.find((operation) => nameOf(operation) === name)
  if (named !== undefined) return named
  return weighted(
    chance,
    operations.map((operation) => [weightOf(operation), operation] as const),
  )
}

/** Keeps what a faultless success tells. */
export function learnFrom(
  { memory, workspace }: Lane,
  attempt: Attempt,
  verdict: Verdict & { readonly now: number },
): void {
  const { now } = verdict
  const { operation, status, said, faults } = verdict
  const isOwn = attempt.workspace === workspace && attempt.role !== 'stranger'
  const isSuccess = operation !== undefined && status < 300 && faults.length === 0
  // What was only asked for was not done.
  const isDryRun = /[?&]dryRun=true\b/.test(attempt.target)
  if (!isOwn || !isSuccess || isDryRun) return
  const text = new TextDecoder().decode(attempt.body)
  const { read } = surfaces[operation.surface]
  const sent = operation.requestSchema === undefined ? {} : (read(text) as object)
  const name = nameOf(operation)
  learners[name]?.(memory, {
    name,
    now,
    params: paramsOf(operation, attempt.target),
    sent: sent as Record<string, unknown>,
    said: (said ?? {}) as Record<string, unknown>,
    venue: attempt.venue,
  })
}

function paramsOf({ path, surface }: DocumentedOperation, target: string): Record<string, string> {
  const segments = surfaces[surface].pathAsRead(target.split('?', 1)[0] ?? '').split('/')
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
    [3, ['seatsio/book', { eventKey: ARENA_EVENT }]],
    [2, ['seatsio/release', { eventKey: ARENA_EVENT }]],
    [3, ['seatsio/changeObjectStatus', { eventKey: ARENA_EVENT }]],
    [4, ['seatsio/changeObjectStatusInBatch', {}]],
    [2, ['seatsio/getObjects', { eventKey: ARENA_EVENT }]],
    [1, ['seatsio/listStatusChanges', { eventKey: ARENA_EVENT }]],
    [2, ['createEvent', {}]],
    [2, ['deleteEvent', { eventKey: ARENA_TWIN }]],
    [1, ['listEvents', {}]],
  ])
  const operation = operations.find((operation) => nameOf(operation) === name)
  if (operation === undefined) throw new Error(`No operation ${name}`)
  const labels = chance.some(arenaLabels, 4)
  const bodies: Readonly<Record<string, object>> = {
    holdSeats: { objectLabels: labels, holdToken: chance.pick(arenaTokens), ttlSeconds: 60 },
    extendHolds: { holdToken: chance.pick(arenaTokens), ttlSeconds: 60 },
    bookSeats: { objectLabels: labels.slice(0, 2), holdToken: chance.pick(arenaTokens) },
    releaseSeats: { objectLabels: labels.slice(0, 2) },
    'seatsio/book': { objects: labels.slice(0, 2) },
    'seatsio/release': { objects: labels.slice(0, 2) },
    'seatsio/changeObjectStatus': { objects: labels, status: chance.pick(['resale', 'mine']) },
    'seatsio/changeObjectStatusInBatch': {
      statusChanges: [
        { event: ARENA_EVENT, objects: labels, type: 'RELEASE' },
        { event: ARENA_EVENT, objects: labels.slice(1), status: 'checkedIn' },
        { event: ARENA_EVENT, objects: labels, status: 'booked' },
      ].slice(0, labels.length > 1 ? 3 : 1),
    },
    updateEvent: { name: `Night ${chance.below(9)}` },
    createEvent: { chartKey: arena.chartKey, eventKey: ARENA_TWIN },
  }
  const query = name === 'seatsio/getObjects' ? [['label', arenaLabels[0] ?? ''] as const] : []
  const draft = { operation, params, query, body: bodies[name], venue: undefined }
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
