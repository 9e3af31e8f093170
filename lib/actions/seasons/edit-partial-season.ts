import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { rosterOf, withPartial } from '../../rules/season/roster.ts'
import { getEvent } from '../../store/events/events.ts'
import { replaceTerms } from '../../store/events/replace-terms.ts'
import type { SeasonNow } from '../../store/events/seasons.ts'
import type { Context } from '../context.ts'
import { describeWithEvents, type DescribedEvent } from '../events/describe-events.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { keepAnswer } from '../keep-answer.ts'
import { readNumbers, readSeason } from './read-season.ts'

/** Which events of a season are to be in a partial season of it, or in it no more. */
export interface PartialSeasonEdit {
  readonly verb: 'add' | 'remove'
  readonly seasonKey: string
  readonly partialKey: string
  readonly eventKeys: readonly string[]
}

/**
 * Puts events into a partial season or takes them out; nothing is changed where that is so already. Refuses what is no season, what is
 * no part of it, and events of others.
 */
export function editPartialSeason(
  context: Context,
  edit: PartialSeasonEdit,
): Promise<Outcome<DescribedEvent>> {
  const { store, keyed } = context
  return inRoundsOn(context, { what: 'event', key: edit.seasonKey }, async () => {
    const read = await readSeason(context, edit.seasonKey)
    if (!read?.ok) return read
    const { head: before, details } = read.value
    const event = await readPartial(context, read.value, edit.partialKey)
    if (event === undefined) {
      return refuse({ code: 'season-not-found', seasonKey: edit.partialKey })
    }
    const numbers = await readNumbers(context, read.value, {
      eventKeys: edit.eventKeys,
      isInPath: edit.verb === 'remove',
    })
    if (!numbers?.ok) return numbers
    const former = rosterOf(details)
    const current = former.partials.find(({ eventId }) => eventId === event.eventId)?.events
    // It was created or deleted between the two reads.
    if (current === undefined) return undefined
    const events = edited(edit.verb, current, numbers.value)
    if (events.length === current.length) {
      return keepAnswer(context, await describeWithEvents(context, { event, season: read.value }))
    }
    const roster = withPartial(former, event.eventId, events)
    const after = { ...before, updatedAt: context.now() }
    const replacement = { before, after, details: { ...details, roster }, log: [] }
    const season = { head: after, details: replacement.details }
    const result = await describeWithEvents(context, { event, season })
    const outcome = await replaceTerms(store, [replacement], keyed?.receiptFor(result))
    return outcome === 'replaced' ? succeed(result) : undefined
  })
}

/** Undefined where there is no such partial season of that season. */
async function readPartial({ store, caller }: Context, { head }: SeasonNow, partialKey: string) {
  const found = await getEvent(store, caller.workspaceId, partialKey)
  const { season } = found ?? {}
  return season?.role === 'part' && season.eventId === head.eventId ? found : undefined
}

function edited(
  verb: PartialSeasonEdit['verb'],
  current: readonly number[],
  numbers: readonly number[],
): readonly number[] {
  if (verb === 'add') return [...new Set([...current, ...numbers])]
  return current.filter((number) => !numbers.includes(number))
}
