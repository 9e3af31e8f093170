import type { Examples } from '../../openapi/surface-document.ts'
import { NOW, one, SHOWN } from './story.ts'

const buyers = ['3f2a8c51-7d04-4e9b-a6f8-15c0b97d2e43', 'e81d60b9-2c57-4fa3-8b1e-94d7f3a05c62']

const account = {
  secretKey: SHOWN.adminKey,
  designerKey: SHOWN.designerKey,
  publicKey: SHOWN.workspaceKey,
  email: SHOWN.email,
  role: 'ADMIN',
  company: { id: SHOWN.companyId, name: 'Test company' },
  settings: {
    draftChartDrawingsEnabled: true,
    holdOnSelectForGAs: true,
    holdPeriodInMinutes: 15,
    chartValidation: {
      VALIDATE_DUPLICATE_LABELS: 'OFF',
      VALIDATE_OBJECTS_WITHOUT_CATEGORIES: 'OFF',
      VALIDATE_UNLABELED_OBJECTS: 'OFF',
      VALIDATE_FOCAL_POINT: 'OFF',
      VALIDATE_OBJECT_TYPES_PER_CATEGORY: 'OFF',
      VALIDATE_EMPTY_FLOOR: 'OFF',
    },
    defaultRendererSettings: {
      showFullScreenButton: false,
      multiSelectEnabled: false,
      companionSeatValidationEnabled: false,
    },
  },
}

/** What concerns the company as a whole; the admin key is made anew at the very end. */
export const accountExamples: Record<string, Examples> = {
  'list-event-log': one('first', {
    summary: 'The first line of the log',
    query: { limit: 1 },
    reply: {
      items: [
        {
          id: SHOWN.logLineId,
          type: 'chart.created',
          timestamp: NOW,
          data: { workspaceKey: SHOWN.workspaceKey, key: 'back-room' },
        },
      ],
      next_page_starts_after: String(SHOWN.logLineId),
    },
  }),
  'add-ticket-buyers': one('two', {
    summary: 'Two buyers',
    body: { ids: buyers },
    reply: { added: buyers, alreadyPresent: [] },
  }),
  'remove-ticket-buyers': one('one', {
    summary: 'One of them',
    body: { ids: buyers.slice(0, 1) },
    reply: { removed: buyers.slice(0, 1), notPresent: [] },
  }),
  'list-ticket-buyers': one('all', {
    summary: 'All buyers',
    reply: { items: buyers.slice(1) },
  }),
  'get-account': one('new', { summary: 'The account of a new company', reply: account }),
  'change-setting': one('rule', {
    summary: 'A chart without a focal point is published with a warning',
    body: { key: 'VALIDATE_FOCAL_POINT', value: 'WARNING' },
  }),
  'change-hold-period': one('ten-minutes', {
    summary: 'Ten minutes for new hold tokens',
    body: { holdPeriodInMinutes: 10 },
  }),
  'enable-draft-drawings': one('on', { summary: 'Changes of charts in use are drafts' }),
  'disable-draft-drawings': one('off', { summary: 'Changes of charts are seen at once' }),
  'change-password': one('forgotten', {
    summary: 'A password, which is not kept',
    body: { password: 'correct horse battery staple' },
  }),
  'regenerate-designer-key': one('new-key', {
    summary: 'Another designer key',
    reply: { designerKey: SHOWN.newDesignerKey },
  }),
  'regenerate-admin-key': one('new-key', {
    summary: 'Another admin key',
    reply: { secretKey: SHOWN.newAdminKey },
  }),
}
