import { CreateEventParams, ObjectProperties } from 'seatsio'
import { drawArea, rowDrawing } from './drawings.ts'
import { startSeatsio } from './seatsio-server.ts'

/** The area that is sold by places. */
export const LAWN = 'Lawn'

/** A drawing of rows, with a lawn of so many places and what else there is. */
export function withLawn(capacity: number, more: readonly object[] = []): object {
  return rowDrawing({ plane: { generalAdmissionAreas: [drawArea(LAWN, capacity), ...more] } })
}

/** The published client on an event with a lawn. */
export async function openLawn(capacity = 100) {
  const server = await startSeatsio()
  await server.importChart('hall', withLawn(capacity))
  const { events, holdTokens } = server.client
  await events.create('hall', new CreateEventParams().withKey('gala'))
  const lawn = () => events.retrieveObjectInfo('gala', LAWN)
  /** Booked, held and free. */
  const counts = async () => {
    const { numBooked, numHeld, numFree } = await lawn()
    return [numBooked, numHeld, numFree]
  }
  const newToken = async () => (await holdTokens.create()).holdToken
  const log = async (label = LAWN) => {
    const { items } = await events.statusChangesForObject('gala', label).firstPage()
    return items.map(({ status, quantity }) => [status, quantity])
  }
  return { ...server, events, holdTokens, lawn, counts, newToken, log }
}

/** So many places of an area, in the words of the client. */
export function places(quantity: number, label = LAWN): ObjectProperties {
  return new ObjectProperties(label).setQuantity(quantity)
}

/** What the client throws of an answer with that code. */
export function failsWith(code: string) {
  return { errors: [{ code }] }
}
