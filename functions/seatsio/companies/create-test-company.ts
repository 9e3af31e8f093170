import { createTestCompany as create } from '../../../lib/actions/companies/create-test-company.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { testCompanyReply, toTestCompany } from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { production } from '../../../lib/seatsio/companies/company-story.ts'

export const createTestCompany = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/system/private/create-test-company',
  summary: 'Create a company for tests, with one workspace',
  description:
    'For test suites of integrators. The user name is the secret of the system, and where none is set there is no such endpoint; production stages never have one.',
  storyPlace: 10,
  examples: {
    made: {
      summary: 'A company with all its keys',
      anew: [
        SHOWN.email,
        SHOWN.adminKey,
        SHOWN.designerKey,
        SHOWN.workspaceId,
        SHOWN.workspaceKey,
        SHOWN.workspaceSecret,
      ],
      reply: {
        admin: {
          email: SHOWN.email,
          secretKey: SHOWN.adminKey,
          designerKey: SHOWN.designerKey,
        },
        workspace: production,
      },
    },
  },
  access: 'system',
  reply: testCompanyReply,
  async run(context) {
    return toTestCompany(await create(context))
  },
})

export const handler = lambda(createTestCompany)
