import { archiveChart } from '../../../../lib/actions/charts/archive-chart.ts'
import type { Context } from '../../../../lib/actions/context.ts'
import { createEvent } from '../../../../lib/actions/events/create-event.ts'
import { createEvents } from '../../../../lib/actions/events/create-events.ts'
import { deleteChart } from '../../../../lib/actions/charts/delete-chart.ts'
import { deleteEvent } from '../../../../lib/actions/events/delete-event.ts'
import { editEvent } from '../../../../lib/actions/events/edit-event.ts'
import { importChart } from '../../../../lib/actions/charts/import-chart.ts'
import { moveToChartCopy } from '../../../../lib/actions/events/move-to-chart-copy.ts'
import { unpublishChart } from '../../../../lib/actions/charts/unpublish-chart.ts'
import type { Outcome } from '../../../../lib/refusals.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import type { Random } from '../random.ts'

/** What all clients of a fight know. */
export interface Ground {
  /** Keys of events that were to be created together, by group: nobody fights over those. */
  readonly groups: Map<string, readonly string[]>
  /** The first key of each group whose creation was answered. */
  readonly together: Set<string>
}

interface Turn {
  /** A name that nobody else has. */
  readonly group: string
  readonly random: Random
}

/** One request of a fight. */
type Blow = (it: { context: Context }, ground: Ground, turn: Turn) => Promise<Outcome<unknown>>

const CHARTS = ['hall-1', 'hall-2', 'hall-3']
const EVENTS = ['a', 'b', 'c', 'd']
const drawing = JSON.stringify(rowDrawing({ rows: 1, seatsPerRow: 2 }))

const create: Blow = ({ context }, _, { random }) =>
  createEvent(context, { chartKey: random.pick(CHARTS), eventKey: random.pick(EVENTS) })

const remove: Blow = ({ context }, _, { random }) =>
  deleteEvent(context, { eventKey: random.pick(EVENTS), ifUnbooked: random.chance(0.3) })

const move: Blow = ({ context }, _, { random }) =>
  editEvent(context, { eventKey: random.pick(EVENTS), chartKey: random.pick(CHARTS) })

const rename: Blow = ({ context }, _, { random }) =>
  editEvent(context, {
    eventKey: random.pick(EVENTS),
    newKey: random.pick(EVENTS),
    ...(random.chance(0.5) ? { chartKey: random.pick(CHARTS) } : {}),
  })

const copy: Blow = ({ context }, _, { random }) => moveToChartCopy(context, random.pick(EVENTS))

const publish: Blow = ({ context }, _, { random }) =>
  importChart(context, { chartKey: random.pick(CHARTS), drawing })

const unpublish: Blow = ({ context }, _, { random }) => unpublishChart(context, random.pick(CHARTS))

const archive: Blow = ({ context }, _, { random }) =>
  archiveChart(context, { chartKey: random.pick(CHARTS), isArchived: random.chance(0.5) })

const removeChart: Blow = ({ context }, _, { random }) => deleteChart(context, random.pick(CHARTS))

/** Events that everybody fights over, created together. */
const createSome: Blow = ({ context }, _, { random }) => {
  const [first = '', second = ''] = random.chance(0.5) ? EVENTS : EVENTS.toReversed()
  const events = [{ head: { eventKey: first }, details: {} }, newEvent(second)] as const
  return createEvents(context, { chartKey: random.pick(CHARTS), events })
}

/** Events that nobody else touches, created together. */
const createGroup: Blow = async ({ context }, { groups, together }, { group, random }) => {
  const first = `${group}-1`
  const rest = [2, 3, 4].map((number) => `${group}-${number}`)
  groups.set(group, [first, ...rest])
  const events = [newEvent(first), ...rest.map(newEvent)] as const
  const made = await createEvents(context, { chartKey: random.pick(CHARTS), events })
  if (made.ok) together.add(first)
  return made
}

function newEvent(eventKey: string) {
  return { head: { eventKey }, details: { objectCategories: { 'A-1': 1 } } }
}

/** All blows; what is here twice is dealt twice as often. */
export const blows: readonly Blow[] = [
  ...[create, create, remove, remove, move, move, rename, rename, copy],
  ...[publish, publish, publish, unpublish, archive, removeChart, removeChart],
  ...[createSome, createGroup, createGroup],
]
