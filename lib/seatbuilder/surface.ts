import type { Surface } from '../http/surface.ts'
import { answer } from './errors.ts'
import { explain } from './explain.ts'

/** What SeatBuilder's API does in its own way. */
export const seatbuilder: Surface = {
  name: 'seatbuilder',
  credential: (headers) => headers['x-api-key'],
  explain,
  answer,
}
