import * as z from 'zod'
import { removeSecretKey as remove } from '../../../lib/actions/companies/secret-keys.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  removeSecretKeyRequest,
  workspaceParams,
} from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { boxOfficeParams } from '../../../lib/seatsio/companies/company-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const removeSecretKey = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces/{workspaceKey}/actions/remove-secret-key',
  summary: 'Take a secret key from a workspace',
  description:
    'It opens nothing any more; whoever looked it up lately may believe it for a minute more. The last one stays. The key is named as it was told when it was made.',
  storyPlace: 114,
  examples: {
    old: {
      summary: 'The old key, when all servers have the new one',
      params: boxOfficeParams,
      body: { secretKey: SHOWN.boxOfficeNewSecret },
    },
  },
  access: 'admin-key',
  params: workspaceParams,
  body: removeSecretKeyRequest,
  reply: z.undefined(),
  refusals: ['workspace-not-found', 'secret-key-not-found', 'secret-key-is-last', 'record-busy'],
  run(context, { params: { workspaceKey }, body: { secretKey } }) {
    return remove(context, { workspaceKey, secretKey })
  },
})

export const handler = lambda(removeSecretKey)
