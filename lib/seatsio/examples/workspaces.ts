import type { Examples } from '../../openapi/surface-document.ts'
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

const production = {
  ...boxOffice,
  id: SHOWN.workspaceId,
  name: 'Production workspace',
  key: SHOWN.workspaceKey,
  secretKey: SHOWN.workspaceSecret,
  isTest: false,
  isDefault: true,
}

const popUp = {
  ...boxOffice,
  id: SHOWN.popUpId,
  name: 'Pop-up',
  key: SHOWN.popUpKey,
  secretKey: SHOWN.popUpSecret,
  isTest: false,
}
const popUpParams = { workspaceKey: SHOWN.popUpKey }

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
      workspace: production,
    },
  }),
  'create-workspace': {
    ...one('test', {
      summary: 'A workspace for tests',
      body: { name: 'Box office', isTest: true },
      reply: boxOffice,
    }),
    ...one('real', { summary: 'A workspace', body: { name: 'Pop-up' }, reply: popUp }),
  },
  'get-workspace': one('again', {
    summary: 'Its secret key, once more',
    params,
    reply: boxOffice,
  }),
  'list-workspaces': one('newest', {
    summary: 'The newest workspace',
    query: { limit: 1 },
    reply: { items: [popUp], next_page_starts_after: String(SHOWN.popUpId) },
  }),
  'update-workspace': one('rename', {
    summary: 'Another name',
    params: popUpParams,
    body: { name: 'Winter pop-up' },
  }),
  'deactivate-workspace': {
    ...one('off', { summary: 'No key opens it', params }),
    ...one('pop-up', { summary: 'Nor this one', params: popUpParams }),
  },
  'list-inactive-workspaces': one('filter', {
    summary: 'Those whose name or key has a text in it',
    query: { filter: 'winter' },
    reply: { items: [{ ...popUp, name: 'Winter pop-up', isActive: false }] },
  }),
  'activate-workspace': one('on', { summary: 'Its keys open it again', params }),
  'delete-workspace': one('gone', { summary: 'Gone', params: popUpParams }),
  'list-active-workspaces': one('all', {
    summary: 'All that are active',
    reply: { items: [boxOffice, production] },
  }),
  'regenerate-workspace-key': one('new-key', {
    summary: 'Another secret key',
    params,
    reply: { secretKey: SHOWN.boxOfficeNewSecret },
  }),
  'set-default-workspace': one('default', {
    summary: 'The workspace in which admin keys act',
    params: { workspaceKey: SHOWN.workspaceKey },
  }),
}
