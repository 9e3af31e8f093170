import { readSnapshot } from '../../../lib/actions/snapshots/read-snapshot.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatbuilder/shapes.ts'
import { snapshotQuery, snapshotReply } from '../../../lib/seatbuilder/snapshot-shapes.ts'
import { saySnapshot } from '../../../lib/seatbuilder/snapshot-translate.ts'
import { drawnChart, firstNight, NOW } from '../../../lib/seatbuilder/story.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'

export const getSnapshot = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/events/{eventKey}/snapshot',
  summary: 'Poll the whole event',
  description:
    'How every object of an event is, a letter each, for maps that poll once a second: it is up to a second old, while holds end in it at their millisecond. Ask with `labels=true` once, then with `since` and `If-None-Match`: you get what changed, or 304. How a browser reads it in twenty lines: `docs/snapshot.md`.',
  storyPlace: 125,
  examples: {
    untouched: {
      summary: 'Two seats that anybody may select',
      params: firstNight,
      query: { labels: 'true' },
      anew: ['1804184400000.0.0'],
      reply: {
        ...firstNight,
        ...drawnChart,
        chartVersion: 1,
        termsVersion: 'ZU1dm-uwFbkCa23N',
        revision: '1804184400000.0.0',
        serverTime: NOW,
        readAt: NOW,
        nextEnd: null,
        objectCount: 2,
        labels: ['A-1', 'A-2'],
        categories: [{ key: 1, label: 'Standard', color: '#2b8a3e', accessible: false }],
        states: 'ff',
        areas: [],
        ends: [],
      },
    },
  },
  access: 'publishable-key',
  params: eventParams,
  query: snapshotQuery,
  reply: snapshotReply,
  isTagged: true,
  isShareable: true,
  instead: 'leave out labels, and take them from the layout',
  refusals: ['event-not-found', 'store-slow'],
  async run(context, { params: { eventKey }, query: { since, labels } }) {
    const wanted = { eventKey, ...(labels === 'true' ? { along: 'terms' as const } : {}) }
    const outcome = await readSnapshot(context, wanted)
    if (!outcome.ok) return outcome
    const { reading, kept, told, now, labels: all, terms } = outcome.value
    const { chartKey, drawing, termsVersion, objects: objectCount, at: readAt } = reading
    const facts = { eventKey, chartKey, chartVersion: drawing?.version, termsVersion, objectCount }
    const along = terms && { labels: all, terms }
    const tellsChannels = context.caller.settings.publishableMayOpenChannels === true
    return saySnapshot({ ...facts, now, readAt, kept, told, tellsChannels, since, along })
  },
})

export const handler = lambda(getSnapshot)
