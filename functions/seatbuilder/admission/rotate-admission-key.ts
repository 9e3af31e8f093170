import { rotateAdmissionKey as rotate } from '../../../lib/actions/companies/admission-keys.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  admissionKeyReply,
  rotateAdmissionKeyRequest,
  toAdmissionKey,
} from '../../../lib/seatbuilder/admission-shapes.ts'
import { ADMISSION_OVERLAP_SECONDS } from '../../../lib/seatbuilder/fields.ts'
import { EXAMPLE_ADMISSION_KEY } from '../../../lib/seatbuilder/story.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'

export const rotateAdmissionKey = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/admission-key/rotate',
  summary: 'Make a new key for the waiting room to sign with',
  description:
    'Also the first. What the former key has signed is taken for an hour more, or for `overlapSeconds`; with 0 not at all, as soon as that is known everywhere: within a minute. What the new one signs is taken at once, save where the workspace had none before: within a minute, too.',
  storyPlace: 314,
  examples: {
    first: {
      summary: 'The first key of the workspace',
      anew: [EXAMPLE_ADMISSION_KEY],
      reply: { admissionKey: EXAMPLE_ADMISSION_KEY },
    },
  },
  access: 'secret-key',
  body: rotateAdmissionKeyRequest,
  reply: admissionKeyReply,
  refusals: ['workspace-not-found', 'record-busy'],
  showsSecret: true,
  run(context, { body: { overlapSeconds } = { overlapSeconds: ADMISSION_OVERLAP_SECONDS } }) {
    return rotate(context, { workspaceId: context.caller.workspaceId, overlapSeconds })
  },
  show: toAdmissionKey,
})

export const handler = lambda(rotateAdmissionKey)
