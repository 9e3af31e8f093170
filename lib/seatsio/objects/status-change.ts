import type { Refusal } from '../../refusals.ts'
import { admissionCodes } from '../../refusals/admission.ts'
import { chosenReply } from './best-shapes.ts'
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

/** The same of what may come to hold something. */
export const holdRefusals = [...admissionCodes, ...changeRefusals] as const

/** What the endpoints have in common that change the status of objects. */
export const statusChange = {
  surface: seatsio,
  method: 'POST',
  access: 'secret-key',
  query: expandQuery,
  reply: changeReply,
  refusals: changeRefusals,
} as const

/** The same where it may be a hold. */
export const holdingChange = {
  ...statusChange,
  takesAdmission: true,
  refusals: holdRefusals,
} as const

/** The same where the best objects may be changed in the place of named ones. */
export const chosenChange = {
  ...statusChange,
  reply: chosenReply,
  refusals: [...changeRefusals, 'no-focal-point', 'best-too-many', 'best-not-found'],
} as const

/** The same where it may be a hold of the best. */
export const chosenHoldingChange = {
  ...chosenChange,
  takesAdmission: true,
  refusals: [...admissionCodes, ...chosenChange.refusals],
} as const

/** The description of a change that takes also what somebody's basket holds, with how not to. */
export function reachingBaskets(description: string): string {
  return `${description}

**What others hold.** Without \`holdToken\` this changes also what the live basket of another buyer holds, who then loses it: a secret key may. Send the buyer's
\`holdToken\`, and every object must be held by it; or send \`reservedByToken\` in \`rejectedPreviousStatuses\`, and nothing that anybody holds is changed.`
}
