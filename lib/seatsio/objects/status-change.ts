import type { Refusal } from '../../refusals.ts'
import { changeReply, expandQuery } from './status-shapes.ts'
import { seatsio } from '../surface.ts'

/** Every refusal of a status change. */
export const changeRefusals = [
  'event-not-found',
  'charts-differ',
  'too-many-objects',
  'hold-token-required',
  'hold-token-unknown',
  'status-refused',
  'seats-refused',
] as const satisfies Refusal['code'][]

/** What the endpoints have in common that change the status of objects. */
export const statusChange = {
  surface: seatsio,
  method: 'POST',
  access: 'secret-key',
  query: expandQuery,
  reply: changeReply,
  refusals: changeRefusals,
} as const
