import { effective } from '../../seasons/model/effective.ts'
import { addShow, emptyWorld, showOf, type World } from '../../seasons/model/state.ts'
import type { SeasonReading } from './season-reading.ts'

// What is shown in the end must be what the model of the contract makes of the states that are stored by then.

/** The model calls the table of its hall otherwise. */
const modelLabel = (label: string) => label.replace(/^T(?=-|$)/, 'T1')

/** Tells what is shown otherwise. */
export function judgeShown(reading: SeasonReading): string[] {
  const world = worldAtRest(reading)
  return reading.record.shown.flatMap(({ eventId, label, status }) => {
    const show = showOf(world, eventId)
    if (show === undefined) return [`${eventId} is shown, and is on no roster`]
    const wanted = effective(world, show, modelLabel(label)).status
    return status === wanted ? [] : [`${eventId} ${label} is shown as ${status}, not ${wanted}`]
  })
}

/** Keys are the ids that the product made. */
function worldAtRest({ record, changes, rosters }: SeasonReading): World {
  const world = emptyWorld(0)
  const { season, parts } = record.venue
  const roster = rosters.at(-1)
  const top = addShow(world, { key: season.eventId, role: 'whole', top: undefined })
  const ids = new Map<number, number>()
  for (const { eventId, number, isInThePast } of roster?.events ?? []) {
    const event = addShow(world, { key: eventId, role: 'event', top: top.id })
    event.isPast = isInThePast === true
    ids.set(number, event.id)
    top.members.push(event.id)
  }
  for (const { eventId } of parts) {
    const part = addShow(world, { key: eventId, role: 'part', top: top.id })
    const own = roster?.partials.find((partial) => partial.eventId === eventId)?.events ?? []
    part.members = own.flatMap((number) => ids.get(number) ?? [])
  }
  for (const { ownerId, label, to, overridden } of changes) {
    const show = showOf(world, ownerId)
    show?.own.set(modelLabel(label), { status: to })
    const over = overridden.flatMap((id) => showOf(world, id)?.id ?? [])
    show?.over.set(modelLabel(label), new Set(over))
  }
  return world
}
