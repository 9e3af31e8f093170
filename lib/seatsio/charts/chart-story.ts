import { SHOWN, SHOWN_ORIGIN } from '../story.ts'

// What the examples show of charts.

export const backRoomDrawing = {
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

export const backRoom = { chartKey: 'back-room' }

/** The copy that one event moved to. */
export const afternoonChart = { chartKey: SHOWN.afternoonChartKey }

export const backRoomChart = {
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

export const stageChart = {
  ...backRoomChart,
  id: SHOWN.stageId,
  key: SHOWN.stageKey,
  name: 'Summer stage',
  publishedVersionThumbnailUrl: pictureOf(SHOWN.stageThumbnail),
}

export const stageParams = { chartKey: SHOWN.stageKey }

export const copiedChart = {
  ...stageChart,
  id: SHOWN.copyId,
  key: SHOWN.copyKey,
  name: 'Open air (copy)',
  tags: ['outdoor/summer'],
  publishedVersionThumbnailUrl: pictureOf(SHOWN.copyThumbnail),
}

export const copyParams = { chartKey: SHOWN.copyKey }

const { venueType, ...listed } = copiedChart
export const listedCopy = listed

const { validation, ...plain } = listed
export const archivedCopy = { ...plain, archived: true }

export const guestChart = {
  ...backRoomChart,
  id: SHOWN.guestId,
  key: SHOWN.guestKey,
  publishedVersionThumbnailUrl: pictureOf(SHOWN.guestThumbnail),
}

/** Where the picture of a drawing is. */
export function pictureOf(thumbnail: string): string {
  return `${SHOWN_ORIGIN}/thumbnails/${thumbnail}`
}
