import { readObjects } from '../../../../lib/actions/seats/read-objects.ts'
import { runtimeOver } from '../../../../lib/open.ts'
import { startNamed } from '../fronts.ts'
import type { World } from '../processes.ts'
import { randomOf } from '../random.ts'
import { AREAS, caller, type Venue } from '../venue.ts'

/** Reads what is taken of each area in the end, and compares it with the rows: nothing is held any more. */
export async function readSums(world: World, venue: Venue): Promise<string[]> {
  const life = startNamed(world, 'reader.1', randomOf('reader'))
  const { store, clock, ids, backOff } = runtimeOver(life.port)
  const context = { now: () => clock.now(), backOff, ids, store, caller }
  const labels = AREAS.map(({ label }) => label)
  const faults: string[] = []
  for (const { eventKey, eventId } of venue.events) {
    const reading = readObjects(context, { eventKey, labels })
    await world.scheduler.runDry(60_000)
    const read = await reading
    for (const label of labels) {
      const found = read.ok ? read.value.objects.find((it) => it.label === label) : undefined
      const told = found !== undefined && 'area' in found ? found.area : undefined
      const rows = venue.table.items().filter(({ pk, sk, q, pl }) => {
        const isOfEvent = String(pk).startsWith(`S#${eventId}#`) && pl !== undefined
        return isOfEvent && q !== undefined && String(sk).startsWith(`${label}\uffff`)
      })
      const booked = rows.flatMap(({ q }) => q as [string, number, number][])
      const sum = booked.reduce((all, [, , places]) => all + places, 0)
      if (told?.booked === sum && told.held === 0) continue
      faults.push(
        `${eventKey} ${label} has ${sum} places booked, and is told to have ${JSON.stringify(told)}`,
      )
    }
  }
  return faults
}
