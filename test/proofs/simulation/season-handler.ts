import type { Context } from '../../../lib/actions/context.ts'
import { editEvent } from '../../../lib/actions/events/edit-event.ts'
import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import type { StepResult } from '../../../lib/actions/seats/decide-steps.ts'
import { createSeasonEvents } from '../../../lib/actions/seasons/create-season-events.ts'
import { editPartialSeason } from '../../../lib/actions/seasons/edit-partial-season.ts'
import type { Outcome } from '../../../lib/refusals.ts'
import type { StatusStep } from '../../../lib/rules/machine.ts'
import { shown } from '../../support/shown.ts'
import type { Asked, AskedStep, Reply, SeasonEdit } from './requests.ts'
import { roomyFor } from './terms-handler.ts'

/** How steps are asked for, and what they answer. */
interface Steps {
  readonly toStep: (step: AskedStep, place: number) => StatusStep
  readonly toStepsReply: (results: readonly StepResult[]) => Reply
}

const nothingChanged: Reply = { changed: [], failed: [] }

/** Changes seasons as the endpoints do. */
export function changeSeasonAs(
  context: Context,
  { season }: Asked,
  steps: Steps,
): Promise<Outcome<Reply>> {
  if (season === undefined) throw new Error('A change of a season says what of')
  switch (season.to) {
    case 'create-events': {
      const { seasonKey, eventKeys } = season
      return shown(
        context,
        (it) => createSeasonEvents(it, { seasonKey, eventKeys }),
        (made) => ({
          ...nothingChanged,
          made: made.map(({ event: { eventKey, eventId } }) => ({ eventKey, eventId })),
        }),
      )
    }
    case 'past': {
      const { eventKey } = season
      return shown(
        roomyFor(context),
        (it) => editEvent(it, { eventKey, isInThePast: true }),
        () => nothingChanged,
      )
    }
    case 'add':
    case 'remove': {
      const { to: verb, seasonKey, partialKey, eventKey } = season
      return shown(
        roomyFor(context),
        (it) => editPartialSeason(it, { verb, seasonKey, partialKey, eventKeys: [eventKey] }),
        () => nothingChanged,
      )
    }
    case 'override':
    case 'use':
      return shown(context, (it) => changeStatuses(it, stepsOf(season, steps)), steps.toStepsReply)
  }
}

function stepsOf(
  { to, eventKey, labels, seasonKey, then }: Extract<SeasonEdit, { to: 'override' | 'use' }>,
  { toStep }: Steps,
) {
  const kind = to === 'override' ? ('override-season' as const) : ('use-season' as const)
  const first = {
    eventKeys: [eventKey],
    objects: labels.map((label) => ({ label })),
    change: { kind, ...(seasonKey === undefined ? {} : { seasonKey }) },
    place: 0,
  }
  return [first, ...then.map((step, at) => toStep(step, at + 1))]
}
