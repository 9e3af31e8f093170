import { readObjects } from '../../../../lib/actions/seats/read-objects.ts'
import { runtimeOver } from '../../../../lib/open.ts'
import { startNamed } from '../fronts.ts'
import type { World } from '../processes.ts'
import { randomOf } from '../random.ts'
import { caller, type Venue } from '../venue.ts'

/** What is shown of an object in the end. */
export interface Shown {
  readonly eventId: string
  readonly label: string
  readonly status: string
}

/** Reads every object of every event and season, when all is over. */
export async function readShown(world: World, venue: Venue): Promise<Shown[]> {
  const life = startNamed(world, 'reader.1', randomOf('reader'))
  const { store, clock, ids, backOff } = runtimeOver(life.port)
  const context = { now: () => clock.now(), backOff, ids, store, caller }
  const labels = venue.labels.filter((label) => label !== 'T')
  const shown: Shown[] = []
  for (const { eventKey, eventId } of venue.events) {
    const reading = readObjects(context, { eventKey, labels })
    await world.scheduler.runDry(60_000)
    const read = await reading
    if (!read.ok) throw new Error(`${eventKey} cannot be read`)
    for (const object of read.value.objects) {
      if (!('state' in object)) continue
      const { label, sharer } = object
      const state = sharer ?? object.state
      const status = state.status === 'custom' ? `=${state.name}` : state.status
      shown.push({ eventId, label, status })
    }
  }
  return shown
}
