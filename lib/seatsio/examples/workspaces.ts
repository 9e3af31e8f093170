import type { Examples } from '../../http/surface-document.ts'
import { one, SHOWN } from './story.ts'

const boxOffice = {
  id: SHOWN.boxOfficeId,
  name: 'Box office',
  key: SHOWN.boxOfficeKey,
  secretKey: SHOWN.boxOfficeSecret,
  isTest: true,
  isActive: true,
  isDefault: false,
  settings: {},
}
const params = { workspaceKey: SHOWN.boxOfficeKey }

/** Companies for tests, and workspaces. */
export const workspaceExamples: Record<string, Examples> = {
  'create-test-company': one('made', {
    summary: 'A company with all its keys',
    reply: {
      admin: {
        email: SHOWN.email,
        secretKey: SHOWN.adminKey,
        designerKey: SHOWN.designerKey,
      },
      workspace: {
        ...boxOffice,
        id: SHOWN.workspaceId,
        name: 'Production workspace',
        key: SHOWN.workspaceKey,
        secretKey: SHOWN.workspaceSecret,
        isTest: false,
        isDefault: true,
      },
    },
  }),
  'create-workspace': one('test', {
    summary: 'A workspace for tests',
    body: { name: 'Box office', isTest: true },
    reply: boxOffice,
  }),
  'get-workspace': one('again', {
    summary: 'Its secret key, once more',
    params,
    reply: boxOffice,
  }),
  'deactivate-workspace': one('off', { summary: 'No key opens it', params }),
  'activate-workspace': one('on', { summary: 'Its keys open it again', params }),
}
