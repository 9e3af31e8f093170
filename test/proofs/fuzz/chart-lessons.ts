import { hasDraft } from './chart-drafts.ts'
import { chartOf, eventOf, newChart, type KnownChart, type Learner, type Memory } from './memory.ts'
import { unknownVenue, type Venue } from './venue.ts'

// What a lane learns of charts from answers of the second surface.

/** By what operations are called. */
export const chartLearners: Readonly<Record<string, Learner>> = {
  'seatsio/createChart': (memory, { said }) => {
    addChart(memory, said, unknownVenue)
  },
  'seatsio/copyPublishedVersion': (memory, { params, said }) => {
    addChart(memory, said, chartOf(memory, params)?.published)
  },
  'seatsio/copyDraftVersion': (memory, { params, said }) => {
    addChart(memory, said, chartOf(memory, params)?.draft)
  },
  'seatsio/moveToNewChartCopy': (memory, { params, said }) => {
    const event = eventOf(memory, params)
    if (event) event.chart = addChart(memory, { key: said['chartKey'] }, event.chart.published)
  },
  'seatsio/updateChart': (memory, { params, sent }) => {
    if ('name' in sent || 'categories' in sent) edit(memory, params)
  },
  'seatsio/addCategory': (memory, { params }) => {
    edit(memory, params)
  },
  'seatsio/updateCategory': (memory, { params }) => {
    edit(memory, params)
  },
  'seatsio/removeCategory': (memory, { params }) => {
    edit(memory, params)
  },
  'seatsio/publishDraft': (memory, { params }) => {
    const chart = chartOf(memory, params)
    if (chart) chart.published = chart.draft
  },
  'seatsio/discardDraft': (memory, { params }) => {
    const chart = chartOf(memory, params)
    if (chart?.published) chart.draft = chart.published
  },
  'seatsio/archiveChart': (memory, { params }) => {
    const chart = chartOf(memory, params)
    if (chart) chart.isArchived = true
  },
  'seatsio/unarchiveChart': (memory, { params }) => {
    const chart = chartOf(memory, params)
    if (chart) chart.isArchived = false
  },
  'seatsio/addTag': (memory, { params }) => {
    chartOf(memory, params)?.tags.push(params['tag'] ?? '')
  },
  'seatsio/removeTag': (memory, { params }) => {
    const chart = chartOf(memory, params)
    if (chart) chart.tags = chart.tags.filter((tag) => tag !== params['tag'])
  },
}

/** A copy sells what the original sells; how it is drawn is not looked at again. */
function addChart(
  memory: Memory,
  said: Readonly<Record<string, unknown>>,
  original: Venue | undefined,
): KnownChart {
  const venue = redrawn(original)
  const chart = { ...newChart(String(said['key']), venue), published: venue }
  memory.charts.push(chart)
  return chart
}

/** An edit leaves the objects as they are, in the draft or in what is published. */
function edit(memory: Memory, params: Readonly<Record<string, string>>): void {
  const chart = chartOf(memory, params)
  if (chart === undefined) return
  const isDraft = hasDraft(chart) || memory.events.some((event) => event.chart === chart)
  const venue = redrawn(chart.draft)
  chart.draft = venue
  if (!isDraft) chart.published = venue
}

function redrawn(venue: Venue = unknownVenue): Venue {
  return { ...venue, drawing: undefined }
}
