import { instant } from '../../../../lib/clock.ts'
import type { ChartHead, EventHead } from '../../../../lib/records/records.ts'
import { createEvents } from '../../../../lib/store/events/create-events.ts'
import { readChartItem } from '../../../../lib/store/table/heads.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import type { Port } from '../../../../lib/store/table/port.ts'
import { START } from '../../simulation/venue.ts'
import { endOf } from './actors.ts'
import { after, calm, rough, wild } from './bounds.ts'
import type { End } from './instance.ts'
import type { Role, Scene } from './scene.ts'

// Who creates events, through production code: those of a key that somebody else may want as well.

interface Plan {
  readonly name: string
  readonly chart: ChartHead
  /** An event is four rows and two counts: fewer items make a large commit, which locks as many rows at a time less one. */
  readonly transactionItemsMax: number
  readonly startsAt?: readonly number[]
}

function planner({ name, chart, transactionItemsMax, startsAt = [0] }: Plan): Role {
  const run = (port: Port) => endOf(() => create(port, chart))
  return { name, skewMs: 0, startsAt, transactionItemsMax, run }
}

async function create(port: Port, chart: ChartHead): Promise<End> {
  const head = headOn(chart, port.ids.ulid())
  const made = await createEvents(port, [{ head, details: {} }])
  if (made.status !== 'created') return { told: 'not-done', why: made.status, isOutage: false }
  return { told: 'done', operationId: head.eventId, isReplayed: false }
}

/** Its number is made of its id, as no two have the same. */
function headOn({ workspaceId, chartKey, chartId }: ChartHead, eventId: string): EventHead {
  const now = instant(START)
  const serial = eventId.charCodeAt(0) * 1_000_000
  const times = { createdAt: now, updatedAt: now }
  const names = { workspaceId, eventKey: 'gala', eventId, serial, chartKey, chartId }
  return { ...names, shards: 1, version: 1, ...times }
}

/** Scenes of events that are created. */
export function plannersScenes(items: Item[]): Scene[] {
  const head = items.find(({ pk, sk }) => String(pk).startsWith('C#') && sk === 'C')
  if (head === undefined) throw new Error('The scene has no chart')
  const chart = readChartItem(head)
  const large = planner({ name: 'ada', chart, transactionItemsMax: 5 })
  const slow = planner({ name: 'ada', chart, transactionItemsMax: 3 })
  const common = { items, hasPlanners: true } as const
  return [
    {
      ...common,
      name: 'created',
      about: 'an event is created in a large commit, and recovered',
      roles: [slow],
      times: after(12),
      bounds: { test: { ...calm, faults: 1 }, full: { ...wild, faults: 3 } },
    },
    {
      ...common,
      name: 'contested',
      about: 'an event is created in a large commit, and another of its key in one transaction',
      roles: [large, planner({ name: 'bob', chart, transactionItemsMax: 100 })],
      times: after(9),
      bounds: { test: { ...calm, faults: 1, kinds: ['lost'], recoveries: 0 }, full: wild },
    },
    {
      ...common,
      name: 'outrun',
      about: 'two large commits want one key, the second when the time of the first may be over',
      roles: [slow, planner({ name: 'bob', chart, transactionItemsMax: 5, startsAt: [0, 1] })],
      times: after(9),
      bounds: { test: { ...calm, faults: 1, statesMax: 8_000 }, full: rough },
    },
  ]
}
