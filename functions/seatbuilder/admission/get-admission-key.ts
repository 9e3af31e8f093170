import { getAdmissionKeys } from '../../../lib/actions/companies/admission-keys.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { admissionKeyReply, toAdmissionKey } from '../../../lib/seatbuilder/admission-shapes.ts'
import { EXAMPLE_ADMISSION_KEY } from '../../../lib/seatbuilder/story.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'

export const getAdmissionKey = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/admission-key',
  summary: 'Get the key that a waiting room signs with',
  description: 'One for the whole workspace. It is made by the first rotation.',
  storyPlace: 316,
  examples: {
    'the-key': {
      summary: 'The key of the workspace',
      anew: [EXAMPLE_ADMISSION_KEY],
      reply: { admissionKey: EXAMPLE_ADMISSION_KEY },
    },
  },
  access: 'secret-key',
  reply: admissionKeyReply,
  refusals: ['workspace-not-found', 'admission-key-not-made'],
  run: (context) => getAdmissionKeys(context, context.caller.workspaceId),
  show: toAdmissionKey,
})

export const handler = lambda(getAdmissionKey)
