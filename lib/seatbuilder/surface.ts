import { ADMISSION_HEADER } from '../http/admission.ts'
import type { Surface } from '../http/surface.ts'
import { answer } from './errors.ts'
import { explain } from './explain.ts'

/** What SeatBuilder's API does in its own way. */
export const seatbuilder: Surface = {
  name: 'seatbuilder',
  credential: ({ 'x-api-key': key }) => (key === undefined ? undefined : { key }),
  takesPublicKeys: true,
  reading: 'strict',
  browsers: {
    opens: (access) => access === 'publishable-key',
    requestHeaders: `X-Api-Key, Content-Type, Idempotency-Key, If-None-Match, ${ADMISSION_HEADER}`,
  },
  explain,
  answer,
}
