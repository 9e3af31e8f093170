import type { Examples } from '../../openapi/surface-document.ts'
import { one, SHOWN, SHOWN_ORIGIN } from './story.ts'

const drawing = {
  name: 'Back room',
  categories: { list: [{ key: 1, label: 'Standard', color: '#2b8a3e' }] },
  subChart: {
    focalPoint: { x: 10, y: -30 },
    rows: [
      {
        label: 'A',
        seats: [
          { x: 0, y: 0, label: '1', categoryKey: 1 },
          { x: 21, y: 0, label: '2', categoryKey: 1 },
        ],
      },
    ],
  },
}

const params = { chartKey: 'back-room' }

const chart = {
  id: SHOWN.chartId,
  key: 'back-room',
  name: 'Back room',
  status: 'NOT_USED',
  tags: [],
  archived: false,
  publishedVersionThumbnailUrl: pictureOf(SHOWN.thumbnail),
  venueType: 'SIMPLE',
  validation: { errors: [], warnings: [] },
}

const stage = {
  ...chart,
  id: SHOWN.stageId,
  key: SHOWN.stageKey,
  name: 'Summer stage',
  publishedVersionThumbnailUrl: pictureOf(SHOWN.stageThumbnail),
}
const stageParams = { chartKey: SHOWN.stageKey }

const copy = {
  ...stage,
  id: SHOWN.copyId,
  key: SHOWN.copyKey,
  name: 'Open air (copy)',
  tags: ['outdoor/summer'],
  publishedVersionThumbnailUrl: pictureOf(SHOWN.copyThumbnail),
}
const copyParams = { chartKey: SHOWN.copyKey }

const { venueType, ...listed } = copy
const { validation, ...plain } = listed
const archived = { ...plain, archived: true }

const guest = {
  ...chart,
  id: SHOWN.guestId,
  key: SHOWN.guestKey,
  publishedVersionThumbnailUrl: pictureOf(SHOWN.guestThumbnail),
}

function pictureOf(thumbnail: string): string {
  return `${SHOWN_ORIGIN}/thumbnails/${thumbnail}`
}

/** Charts and their drawings. */
export const chartExamples: Record<string, Examples> = {
  'import-chart': one('two-seats', {
    summary: 'A row of two seats',
    params,
    body: drawing,
    reply: chart,
  }),
  'get-chart': one('unused', { summary: 'A chart without events', params, reply: chart }),
  'get-published-drawing': one('as-it-came', {
    summary: 'The drawing as it came',
    params,
    reply: drawing,
  }),
  'create-chart': one('stage', {
    summary: 'With two categories, and no objects yet',
    body: {
      name: 'Summer stage',
      categories: [
        { key: 1, label: 'Lawn', color: '#2b8a3e' },
        { key: 'vip', label: 'Hospitality', color: '#e8590c', accessible: true },
      ],
    },
    reply: stage,
  }),
  'update-chart': one('rename', {
    summary: 'Another name, and one category less',
    params: stageParams,
    body: { name: 'Open air', categories: [{ key: 1, label: 'Meadow' }] },
  }),
  'add-category': one('balcony', {
    summary: 'A category behind the others',
    params: stageParams,
    body: { key: 2, label: 'Balcony', color: '#1971c2' },
  }),
  'update-category': one('label', {
    summary: 'Another label',
    params: { ...stageParams, categoryKey: '2' },
    body: { label: 'Terrace' },
  }),
  'list-categories': one('two', {
    summary: 'Two categories',
    params: stageParams,
    reply: {
      categories: [
        { key: 1, label: 'Meadow', color: '#2b8a3e', accessible: false },
        { key: 2, label: 'Terrace', color: '#1971c2', accessible: false },
      ],
    },
  }),
  'remove-category': one('gone', {
    summary: 'A category less',
    params: { ...stageParams, categoryKey: '2' },
  }),
  'add-tag': one('outdoor', {
    summary: 'A tag with a slash',
    params: { ...stageParams, tag: 'outdoor/summer' },
  }),
  'list-tags': one('all', { summary: 'All tags', reply: { tags: ['outdoor/summer'] } }),
  'copy-published-version': one('copy', {
    summary: 'A chart like it',
    params: stageParams,
    reply: copy,
  }),
  'remove-tag': one('gone', {
    summary: 'A tag less',
    params: { ...stageParams, tag: 'outdoor/summer' },
  }),
  'list-charts': one('newest', {
    summary: 'The newest chart that has a tag, with what its drawing breaks of the rules',
    query: { tag: 'outdoor/summer', limit: 1, validation: 'true' },
    reply: { items: [listed] },
  }),
  'archive-chart': one('away', { summary: 'Out of all lists', params: copyParams }),
  'list-archived-charts': one('one', {
    summary: 'What is in the archive',
    reply: { items: [archived] },
  }),
  'unarchive-chart': one('back', { summary: 'Back in the lists', params: copyParams }),
  'validate-published-version': one('fine', {
    summary: 'No rule of the account is broken',
    params,
    reply: { errors: [], warnings: [] },
  }),
  'copy-to-workspace': one('guest', {
    summary: 'From the default workspace into another',
    params: { ...params, toWorkspaceKey: SHOWN.boxOfficeKey },
    reply: guest,
  }),
  'copy-between-workspaces': one('guest', {
    summary: 'From a workspace that is named into another',
    params: {
      ...params,
      fromWorkspaceKey: SHOWN.workspaceKey,
      toWorkspaceKey: SHOWN.boxOfficeKey,
    },
    reply: {
      ...guest,
      id: SHOWN.secondGuestId,
      key: SHOWN.secondGuestKey,
      publishedVersionThumbnailUrl: pictureOf(SHOWN.secondGuestThumbnail),
    },
  }),
}
