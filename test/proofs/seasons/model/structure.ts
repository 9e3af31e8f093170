import { no, ok, type StructureRequest, type TermsRequest, type Verdict } from './requests.ts'
import { membersOf, partsOf, topOf } from './effective.ts'
import { NO_CHANNEL, addShow, showOf, type Show, type World } from './state.ts'

// Events and seasons are made, changed and unmade (18.2 to 18.6), and what they sell (14 to 16, 18.9).

type Of<Kind extends StructureRequest['kind']> = Extract<StructureRequest, { kind: Kind }>

const noEvent = no(404, 'EVENT_NOT_FOUND')
const noSeason = no(404)
const bad = no(400)

/** Makes events or seasons, or says which events are of a partial one. */
export function runStructure(world: World, request: StructureRequest): Verdict {
  switch (request.kind) {
    case 'create-event':
      return create(world, [request.key], () => addShow(world, plain(request.key)))
    case 'create-season':
      return createSeason(world, request)
    case 'create-events':
      return createEvents(world, request)
    case 'create-partial':
    case 'add-events':
    case 'remove-event':
      return changePartial(world, request)
  }
}

function plain(key: string) {
  return { key, role: 'plain', top: undefined } as const
}

/** A key is "unique among events", of which seasons are some. */
function create(world: World, keys: readonly string[], make: () => void): Verdict {
  const isUsed = keys.some((key) => showOf(world, key) !== undefined)
  if (isUsed || new Set(keys).size < keys.length) return bad
  make()
  return ok
}

function createSeason(world: World, { key, events }: Of<'create-season'>): Verdict {
  return create(world, [key, ...events], () => {
    addEvents(world, addShow(world, { key, role: 'whole', top: undefined }), events)
  })
}

function createEvents(world: World, { season, keys }: Of<'create-events'>): Verdict {
  const top = showOf(world, season)
  if (top?.role !== 'whole') return noSeason
  return create(world, keys, () => {
    addEvents(world, top, keys)
  })
}

function addEvents(world: World, top: Show, keys: readonly string[]): void {
  for (const key of keys) top.members.push(addShow(world, { key, role: 'event', top: top.id }).id)
}

function changePartial(
  world: World,
  request: Of<'create-partial'> | Of<'add-events'> | Of<'remove-event'>,
): Verdict {
  const top = showOf(world, request.season)
  if (top?.role !== 'whole') return noSeason
  const keys = request.kind === 'remove-event' ? [request.event] : request.events
  const events = keys.map((key) => membersOf(world, top).find((event) => event.key === key))
  const isOfSeason = !events.includes(undefined)
  const ids = events.flatMap((event) => (event === undefined ? [] : [event.id]))
  if (request.kind === 'create-partial') {
    if (!isOfSeason) return bad
    return create(world, [request.key], () => {
      addShow(world, { key: request.key, role: 'part', top: top.id }).members.push(...ids)
    })
  }
  const part = partsOf(world, top).find(({ key }) => key === request.partial)
  if (part === undefined) return noSeason
  if (!isOfSeason) return bad
  const isGone = (id: number) => request.kind === 'remove-event' && ids.includes(id)
  const added = request.kind === 'add-events' ? ids : []
  part.members = [...new Set([...part.members, ...added])].filter((id) => !isGone(id))
  return ok
}

/** Changes or unmakes an event or a season. */
export function runTerms(world: World, request: TermsRequest): Verdict {
  const show = showOf(world, request.key)
  if (show === undefined) return noEvent
  switch (request.kind) {
    case 'delete':
      remove(world, show)
      return ok
    case 'rename':
      return create(world, [request.to], () => {
        show.key = request.to
        show.keys.add(request.to)
      })
    case 'set-past':
      show.isPast = request.isPast
      return ok
    case 'set-tables':
      // Shared by the events of a season (18.2): not theirs to change.
      if (show.role === 'event') return bad
      show.isByTable = request.isByTable
      return ok
    case 'set-propagated':
      show.isPropagated = request.isPropagated
      return ok
    case 'take-off-sale':
      show.offSale = new Set(request.labels)
      return ok
    case 'put-on-sale':
      show.offSale = new Set()
      return ok
    case 'set-channel':
      // "refused with 400 for events in a season" (18.9).
      if (show.role === 'event') return bad
      show.channels = new Map(request.labels.map((label) => [label, request.channel]))
      show.hasChannel = true
      return ok
    case 'assign':
    case 'unassign':
      return assign(world, show, request)
  }
}

/** A top-level season takes all of its own with it, a partial season only itself (18.4). */
function remove(world: World, show: Show): void {
  const top = topOf(world, show)
  if (show.role === 'whole') {
    for (const part of partsOf(world, show)) world.shows.delete(part.id)
    for (const event of membersOf(world, show)) world.shows.delete(event.id)
  }
  if (show.role === 'event' && top !== undefined) {
    for (const season of [top, ...partsOf(world, top)]) {
      season.members = season.members.filter((id) => id !== show.id)
    }
  }
  world.shows.delete(show.id)
}

/** 15.5 and 15.6, and what they mean for an event in a season (18.9). */
function assign(
  world: World,
  show: Show,
  { kind, channel, labels }: Extract<TermsRequest, { kind: 'assign' | 'unassign' }>,
): Verdict {
  const isEvent = show.role === 'event'
  const isNone = isEvent && channel === NO_CHANNEL
  const owner = topOf(world, show) ?? show
  if (!owner.hasChannel && !isNone) return no(404, 'CHANNEL_NOT_FOUND')
  for (const label of labels) {
    if (kind === 'assign') show.channels.set(label, channel)
    else if (show.channels.get(label) === channel) show.channels.delete(label)
  }
  return ok
}
