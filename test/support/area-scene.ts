import { drawArea, rowDrawing } from './drawings.ts'
import type { SeatsioAnswer } from './seatsio.ts'
import { openSeatsioScene, type SeatsioScene } from './seatsio-scene.ts'

/** A hall with two areas: one block, and three. */
export const hallWith = (lawn = 10, field = 130) =>
  rowDrawing({
    seatsPerRow: 10,
    plane: { generalAdmissionAreas: [drawArea('Lawn', lawn), drawArea('Field', field)] },
  })

/** So many places of an area, as a request names them. */
export const places = (objectId: string, quantity: number, more: object = {}) => {
  return { objectId, quantity, ...more }
}

/** A scene whose events `gala` and `ball` sell places. */
export interface AreaScene extends SeatsioScene {
  /** Booked, held and free places of an area, as they are told. */
  readonly counts: (label?: string, event?: string) => Promise<unknown[]>
  readonly book: (objects: unknown[], more?: object) => Promise<SeatsioAnswer>
  readonly hold: (objects: unknown[], holdToken: string, more?: object) => Promise<SeatsioAnswer>
  readonly release: (objects: unknown[], more?: object) => Promise<SeatsioAnswer>
  /** Puts so many places of `Lawn` into channels of `gala`, and answers their ids by key. */
  readonly channels: (areaPlaces: Record<string, number>) => Promise<Record<string, string>>
  /** Takes so many places of `Lawn` off sale in `gala`. */
  readonly withhold: (count: number) => Promise<SeatsioAnswer>
}

/** Opens one. */
export async function openAreas(...sizes: Parameters<typeof hallWith>): Promise<AreaScene> {
  const scene = await openSeatsioScene(hallWith(...sizes))
  const { api, change, info } = scene
  return {
    ...scene,
    async counts(label = 'Lawn', event = 'gala') {
      const { numBooked, numHeld, numFree } = await info(label, event)
      return [numBooked, numHeld, numFree]
    },
    book: (objects, more = {}) => change({ objects, status: 'booked', ...more }),
    hold: (objects, holdToken, more = {}) =>
      change({ objects, status: 'reservedByToken', holdToken, ...more }),
    release: (objects, more = {}) => change({ objects, type: 'RELEASE', ...more }),
    async channels(areaPlaces) {
      const channels = Object.entries(areaPlaces).map(([key, Lawn], index) => {
        return { key, name: key, color: '#123', index, objects: [], areaPlaces: { Lawn } }
      })
      await api('POST /events/gala/channels/replace', { channels })
      const { body } = await api('GET /events/gala')
      const found = (body?.['channels'] ?? []) as { key: string; id: string }[]
      return Object.fromEntries(found.map(({ key, id }) => [key, id]))
    },
    withhold: (Lawn) =>
      api('POST /events/gala/actions/mark-as-not-for-sale', { areaPlaces: { Lawn } }),
  }
}
